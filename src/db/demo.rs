//! What making a demo chain asks of the database, beside the loading.

use super::chain::Demo;
use super::row::Day;
use super::stoppable::stoppable;
use super::{Db, DbError, Tx};
use crate::domain::{Money, Month, RunId, StaffId, StoreId, Table};
use mysql_async::params;
use mysql_async::prelude::Queryable;
use tokio_util::sync::CancellationToken;

/// What the chain is before a demo is made in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// The recipe, where the chain is a demo already.
    pub demo: Option<Demo>,
    /// Whether any of its tables has rows.
    pub has_rows: bool,
    /// Whether any store has a target.
    pub has_targets: bool,
}

/// The state of the chain. Whoever else makes a demo waits until the transaction is over.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn state(tx: &mut Tx) -> Result<State, DbError> {
    let recipe: Option<(bool, Option<u64>, Option<u64>)> =
        tx.query_first(include_str!("../../sql/queries/demo/recipe.sql")).await?;
    let rows: Option<bool> = tx.query_first(include_str!("../../sql/queries/demo/any_rows.sql")).await?;
    let targets: Option<bool> =
        tx.query_first(include_str!("../../sql/queries/demo/has_targets.sql")).await?;
    let demo =
        recipe.and_then(|(is_demo, seed, orders)| is_demo.then_some(Demo { seed: seed?, orders: orders? }));
    Ok(State { demo, has_rows: rows == Some(true), has_targets: targets == Some(true) })
}

/// Makes the chain a demo.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn mark(tx: &mut Tx, demo: Demo) -> Result<(), DbError> {
    let values = params! { "seed" => demo.seed, "orders" => demo.orders };
    Ok(tx.exec_drop(include_str!("../../sql/queries/demo/mark.sql"), values).await?)
}

/// The run that loaded this source, if one did.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn loaded_by(tx: &mut Tx, source: &str) -> Result<Option<RunId>, DbError> {
    let run: Option<u64> =
        tx.exec_first(include_str!("../../sql/queries/demo/loaded_by.sql"), (source,)).await?;
    Ok(run.map(RunId))
}

/// Sets targets for stores and months that have none.
///
/// # Errors
/// [`DbError`] where they could not be stored.
pub async fn set_targets(tx: &mut Tx, targets: &[(StoreId, Month, Money)]) -> Result<(), DbError> {
    let values = targets.iter().map(|&(store, month, amount)| {
        params! { "store" => store.0, "month" => Day(month.first_day()), "amount" => amount.amount() }
    });
    Ok(tx.exec_batch(include_str!("../../sql/queries/demo/set_target.sql"), values).await?)
}

/// Links a user to a member of the staff, where that one is there and nobody's account yet.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn link_user(tx: &mut Tx, username: &str, staff: StaffId) -> Result<(), DbError> {
    let values = params! { "username" => username, "staff_id" => staff.0 };
    Ok(tx.exec_drop(include_str!("../../sql/queries/demo/link_user.sql"), values).await?)
}

/// How many rows of each table the run did not bring, where there are any.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn strangers(tx: &mut Tx, run: Option<RunId>) -> Result<Vec<(String, u64)>, DbError> {
    let values = params! { "run" => run.map(|run| run.0) };
    let found: Vec<(String, u64)> =
        tx.exec(include_str!("../../sql/queries/demo/strangers.sql"), values).await?;
    Ok(found.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// Takes away what the run brought, with the targets of its stores, children first; other rows stay whatever happens. The chain
/// is no demo afterwards. Answers how many rows went; `None` when somebody cancels: the transaction is then to be taken back.
///
/// # Errors
/// [`DbError`] where a row that is no part of the demo still needs one that is, or the database can not be asked.
pub async fn clear(
    db: &Db,
    tx: &mut Tx,
    run: RunId,
    cancel: &CancellationToken,
) -> Result<Option<u64>, DbError> {
    let id = tx.id();
    let mut steps = vec![
        include_str!("../../sql/queries/demo/unlink.sql").to_owned(),
        include_str!("../../sql/queries/demo/unmanage.sql").to_owned(),
        include_str!("../../sql/queries/demo/clear_targets.sql").to_owned(),
    ];
    let rows = include_str!("../../sql/queries/demo/clear_rows.sql");
    let of_tables = steps.len();
    // Parents come first where rows are loaded, so they go last.
    steps.extend(Table::EACH.into_iter().rev().map(|table| rows.replace(":table", &table.to_string())));
    let mut gone = 0;
    for (number, step) in steps.into_iter().enumerate() {
        let working = tx.exec_drop(step, params! { "run" => run.0 });
        if stoppable(db, id, cancel, working).await?.is_none() || cancel.is_cancelled() {
            return Ok(None);
        }
        gone += if number >= of_tables { tx.affected_rows() } else { 0 };
    }
    tx.query_drop(include_str!("../../sql/queries/demo/unmark.sql")).await?;
    Ok(Some(gone))
}
