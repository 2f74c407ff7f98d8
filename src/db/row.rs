//! Values of the driver as values of the domain.

use crate::domain::{Money, clean};
use jiff::civil::Date;
use mysql_async::FromValueError;
use mysql_async::Value;
use mysql_async::prelude::FromValue;
use rust_decimal::Decimal;

/// A business day in a row or a parameter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day(pub(super) Date);

impl From<Day> for Value {
    fn from(Day(date): Day) -> Value {
        let [year, month, day] = [
            date.year().unsigned_abs(),
            date.month().unsigned_abs().into(),
            date.day().unsigned_abs().into(),
        ];
        Value::Date(year, narrow(month), narrow(day), 0, 0, 0, 0)
    }
}

impl TryFrom<Value> for Day {
    type Error = FromValueError;

    fn try_from(value: Value) -> Result<Day, FromValueError> {
        let date = match &value {
            Value::Date(year, month, day, ..) => {
                i16::try_from(*year).ok().zip(i8::try_from(*month).ok().zip(i8::try_from(*day).ok()))
            }
            _ => None,
        };
        date.and_then(|(year, (month, day))| Date::new(year, month, day).ok())
            .map(Day)
            .ok_or(FromValueError(value))
    }
}

impl FromValue for Day {
    type Intermediate = Day;
}

fn narrow(number: u16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// A sum in a row.
pub(super) fn money(sum: Decimal) -> Money {
    Money::rounded(sum)
}

/// Text in a row, cleaned where it enters.
pub(super) fn text(bytes: &str) -> String {
    clean(bytes)
}
