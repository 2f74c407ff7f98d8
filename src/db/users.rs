//! The users, as far as signing in, their passwords and the first administrator need them.

use super::{Db, DbError, Tx};
use crate::domain::{Role, UserId};
use jiff::Timestamp;
use mysql_async::params;
use mysql_async::prelude::Queryable;
use std::time::Duration;

/// What a sign-in is checked against.
#[derive(Clone)]
pub struct Credentials {
    /// Which user.
    pub id: UserId,
    /// The bcrypt hash of the password.
    pub password_hash: String,
    /// What the user is; `None` for a word this program does not know.
    pub role: Option<Role>,
    /// Whether the user may sign in.
    pub active: bool,
    /// Whether the password has to be changed before anything else.
    pub must_change_password: bool,
    /// Whether the password was a temporary one whose time is over.
    pub password_expired: bool,
    /// Whether the second factor is on.
    pub has_second_factor: bool,
    /// Failed tries at the password, those being checked among them.
    pub failed_attempts: u32,
    /// How long the second factor stays locked.
    pub codes_locked: Duration,
    /// The database's clock, in microseconds since 1970.
    pub now_micros: i64,
}

/// A try at a password that was counted, or not.
#[derive(Clone)]
pub struct Tried {
    /// Whether it was counted and may be checked: `false` where the user is locked or not there.
    pub counted: bool,
    /// The user, where there is one.
    pub credentials: Option<Credentials>,
}

/// How many tries there are before a lock, and how long it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lockout {
    /// Tries before a lock.
    pub attempts: u32,
    /// Minutes it lasts.
    pub minutes: u32,
}

/// A user who is signing in, as they are now.
#[derive(Clone)]
pub struct AtTheDoor {
    /// The bcrypt hash of the password.
    pub password_hash: String,
    /// What the user is; `None` for a word this program does not know.
    pub role: Option<Role>,
    /// Whether the user may sign in.
    pub active: bool,
    /// Whether the password has to be changed before anything else.
    pub must_change_password: bool,
    /// Whether the second factor is on.
    pub has_second_factor: bool,
    /// Failed tries since the last sign-in.
    pub failures: u32,
    /// When the user last signed in.
    pub last_sign_in: Option<Timestamp>,
    /// Whether the sign-in has not taken too long.
    pub in_time: bool,
    /// Backup codes that are unused.
    pub backup_codes_left: u8,
}

/// The credentials of a username, if there is such a user.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn credentials(db: &Db, username: &str) -> Result<Option<Credentials>, DbError> {
    credentials_in(&mut db.conn().await?, username).await
}

/// Counts a try at a password, in one statement and before it is looked at, and reads what to check it against.
///
/// Of a hundred guesses at once no more are counted, and so none more checked, than the limit allows: a count that is read
/// first and raised after let ninety-two through.
///
/// # Errors
/// [`DbError`] where it could not be counted; it must then not be checked.
pub async fn try_password(db: &Db, username: &str, lockout: Lockout) -> Result<Tried, DbError> {
    let mut tx = db.begin().await?;
    let values = params! {
        "username" => username, "attempts" => lockout.attempts, "minutes" => lockout.minutes,
    };
    tx.exec_drop(include_str!("../../sql/queries/users/reserve_password.sql"), values).await?;
    let counted = tx.affected_rows() > 0;
    if !counted {
        // Nothing else was changed, and a commit of nothing does not wait for the disk: that would tell who is not there.
        tx.query_drop(include_str!("../../sql/queries/users/tried_nobody.sql")).await?;
    }
    // In the same transaction, so that the count is that of this try.
    let credentials = credentials_in(&mut *tx, username).await?;
    tx.commit().await?;
    Ok(Tried { counted, credentials })
}

async fn credentials_in(conn: &mut impl Queryable, username: &str) -> Result<Option<Credentials>, DbError> {
    type Row = (u32, String, String, bool, bool, bool, u32, bool, Option<u64>, i64);
    let found: Option<Row> =
        conn.exec_first(include_str!("../../sql/queries/users/credentials.sql"), (username,)).await?;
    Ok(found.map(|(id, password_hash, role, active, must, factor, failed, expired, locked, now)| {
        Credentials {
            id: UserId(id),
            password_hash,
            role: Role::from_word(&role),
            active,
            must_change_password: must,
            has_second_factor: factor,
            failed_attempts: failed,
            password_expired: expired,
            codes_locked: Duration::from_secs(locked.unwrap_or(0)),
            now_micros: now,
        }
    }))
}

