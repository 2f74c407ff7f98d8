//! Changes: one transaction, the doer's right read again inside it, tried again where the server says so.

use super::{Db, DbError};
use crate::domain::{Actor, Permission, Role};
use futures_util::future::BoxFuture;
use mysql_async::Transaction;
use mysql_async::prelude::Queryable;

/// An open transaction.
pub type Tx = Transaction<'static>;

/// Proof that somebody may do something. Only the service can make one.
pub trait Proof: Sync {
    /// Who.
    fn actor(&self) -> &Actor;
    /// What.
    fn permission(&self) -> Permission;
}

/// How often a transaction is tried before the clash is told to the person.
const TRIES: u32 = 5;

impl Db {
    /// Reads again that somebody may still do what they have proof of.
    ///
    /// # Errors
    /// [`DbError::Forbidden`] where the right is gone.
    pub async fn recheck(&self, by: &dyn Proof) -> Result<(), DbError> {
        let mut tx = self.begin().await?;
        recheck(&mut tx, by).await?;
        Ok(tx.rollback().await?)
    }

    /// Runs `change` in one transaction, after reading again that the doer may still do it.
    ///
    /// The change may run more than once: the server asks for that after a deadlock, so it must do nothing that a
    /// rollback does not undo.
    ///
    /// # Errors
    /// What `change` answers, after a rollback; [`DbError::Forbidden`] where the right is gone;
    /// [`DbError::CommitUnknown`] where the connection ended while the change was being stored.
    pub async fn write<T, E, F>(&self, by: &dyn Proof, mut change: F) -> Result<T, E>
    where
        E: From<DbError> + Transient,
        F: for<'t> FnMut(&'t mut Tx) -> BoxFuture<'t, Result<T, E>>,
    {
        let mut tried = 1;
        loop {
            let mut tx = self.begin().await?;
            let outcome = match recheck(&mut tx, by).await {
                Ok(()) => change(&mut tx).await,
                Err(refused) => Err(E::from(refused)),
            };
            match outcome {
                Ok(value) => match commit(tx).await {
                    Err(error) if error.is_transient() && tried < TRIES => {}
                    committed => return committed.map(|()| value).map_err(E::from),
                },
                Err(error) => {
                    // The error that led here matters more than one of the rollback, which a lost connection does by itself.
                    let _ = tx.rollback().await;
                    if !error.is_transient() || tried == TRIES {
                        return Err(error);
                    }
                }
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

async fn commit(tx: Tx) -> Result<(), DbError> {
    match tx.commit().await.map_err(DbError::from) {
        Err(DbError::Lost { .. }) => Err(DbError::CommitUnknown),
        other => other,
    }
}

/// Reads role and active flag again, locked, in the transaction that does the work.
async fn recheck(tx: &mut Tx, by: &dyn Proof) -> Result<(), DbError> {
    let Actor::User(user, name) = by.actor() else {
        return Ok(());
    };
    let found: Option<(String, bool)> =
        tx.exec_first(include_str!("../../sql/queries/users/standing.sql"), (user.0,)).await?;
    let allowed = found.is_some_and(|(role, active)| {
        active && Role::from_word(&role).is_some_and(|role| role.allows(by.permission()))
    });
    if allowed {
        Ok(())
    } else {
        Err(DbError::Forbidden(format!(
            "{name} may not {} any more. Nothing was changed.",
            by.permission().verb()
        )))
    }
}
