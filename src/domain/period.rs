//! A span of business days that figures are over: a day, a week, a month, a quarter, a year, or any days.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::Serialize;
use std::fmt;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "each name says it all")]
pub enum PeriodKind {
    Day,
    /// From Monday to Sunday, numbered as ISO 8601 has it.
    Week,
    #[default]
    Month,
    Quarter,
    Year,
    /// Any days.
    Free,
}

impl PeriodKind {
    /// Those that a calendar has, in the order in which a key steps through them.
    pub const OF_CALENDAR: [PeriodKind; 5] =
        [PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year];

    /// The word for it, in commands, JSON and on screens.
    pub fn word(self) -> &'static str {
        match self {
            PeriodKind::Day => "day",
            PeriodKind::Week => "week",
            PeriodKind::Month => "month",
            PeriodKind::Quarter => "quarter",
            PeriodKind::Year => "year",
            PeriodKind::Free => "free",
        }
    }

    /// The one a key steps to: the next longer, or the next shorter, and around. From any days to a month.
    pub fn step(self, is_longer: bool) -> PeriodKind {
        let each = PeriodKind::OF_CALENDAR;
        let by = if is_longer { 1 } else { each.len() - 1 };
        let here = each.iter().position(|kind| *kind == self);
        here.and_then(|here| each.get((here + by) % each.len())).copied().unwrap_or_default()
    }
}

/// A span of business days; both ends count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    kind: PeriodKind,
    first: Date,
    last: Date,
}

impl Period {
    /// The period of that kind in which `day` is. Of [`PeriodKind::Free`] it is the day alone.
    pub fn holding(kind: PeriodKind, day: Date) -> Period {
        let (first, last) = match kind {
            PeriodKind::Day | PeriodKind::Free => (day, day),
            PeriodKind::Week => {
                let since_monday = i64::from(day.weekday().to_monday_zero_offset());
                let monday = day.saturating_sub(since_monday.days());
                (monday, monday.saturating_add(6.days()))
            }
            PeriodKind::Month => (day.first_of_month(), day.last_of_month()),
            PeriodKind::Quarter => {
                let into = i64::from((day.month() - 1) % 3);
                let first = day.first_of_month().saturating_sub(into.months());
                (first, first.saturating_add(2.months()).last_of_month())
            }
            PeriodKind::Year => (day.first_of_year(), day.last_of_year()),
        };
        Period { kind, first, last }
    }

    /// Any days; the ends may come in either order.
    pub fn free(one: Date, other: Date) -> Period {
        Period { kind: PeriodKind::Free, first: one.min(other), last: one.max(other) }
    }

