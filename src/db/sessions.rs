//! The sessions: who is signed in, since when, from where.

use super::row::{Moment, text};
use super::warrant::Pass;
use super::{Db, DbError, Tx};
use crate::domain::session::{Ended, Limits, Token};
use crate::domain::{Origin, SessionId, UserId};
use jiff::Timestamp;
use mysql_async::prelude::Queryable;
use std::time::Duration;

/// A session that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// Its number.
    pub id: SessionId,
    /// Since when.
    pub opened_at: Timestamp,
    /// When a key was last known to be pressed; up to a minute earlier than it was.
    pub last_seen_at: Timestamp,
    /// From where.
    pub origin: Origin,
    /// Whether it is the session of the one who asks.
    pub is_own: bool,
}

/// How long a session still lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// If no key is pressed any more.
    pub idle: Duration,
    /// In any case.
    pub absolute: Duration,
}

/// Begins a session, on the database's clock.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub async fn open(
    tx: &mut Tx,
    user: UserId,
    token: &Token,
    limits: Limits,
    origin: &Origin,
) -> Result<SessionId, DbError> {
    let values = (user.0, &token.hash()[..], limits.hours, origin.as_str());
    tx.exec_drop(include_str!("../../sql/queries/sessions/open.sql"), values).await?;
    Ok(SessionId(tx.last_insert_id().unwrap_or_default()))
}

/// Notes that somebody is at the keyboard, and answers how long their session lasts from now.
///
/// # Errors
/// [`DbError::SignedOut`] where it has ended; [`DbError`] where the database can not be asked.
pub async fn touch(db: &Db, pass: &Pass) -> Result<Left, DbError> {
    let mut conn = db.conn().await?;
    let values = (&pass.token.hash()[..], pass.idle_minutes);
    conn.exec_drop(include_str!("../../sql/queries/sessions/touch.sql"), values).await?;
    drop(conn);
    left(db, pass).await
}

/// How long a session still lasts.
///
/// # Errors
/// [`DbError::SignedOut`] where it has ended; [`DbError`] where the database can not be asked.
pub async fn left(db: &Db, pass: &Pass) -> Result<Left, DbError> {
    let values = (pass.idle_minutes, &pass.token.hash()[..]);
    let found: Option<(i64, i64, Option<String>)> =
        db.conn().await?.exec_first(include_str!("../../sql/queries/sessions/left.sql"), values).await?;
    let duration =
        |micros: i64| u64::try_from(micros).ok().filter(|micros| *micros > 0).map(Duration::from_micros);
    match found {
        None => Err(DbError::SignedOut(Ended::Unknown)),
        Some((_, _, Some(why))) => Err(DbError::SignedOut(Ended::from_word(&why))),
        Some((idle, absolute, None)) => {
            let absolute = duration(absolute).ok_or(DbError::SignedOut(Ended::Over))?;
            let idle = duration(idle).ok_or(DbError::SignedOut(Ended::Idle))?;
            Ok(Left { idle, absolute })
        }
    }
}

/// Ends one session of a user; `false` where the user has no such session, or it had ended.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub async fn end(tx: &mut Tx, user: UserId, session: SessionId, why: Ended) -> Result<bool, DbError> {
    let values = (why.word(), session.0, user.0);
    tx.exec_drop(include_str!("../../sql/queries/sessions/end.sql"), values).await?;
    Ok(tx.affected_rows() > 0)
}

/// Ends the sessions of a user, all but the one of `but`; answers how many had not ended.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub async fn end_all(tx: &mut Tx, user: UserId, but: Option<&Token>, why: Ended) -> Result<u64, DbError> {
    let values = (why.word(), user.0, hash_of(but));
    tx.exec_drop(include_str!("../../sql/queries/sessions/end_all.sql"), values).await?;
    Ok(tx.affected_rows())
}

/// The sessions of a user that have not ended, the newest first.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn of_user(
    db: &Db,
    user: UserId,
    own: Option<&Token>,
    idle_minutes: u32,
) -> Result<Vec<OpenSession>, DbError> {
    let rows: Vec<(u64, Moment, Moment, String, bool)> = db
        .conn()
        .await?
        .exec(include_str!("../../sql/queries/sessions/of_user.sql"), (hash_of(own), user.0, idle_minutes))
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, opened_at, last_seen_at, origin, is_own)| OpenSession {
            id: SessionId(id),
            opened_at: opened_at.0,
            last_seen_at: last_seen_at.0,
            origin: Origin::told(&text(&origin)),
            is_own,
        })
        .collect())
}

fn hash_of(token: Option<&Token>) -> Vec<u8> {
    token.map(|token| token.hash().to_vec()).unwrap_or_default()
}
