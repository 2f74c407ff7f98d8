//! The figures of `docs/FIGURES.md`, in SQL.

use super::row::{self, Day};
use super::{Db, DbError};
use crate::domain::morning::{DayNet, TopProduct};
use crate::domain::{Figures, ProductId, Scope};
use jiff::civil::Date;
use mysql_async::Params;
use mysql_async::prelude::Queryable;
use rust_decimal::Decimal;

/// The figures over a scope.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn over_scope(db: &Db, scope: &Scope) -> Result<Figures, DbError> {
    let found: Option<(u64, u64, Decimal, Decimal)> = db
        .conn()
        .await?
        .exec_first(include_str!("../../sql/queries/figures/over_scope.sql"), bounds(scope))
        .await?;
    let (orders, units, gross, net) = found.unwrap_or_default();
    let (gross, net) = (row::money(gross), row::money(net));
    Ok(Figures { gross, net, discount: gross - net, orders, units, average_order_value: net.per(orders) })
}

/// Net sales of each day of the scope that has any, oldest first.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn net_per_day(db: &Db, scope: &Scope) -> Result<Vec<DayNet>, DbError> {
    let mut conn = db.conn().await?;
    let days = conn
        .exec_map(
            include_str!("../../sql/queries/figures/net_per_day.sql"),
            bounds(scope),
            |(Day(day), net): (Day, Decimal)| DayNet { day, net: row::money(net) },
        )
        .await?;
    Ok(days)
}

/// The products of the scope with the highest net sales, best first.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn top_products(db: &Db, scope: &Scope, limit: u32) -> Result<Vec<TopProduct>, DbError> {
    let mut values = vec![("limit", limit.into())];
    values.extend(bound_values(scope));
    let mut conn = db.conn().await?;
    let products = conn
        .exec_map(
            include_str!("../../sql/queries/figures/top_products.sql"),
            Params::from(values),
            |(id, name, units, net, on_hand): (u32, String, u64, Decimal, Option<i64>)| TopProduct {
                id: ProductId(id),
                name: row::text(&name),
                units,
                net: row::money(net),
                on_hand,
            },
        )
        .await?;
    Ok(products)
}

fn bounds(scope: &Scope) -> Params {
    Params::from(bound_values(scope))
}

fn bound_values(scope: &Scope) -> Vec<(&'static str, mysql_async::Value)> {
    let day = |date: Option<Date>| date.map(Day).into();
    vec![
        ("measure", scope.measure.word().into()),
        ("store_id", scope.store.map(|store| store.0).into()),
        ("from", day(scope.from)),
        ("to", day(scope.to)),
    ]
}
