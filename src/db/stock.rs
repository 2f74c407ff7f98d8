//! What the dashboard tells of stock, in SQL.

use super::row::{self, Day};
use super::{Db, DbError, sight};
use crate::domain::stock::{Listed, LowStock, NotSold, Promised, RunningOut, SlowStock, StockValue};
use crate::domain::{ProductId, Sight, StoreId};
use jiff::civil::Date;
use mysql_async::prelude::Queryable;
use mysql_async::{Params, Value, params};
use rust_decimal::Decimal;

macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!("../../sql/queries/stock/", $name, ".sql"))
    };
}

fn values<const N: usize>(
    store: Option<StoreId>,
    sight: &Sight,
    others: [(&'static str, Value); N],
) -> Params {
    let mut values = vec![("store_id", store.map(|store| store.0).into()), ("stores", sight::stores(sight))];
    values.extend(others);
    Params::from(values)
}

/// How many products of stores have fewer than `fewer_than` pieces, how many none, and the `limit` with the least.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn low(
    db: &Db,
    store: Option<StoreId>,
    sight: &Sight,
    fewer_than: u32,
    limit: u32,
) -> Result<RunningOut, DbError> {
    let mut conn = db.conn().await?;
    let counted = values(store, sight, [("fewer_than", fewer_than.into())]);
    let (total, out) = conn.exec_first(sql!("low_stock_count"), counted).await?.unwrap_or_default();
    let listed = values(store, sight, [("fewer_than", fewer_than.into()), ("limit", limit.into())]);
    let told = |(of, at, product, store, quantity): (u32, u32, String, String, i64)| LowStock {
        product_id: ProductId(of),
        store_id: StoreId(at),
        product: row::text(&product),
        store: row::text(&store),
        quantity,
    };
    let rows = conn.exec_map(sql!("low_stock"), listed, told).await?;
    Ok(RunningOut { low: Listed { total, rows }, out })
}

/// Products of which a store has promised more than it has: how many, and the `limit` that want the most.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn promised(
    db: &Db,
    store: Option<StoreId>,
    sight: &Sight,
    limit: u32,
) -> Result<Listed<Promised>, DbError> {
    let mut conn = db.conn().await?;
    let asked = values(store, sight, [("limit", limit.into())]);
    let mut total = 0;
    type Columns = (u32, u32, String, String, u64, Option<i64>, u64);
    let told = |(of, at, product, store, promised, on_hand, all): Columns| {
        total = all;
        let (product_id, store_id) = (ProductId(of), StoreId(at));
        let (product, store) = (row::text(&product), row::text(&store));
        Promised { product_id, store_id, product, store, promised, on_hand }
    };
    let rows = conn.exec_map(sql!("promised"), asked, told).await?;
    Ok(Listed { total, rows })
}

/// Products that lie in a store and were not sold there between two days, both counted: how many, their worth, and the
/// `limit` dearest.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn slow(
    db: &Db,
    store: Option<StoreId>,
    sight: &Sight,
    (from, to): (Date, Date),
    limit: u32,
) -> Result<NotSold, DbError> {
    type Columns = (u32, u32, String, String, i64, Decimal, u64, Decimal);
    let mut conn = db.conn().await?;
    let span = [("from", Day(from).into()), ("to", Day(to).into()), ("limit", limit.into())];
    let (mut total, mut worth) = (0, Decimal::ZERO);
    let told = |(of, at, product, store, quantity, value, all, of_all): Columns| {
        (total, worth) = (all, of_all);
        let (product_id, store_id) = (ProductId(of), StoreId(at));
        let (product, store) = (row::text(&product), row::text(&store));
        SlowStock { product_id, store_id, product, store, quantity, value: row::money(value) }
    };
    let rows = conn.exec_map(sql!("slow"), values(store, sight, span), told).await?;
    Ok(NotSold { slow: Listed { total, rows }, value: row::money(worth) })
}

/// What is on hand.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn value(db: &Db, store: Option<StoreId>, sight: &Sight) -> Result<StockValue, DbError> {
    let asked = params! { "store_id" => store.map(|store| store.0), "stores" => sight::stores(sight) };
    let found: Option<(Decimal, u64, u64)> = db.conn().await?.exec_first(sql!("value"), asked).await?;
    let (value, pieces, stocked) = found.unwrap_or_default();
    Ok(StockValue { value: row::money(value), pieces, stocked })
}
