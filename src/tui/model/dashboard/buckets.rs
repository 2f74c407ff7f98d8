//! Net per day as a chart can show it: by day, or where there are too many days for that, by week, month or year.

use crate::domain::morning::DayNet;
use crate::domain::{Money, Period, PeriodKind};
use jiff::ToSpan;
use jiff::civil::Date;

/// The most days that are shown as days.
const MOST_DAYS: u32 = 35;
/// The most days that are shown by the week.
const MOST_OF_WEEKS: u32 = 190;
/// The most days that are shown by the month.
const MOST_OF_MONTHS: u32 = 2000;

/// A bar of the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Its first day.
    pub first: Date,
    /// Its net sales.
    pub net: Money,
    /// Those of a year earlier.
    pub last_year: Money,
}

/// How long what one bar stands for is.
pub fn unit(period: Period) -> PeriodKind {
    const LONGEST: [(u32, PeriodKind); 3] = [
        (MOST_DAYS, PeriodKind::Day),
        (MOST_OF_WEEKS, PeriodKind::Week),
        (MOST_OF_MONTHS, PeriodKind::Month),
    ];
    let days = period.days();
    LONGEST.into_iter().find(|(most, _)| days <= *most).map_or(PeriodKind::Year, |(_, unit)| unit)
}

/// The last day of the bar that begins with a day.
pub fn last_day(period: Period, first: Date) -> Date {
    Period::holding(unit(period), first).last_day().min(period.last_day())
}

/// Each bar of a period, those without orders too, from the net of its days and of those a year earlier.
pub fn buckets(period: Period, (days, last_year): (&[DayNet], &[DayNet])) -> Vec<Bucket> {
    let mut found = Vec::new();
    let mut at = period.first_day();
    while at <= period.last_day() {
        let last = last_day(period, at);
        let (from, to) = (period.day_a_year_before(at), period.day_a_year_before(last));
        let next = last.saturating_add(1.day());
        // A leap day meets the 28th, which the day before it has met already.
        let is_met =
            found.last().is_some_and(|before: &Bucket| period.day_a_year_before(before.first) == from);
        let last_year = if is_met { Money::ZERO } else { sum(last_year, from, to) };
        found.push(Bucket { first: at, net: sum(days, at, last), last_year });
        if next == last {
            // The end of the calendar.
            break;
        }
        at = next;
    }
    found
}

/// The net of the days between two, both counted.
fn sum(days: &[DayNet], from: Date, to: Date) -> Money {
    days.iter().filter(|day| from <= day.day && day.day <= to).map(|day| day.net).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rust_decimal::Decimal;

    fn told(days: &[(Date, i64)]) -> Vec<DayNet> {
        days.iter().map(|(day, net)| DayNet { day: *day, net: Money::rounded(Decimal::from(*net)) }).collect()
    }

    fn shown(period: Period, days: (&[DayNet], &[DayNet])) -> Vec<(String, String, String)> {
        let words = |bar: Bucket| (bar.first.to_string(), bar.net.to_string(), bar.last_year.to_string());
        buckets(period, days).into_iter().map(words).collect()
    }

    #[test]
    fn a_month_is_shown_by_the_day_with_last_year_behind_it() {
        let month = Period::holding(PeriodKind::Month, date(2024, 2, 3));
        let days = told(&[(date(2024, 2, 2), 7), (date(2024, 2, 29), 9)]);
        let last_year = told(&[(date(2023, 2, 2), 5), (date(2023, 2, 28), 3)]);
        let shown = shown(month, (&days, &last_year));
        assert_eq!(shown.len(), 29);
        let row = |day: &str, net: &str, last: &str| (day.to_owned(), net.to_owned(), last.to_owned());
        assert_eq!(shown[1], row("2024-02-02", "7.00", "5.00"));
        assert_eq!(shown[27..], [row("2024-02-28", "0.00", "3.00"), row("2024-02-29", "9.00", "0.00")]);
    }

    #[test]
    fn a_quarter_is_shown_by_the_week_and_a_year_by_the_month_and_nothing_is_lost() {
        let days = told(&[(date(2026, 1, 1), 1), (date(2026, 3, 31), 2)]);
        for (kind, bars) in [(PeriodKind::Quarter, 14), (PeriodKind::Year, 12)] {
            let period = Period::holding(kind, date(2026, 2, 1));
            let found = buckets(period, (&days, &[]));
            assert_eq!(found.len(), bars);
            assert_eq!(found.iter().map(|bar| bar.net).sum::<Money>().to_string(), "3.00");
        }
    }
}
