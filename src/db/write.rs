//! Changes: one transaction, the doer's right read again inside it, the audit log's entry with it, tried again where the
//! server says so.

pub use super::tx::Tx;
use super::warrant::{self, Proof, Warrant};
use super::{Db, DbError, Engine, audit};
use crate::domain::Doer;
use crate::domain::audit::Entry;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

/// How often a transaction is tried before the clash is told to the person.
const TRIES: u32 = 5;

/// What a change answers: a value, and what the audit log is to tell of it. Without an entry nothing is committed.
#[derive(Debug)]
#[must_use]
pub struct Recorded<T> {
    value: T,
    entries: Vec<Entry>,
}

impl<T> Recorded<T> {
    /// Something was done, and this tells of it.
    pub fn with(value: T, entry: Entry) -> Recorded<T> {
        Recorded { value, entries: vec![entry] }
    }

    /// Several things were done; where there is no entry, nothing was.
    pub fn with_all(value: T, entries: Vec<Entry>) -> Recorded<T> {
        Recorded { value, entries }
    }

    /// Nothing was to be done: whatever the transaction did nevertheless is taken back.
    pub fn nothing(value: T) -> Recorded<T> {
        Recorded { value, entries: Vec::new() }
    }
}

impl Db {
    /// Runs `change` in one transaction, after reading again that the doer may still do it, and records what it answers.
    ///
    /// The change may run more than once: the server asks for that after a deadlock, so it must do nothing that a
    /// rollback does not undo.
    ///
    /// # Errors
    /// What `change` answers, after a rollback; [`DbError::Forbidden`] and [`DbError::SignedOut`] where the right is gone;
    /// [`DbError::CommitUnknown`] where the connection ended while the change was being stored.
    pub async fn write<T, E, F>(&self, by: &dyn Proof, change: F) -> Result<T, E>
    where
        E: From<DbError> + Transient,
        F: for<'t> FnMut(&'t mut Tx) -> BoxFuture<'t, Result<Recorded<T>, E>>,
    {
        let warrant = by.warrant();
        self.transact(Some(warrant), &warrant.doer, change).await
    }

    /// As [`Db::write`], without a right to be read again. It is there for signing in, before which nobody has one.
    ///
    /// # Errors
    /// What `change` answers, after a rollback; [`DbError::CommitUnknown`] where the connection ended while the change was
    /// being stored.
    pub async fn write_signing_in<T, E, F>(&self, doer: &Doer, change: F) -> Result<T, E>
    where
        E: From<DbError> + Transient,
        F: for<'t> FnMut(&'t mut Tx) -> BoxFuture<'t, Result<Recorded<T>, E>>,
    {
        self.transact(None, doer, change).await
    }

    /// Records what is done elsewhere than in the database: to a file, a screen, another server. Before it is done, so that it
    /// is not done where it can not be recorded.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn note(&self, by: &dyn Proof, entry: Entry) -> Result<(), DbError> {
        let warrant = by.warrant();
        self.note_as(Some(warrant), &warrant.doer, entry).await
    }

    /// As [`Db::note`], of somebody who has no right to be read again: whoever is refused one, or works without signing in.
    ///
    /// # Errors
    /// As [`Db::write_signing_in`].
    pub async fn note_of(&self, doer: &Doer, entry: Entry) -> Result<(), DbError> {
        self.note_as(None, doer, entry).await
    }

    async fn note_as(&self, warrant: Option<&Warrant>, doer: &Doer, entry: Entry) -> Result<(), DbError> {
        self.transact(warrant, doer, |_| {
            let entry = entry.clone();
            async move { Ok(Recorded::with((), entry)) }.boxed()
        })
        .await
    }

    async fn transact<T, E, F>(&self, warrant: Option<&Warrant>, doer: &Doer, mut change: F) -> Result<T, E>
    where
        E: From<DbError> + Transient,
        F: for<'t> FnMut(&'t mut Tx) -> BoxFuture<'t, Result<Recorded<T>, E>>,
    {
        let mut tried = 1;
        loop {
            let error = match warrant::begin(self.conn().await?, warrant).await {
                Ok(tx) => match carry_out(tx, self.engine(), doer, &mut change).await {
                    Ok(value) => return Ok(value),
                    Err(error) => error,
                },
                Err(refused) => E::from(refused),
            };
            if !error.is_transient() || tried == TRIES {
                return Err(error);
            }
            tried += 1;
        }
    }
}

/// An error that knows whether trying again may help.
pub trait Transient {
    /// Whether the whole transaction may be tried again.
    fn is_transient(&self) -> bool;
}

impl Transient for DbError {
    fn is_transient(&self) -> bool {
        DbError::is_transient(self)
    }
}

/// Changes, records and commits, or takes everything back.
async fn carry_out<T, E, F>(mut tx: Tx, engine: Engine, doer: &Doer, change: &mut F) -> Result<T, E>
where
    E: From<DbError>,
    F: for<'t> FnMut(&'t mut Tx) -> BoxFuture<'t, Result<Recorded<T>, E>>,
{
    let error = match change(&mut tx).await {
        Ok(Recorded { value, entries }) if entries.is_empty() => {
            tx.rollback().await?;
            return Ok(value);
        }
        Ok(Recorded { value, entries }) => {
            match audit::record_and_commit(&mut *tx, engine, doer, &entries).await {
                Ok(()) => return Ok(value),
                // The answer to the commit may be what was lost.
                Err(DbError::Lost { .. }) => return Err(DbError::CommitUnknown.into()),
                Err(error) => E::from(error),
            }
        }
        Err(error) => error,
    };
    // The error that led here matters more than one of the rollback, which a lost connection does by itself.
    let _ = tx.rollback().await;
    Err(error)
}
