//! A calendar month, the span the dashboard looks at.

use jiff::civil::Date;
use std::fmt;

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: Date,
}

impl Month {
    /// The month that holds `day`.
    pub fn of(day: Date) -> Month {
        Month { first: day.first_of_month() }
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first.last_of_month()
    }

    /// How many days it has, 28 to 31.
    pub fn days(self) -> u8 {
        self.last_day().day().unsigned_abs()
    }

    /// The month after; itself at the end of the calendar.
    pub fn next(self) -> Month {
        self.last_day().tomorrow().map_or(self, Month::of)
    }

    /// The month before; itself at the beginning of the calendar.
    pub fn previous(self) -> Month {
        self.first.yesterday().map_or(self, Month::of)
    }

    /// The same month a year earlier.
    pub fn a_year_before(self) -> Month {
        let first = self.first;
        Date::new(first.year() - 1, first.month(), 1).map_or(self, Month::of)
    }
}

impl fmt::Display for Month {
    /// As people write it: `Apr 2018`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.first.strftime("%b %Y").to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_knows_its_neighbours_and_its_length() {
        let february = Month::of(date(2024, 2, 17));
        assert_eq!(february.days(), 29);
        assert_eq!(february.previous().to_string(), "Jan 2024");
        assert_eq!(february.next().first_day(), date(2024, 3, 1));
        assert_eq!(february.a_year_before().last_day(), date(2023, 2, 28));
        assert_eq!(Month::of(date(2023, 12, 31)).next(), Month::of(date(2024, 1, 1)));
    }
}
