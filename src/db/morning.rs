//! What the dashboard shows beside the figures, in SQL.

use super::row::{self, Day};
use super::{Db, DbError};
use crate::domain::morning::{LowStock, OpenOrders};
use crate::domain::{Money, Month, StoreId};
use jiff::civil::Date;
use mysql_async::params;
use mysql_async::prelude::Queryable;
use rust_decimal::Decimal;

/// The ends of the orders, and the time zone of the store asked for.
#[derive(Debug, Clone)]
pub struct OrderDays {
    /// The oldest order's day.
    pub oldest: Date,
    /// The day of the newest order that was not rejected.
    pub newest: Date,
    /// An IANA name.
    pub time_zone: String,
}

/// The days of the oldest and newest order; `None` where there is no order, or every one was rejected.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn order_days(db: &Db, store: Option<StoreId>) -> Result<Option<OrderDays>, DbError> {
    let found: Option<(Option<Day>, Option<Day>, Option<String>)> = db
        .conn()
        .await?
        .exec_first(
            include_str!("../../sql/queries/morning/calendar.sql"),
            params! { "store_id" => store.map(|store| store.0) },
        )
        .await?;
    Ok(found.and_then(|(oldest, newest, time_zone)| {
        Some(OrderDays { oldest: oldest?.0, newest: newest?.0, time_zone: row::text(&time_zone?) })
    }))
}

/// Open orders placed in a month, and how many of them are late before `as_of`.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn open_orders(
    db: &Db,
    store: Option<StoreId>,
    month: Month,
    as_of: Date,
) -> Result<OpenOrders, DbError> {
    let found: Option<(u64, u64)> = db
        .conn()
        .await?
        .exec_first(
            include_str!("../../sql/queries/morning/open_orders.sql"),
            params! {
                "store_id" => store.map(|store| store.0),
                "from" => Day(month.first_day()),
                "to" => Day(month.last_day()),
                "as_of" => Day(as_of),
            },
        )
        .await?;
    let (open, late) = found.unwrap_or_default();
    Ok(OpenOrders { open, late })
}

/// The target of a month: of a store, or the sum over the stores that have one.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn target(db: &Db, store: Option<StoreId>, month: Month) -> Result<Option<Money>, DbError> {
    let found: Option<Option<Decimal>> = db
        .conn()
        .await?
        .exec_first(
            include_str!("../../sql/queries/morning/target.sql"),
            params! { "store_id" => store.map(|store| store.0), "month" => Day(month.first_day()) },
        )
        .await?;
    Ok(found.flatten().map(row::money))
}

/// How many products of stores have fewer than `fewer_than` pieces, and the `limit` with the least.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn low_stock(
    db: &Db,
    store: Option<StoreId>,
    fewer_than: u32,
    limit: u32,
) -> Result<(u64, Vec<LowStock>), DbError> {
    let store = store.map(|store| store.0);
    let mut conn = db.conn().await?;
    let count: Option<u64> = conn
        .exec_first(
            include_str!("../../sql/queries/morning/low_stock_count.sql"),
            params! { "store_id" => store, fewer_than },
        )
        .await?;
    let listed = conn
        .exec_map(
            include_str!("../../sql/queries/morning/low_stock.sql"),
            params! { "store_id" => store, fewer_than, limit },
            |(product, store, quantity): (String, String, i64)| LowStock {
                product: row::text(&product),
                store: row::text(&store),
                quantity,
            },
        )
        .await?;
    Ok((count.unwrap_or(0), listed))
}
