//! Sessions: who is signed in, for how long, and how that ends.
//!
//! All times are on the database's clock, so that a host that sleeps or is set wrong changes nothing.

use super::authorized::{Oneself, Session};
use crate::db::sessions::{self as table, Left, OpenSession};
use crate::db::write::{Recorded, Tx};
use crate::db::{Db, DbError, Proof};
use crate::domain::audit::{Action, Entry};
use crate::domain::session::{Ended, Limits, Token};
use crate::domain::{Origin, SessionId, UserId};
use futures_util::FutureExt;

/// A session that has just begun, for [`Session::of_user`].
#[derive(Debug, Clone)]
pub struct OpenedSession {
    pub(super) id: SessionId,
    pub(super) user: UserId,
    pub(super) token: Token,
    pub(super) limits: Limits,
    pub(super) origin: Origin,
}

/// Begins a session in the transaction that signs somebody in.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub(super) async fn open(
    tx: &mut Tx,
    user: UserId,
    origin: &Origin,
    limits: Limits,
) -> Result<OpenedSession, DbError> {
    let token = Token::of(rand::random());
    let id = table::open(tx, user, &token, limits, origin).await?;
    Ok(OpenedSession { id, user, token, limits, origin: origin.clone() })
}

/// Notes that somebody is at the keyboard, and answers how long their session lasts from now. To be called after a key, at
/// most once a minute; what the program does by itself is no key.
///
/// # Errors
/// [`DbError::SignedOut`] where it has ended; [`DbError`] where the database can not be asked.
pub async fn touch(by: &Oneself, db: &Db) -> Result<Left, DbError> {
    table::touch(db, by.pass()).await
}

/// How long the session still lasts, without prolonging it.
///
/// # Errors
/// [`DbError::SignedOut`] where it has ended; [`DbError`] where the database can not be asked.
pub async fn left(by: &Oneself, db: &Db) -> Result<Left, DbError> {
    table::left(db, by.pass()).await
}

/// One's own open sessions, the newest first.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or one's own session has ended.
pub async fn own(by: &Oneself, db: &Db) -> Result<Vec<OpenSession>, DbError> {
    let pass = by.pass();
    db.read(by, table::of_user(db, by.user(), Some(&pass.token), pass.idle_minutes)).await
}

/// Signs out.
///
/// # Errors
/// As [`leave`].
pub async fn sign_out(session: &Session, db: &Db) -> Result<(), DbError> {
    leave(session, db, Ended::SignedOut).await
}

/// Ends the session of somebody who leaves, by hand or because their time is over. One that had ended by itself is no error.
///
/// # Errors
/// [`DbError`] where it can not be stored; the session then ends by itself in time.
pub async fn leave(session: &Session, db: &Db, why: Ended) -> Result<(), DbError> {
    let Ok(by) = session.oneself() else {
        return Ok(());
    };
    let (user, number) = (by.user(), by.session());
    let subject = subject(&by);
    // Where its time is over there is no right left to be read again, and nothing is asked but to say so.
    db.write_signing_in(session.doer(), |tx| {
        let subject = subject.clone();
        async move { ended(tx, user, number, why, subject).await }.boxed()
    })
    .await
    .map(drop)
}

/// Ends one of one's own sessions; `false` where it had ended.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub async fn end_own(by: &Oneself, db: &Db, session: SessionId) -> Result<bool, DbError> {
    end(by, db, session, Ended::ByHand).await
}

async fn end(by: &Oneself, db: &Db, session: SessionId, why: Ended) -> Result<bool, DbError> {
    let (user, subject) = (by.user(), subject(by));
    db.write(by, |tx| {
        let subject = subject.clone();
        async move { ended(tx, user, session, why, subject).await }.boxed()
    })
    .await
}

fn subject(by: &Oneself) -> String {
    format!("user {}", by.warrant().doer.actor)
}

async fn ended(
    tx: &mut Tx,
    user: UserId,
    session: SessionId,
    why: Ended,
    subject: String,
) -> Result<Recorded<bool>, DbError> {
    if !table::end(tx, user, session, why).await? {
        return Ok(Recorded::nothing(false));
    }
    let entry = Entry::done(Action::SessionEnded, subject);
    Ok(Recorded::with(true, entry.detail(format!("session {session}: {}", why.word()))))
}
