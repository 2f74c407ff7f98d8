//! Bringing the schema up to date.

use super::Db;
use super::accounts;
use super::error::DbError;
use crate::settings::Account;
use mysql_async::prelude::Queryable;

#[allow(missing_docs, reason = "made by the macro")]
mod embedded {
    refinery::embed_migrations!("sql/migrations");
}

/// How long one program waits for another that is migrating, in seconds.
const PATIENCE: u32 = 120;

/// The newest schema version this program knows.
pub fn known_version() -> i32 {
    embedded::migrations::runner()
        .get_migrations()
        .iter()
        .map(refinery::Migration::version)
        .max()
        .unwrap_or(0)
}

/// The schema version of the database; 0 where there is no schema yet.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn current_version(db: &Db) -> Result<i32, DbError> {
    let mut conn = db.conn().await?;
    let version: Result<Option<Option<i32>>, _> =
        conn.query_first(include_str!("../../sql/queries/schema/version.sql")).await;
    match version {
        Ok(version) => Ok(version.flatten().unwrap_or(0)),
        Err(mysql_async::Error::Server(server)) if is_absent(server.code) => Ok(0),
        Err(error) => Err(error.into()),
    }
}

/// Whether the schema has the audit log as this version writes it; without it nobody signs in.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn has_log(db: &Db) -> Result<bool, DbError> {
    let statement = include_str!("../../sql/queries/schema/has_log.sql");
    Ok(db.conn().await?.query_first(statement).await?.unwrap_or_default())
}

/// "Table does not exist" (1146), or "SELECT denied" (1142): the program's account is granted tables one by one, so a
/// table that is not there is one it may not read.
fn is_absent(code: u16) -> bool {
    [1146, 1142].contains(&code)
}

/// Refuses a database whose schema is not the one this program works with.
///
/// # Errors
/// [`DbError::SchemaNewer`] or [`DbError::SchemaOlder`].
pub async fn check_version(db: &Db) -> Result<(), DbError> {
    let (found, known) = (current_version(db).await?, known_version());
    match found.cmp(&known) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(DbError::SchemaNewer { found, known }),
        std::cmp::Ordering::Less => Err(DbError::SchemaOlder { found, known }),
    }
}

/// Applies the migrations that are missing and answers their names; `app` is then granted each table it works with.
///
/// Programs that migrate at once wait for each other (`GET_LOCK`, MySQL manual, 14.14 "Locking Functions"); the one
/// that comes second finds nothing left to do.
///
/// # Errors
/// [`DbError::SchemaNewer`] where a later program made the schema; [`DbError::Migration`] where a statement failed.
pub async fn migrate(db: &Db, app: Option<&Account>) -> Result<Vec<String>, DbError> {
    let mut guard = db.conn().await?;
    let lock = format!("storekeeper.migrate.{}", db.name());
    let held: Option<Option<u8>> =
        guard.exec_first(include_str!("../../sql/queries/server/lock.sql"), (&lock, PATIENCE)).await?;
    if held.flatten() != Some(1) {
        return Err(DbError::Migration {
            message: format!("another program has been migrating this database for over {PATIENCE} seconds"),
        });
    }
    let applied = apply(db, app).await;
    guard.exec_drop(include_str!("../../sql/queries/server/unlock.sql"), (&lock,)).await?;
    applied
}

async fn apply(db: &Db, app: Option<&Account>) -> Result<Vec<String>, DbError> {
    let (found, known) = (current_version(db).await?, known_version());
    if found > known {
        return Err(DbError::SchemaNewer { found, known });
    }
    let mut pool = db.pool();
    let report = embedded::migrations::runner()
        .run_async(&mut pool)
        .await
        .map_err(|error| DbError::Migration { message: with_causes(&error) })?;
    if let Some(app) = app {
        accounts::grant_tables(db, app).await?;
    }
    Ok(report.applied_migrations().iter().map(ToString::to_string).collect())
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
