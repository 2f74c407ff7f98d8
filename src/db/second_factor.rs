//! The second factor: encrypted secrets, steps and backup codes that are used up, and the count of wrong ones.

use super::users::{Lockout, changed};
use super::{Db, DbError, Tx};
use crate::domain::{Origin, UserId, clean};
use jiff::Timestamp;
use mysql_async::params;
use mysql_async::prelude::Queryable;
use std::time::Duration;

/// A user's second factor as it is stored.
#[derive(Clone)]
pub struct Stored {
    /// Whether it is on.
    pub on: bool,
    /// The secret, encrypted.
    pub secret: Option<Vec<u8>>,
    /// The database's clock, in microseconds since 1970.
    pub now_micros: i64,
    /// Wrong codes, those being checked among them.
    pub failed: u32,
    /// How long it stays locked.
    pub locked: Duration,
}

/// One of a user's backup codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Which, from 1 to 8.
    pub number: u8,
    /// When it was used, and from where; `None` while it is good.
    pub used: Option<(Timestamp, Origin)>,
}

/// The second factor of a user; `None` where there is no such user.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn stored(db: &Db, user: UserId) -> Result<Option<Stored>, DbError> {
    stored_in(&mut db.conn().await?, user).await
}

/// Counts a try at the second factor, in one statement and before the code is looked at; answers whether it was counted and
/// may be checked, and what to check it against.
///
/// # Errors
/// [`DbError`] where it could not be counted; it must then not be checked.
pub async fn try_code(db: &Db, user: UserId, lockout: Lockout) -> Result<(bool, Option<Stored>), DbError> {
    let mut tx = db.begin().await?;
    let values =
        params! { "user_id" => user.0, "attempts" => lockout.attempts, "minutes" => lockout.minutes };
    let counted = changed(&mut tx, include_str!("../../sql/queries/users/reserve_code.sql"), values).await?;
    // In the same transaction, so that the count is that of this try.
    let stored = stored_in(&mut *tx, user).await?;
    tx.commit().await?;
    Ok((counted, stored))
}

async fn stored_in(conn: &mut impl Queryable, user: UserId) -> Result<Option<Stored>, DbError> {
    type Row = (bool, Option<Vec<u8>>, i64, u32, Option<u64>);
    let found: Option<Row> =
        conn.exec_first(include_str!("../../sql/queries/users/second_factor.sql"), (user.0,)).await?;
    Ok(found.map(|(on, secret, now_micros, failed, locked)| Stored {
        on,
        secret,
        now_micros,
        failed,
        locked: Duration::from_secs(locked.unwrap_or(0)),
    }))
}

/// Uses up one step of a user's codes; `false` where that step, or a later one, was used before.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn burn_step(db: &Db, user: UserId, step: u64) -> Result<bool, DbError> {
    let mut conn = db.conn().await?;
    let values = params! { "user_id" => user.0, "step" => step };
    conn.exec_drop(include_str!("../../sql/queries/users/burn_step.sql"), values).await?;
    Ok(conn.affected_rows() > 0)
}

/// Switches the second factor on, the step of the confirming code used up; `false` where it was on, or the step was used.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn enrol(tx: &mut Tx, user: UserId, secret: &[u8], step: u64) -> Result<bool, DbError> {
    let values = params! { "user_id" => user.0, "secret" => secret, "step" => step };
    changed(tx, include_str!("../../sql/queries/users/enrol.sql"), values).await
}

/// Switches the second factor off, and takes the backup codes away; `false` where it was off.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn disable(tx: &mut Tx, user: UserId) -> Result<bool, DbError> {
    let statement = include_str!("../../sql/queries/users/disable_second_factor.sql");
    let was_on = changed(tx, statement, (user.0,).into()).await?;
    tx.exec_drop(include_str!("../../sql/queries/backup_codes/remove.sql"), (user.0,)).await?;
    Ok(was_on)
}

/// Puts new backup codes, the first in slot 1, in the place of the old ones.
///
/// # Errors
/// [`DbError`] where they could not be stored.
pub async fn replace_backup_codes(tx: &mut Tx, user: UserId, hashes: &[(u8, String)]) -> Result<(), DbError> {
    tx.exec_drop(include_str!("../../sql/queries/backup_codes/remove.sql"), (user.0,)).await?;
    let rows = hashes.iter().map(|(slot, hash)| (user.0, *slot, hash.as_str()));
    Ok(tx.exec_batch(include_str!("../../sql/queries/backup_codes/add.sql"), rows).await?)
}

/// The slots of a user's backup codes.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn slots(db: &Db, user: UserId) -> Result<Vec<Slot>, DbError> {
    let rows: Vec<(u8, Option<i64>, Option<String>)> =
        db.conn().await?.exec(include_str!("../../sql/queries/backup_codes/of_user.sql"), (user.0,)).await?;
    let slot = |(number, used_at, from): (u8, Option<i64>, Option<String>)| Slot {
        number,
        used: used_at
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .map(|at| (at, Origin::told(&clean(&from.unwrap_or_default())))),
    };
    Ok(rows.into_iter().map(slot).collect())
}

/// The hash of the unused code in one slot.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn unused_code(db: &Db, user: UserId, slot: u8) -> Result<Option<String>, DbError> {
    let statement = include_str!("../../sql/queries/backup_codes/unused.sql");
    Ok(db.conn().await?.exec_first(statement, (user.0, slot)).await?)
}

/// Uses up a backup code, and starts the count of wrong codes anew; `false` where it was used before.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn use_code(
    tx: &mut Tx,
    user: UserId,
    slot: u8,
    hash: &str,
    origin: &Origin,
) -> Result<bool, DbError> {
    let values = params! {
        "user_id" => user.0, "slot" => slot, "code_hash" => hash, "used_from" => origin.as_str(),
    };
    let used = changed(tx, include_str!("../../sql/queries/backup_codes/use.sql"), values).await?;
    if used {
        tx.exec_drop(include_str!("../../sql/queries/users/code_right.sql"), (user.0,)).await?;
    }
    Ok(used)
}

/// Whether any secret is stored.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn any_secret(db: &Db) -> Result<bool, DbError> {
    let any: Option<bool> =
        db.conn().await?.query_first(include_str!("../../sql/queries/users/any_secret.sql")).await?;
    Ok(any.unwrap_or(false))
}

/// Encrypted secrets of users after this one, in the order of their numbers, `rows` at the most.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn secrets(tx: &mut Tx, after: UserId, rows: u32) -> Result<Vec<(UserId, Vec<u8>)>, DbError> {
    let found: Vec<(u32, Vec<u8>)> =
        tx.exec(include_str!("../../sql/queries/users/secrets.sql"), (after.0, rows)).await?;
    Ok(found.into_iter().map(|(user, secret)| (UserId(user), secret)).collect())
}

/// Every encrypted secret.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn all_secrets(db: &Db) -> Result<Vec<(UserId, Vec<u8>)>, DbError> {
    let mut tx = db.begin().await?;
    let all = secrets(&mut tx, UserId(0), u32::MAX).await?;
    tx.rollback().await?;
    Ok(all)
}

/// Stores a secret encrypted anew; `false` where it was changed meanwhile.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn reseal(tx: &mut Tx, user: UserId, old: &[u8], new: &[u8]) -> Result<bool, DbError> {
    let statement = include_str!("../../sql/queries/users/reseal.sql");
    changed(tx, statement, (new, user.0, old).into()).await
}
