//! What is on hand.

use super::{FigureError, May, sight_of};
use crate::db::{self, Db};
use crate::domain::stock::{Listed, NotSold, Promised, RunningOut, StockValue, slow_days};
use crate::domain::{Filter, StoreId};
use jiff::civil::Date;

pub use crate::domain::stock::{LOW_BELOW, SLOW_DAYS};

/// How many products of stores are low and out, and the `limit` with the least on hand.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn low_stock(
    by: &May,
    db: &Db,
    store: Option<StoreId>,
    limit: u32,
) -> Result<RunningOut, FigureError> {
    let sight = sight_of(by, db, store).await?;
    Ok(db.read(by, db::stock::low(db, store, &sight, LOW_BELOW, limit)).await?)
}

/// Products of which a store has promised more than it has: how many, and the `limit` that want the most.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn promised(
    by: &May,
    db: &Db,
    store: Option<StoreId>,
    limit: u32,
) -> Result<Listed<Promised>, FigureError> {
    let sight = sight_of(by, db, store).await?;
    Ok(db.read(by, db::stock::promised(db, store, &sight, limit)).await?)
}

/// Stock that was not sold in the days up to the end of a period, or to today in one that is not over: how many products,
/// their worth, and the `limit` dearest.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn slow_stock(
    by: &May,
    db: &Db,
    filter: &Filter,
    today: Date,
    limit: u32,
) -> Result<NotSold, FigureError> {
    let sight = sight_of(by, db, filter.store).await?;
    let span = slow_days(filter.until(today).unwrap_or(filter.period.last_day()));
    Ok(db.read(by, db::stock::slow(db, filter.store, &sight, span, limit)).await?)
}

/// What is on hand altogether.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn stock_value(by: &May, db: &Db, store: Option<StoreId>) -> Result<StockValue, FigureError> {
    let sight = sight_of(by, db, store).await?;
    Ok(db.read(by, db::stock::value(db, store, &sight)).await?)
}
