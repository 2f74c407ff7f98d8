//! The users, as far as signing in and the first administrator need them.

use super::{Db, DbError, Tx};
use crate::domain::{Role, UserId};
use mysql_async::params;
use mysql_async::prelude::Queryable;

/// What a sign-in is checked against.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Which user.
    pub id: UserId,
    /// The bcrypt hash of the password.
    pub password_hash: String,
    /// What the user is; `None` for a word this program does not know.
    pub role: Option<Role>,
    /// Whether the user may sign in.
    pub active: bool,
}

/// The credentials of a username, if there is such a user.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn credentials(db: &Db, username: &str) -> Result<Option<Credentials>, DbError> {
    let found: Option<(u32, String, String, bool)> = db
        .conn()
        .await?
        .exec_first(include_str!("../../sql/queries/users/credentials.sql"), (username,))
        .await?;
    Ok(found.map(|(id, password_hash, role, active)| Credentials {
        id: UserId(id),
        password_hash,
        role: Role::from_word(&role),
        active,
    }))
}

/// Whether anybody can sign in.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn any(db: &Db) -> Result<bool, DbError> {
    let count: Option<u64> =
        db.conn().await?.query_first(include_str!("../../sql/queries/users/count.sql")).await?;
    Ok(count.unwrap_or(0) > 0)
}

/// How many administrators can sign in.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn administrators(tx: &mut Tx) -> Result<u64, DbError> {
    let count = tx.query_first(include_str!("../../sql/queries/users/administrators.sql")).await?;
    Ok(count.unwrap_or(0))
}

/// Adds a user; `false` where the name is taken.
///
/// # Errors
/// [`DbError`] where the user could not be stored.
pub async fn create(tx: &mut Tx, username: &str, password_hash: &str, role: Role) -> Result<bool, DbError> {
    const DUPLICATE: u16 = 1062;
    let values = params! { "username" => username, "password_hash" => password_hash, "role" => role.word() };
    match tx.exec_drop(include_str!("../../sql/queries/users/create.sql"), values).await {
        Err(mysql_async::Error::Server(server)) if server.code == DUPLICATE => Ok(false),
        other => Ok(other.map(|()| true)?),
    }
}

/// Notes that somebody signed in.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn note_sign_in(tx: &mut Tx, user: UserId) -> Result<(), DbError> {
    Ok(tx.exec_drop(include_str!("../../sql/queries/users/signed_in.sql"), (user.0,)).await?)
}
