//! The accounts of a chain: `migrate` owns the schema, `app` works with the rows.

use super::connection::connect_to_server;
use super::error::{DbError, NO_RIGHT};
use super::{Db, Target};
use crate::settings::Account;
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Error};
use secrecy::ExposeSecret;

/// The two accounts of a chain.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// Owns the schema: makes and changes tables, and lets `app` use them.
    pub migrate: Account,
    /// Reads and writes rows; the account of every day.
    pub app: Account,
}

/// What could be provided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provided {
    /// Both accounts are there, each with its rights and no more.
    Separate,
    /// There is but the one account that was given; the words say why and what is lost.
    Single(String),
}

/// Whose server it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// The private server: an account that is there already is ours, and gets our password.
    Ours,
    /// Somebody's server: an account that is there already is in use elsewhere and left as it is.
    Shared,
}

/// Tables with which the `app` account may do less than with the others: what it may, and what it may not.
const LIMITED: [(&str, &str, &str); 3] = [
    ("audit_log", "SELECT, INSERT", "UPDATE, DELETE"),
    ("audit_head", "SELECT, UPDATE", "INSERT, DELETE"),
    ("refinery_schema_history", "SELECT", "INSERT, UPDATE, DELETE"),
];

/// "There is no such grant defined" on the table (MySQL "Server Error Message Reference").
const NO_SUCH_GRANT: [u16; 2] = [1141, 1147];

/// "This account exists already" (MySQL "Server Error Message Reference").
const CANNOT_USER: u16 = 1396;

/// Makes the chain's databases and accounts, as far as `admin` may. Running it again changes nothing.
///
/// # Errors
/// [`DbError`] where the server can not be reached, or where there is no database and none can be made.
pub async fn provide(admin: &Target, accounts: &Accounts, whose: Ownership) -> Result<Provided, DbError> {
    let mut conn = connect_to_server(admin).await?;
    create_database(&mut conn, &admin.database).await?;
    let staging = admin.staging();
    if let Err(DbError::NotAllowed { message }) = create_database(&mut conn, &staging).await {
        tracing::warn!(%message, "no database for staging tables: loading works with temporary tables");
    }
    let host = admin.address.client_host();
    for account in [&accounts.migrate, &accounts.app] {
        match create_account(&mut conn, account, host, whose).await {
            Ok(()) => {}
            Err(Error::Server(server)) if server.code == CANNOT_USER => {
                return Ok(Provided::Single(format!(
                    "The account \"{}\" is there already, and its password is kept elsewhere: \"{}\" is used for everything.",
                    account.user, admin.account.user
                )));
            }
            Err(Error::Server(server)) if NO_RIGHT.contains(&server.code) => {
                return Ok(Provided::Single(format!(
                    "\"{}\" may not create accounts, so it is used for everything: the audit log is then not protected from the program itself.",
                    admin.account.user
                )));
            }
            Err(error) => return Err(error.into()),
        }
    }
    grant_databases(&mut conn, admin, accounts).await?;
    conn.disconnect().await?;
    Ok(Provided::Separate)
}

async fn create_database(conn: &mut Conn, name: &str) -> Result<(), DbError> {
    let statement = format!(
        "CREATE DATABASE IF NOT EXISTS {} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
        quoted(name)
    );
    match conn.query_drop(statement).await.map_err(DbError::from) {
        // A host that gives one ready-made database lets nobody create it, not even when it is there.
        Err(DbError::NotAllowed { .. }) if conn.query_drop(format!("USE {}", quoted(name))).await.is_ok() => {
            Ok(())
        }
        other => other,
    }
}

async fn create_account(
    conn: &mut Conn,
    account: &Account,
    host: &str,
    whose: Ownership,
) -> Result<(), Error> {
    let name = account_name(account, host);
    let password = literal(account.password.expose_secret());
    match whose {
        Ownership::Shared => conn.query_drop(format!("CREATE USER {name} IDENTIFIED BY {password}")).await,
        Ownership::Ours => {
            conn.query_drop(format!("CREATE USER IF NOT EXISTS {name} IDENTIFIED BY {password}")).await?;
            conn.query_drop(format!("ALTER USER {name} IDENTIFIED BY {password}")).await
        }
    }
}

async fn grant_databases(conn: &mut Conn, admin: &Target, accounts: &Accounts) -> Result<(), DbError> {
    let host = admin.address.client_host();
    let (chain, staging) = (pattern(&admin.database), pattern(&admin.staging()));
    let migrate = account_name(&accounts.migrate, host);
    let app = account_name(&accounts.app, host);
    conn.query_drop(format!("GRANT ALL PRIVILEGES ON {chain}.* TO {migrate} WITH GRANT OPTION")).await?;
    conn.query_drop(format!(
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX ON {staging}.* TO {app}"
    ))
    .await?;
    Ok(())
}

/// Lets `app` work with the rows of every table, and no more: run by `migrate` after each change of the schema.
pub(super) async fn grant_tables(db: &Db, app: &Account) -> Result<(), DbError> {
    let mut conn = db.conn().await?;
    let tables: Vec<String> =
        conn.exec(include_str!("../../sql/queries/schema/tables.sql"), (db.name(),)).await?;
    let name = account_name(app, db.target().address.client_host());
    for table in tables {
        let limits = LIMITED.iter().find(|(limited, ..)| *limited == table);
        let rights = limits.map_or("SELECT, INSERT, UPDATE, DELETE", |(_, rights, _)| rights);
        let table = format!("{}.{}", quoted(db.name()), quoted(&table));
        conn.query_drop(format!("GRANT {rights} ON {table} TO {name}")).await?;
        if let Some((_, _, never)) = limits {
            take_away(&mut conn, never, &table, &name).await?;
        }
    }
    Ok(())
}

/// Takes rights away that an earlier version of the schema may have given.
async fn take_away(conn: &mut Conn, rights: &str, table: &str, account: &str) -> Result<(), DbError> {
    match conn.query_drop(format!("REVOKE {rights} ON {table} FROM {account}")).await {
        Err(Error::Server(server)) if NO_SUCH_GRANT.contains(&server.code) => Ok(()),
        other => Ok(other?),
    }
}

fn account_name(account: &Account, host: &str) -> String {
    format!("{}@{}", literal(&account.user), literal(host))
}

/// A name as an identifier (MySQL manual, 11.2 "Schema Object Names").
fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A database in a GRANT, where `_` and `%` would stand for other characters (MySQL manual, "GRANT Statement").
fn pattern(database: &str) -> String {
    quoted(&database.replace('_', "\\_").replace('%', "\\%"))
}

/// A text as a literal. Accounts are ours or the configuration's, but a quote in one must not end the statement.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}
