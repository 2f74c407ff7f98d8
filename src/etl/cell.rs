//! One cell: from the text in a file to a value the column can keep, or the reason why not.

use super::dates::{self, DateOrder, Written};
use super::fault::{Code, Fault};
use super::spec::{Column, Kind, Need};
use crate::domain::clean;
use crate::domain::guard::{NOTHING, from_cell};
use jiff::civil;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A value that a column can keep.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    /// Nothing is known.
    Null,
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// A calendar day.
    Date(civil::Date),
    /// Cleaned text without blanks at its ends.
    Text(Cow<'a, str>),
}

/// Reads a cell for its column; `order` is how the column writes its days.
pub(crate) fn parse<'a>(column: &Column, raw: &'a str, order: DateOrder) -> Result<Value<'a>, Fault> {
    let text = raw.trim();
    if let (Kind::Text(longest), Some(text)) = (column.kind, from_cell(text)) {
        return words(column, text, longest);
    }
    if !NOTHING.contains(&text) {
        return value(column, text, order);
    }
    nothing(column)
}

/// The same of what a person types for one row: there is no file whose words for nothing, or whose marks against formulas,
/// would have to be understood. Nothing typed is nothing.
pub(crate) fn parse_typed<'a>(column: &Column, typed: &'a str) -> Result<Value<'a>, Fault> {
    let text = typed.trim();
    if text.is_empty() { nothing(column) } else { value(column, text, DateOrder::Unknown) }
}

/// What an empty cell comes to.
fn nothing(column: &Column) -> Result<Value<'static>, Fault> {
    match column.need {
        Need::Optional => Ok(Value::Null),
        Need::Default(text) => value(column, text, DateOrder::Unknown),
        Need::Required => Err(Fault::new(
            column.name,
            Code::Required,
            format!("{} is empty, but every row needs one.", column.name),
        )),
    }
}

fn value<'a>(column: &Column, text: &'a str, order: DateOrder) -> Result<Value<'a>, Fault> {
    match column.kind {
        Kind::Id => integer(column, text, 1, i64::from(u32::MAX)),
        Kind::Integer { min, max } => integer(column, text, min, max),
        Kind::Decimal { digits, scale, max } => decimal(column, text, digits, scale, max),
        Kind::Text(longest) => words(column, text, longest),
        Kind::TimeZone(longest) => time_zone(column, text, longest),
        Kind::Date => date(column, text, order),
        Kind::Flag => flag(column, text),
    }
}

fn integer(column: &Column, text: &str, min: i64, max: i64) -> Result<Value<'static>, Fault> {
    // Spreadsheets and dataframes write whole numbers as 7.0; that is still exactly 7.
    let whole = text.split_once('.').map_or(text, |(whole, rest)| {
        if !rest.is_empty() && rest.bytes().all(|digit| digit == b'0') { whole } else { text }
    });
    let digits = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(not_a_number(column, text, "a whole number"));
    }
    match whole.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(Value::Integer(number)),
        _ => Err(Fault::new(
            column.name,
            Code::Range,
            format!("{} {} is not between {min} and {max}.", column.name, shown(text)),
        )),
    }
}

fn decimal(
    column: &Column,
    text: &str,
    digits: u32,
    scale: u32,
    max: Option<i64>,
) -> Result<Value<'static>, Fault> {
    let plain = text.strip_prefix(['-', '+']).unwrap_or(text);
    // Some write .07 for 0.07.
    let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
    let is_digits = |run: &str| run.bytes().all(|digit| digit.is_ascii_digit());
    let is_there = !whole.is_empty() || !part.is_empty();
    if !is_there || !is_digits(whole) || !is_digits(part) || plain.ends_with('.') {
        let hint = if text.contains(',') { " (where a comma stands there, say --decimal comma)" } else { "" };
        return Err(not_a_number(column, text, &format!("a number with a point before its decimals{hint}")));
    }
    let part = part.trim_end_matches('0');
    if part.len() > scale as usize {
        return Err(Fault::new(
            column.name,
            Code::Precision,
            format!("{} {} has more than {scale} decimals.", column.name, shown(text)),
        ));
    }
    let most = max.map_or_else(|| greatest(digits, scale), Decimal::from);
    match text.parse::<Decimal>() {
        Ok(number) if number >= Decimal::ZERO && number <= most => Ok(Value::Decimal(number.normalize())),
        _ => Err(Fault::new(
            column.name,
            Code::Range,
            format!("{} {} is not between 0 and {most}.", column.name, shown(text)),
        )),
    }
}

