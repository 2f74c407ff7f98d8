//! The figures of `docs/FIGURES.md` that orders tell, in SQL.

use super::row::{self, Day};
use super::{Db, DbError, sight};
use crate::domain::figures::Figure;
use crate::domain::morning::TopProduct;
use crate::domain::sales::{self, Sold, SoldProduct};
use crate::domain::{Figures, ProductId, Scope, Sight, StaffId, StoreId};
use jiff::civil::Date;
use mysql_async::Params;
use mysql_async::prelude::Queryable;
use rust_decimal::Decimal;
use std::collections::HashMap;

macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!("../../sql/queries/", $name, ".sql"))
    };
}

/// The statement that reads a figure, to be shown to who wants to know exactly.
pub fn statement(figure: Figure) -> &'static str {
    match figure {
        Figure::Gross
        | Figure::Net
        | Figure::Discount
        | Figure::Orders
        | Figure::Units
        | Figure::AverageOrderValue
        | Figure::UnitsAnOrder
        | Figure::LastYear
        | Figure::NetPerDay
        | Figure::ByStore
        | Figure::ByStaff => sql!("figures/sold"),
        Figure::ByCategory | Figure::ByBrand | Figure::TopProducts => sql!("figures/sold_products"),
        Figure::Target => sql!("morning/targets"),
        Figure::Open | Figure::Late => sql!("morning/open_orders"),
        Figure::LowStock => sql!("stock/low_stock"),
        Figure::Promised => sql!("stock/promised"),
        Figure::SlowStock => sql!("stock/slow"),
        Figure::StockValue => sql!("stock/value"),
        Figure::Manager => sql!("sight/manager"),
        Figure::LatestAudit => sql!("audit/page"),
        Figure::LatestLoads => sql!("import/history"),
    }
}

/// What was sold in a scope, in the stores in sight: a row for each day, store and member of the staff, oldest first.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn sold(db: &Db, scope: &Scope, sight: &Sight) -> Result<Vec<Sold>, DbError> {
    let told =
        |(Day(day), store, staff, orders, units, gross, net): (Day, u32, u32, u64, u64, Decimal, Decimal)| {
            let (store, staff) = (StoreId(store), StaffId(staff));
            Sold { day, store, staff, orders, units, gross: row::money(gross), net: row::money(net) }
        };
    let mut conn = db.conn().await?;
    Ok(conn.exec_map(sql!("figures/sold"), bounds(scope, sight), told).await?)
}

/// The figures over a scope, of the stores in sight.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn over_scope(db: &Db, scope: &Scope, sight: &Sight) -> Result<Figures, DbError> {
    Ok(sales::added_up(&sold(db, scope, sight).await?))
}

/// A row of `sold_products.sql`: product, category and brand with their names, pieces, net, on hand.
type ProductRow = (u32, String, u32, String, u32, String, u64, Decimal, Option<i64>);

/// The products that were sold in a scope, in the stores in sight, the most net first.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn sold_products(db: &Db, scope: &Scope, sight: &Sight) -> Result<Vec<SoldProduct>, DbError> {
    let told = |(id, name, category, category_name, brand, brand_name, units, net, on_hand): ProductRow| {
        SoldProduct {
            product: TopProduct {
                id: ProductId(id),
                name: row::text(&name),
                units,
                net: row::money(net),
                on_hand,
            },
            category: (category, row::text(&category_name)),
            brand: (brand, row::text(&brand_name)),
        }
    };
    let mut conn = db.conn().await?;
    Ok(conn.exec_map(sql!("figures/sold_products"), bounds(scope, sight), told).await?)
}

/// The names of everybody of the staff, cleaned.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn staff_names(db: &Db) -> Result<HashMap<StaffId, String>, DbError> {
    let told = |(id, name): (u32, String)| (StaffId(id), row::text(&name));
    let mut conn = db.conn().await?;
    Ok(conn.query_map(sql!("staff/everybody"), told).await?.into_iter().collect())
}

fn bounds(scope: &Scope, sight: &Sight) -> Params {
    Params::from(bound_values(scope, sight))
}

pub(super) fn bound_values(scope: &Scope, sight: &Sight) -> Vec<(&'static str, mysql_async::Value)> {
    let day = |date: Option<Date>| date.map(Day).into();
    vec![
        ("measure", scope.measure.word().into()),
        ("store_id", scope.store.map(|store| store.0).into()),
        ("stores", sight::stores(sight)),
        ("from", day(scope.from)),
        ("to", day(scope.to)),
    ]
}
