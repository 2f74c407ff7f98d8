//! What stands in a row of a table.

use crate::domain::number_format::in_thousands;
use crate::domain::{Money, OrderStatus};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A value, cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known.
    Nothing,
    /// A count, or the number of a record: counts have a mark between thousands, numbers of records have none.
    Count(i64),
    /// The number of a record, or a year.
    Number(i64),
    /// A sum.
    Money(Money),
    /// A part of the whole, 0 to 1.
    Share(Decimal),
    /// A business day.
    Day(Date),
    /// Text.
    Text(String),
    /// Where an order stands, and whether it is late.
    Standing(OrderStatus, bool),
    /// Yes or no.
    Yes(bool),
}

impl Cell {
    /// As it is read on a screen; empty for nothing.
    pub fn shown(&self) -> String {
        match self {
            Cell::Count(count) => {
                let sign = if *count < 0 { "-" } else { "" };
                format!("{sign}{}", in_thousands(&count.unsigned_abs().to_string(), ","))
            }
            Cell::Money(sum) => sum.grouped(),
            other => other.plain(),
        }
    }

    /// As a spreadsheet reads it; empty for nothing.
    pub fn plain(&self) -> String {
        match self {
            Cell::Nothing => String::new(),
            Cell::Count(number) | Cell::Number(number) => number.to_string(),
            Cell::Money(sum) => sum.to_string(),
            Cell::Share(part) => format!("{:.1}%", part * Decimal::ONE_HUNDRED),
            Cell::Day(day) => day.to_string(),
            Cell::Text(text) => text.clone(),
            Cell::Standing(status, true) => format!("{status}, late"),
            Cell::Standing(status, false) => status.to_string(),
            Cell::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_one_way_and_copied_another() {
        let money = Cell::Money(Money::rounded(Decimal::new(123_450, 2)));
        assert_eq!((money.shown(), money.plain()), ("1,234.50".to_owned(), "1234.50".to_owned()));
        assert_eq!(Cell::Count(-12_345).shown(), "-12,345");
        assert_eq!(Cell::Number(12_345).shown(), "12345");
        assert_eq!(Cell::Share(Decimal::new(5, 2)).shown(), "5.0%");
        assert_eq!(Cell::Standing(OrderStatus::Pending, true).shown(), "pending, late");
        assert_eq!(Cell::Nothing.shown(), "");
    }
}
