//! Values of the driver as what stands in a table.

use super::page::{Listed, RowPlace};
use crate::db::row::{self, Day, money};
use crate::domain::records::{Cell, Kind, RecordId, RowId, fields};
use crate::domain::{OrderStatus, Table};
use mysql_async::{Row, Value, from_value_opt};
use rust_decimal::Decimal;

/// A row: a cell for each column, then where it stands. `None` where a value is not of its column's kind, which no statement of
/// ours answers.
pub(super) fn listed(table: Table, row: Row) -> Option<Listed> {
    let mut values = values(row);
    let cells: Vec<Cell> =
        fields(table).iter().map(|field| cell(field.kind, &mut values)).collect::<Option<_>>()?;
    let place: Vec<Option<String>> = values.map(text).collect();
    let keys = if matches!(table, Table::Stocks | Table::OrderItems) { 2 } else { 1 };
    let key: Vec<u32> = place
        .iter()
        .skip(place.len().saturating_sub(keys))
        .map(|part| part.as_ref()?.parse().ok())
        .collect::<Option<_>>()?;
    let (row, record) = (RowId::of_key(table, &key)?, RecordId::of_row(table, &key)?);
    Some(Listed { row, record, place: RowPlace(place), cells })
}

fn cell(kind: Kind, values: &mut impl Iterator<Item = Value>) -> Option<Cell> {
    let value = values.next()?;
    if kind == Kind::Standing {
        return standing(value, values.next()?);
    }
    if value == Value::NULL {
        return Some(Cell::Nothing);
    }
    Some(match kind {
        Kind::Number => Cell::Number(from_value_opt(value).ok()?),
        Kind::Count => Cell::Count(from_value_opt(value).ok()?),
        Kind::Money => Cell::Money(money(from_value_opt::<Decimal>(value).ok()?)),
        Kind::Share => Cell::Share(from_value_opt(value).ok()?),
        Kind::Day => Cell::Day(from_value_opt::<Day>(value).ok()?.0),
        Kind::YesNo => Cell::Yes(from_value_opt(value).ok()?),
        Kind::Text | Kind::Named | Kind::Phone | Kind::Standing | Kind::Measure | Kind::Span => {
            Cell::Text(row::text(&String::from_utf8_lossy(&from_value_opt::<Vec<u8>>(value).ok()?)))
        }
    })
}

fn values(row: Row) -> impl Iterator<Item = Value> {
    row.unwrap_raw().into_iter().map(|value| value.unwrap_or(Value::NULL))
}

/// The cells of a row that has columns of these kinds.
pub(super) fn cells(row: Row, kinds: &[Kind]) -> Option<Vec<Cell>> {
    let mut values = values(row);
    kinds.iter().map(|kind| cell(*kind, &mut values)).collect()
}

/// Where an order stands, and whether it is late.
fn standing(status: Value, late: Value) -> Option<Cell> {
    let status = OrderStatus::from_number(from_value_opt(status).ok()?)?;
    Some(Cell::Standing(status, from_value_opt(late).ok()?))
}

/// A value as text that the server takes back.
fn text(value: Value) -> Option<String> {
    match value {
        Value::NULL => None,
        Value::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Value::Int(number) => Some(number.to_string()),
        Value::UInt(number) => Some(number.to_string()),
        date => from_value_opt::<Day>(date).ok().map(|Day(day)| day.to_string()),
    }
}
