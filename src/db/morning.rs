//! What the dashboard shows beside the figures, in SQL.

use super::row::{self, Day};
use super::{Db, DbError, sight};
use crate::domain::morning::OpenOrders;
use crate::domain::{Money, Month, Period, Sight, StoreId};
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
pub async fn order_days(
    db: &Db,
    store: Option<StoreId>,
    sight: &Sight,
) -> Result<Option<OrderDays>, DbError> {
    let found: Option<(Option<Day>, Option<Day>, Option<String>)> = db
        .conn()
        .await?
        .exec_first(
            include_str!("../../sql/queries/morning/calendar.sql"),
            params! { "store_id" => store.map(|store| store.0), "stores" => sight::stores(sight) },
        )
        .await?;
    Ok(found.and_then(|(oldest, newest, time_zone)| {
        Some(OrderDays { oldest: oldest?.0, newest: newest?.0, time_zone: row::text(&time_zone?) })
    }))
}

/// Open orders placed between two days, both counted, and how many of them are late before `as_of`.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn open_orders(
    db: &Db,
    store: Option<StoreId>,
    sight: &Sight,
    (from, to): (Date, Date),
    as_of: Date,
) -> Result<OpenOrders, DbError> {
    let found: Option<(u64, u64)> = db
        .conn()
        .await?
        .exec_first(
            include_str!("../../sql/queries/morning/open_orders.sql"),
            params! {
                "store_id" => store.map(|store| store.0),
                "stores" => sight::stores(sight),
                "from" => Day(from),
                "to" => Day(to),
                "as_of" => Day(as_of),
            },
        )
        .await?;
    let (open, late) = found.unwrap_or_default();
    Ok(OpenOrders { open, late })
}

/// The targets of the months that a period touches, as far as any are set: of a store, or summed over those in sight.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn targets(
    db: &Db,
    store: Option<StoreId>,
    sight: &Sight,
    period: Period,
) -> Result<Vec<(Month, Money)>, DbError> {
    let values = params! {
        "store_id" => store.map(|store| store.0),
        "stores" => sight::stores(sight),
        "from" => Day(period.first_day().first_of_month()),
        "to" => Day(period.last_day().first_of_month()),
    };
    let told = |(Day(month), amount): (Day, Decimal)| (Month::of(month), row::money(amount));
    let mut conn = db.conn().await?;
    Ok(conn.exec_map(include_str!("../../sql/queries/morning/targets.sql"), values, told).await?)
}