/// Keeps a failed try in mind, to be told to the user at the next sign-in.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn failure_to_tell(tx: &mut Tx, username: &str) -> Result<(), DbError> {
    Ok(tx.exec_drop(include_str!("../../sql/queries/users/failure_to_tell.sql"), (username,)).await?)
}

/// Starts the count of failed passwords anew, after a right one.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn password_right(db: &Db, user: UserId) -> Result<(), DbError> {
    let statement = include_str!("../../sql/queries/users/password_right.sql");
    Ok(db.conn().await?.exec_drop(statement, (user.0,)).await?)
}

/// Keeps the same password under a dearer hash; `false` where it was changed meanwhile.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn rehash(db: &Db, user: UserId, old: &str, new: &str) -> Result<bool, DbError> {
    let mut conn = db.conn().await?;
    conn.exec_drop(include_str!("../../sql/queries/users/rehash.sql"), (new, user.0, old)).await?;
    Ok(conn.affected_rows() > 0)
}

/// A user who is signing in, held still until the transaction is over. `since` is when the sign-in began, in microseconds
/// of the database's clock.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn at_the_door(
    tx: &mut Tx,
    user: UserId,
    since: i64,
    within: Duration,
) -> Result<Option<AtTheDoor>, DbError> {
    type Row = (String, String, bool, bool, bool, u32, Option<i64>, bool, u8);
    let within = u64::try_from(within.as_micros()).unwrap_or(u64::MAX);
    let values = params! { "user_id" => user.0, "since" => since, "within" => within };
    let found: Option<Row> =
        tx.exec_first(include_str!("../../sql/queries/users/at_the_door.sql"), values).await?;
    Ok(found.map(|(password_hash, role, active, must, factor, failures, last, in_time, left)| AtTheDoor {
        password_hash,
        role: Role::from_word(&role),
        active,
        must_change_password: must,
        has_second_factor: factor,
        failures,
        last_sign_in: last.and_then(|seconds| Timestamp::from_second(seconds).ok()),
        in_time,
        backup_codes_left: left,
    }))
}

/// Notes that somebody signed in, and that the failed tries before were told.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn note_sign_in(tx: &mut Tx, user: UserId) -> Result<(), DbError> {
    Ok(tx.exec_drop(include_str!("../../sql/queries/users/signed_in.sql"), (user.0,)).await?)
}

/// The hashes of a user's password and of so many before it.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn passwords_before(db: &Db, user: UserId, before: u32) -> Result<Vec<String>, DbError> {
    let values = params! { "user_id" => user.0, "before" => before };
    let statement = include_str!("../../sql/queries/users/passwords_before.sql");
    Ok(db.conn().await?.exec(statement, values).await?)
}

/// Keeps the hash of the password that is about to be replaced, and `kept` in all.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn remember_password(tx: &mut Tx, user: UserId, kept: u32) -> Result<(), DbError> {
    tx.exec_drop(include_str!("../../sql/queries/users/remember_password.sql"), (user.0,)).await?;
    let values = params! { "user_id" => user.0, "kept" => kept };
    Ok(tx.exec_drop(include_str!("../../sql/queries/users/forget_passwords.sql"), values).await?)
}

/// Stores a password that the user chose; `false` where the old one was changed meanwhile.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn set_password(tx: &mut Tx, user: UserId, old: &str, new: &str) -> Result<bool, DbError> {
    let values = params! { "user_id" => user.0, "old_hash" => old, "password_hash" => new };
    changed(tx, include_str!("../../sql/queries/users/set_password.sql"), values).await
}

/// Whether a statement changed a row.
pub(super) async fn changed(
    tx: &mut Tx,
    statement: &str,
    values: mysql_async::Params,
) -> Result<bool, DbError> {
    tx.exec_drop(statement, values).await?;
    Ok(tx.affected_rows() > 0)
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
