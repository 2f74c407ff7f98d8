//! Values of the driver as values of the domain.

use crate::domain::{Money, clean};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
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

/// A point in time in a row; the database has them in UTC.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment(pub(super) Timestamp);

impl From<Moment> for Value {
    fn from(Moment(moment): Moment) -> Value {
        let zoned = moment.to_zoned(TimeZone::UTC);
        let time = zoned.time();
        let [hour, minute, second] = [time.hour(), time.minute(), time.second()].map(i8::unsigned_abs);
        match Value::from(Day(zoned.date())) {
            Value::Date(year, month, day, ..) => {
                let micros = time.subsec_nanosecond().unsigned_abs() / 1000;
                Value::Date(year, month, day, hour, minute, second, micros)
            }
            other => other,
        }
    }
}

impl TryFrom<Value> for Moment {
    type Error = FromValueError;

    fn try_from(value: Value) -> Result<Moment, FromValueError> {
        let time = match &value {
            Value::Date(_, _, _, hour, minute, second, micros) => Time::new(
                i8::try_from(*hour).unwrap_or(-1),
                i8::try_from(*minute).unwrap_or(-1),
                i8::try_from(*second).unwrap_or(-1),
                i32::try_from(*micros).unwrap_or(-1).saturating_mul(1000),
            )
            .ok(),
            _ => None,
        };
        let Day(date) = Day::try_from(value.clone())?;
        time.and_then(|time| date.to_datetime(time).to_zoned(TimeZone::UTC).ok())
            .map(|moment| Moment(moment.timestamp()))
            .ok_or(FromValueError(value))
    }
}

impl FromValue for Moment {
    type Intermediate = Moment;
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
