//! What stores are meant to sell in a month: managers set it, for the stores they run.

use super::authorized::{Authorized, ModifyData};
use super::figures::{FigureError, allows, sight};
use crate::db::write::{Recorded, Transient};
use crate::db::{self, Db, DbError, Proof};
use crate::domain::audit::{Action, Entry};
use crate::domain::target::{StoreTarget, TargetChange, subject};
use crate::domain::{Money, Month, StoreId};
use futures_util::FutureExt;
use serde_json::json;

/// Why a target was not set.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The store is not in sight, or none is.
    #[error(transparent)]
    Sight(#[from] FigureError),
    /// Somebody else has changed it since it was seen.
    #[error(
        "The target of {name} for {month} was changed meanwhile{}. Nothing was saved; leave the form and open it again.",
        now(.amount)
    )]
    Changed {
        /// The store.
        name: String,
        /// The month.
        month: Month,
        /// What it is now.
        amount: Option<Money>,
    },
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DbError),
}

fn now(amount: &Option<Money>) -> String {
    amount.map_or_else(|| ": there is none now".to_owned(), |sum| format!(", to {}", sum.grouped()))
}

impl Transient for TargetError {
    fn is_transient(&self) -> bool {
        matches!(self, TargetError::Database(error) if error.is_transient())
    }
}

/// The target of each store for a month: of one store, or of those in sight.
///
/// # Errors
/// [`TargetError`]: the store is not in sight, or the database can not be asked.
pub async fn of_month(
    by: &Authorized<ModifyData>,
    db: &Db,
    store: Option<StoreId>,
    month: Month,
) -> Result<Vec<StoreTarget>, TargetError> {
    let sight = db.read(by, sight(by, db)).await?;
    allows(&sight, store, &by.warrant().doer.actor)?;
    Ok(db.read(by, db::targets::of_month(db, store, &sight, month)).await?)
}

/// Sets targets of a month, all or none: each must still be what was seen. Tells how many were set.
///
/// # Errors
/// [`TargetError`]: a store is not in sight, a target was changed meanwhile, or the database did not do it.
pub async fn set(
    by: &Authorized<ModifyData>,
    db: &Db,
    month: Month,
    changes: &[TargetChange],
) -> Result<usize, TargetError> {
    let actor = &by.warrant().doer.actor;
    // In one order, so that two who set the same ones do not wait for each other.
    let mut changes = changes.to_vec();
    changes.sort_by_key(|change| change.seen.store);
    db.write(by, |tx| {
        let (changes, actor) = (changes.clone(), actor.clone());
        async move {
            let sight = db::sight::of(&mut **tx, &actor).await?;
            let mut entries = Vec::with_capacity(changes.len());
            for change in &changes {
                let (store, seen) = (change.seen.store, change.seen.amount);
                allows(&sight, Some(store), &actor)?;
                if !db::targets::change(tx, month, change).await? {
                    let amount = db::targets::now(tx, store, month).await?.and_then(|now| now.amount);
                    return Err(TargetError::Changed { name: change.seen.name.clone(), month, amount });
                }
                let record = |amount: Option<Money>| json!({ "amount": amount });
                let entry = Entry::done(Action::TargetsSet, subject(store, month));
                entries.push(entry.before(&record(seen)).after(&record(change.amount)));
            }
            Ok(Recorded::with_all(entries.len(), entries))
        }
        .boxed()
    })
    .await
}
