//! The numbers of the morning. Each is defined in `docs/FIGURES.md`.

use super::authorized::{Authorized, ViewDashboard};
use crate::db::{self, Db, DbError};
use crate::domain::morning::{Calendar, Comparison, DayNet, LowStock, OpenOrders, StoreName, TopProduct};
use crate::domain::{Figures, Measure, Month, Scope, StoreId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A product is low where a store has fewer pieces than this.
pub const LOW_BELOW: u32 = 5;

type May = Authorized<ViewDashboard>;

fn of_month(store: Option<StoreId>, month: Month, measure: Measure) -> Scope {
    Scope { measure, store, from: Some(month.first_day()), to: Some(month.last_day()) }
}

/// Every store, by name.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn stores(by: &May, db: &Db) -> Result<Vec<StoreName>, DbError> {
    db.read(by, db::stores::names(db)).await
}

/// The days that have orders, and today where the store is; `None` where there is no order yet.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn calendar(
    by: &May,
    db: &Db,
    store: Option<StoreId>,
    now: Timestamp,
) -> Result<Option<Calendar>, DbError> {
    let days = db.read(by, db::morning::order_days(db, store)).await?;
    Ok(days.map(|days| Calendar {
        oldest: days.oldest,
        newest: days.newest,
        today: now.to_zoned(zone(&days.time_zone)).date(),
    }))
}

pub(super) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or_else(|cause| {
        tracing::warn!(name, %cause, "a store's time zone is not known; its day is taken to be UTC's");
        TimeZone::UTC
    })
}

/// The figures over any scope.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn figures(by: &May, db: &Db, scope: &Scope) -> Result<Figures, DbError> {
    db.read(by, db::figures::over_scope(db, scope)).await
}

/// What a month's net is held against: its target, and the same month a year earlier.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn comparison(
    by: &May,
    db: &Db,
    store: Option<StoreId>,
    month: Month,
    measure: Measure,
) -> Result<Comparison, DbError> {
    let target = db.read(by, db::morning::target(db, store, month)).await?;
    let before = db::figures::over_scope(db, &of_month(store, month.a_year_before(), measure)).await?;
    Ok(Comparison { target, last_year: (before.orders > 0).then_some(before.net) })
}

/// Open orders of a month, and the late ones among them as things stand today.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn open_orders(
    by: &May,
    db: &Db,
    store: Option<StoreId>,
    month: Month,
    today: Date,
) -> Result<OpenOrders, DbError> {
    let as_of = today.min(month.next().first_day());
    db.read(by, db::morning::open_orders(db, store, month, as_of)).await
}

/// Net sales of each day of a month that has any, oldest first.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn net_per_day(
    by: &May,
    db: &Db,
    store: Option<StoreId>,
    month: Month,
    measure: Measure,
) -> Result<Vec<DayNet>, DbError> {
    db.read(by, db::figures::net_per_day(db, &of_month(store, month, measure))).await
}

/// A month's best products, at most `limit`.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn top_products(
    by: &May,
    db: &Db,
    store: Option<StoreId>,
    month: Month,
    measure: Measure,
    limit: u32,
) -> Result<Vec<TopProduct>, DbError> {
    db.read(by, db::figures::top_products(db, &of_month(store, month, measure), limit)).await
}

/// How many products of stores are low, and the `limit` with the least on hand.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn low_stock(
    by: &May,
    db: &Db,
    store: Option<StoreId>,
    limit: u32,
) -> Result<(u64, Vec<LowStock>), DbError> {
    db.read(by, db::morning::low_stock(db, store, LOW_BELOW, limit)).await
}
