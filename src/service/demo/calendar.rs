//! On which days the chain sells, and how much of a year's trade each day brings.

use super::dice::{Dice, Subject};
use crate::domain::Month;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// How busy each month is, January first, in percent of an average one: bicycles sell in spring and early summer.
const MONTHS: [u32; 12] = [52, 62, 94, 128, 150, 142, 124, 108, 96, 82, 74, 96];

/// How many days the calendar holds from the last day of trade on: an order may be promised for one of them, and the rest of
/// the month in which trade ends is among them.
const DAYS_AHEAD: usize = 40;

/// One day of trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    /// Which one, counted from the first day of trade.
    pub(super) index: usize,
    /// The month it is in, counted from the first month of trade.
    pub(super) month: usize,
}

/// The days from the opening of the chain up to the last day of trade, about three years later.
pub(super) struct Calendar {
    last: usize,
    dates: Vec<Date>,
    texts: Vec<String>,
    months: Vec<usize>,
    cumulated: Vec<u64>,
}

impl Calendar {
    /// Three years back from the month of `until`.
    pub(super) fn new(seed: u64, until: Date) -> Calendar {
        let first = until.first_of_month().saturating_sub(36.months());
        let last = days_between(first, until);
        let dates: Vec<Date> =
            std::iter::successors(Some(first), |day| day.tomorrow().ok()).take(last + DAYS_AHEAD).collect();
        let weights = (0_u64..).zip(&dates).map(|(index, &date)| weight(seed, index, date));
        let cumulated = weights.scan(0, |sum: &mut u64, weight| {
            *sum += weight;
            Some(*sum)
        });
        Calendar {
            last,
            cumulated: cumulated.collect(),
            texts: dates.iter().map(Date::to_string).collect(),
            months: dates.iter().map(|&date| months_between(first, date)).collect(),
            dates,
        }
    }

    /// The day of order `number` (from 0) of `orders`: the inverse of the days' running sum, so that a later order never has
    /// an earlier day.
    pub(super) fn day_of(&self, number: u64, orders: u64) -> Day {
        let total = self.cumulated.get(self.last).copied().unwrap_or_default();
        let middle = (u128::from(number) * 2 + 1) * u128::from(total) / (u128::from(orders.max(1)) * 2);
        let index = self.cumulated.partition_point(|&sum| u128::from(sum) <= middle).min(self.last);
        Day { index, month: self.months.get(index).copied().unwrap_or_default() }
    }

    /// The last day of trade.
    pub(super) fn last(&self) -> usize {
        self.last
    }

    /// A day's date, as files and SQL write it.
    pub(super) fn text(&self, index: usize) -> &str {
        self.texts.get(index).or(self.texts.last()).map_or("", String::as_str)
    }

    /// The months of trade, the first one first, each with its place.
    pub(super) fn months(&self) -> impl Iterator<Item = Month> {
        let first = self.dates.first().copied().map(Month::of);
        let last = self.dates.get(self.last).copied().map(Month::of);
        std::iter::successors(first, |month| Some(month.next())).take_while(move |&month| Some(month) <= last)
    }

    /// How much of a whole month's trade lies between its first day and the last day of trade: above 0, at most 1, in
    /// ten-thousandths.
    pub(super) fn part_traded(&self, month: usize) -> u64 {
        let start = self.months.partition_point(|&other| other < month);
        let end = self.months.partition_point(|&other| other <= month);
        let before = start.checked_sub(1).map_or(0, |index| self.sum_up_to(index));
        let traded = self.sum_up_to(self.last.min(end.saturating_sub(1))).saturating_sub(before);
        let whole = self.sum_up_to(end.saturating_sub(1)).saturating_sub(before);
        (traded * 10_000).checked_div(whole).unwrap_or_default().clamp(1, 10_000)
    }

    fn sum_up_to(&self, index: usize) -> u64 {
        self.cumulated.get(index).or(self.cumulated.last()).copied().unwrap_or_default()
    }
}

/// A day's trade: its month, its weekday, growth of about a seventh a year, and the weather.
fn weight(seed: u64, index: u64, date: Date) -> u64 {
    let month =
        MONTHS.get(usize::from(date.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or(100);
    let weekday = match date.weekday() {
        Weekday::Saturday => 175,
        Weekday::Friday => 115,
        Weekday::Sunday => 85,
        Weekday::Monday => 70,
        _ => 90,
    };
    let growth = 1_000 + index * 2 / 5;
    let weather = Dice::new(seed, Subject::Days, index).between(65, 135);
    u64::from(month * weekday) * growth * u64::from(weather) / 1_000
}

fn days_between(first: Date, last: Date) -> usize {
    usize::try_from(last.duration_since(first).as_hours() / 24).unwrap_or_default()
}

fn months_between(first: Date, date: Date) -> usize {
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    usize::try_from(months(date) - months(first)).unwrap_or_default()
}
