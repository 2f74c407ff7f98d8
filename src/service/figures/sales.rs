//! What was ordered.

use super::{FigureError, May, sight_of};
use crate::db::{self, Db};
use crate::domain::morning::{Comparison, OpenOrders};
use crate::domain::sales::{ProductSales, Sales, SoldProduct, added_up, net_per_day, shared_out};
use crate::domain::{Figures, Filter, Money, Month, Period, Scope, StoreId};
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::hash::Hash;

/// The figures over any scope.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn figures(by: &May, db: &Db, scope: &Scope) -> Result<Figures, FigureError> {
    let sight = sight_of(by, db, scope.store).await?;
    Ok(db.read(by, db::figures::over_scope(db, scope, &sight)).await?)
}

/// The sales of a scope, by day, store and staff. Its orders are read once for all of these.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn sales(by: &May, db: &Db, scope: &Scope) -> Result<Sales, FigureError> {
    let sight = sight_of(by, db, scope.store).await?;
    let all = async {
        tokio::try_join!(
            db::figures::sold(db, scope, &sight),
            db::stores::names(db),
            db::figures::staff_names(db)
        )
    };
    let (sold, stores, people) = db.read(by, all).await?;
    let stores: HashMap<StoreId, String> = stores.into_iter().map(|store| (store.id, store.name)).collect();
    let in_sight = sold.iter().filter(|row| sight.knows(row.staff));
    Ok(Sales {
        figures: added_up(&sold),
        net_per_day: net_per_day(&sold),
        by_store: shared_out(
            sold.iter().map(|row| (row.store.0, named(&stores, row.store), row.units, row.net)),
        ),
        by_staff: shared_out(
            in_sight.map(|row| (row.staff.0, named(&people, row.staff), row.units, row.net)),
        ),
    })
}

/// A name; of what came in between the two questions there is none yet.
fn named<K: Eq + Hash>(names: &HashMap<K, String>, key: K) -> &str {
    names.get(&key).map_or("", String::as_str)
}

/// The products of a scope: by category and brand, and the best ones, at most `limit`. Its orders are read once for all of these.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn products(by: &May, db: &Db, scope: &Scope, limit: u32) -> Result<ProductSales, FigureError> {
    let sight = sight_of(by, db, scope.store).await?;
    let sold = db.read(by, db::figures::sold_products(db, scope, &sight)).await?;
    let part = |of: fn(&SoldProduct) -> &(u32, String)| {
        shared_out(sold.iter().map(|row| (of(row).0, of(row).1.as_str(), row.product.units, row.product.net)))
    };
    let (by_category, by_brand) = (part(|row| &row.category), part(|row| &row.brand));
    let top = sold.into_iter().take(limit as usize).map(|row| row.product).collect();
    Ok(ProductSales { by_category, by_brand, top })
}

/// What a period's net is held against: its target, the same period a year earlier, and the period before.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn comparison(by: &May, db: &Db, filter: &Filter, today: Date) -> Result<Comparison, FigureError> {
    let sight = sight_of(by, db, filter.store).await?;
    let until = filter.until(today);
    let (year, year_so_far) = (filter.a_year_before(None).scope(), filter.a_year_before(until).scope());
    let before = filter.before(until).scope();
    let all = async {
        tokio::try_join!(
            db::morning::targets(db, filter.store, &sight, filter.period),
            db::figures::sold(db, &year, &sight),
            db::figures::sold(db, &before, &sight),
        )
    };
    let (targets, year, before) = db.read(by, all).await?;
    let so_far = year.iter().filter(|row| year_so_far.to.is_none_or(|last| row.day <= last));
    Ok(Comparison {
        target: target_of(filter.period, &targets),
        last_year: net(added_up(so_far)),
        last_year_per_day: net_per_day(&year),
        before: net(added_up(&before)),
        until,
    })
}

/// The net, where there was any order.
fn net(figures: Figures) -> Option<Money> {
    (figures.orders > 0).then_some(figures.net)
}

/// The target of a period from those of its months: of a month that it has only a part of, as large a part by days, rounded
/// to cents.
fn target_of(period: Period, months: &[(Month, Money)]) -> Option<Money> {
    if months.is_empty() {
        return None;
    }
    let share = |(month, amount): &(Month, Money)| {
        let (first, last) =
            (period.first_day().max(month.first_day()), period.last_day().min(month.last_day()));
        let days = Period::free(first, last).days();
        let part = amount.amount() * Decimal::from(days) / Decimal::from(month.days());
        if days == u32::from(month.days()) { *amount } else { Money::rounded(part) }
    };
    Some(months.iter().map(share).sum())
}

/// Open orders of a period, and the late ones among them as things stand on that day.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn open_orders(by: &May, db: &Db, filter: &Filter, today: Date) -> Result<OpenOrders, FigureError> {
    let sight = sight_of(by, db, filter.store).await?;
    let last = filter.period.last_day();
    let as_of = filter.as_of.unwrap_or(today).min(last.saturating_add(1.day()));
    let days = (filter.period.first_day(), filter.as_of.map_or(last, |day| day.min(last)));
    Ok(db.read(by, db::morning::open_orders(db, filter.store, &sight, days, as_of)).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PeriodKind;
    use jiff::civil::date;

    #[test]
    fn a_part_of_a_month_has_as_large_a_part_of_its_target() {
        let money = |text: &str| Money::rounded(text.parse().unwrap());
        let months =
            [(Month::of(date(2026, 3, 1)), money("3100")), (Month::of(date(2026, 4, 1)), money("1000"))];
        let table = [
            (Period::holding(PeriodKind::Year, date(2026, 3, 4)), "4100"),
            (Period::holding(PeriodKind::Month, date(2026, 3, 4)), "3100"),
            (Period::holding(PeriodKind::Day, date(2026, 4, 4)), "33.33"),
            (Period::free(date(2026, 3, 31), date(2026, 4, 3)), "200.00"),
        ];
        for (period, target) in table {
            let of: Vec<(Month, Money)> = months
                .into_iter()
                .filter(|(month, _)| {
                    month.last_day() >= period.first_day() && month.first_day() <= period.last_day()
                })
                .collect();
            assert_eq!(target_of(period, &of), Some(money(target)), "{period}");
        }
        assert_eq!(target_of(Period::holding(PeriodKind::Year, date(2026, 1, 1)), &[]), None);
    }
}
