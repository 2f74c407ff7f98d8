//! The figures of `docs/FIGURES.md` that orders tell, in SQL.

use super::row::{self, Day};
use super::{Db, DbError, sight};
use crate::domain::figures::Figure;
use crate::domain::morning::{DayNet, Part, PartKind, TopProduct};
use crate::domain::{Figures, ProductId, Scope, Sight};
use jiff::civil::Date;
use mysql_async::Params;
use mysql_async::prelude::Queryable;
use rust_decimal::Decimal;

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
        | Figure::LastYear => sql!("figures/over_scope"),
        Figure::Target => sql!("morning/targets"),
        Figure::Open | Figure::Late => sql!("morning/open_orders"),
        Figure::NetPerDay => sql!("figures/net_per_day"),
        Figure::ByStore => of_parts(PartKind::Store),
        Figure::ByStaff => of_parts(PartKind::Staff),
        Figure::ByCategory => of_parts(PartKind::Category),
        Figure::ByBrand => of_parts(PartKind::Brand),
        Figure::TopProducts => sql!("figures/top_products"),
        Figure::LowStock => sql!("stock/low_stock"),
        Figure::Promised => sql!("stock/promised"),
        Figure::SlowStock => sql!("stock/slow"),
        Figure::StockValue => sql!("stock/value"),
        Figure::Manager => sql!("sight/manager"),
        Figure::LatestAudit => sql!("audit/page"),
        Figure::LatestLoads => sql!("import/history"),
    }
}

/// The figures over a scope, of the stores in sight.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn over_scope(db: &Db, scope: &Scope, sight: &Sight) -> Result<Figures, DbError> {
    let found: Option<(u64, u64, Decimal, Decimal)> =
        db.conn().await?.exec_first(sql!("figures/over_scope"), bounds(scope, sight)).await?;
    let (orders, units, gross, net) = found.unwrap_or_default();
    let (gross, net) = (row::money(gross), row::money(net));
    Ok(Figures { gross, net, discount: gross - net, orders, units, average_order_value: net.per(orders) })
}

/// Net sales of each day of the scope that has any, oldest first.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn net_per_day(db: &Db, scope: &Scope, sight: &Sight) -> Result<Vec<DayNet>, DbError> {
    let mut conn = db.conn().await?;
    let told = |(Day(day), net): (Day, Decimal)| DayNet { day, net: row::money(net) };
    Ok(conn.exec_map(sql!("figures/net_per_day"), bounds(scope, sight), told).await?)
}

const fn of_parts(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Store => sql!("figures/by_store"),
        PartKind::Staff => sql!("figures/by_staff"),
        PartKind::Category => sql!("figures/by_category"),
        PartKind::Brand => sql!("figures/by_brand"),
    }
}

/// Net sales of the scope by store, staff, category or brand, the most first; of the staff those in sight.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn parts(db: &Db, kind: PartKind, scope: &Scope, sight: &Sight) -> Result<Vec<Part>, DbError> {
    let mut values = bound_values(scope, sight);
    if kind == PartKind::Staff {
        values.push(("people", sight::people(sight)));
    }
    let told = |(id, name, net, units): (u32, String, Decimal, u64)| Part {
        id,
        name: row::text(&name),
        net: row::money(net),
        units,
    };
    let mut conn = db.conn().await?;
    Ok(conn.exec_map(of_parts(kind), Params::from(values), told).await?)
}

/// The products of the scope with the highest net sales, best first.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn top_products(
    db: &Db,
    scope: &Scope,
    sight: &Sight,
    limit: u32,
) -> Result<Vec<TopProduct>, DbError> {
    let mut values = bound_values(scope, sight);
    values.push(("limit", limit.into()));
    let told = |(id, name, units, net, on_hand): (u32, String, u64, Decimal, Option<i64>)| TopProduct {
        id: ProductId(id),
        name: row::text(&name),
        units,
        net: row::money(net),
        on_hand,
    };
    let mut conn = db.conn().await?;
    Ok(conn.exec_map(sql!("figures/top_products"), Params::from(values), told).await?)
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
