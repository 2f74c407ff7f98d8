//! What `storekeeper doctor` asks a server.

use super::{Db, DbError};
use mysql_async::prelude::Queryable;
use std::collections::{BTreeMap, BTreeSet};

/// What a server is like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Server {
    /// Its version, as in `10.11.14-MariaDB`.
    pub version: String,
    /// Its `sql_mode` for those who say nothing.
    pub own_mode: String,
    /// The `sql_mode` of our session.
    pub session_mode: String,
    /// Whether it takes `LOAD DATA LOCAL`.
    pub takes_local: bool,
    /// The account that we are, as `name@host`.
    pub account: String,
}

/// Asks what the server is like.
///
/// # Errors
/// [`DbError`] where it does not answer.
pub async fn server(db: &Db) -> Result<Server, DbError> {
    let sql = include_str!("../../sql/queries/doctor/server.sql");
    let row: Option<(String, String, String, bool, String)> = db.conn().await?.query_first(sql).await?;
    let (version, own_mode, session_mode, takes_local, account) = row.unwrap_or_default();
    Ok(Server { version, own_mode, session_mode, takes_local, account })
}

/// The server's clock, in milliseconds since 1970.
///
/// # Errors
/// [`DbError`] where it does not answer.
pub async fn clock(db: &Db) -> Result<Option<i64>, DbError> {
    Ok(db.conn().await?.query_first(include_str!("../../sql/queries/doctor/clock.sql")).await?)
}

/// The TLS version and cipher of our connections, as in `TLSv1.3, TLS_AES_256_GCM_SHA384`; `None` where they are not
/// encrypted.
///
/// # Errors
/// [`DbError`] where the server does not answer.
pub async fn encryption(db: &Db) -> Result<Option<String>, DbError> {
    let sql = include_str!("../../sql/queries/doctor/encryption.sql");
    let rows: BTreeMap<String, String> = db.conn().await?.query(sql).await?.into_iter().collect();
    let word = |name: &str| rows.get(name).map(String::as_str).unwrap_or_default();
    Ok((!word("Ssl_cipher").is_empty()).then(|| format!("{}, {}", word("Ssl_version"), word("Ssl_cipher"))))
}

/// What our account may do with the audit log, in the words of `GRANT`.
///
/// # Errors
/// [`DbError`] where the server does not answer.
pub async fn audit_rights(db: &Db, account: &str) -> Result<BTreeSet<String>, DbError> {
    let sql = include_str!("../../sql/queries/doctor/audit_rights.sql");
    let rows: Vec<(String, String)> = db.conn().await?.exec(sql, (db.name(), db.name())).await?;
    let grantee = match account.rsplit_once('@') {
        Some((user, host)) => format!("'{user}'@'{host}'"),
        None => account.to_owned(),
    };
    Ok(rows.into_iter().filter(|(whose, _)| *whose == grantee).map(|(_, right)| right).collect())
}