/// The greatest number that `DECIMAL(digits, scale)` keeps.
fn greatest(digits: u32, scale: u32) -> Decimal {
    Decimal::new(10_i64.pow(digits.min(18)) - 1, scale)
}

fn words<'a>(column: &Column, text: &'a str, longest: usize) -> Result<Value<'a>, Fault> {
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(Fault::new(
            column.name,
            Code::Encoding,
            format!(
                "{} holds bytes that are not of the file's encoding. Save it as UTF-8, or say --encoding.",
                column.name
            ),
        ));
    }
    if text.contains('\0') {
        return Err(Fault::new(
            column.name,
            Code::Encoding,
            format!("{} holds a NUL, which text never does. The file may be damaged.", column.name),
        ));
    }
    let kept = cleaned(text);
    let length = kept.chars().count();
    if length > longest {
        return Err(Fault::new(
            column.name,
            Code::Length,
            format!("{} has {length} characters; {longest} can be kept.", column.name),
        ));
    }
    if kept.is_empty() && column.need == Need::Required {
        return Err(Fault::new(
            column.name,
            Code::Required,
            format!("{} has no visible character, but every row needs one.", column.name),
        ));
    }
    Ok(Value::Text(kept))
}

/// The zone by its one name: the list knows them by any letters' case.
fn time_zone(column: &Column, text: &str, longest: usize) -> Result<Value<'static>, Fault> {
    let zone = TimeZone::get(text).ok().filter(|zone| !zone.is_unknown());
    match zone.as_ref().and_then(TimeZone::iana_name).filter(|name| name.len() <= longest) {
        Some(name) => Ok(Value::Text(name.to_owned().into())),
        None => Err(Fault::new(
            column.name,
            Code::TimeZone,
            format!(
                "{} {} is not a time zone of the IANA list, like Europe/Zurich.",
                column.name,
                shown(text)
            ),
        )),
    }
}

/// Clean text without blanks at its ends. Plain ASCII, by far the most of it, is not copied.
fn cleaned(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(clean(text).trim().to_owned())
    }
}

fn date(column: &Column, text: &str, order: DateOrder) -> Result<Value<'static>, Fault> {
    let written = dates::read(text);
    if let Some(day) = written.and_then(|written| order.day(written)) {
        return Ok(Value::Date(day));
    }
    let name = column.name;
    let message = match written {
        Some(both @ Written::Numbers(..)) if order == DateOrder::Unknown => {
            let read = |order: DateOrder| order.day(both).map(|day| day.to_string());
            match (read(DateOrder::DayFirst), read(DateOrder::MonthFirst)) {
                (Some(one), Some(other)) => format!(
                    "{name} {} is {one} or {other}, and the column does not tell which. Say --dates dmy or --dates mdy.",
                    shown(text)
                ),
                (Some(_), None) | (None, Some(_)) => format!(
                    "{name} {}: the column has days before months and months before days. Write them one way.",
                    shown(text)
                ),
                (None, None) => no_day(name, text),
            }
        }
        _ => no_day(name, text),
    };
    Err(Fault::new(name, Code::Date, message))
}

/// That a text is no calendar day.
pub(crate) fn no_day(name: &str, text: &str) -> String {
    format!("{name} {} is not a day written as year-month-day, like 2018-04-30.", shown(text))
}

fn flag(column: &Column, text: &str) -> Result<Value<'static>, Fault> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "1.0" | "true" | "yes" | "y" => Ok(Value::Integer(1)),
        "0" | "0.0" | "false" | "no" | "n" => Ok(Value::Integer(0)),
        _ => Err(Fault::new(
            column.name,
            Code::Flag,
            format!("{} {} is neither yes nor no (1, 0, true, false).", column.name, shown(text)),
        )),
    }
}

/// That a cell of a column of numbers is none.
pub(crate) fn not_a_number(column: &Column, text: &str, wanted: &str) -> Fault {
    Fault::new(column.name, Code::Number, format!("{} {} is not {wanted}.", column.name, shown(text)))
}

