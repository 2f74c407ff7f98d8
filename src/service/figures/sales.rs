//! What was ordered.

use super::{FigureError, May, sight_of};
use crate::db::{self, Db, DbError};
use crate::domain::morning::{Comparison, Days, OpenOrders, Part, PartKind, TopProduct};
use crate::domain::{Figures, Filter, Money, Month, Period, Scope, Sight};
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// The figures over any scope.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn figures(by: &May, db: &Db, scope: &Scope) -> Result<Figures, FigureError> {
    let sight = sight_of(by, db, scope.store).await?;
    Ok(db.read(by, db::figures::over_scope(db, scope, &sight)).await?)
}

/// What a period's net is held against: its target, the same period a year earlier, and the period before.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn comparison(by: &May, db: &Db, filter: &Filter, today: Date) -> Result<Comparison, FigureError> {
    let sight = sight_of(by, db, filter.store).await?;
    let until = filter.until(today);
    let (year, before) = (filter.a_year_before(until), filter.before(until));
    let all = async {
        tokio::try_join!(
            db::morning::targets(db, filter.store, &sight, filter.period),
            net(db, &year, &sight),
            net(db, &before, &sight),
        )
    };
    let (targets, last_year, before) = db.read(by, all).await?;
    Ok(Comparison { target: target_of(filter.period, &targets), last_year, before, until })
}

async fn net(db: &Db, filter: &Filter, sight: &Sight) -> Result<Option<Money>, DbError> {
    let figures = db::figures::over_scope(db, &filter.scope(), sight).await?;
    Ok((figures.orders > 0).then_some(figures.net))
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

/// Net sales of each day of a period that has any, oldest first, and of the same period a year earlier.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn net_per_day(by: &May, db: &Db, filter: &Filter) -> Result<Days, FigureError> {
    let sight = sight_of(by, db, filter.store).await?;
    let (this, last) = (filter.scope(), filter.a_year_before(None).scope());
    let both = async {
        tokio::try_join!(
            db::figures::net_per_day(db, &this, &sight),
            db::figures::net_per_day(db, &last, &sight)
        )
    };
    let (days, last_year) = db.read(by, both).await?;
    Ok(Days { days, last_year })
}

/// Net sales of a period by store, staff, category or brand, the most first.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn parts(by: &May, db: &Db, kind: PartKind, filter: &Filter) -> Result<Vec<Part>, FigureError> {
    let sight = sight_of(by, db, filter.store).await?;
    Ok(db.read(by, db::figures::parts(db, kind, &filter.scope(), &sight)).await?)
}

/// A period's best products, at most `limit`.
///
/// # Errors
/// [`FigureError`]: the store is not in sight, or the database can not be asked.
pub async fn top_products(
    by: &May,
    db: &Db,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<TopProduct>, FigureError> {
    let sight = sight_of(by, db, filter.store).await?;
    Ok(db.read(by, db::figures::top_products(db, &filter.scope(), &sight, limit)).await?)
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