    /// How long it is.
    pub fn kind(self) -> PeriodKind {
        self.kind
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// The last day; it counts too.
    pub fn last_day(self) -> Date {
        self.last
    }

    /// How many days it has.
    pub fn days(self) -> u32 {
        let days = self.first.duration_until(self.last).as_hours() / 24;
        u32::try_from(days).unwrap_or(u32::MAX - 1) + 1
    }

    /// Whether `day` is in it.
    pub fn holds(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// The period right after it: of any days, as many days.
    pub fn next(self) -> Period {
        let day = self.last.saturating_add(1.day());
        match self.kind {
            PeriodKind::Free => Period::free(day, day.saturating_add((i64::from(self.days()) - 1).days())),
            kind => Period::holding(kind, day),
        }
    }

    /// The period right before it: of any days, as many days.
    pub fn before(self) -> Period {
        let day = self.first.saturating_sub(1.day());
        match self.kind {
            PeriodKind::Free => Period::free(day.saturating_sub((i64::from(self.days()) - 1).days()), day),
            kind => Period::holding(kind, day),
        }
    }

    /// The same period a year earlier.
    ///
    /// A week is the one of the same number in the ISO year before, so that Mondays meet Mondays; week 53 meets week 52
    /// where that year has no more. Months, quarters and years are whole, so that February 2025 meets the 29 days of
    /// February 2024. A day, and the ends of any days, keep their date; the 29th of February meets the 28th.
    pub fn a_year_before(self) -> Period {
        match self.kind {
            PeriodKind::Week => Period::holding(PeriodKind::Week, week_a_year_before(self.first)),
            PeriodKind::Free => Period::free(a_year_before(self.first), a_year_before(self.last)),
            kind => Period::holding(kind, a_year_before(self.first)),
        }
    }

    /// The day of the period a year earlier that meets `day` of this one: of a week the same weekday, else the same date.
    pub fn day_a_year_before(self, day: Date) -> Date {
        match self.kind {
            PeriodKind::Week => {
                let since_monday = i64::from(day.weekday().to_monday_zero_offset());
                week_a_year_before(day).saturating_add(since_monday.days())
            }
            _ => a_year_before(day),
        }
    }
}

/// The same date; what that year lacks is the day before.
fn a_year_before(day: Date) -> Date {
    day.saturating_sub(1.year())
}

/// The Monday of the week of the same number.
fn week_a_year_before(day: Date) -> Date {
    let week = day.iso_week_date();
    let of = |number| ISOWeekDate::new(week.year() - 1, number, Weekday::Monday).ok();
    of(week.week()).or_else(|| of(52)).map_or(day, ISOWeekDate::date)
}

impl fmt::Display for Period {
    /// As people write it: `Wed 15 Apr 2026`, `week 16 of 2026`, `Apr 2026`, `Q2 2026`, `2026`, `3 Apr 2026 to 12 May 2026`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.first;
        let words = match self.kind {
            PeriodKind::Day => first.strftime("%a %-d %b %Y").to_string(),
            PeriodKind::Week => {
                let week = first.iso_week_date();
                format!("week {} of {}", week.week(), week.year())
            }
            PeriodKind::Month => first.strftime("%b %Y").to_string(),
            PeriodKind::Quarter => format!("Q{} {}", (first.month() - 1) / 3 + 1, first.year()),
            PeriodKind::Year => first.year().to_string(),
            PeriodKind::Free if self.first == self.last => first.strftime("%-d %b %Y").to_string(),
            PeriodKind::Free => {
                format!("{} to {}", first.strftime("%-d %b %Y"), self.last.strftime("%-d %b %Y"))
            }
        };
        f.pad(&words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PeriodKind::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn told(period: Period) -> (Date, Date, u32) {
        (period.first_day(), period.last_day(), period.days())
    }

    #[test]
    fn a_period_has_the_days_of_the_calendar() {
        let day = date(2024, 2, 17);
        let table = [
            (Day, date(2024, 2, 17), date(2024, 2, 17), 1, "Sat 17 Feb 2024"),
            (Week, date(2024, 2, 12), date(2024, 2, 18), 7, "week 7 of 2024"),
            (Month, date(2024, 2, 1), date(2024, 2, 29), 29, "Feb 2024"),
            (Quarter, date(2024, 1, 1), date(2024, 3, 31), 91, "Q1 2024"),
            (Year, date(2024, 1, 1), date(2024, 12, 31), 366, "2024"),
        ];
        for (kind, first, last, days, words) in table {
            let period = Period::holding(kind, day);
            assert_eq!(told(period), (first, last, days), "{kind:?}");
            assert_eq!(period.to_string(), words);
        }
        // The last days of December belong to the first week of the next year.
        assert_eq!(Period::holding(Week, date(2024, 12, 31)).to_string(), "week 1 of 2025");
    }

    #[test]
    fn any_days_step_by_their_own_length() {
        let days = Period::free(date(2024, 3, 10), date(2024, 3, 1));
        assert_eq!(days.to_string(), "1 Mar 2024 to 10 Mar 2024");
        assert_eq!(told(days.before()), (date(2024, 2, 20), date(2024, 2, 29), 10));
        assert_eq!(told(days.next()), (date(2024, 3, 11), date(2024, 3, 20), 10));
        assert_eq!(told(days.a_year_before()), (date(2023, 3, 1), date(2023, 3, 10), 10));
    }

    #[test]
    fn a_leap_day_meets_the_day_before_and_a_month_the_whole_month() {
        let leap = date(2024, 2, 29);
        assert_eq!(Period::holding(Day, leap).a_year_before().first_day(), date(2023, 2, 28));
        assert_eq!(Period::holding(Month, leap).a_year_before().last_day(), date(2023, 2, 28));
        let after = Period::holding(Month, date(2025, 2, 3));
        assert_eq!(told(after.a_year_before()), (date(2024, 2, 1), leap, 29));
        assert_eq!(after.day_a_year_before(date(2025, 2, 28)), date(2024, 2, 28));
        let days = Period::free(date(2024, 2, 20), leap);
        assert_eq!(told(days.a_year_before()), (date(2023, 2, 20), date(2023, 2, 28), 9));
    }

    #[test]
    fn a_week_meets_the_week_of_the_same_number_and_the_53rd_the_52nd() {
        let week = Period::holding(Week, date(2026, 4, 15));
        assert_eq!(week.a_year_before().to_string(), "week 16 of 2025");
        assert_eq!(week.day_a_year_before(date(2026, 4, 15)), date(2025, 4, 16), "a Wednesday both");
        let last = Period::holding(Week, date(2020, 12, 31));
        assert_eq!(last.to_string(), "week 53 of 2020");
        assert_eq!(last.a_year_before().to_string(), "week 52 of 2019");
    }

    #[test]
    fn a_key_steps_through_all_of_them_and_back() {
        for kind in PeriodKind::OF_CALENDAR {
            assert_eq!(kind.step(true).step(false), kind);
        }
        assert_eq!((Month.step(true), Year.step(true), Free.step(true)), (Quarter, Day, Month));
    }

    proptest! {
        #[test]
        fn periods_of_a_kind_lie_side_by_side(days in 0i64..40_000, kind in 0usize..5) {
            let day = date(1970, 1, 1).saturating_add(days.days());
            let period = Period::holding(PeriodKind::OF_CALENDAR[kind], day);
            prop_assert!(period.holds(day));
            prop_assert_eq!(period.next().first_day(), period.last_day().tomorrow().unwrap());
            prop_assert_eq!(period.next().before(), period);
            let before = period.a_year_before();
            prop_assert!(before.last_day() < period.first_day());
            let met = period.day_a_year_before(day);
            // Only the last days of a week 53 have none of their own, and fall into week 52.
            prop_assert!(before.holds(met), "{} {} {}", period, day, met);
        }
    }
}