/// A cell as a message shows it: clean, in quotes, and not longer than a line bears.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut characters = text.chars();
    let start: String = characters.by_ref().take(LONGEST).collect();
    let rest = if characters.next().is_some() { "…" } else { "" };
    format!("\"{}{rest}\"", clean(&start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Table;
    use crate::etl::spec::spec;
    use proptest::prelude::*;

    fn cell(table: Table, column: &str, text: &str) -> Result<String, &'static str> {
        let (_, column) = spec(table).column(column).unwrap();
        match parse(column, text, DateOrder::Unknown) {
            Ok(Value::Null) => Ok("-".to_owned()),
            Ok(Value::Integer(number)) => Ok(number.to_string()),
            Ok(Value::Decimal(number)) => Ok(number.to_string()),
            Ok(Value::Date(day)) => Ok(day.to_string()),
            Ok(Value::Text(text)) => Ok(text.into_owned()),
            Err(fault) => Err(fault.code.word()),
        }
    }

    #[test]
    fn a_cell_becomes_what_its_column_keeps_or_says_why_not() {
        use Table::{Customers, OrderItems, Orders, Products, Staffs, Stocks, Stores};
        for (table, column, text, expected) in [
            (Orders, "order_id", " 7 ", Ok("7")),
            (Orders, "order_id", "7.0", Ok("7")),
            (Orders, "order_id", "0", Err("range")),
            (Orders, "order_id", "4294967296", Err("range")),
            (Orders, "order_id", "99999999999999999999", Err("range")),
            (Orders, "order_id", "7.5", Err("number")),
            (Orders, "order_id", "1e3", Err("number")),
            (Orders, "order_id", "", Err("required")),
            (Orders, "order_status", "5", Err("range")),
            (Orders, "order_date", "2018-02-29", Err("date")),
            (Orders, "order_date", "03/04/2018", Err("date")),
            (Orders, "order_date", "2018-4-3", Err("date")),
            (Orders, "order_date", "3 Apr 2018", Ok("2018-04-03")),
            (Orders, "order_date", "2018-04-03 00:00:00", Ok("2018-04-03")),
            (Orders, "shipped_date", "NULL", Ok("-")),
            (Stocks, "quantity", "-1", Err("range")),
            (OrderItems, "quantity", "0", Err("range")),
            (OrderItems, "discount", "1.0001", Err("range")),
            (OrderItems, "discount", "0.07", Ok("0.07")),
            (OrderItems, "discount", "", Ok("0")),
            (Products, "list_price", "1549.0", Ok("1549")),
            (Products, "list_price", "1.005", Err("precision")),
            (Products, "list_price", "1.00500", Err("precision")),
            (Products, "list_price", "-0.01", Err("range")),
            (Products, "list_price", "9999999999.99", Ok("9999999999.99")),
            (Products, "list_price", "10000000000", Err("range")),
            (Products, "list_price", "1,299.00", Err("number")),
            (OrderItems, "discount", ".07", Ok("0.07")),
            (OrderItems, "discount", ".", Err("number")),
            (OrderItems, "discount", "1.", Err("number")),
            (Customers, "phone", "None", Ok("-")),
            (Customers, "phone", "'None", Ok("None")),
            (Customers, "phone", "'+47 55", Ok("+47 55")),
            (Customers, "phone", "''+47 55", Ok("'+47 55")),
            (Customers, "phone", "'47 55", Ok("'47 55")),
            (Orders, "order_id", "'+7", Err("number")),
            (Customers, "phone", "N/A", Ok("-")),
            (Customers, "last_name", "Null", Ok("Null")),
            (Customers, "last_name", "NULL", Err("required")),
            (Customers, "last_name", " O\u{202e}'Hara\t", Ok("O'Hara")),
            (Customers, "last_name", "\u{200b}", Err("required")),
            (Customers, "last_name", "Bj\u{fffd}rk", Err("encoding")),
            (Customers, "last_name", "Bj\0rk", Err("encoding")),
            (Customers, "zip_code", "12345678901234567", Err("length")),
            (Customers, "zip_code", "éééééééééééééééé", Ok("éééééééééééééééé")),
            (Staffs, "active", "False", Ok("0")),
            (Staffs, "active", "maybe", Err("flag")),
            (Stores, "time_zone", "europe/zurich", Ok("Europe/Zurich")),
            (Stores, "time_zone", "", Ok("UTC")),
            (Stores, "time_zone", "Mars/Olympus", Err("time_zone")),
            (Stores, "time_zone", "Etc/Unknown", Err("time_zone")),
        ] {
            let expected = expected.map(str::to_owned);
            assert_eq!(cell(table, column, text), expected, "{table}.{column} = {text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_what_is_kept_is_clean(text in any::<String>()) {
            for table in Table::EACH {
                for column in spec(table).columns {
                    if let Ok(Value::Text(kept)) = parse(column, &text, DateOrder::Unknown) {
                        let again = clean(&kept);
                        prop_assert_eq!(again.trim(), kept.as_ref());
                    }
                }
            }
        }
    }
}
