//! Which rows of a table are meant: `city:Rowlett status:late total:>500 ann`.
//!
//! A column's name, a colon, and what its cells are to be: text begins so (`city:"San A"`), a day lies in the day, month or year
//! (`ordered:2026-04`) or from one to another (`ordered:2026-04-01..2026-04-22`), a record is one of several numbers (`store:1,3`), anything
//! else is the same. `>`, `>=`, `<`, `<=`, `=` (exactly so), `~` (holds these letters) and `!` (all but these)
//! may stand before it; `""` is nothing at all. Words without a column are looked for in the texts of the table.

use super::asked::asked;
use super::fields::{Field, Kind, field, fields, title};
use crate::domain::{Measure, OrderStatus, Table};
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// How a column is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// As is natural: text begins so, a day lies within, a number is the same.
    Is,
    /// All but these.
    Not,
    /// The same, from end to end.
    Exactly,
    /// Greater, or later.
    MoreThan,
    /// Not less.
    AtLeast,
    /// Less, or earlier.
    LessThan,
    /// Not more.
    AtMost,
    /// Has these letters in it.
    Holds,
}

/// What a column is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing is known.
    Nothing,
    /// A number, or a sum.
    Amount(Decimal),
    /// Several records, by their numbers.
    Numbers(Vec<u32>),
    /// From this day to that one; both count.
    Days(Date, Date),
    /// The same as a whole, which is neither before nor after another.
    Span(Date, Date),
    /// Text.
    Text(String),
    /// Where an order stands.
    Status(OrderStatus),
    /// Orders still to be handed over: pending or processing.
    Open,
    /// Open orders whose required day is past.
    Late,
    /// Yes or no.
    Yes(bool),
    /// Orders that this measure counts.
    Measure(Measure),
}

/// What a column of a row is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub field: &'static Field,
    /// How it is compared.
    pub test: Test,
    /// With what.
    pub value: Value,
}

/// The rows for which all of this holds; every row where there is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// What columns are to be.
    pub conditions: Vec<Condition>,
    /// Words to be found somewhere in a row, each of them.
    pub words: Vec<String>,
}

/// What can not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// The table has no such column.
    #[error("No column \"{name}\" in {table}: there are {known}.")]
    Unknown {
        /// The table.
        table: String,
        /// What was typed.
        name: String,
        /// What it could have been.
        known: String,
    },
    /// The value is none for the column.
    #[error("\"{text}\" is nothing for {name}: it takes {takes}.")]
    Value {
        /// The column.
        name: &'static str,
        /// What was typed.
        text: String,
        /// What it takes.
        takes: &'static str,
    },
    /// The comparison is none for the column.
    #[error("{name} can not be compared with {sign}.")]
    Test {
        /// The column.
        name: &'static str,
        /// The sign.
        sign: &'static str,
    },
}

/// Signs of comparison, the longer of two that begin alike first.
const SIGNS: [(&str, Test); 7] = [
    (">=", Test::AtLeast),
    ("<=", Test::AtMost),
    (">", Test::MoreThan),
    ("<", Test::LessThan),
    ("=", Test::Exactly),
    ("~", Test::Holds),
    ("!", Test::Not),
];

impl Filter {
    /// Reads what was typed. A column that has no value yet is no condition yet.
    ///
    /// # Errors
    /// [`FilterError`] with the first part that can not be understood.
    pub fn read(table: Table, typed: &str) -> Result<Filter, FilterError> {
        let mut filter = Filter::default();
        for part in parts(typed) {
            match part {
                Part::Word(word) => filter.words.push(word),
                Part::Of(name, rest, quoted) => {
                    let field = field(table, &name).ok_or_else(|| unknown(table, name))?;
                    filter.conditions.extend(condition(field, &rest, quoted)?);
                }
            }
        }
        Ok(filter)
    }

    /// Whether it leaves every row.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty() && self.words.is_empty()
    }
}

fn unknown(table: Table, name: String) -> FilterError {
    let known: Vec<&str> = fields(table).iter().chain(asked(table)).map(|field| field.name).collect();
    FilterError::Unknown { table: title(table).to_lowercase(), name, known: known.join(", ") }
}

/// A part of what was typed.
enum Part {
    Word(String),
    /// A column's name, the rest, and whether that had quotes.
    Of(String, String, bool),
}

/// Parts stand between spaces that are not in quotes. A colon in quotes is a colon.
fn parts(typed: &str) -> Vec<Part> {
    let (mut parts, mut name, mut text) = (Vec::new(), None, String::new());
    let (mut in_quotes, mut quoted) = (false, false);
    for character in typed.chars().chain([' ']) {
        match character {
            '"' => (in_quotes, quoted) = (!in_quotes, true),
            ':' if !in_quotes && !quoted && name.is_none() && !text.is_empty() => {
                name = Some(std::mem::take(&mut text));
            }
            ' ' if !in_quotes => {
                let said = std::mem::take(&mut text);
                match name.take() {
                    Some(name) => parts.push(Part::Of(name, said, quoted)),
                    None if !said.is_empty() => parts.push(Part::Word(said)),
                    None => {}
                }
                quoted = false;
            }
            other => text.push(other),
        }
    }
    // Quotes that were not closed go to the end.
    let rest = text.trim().to_owned();
    match name {
        Some(name) => parts.push(Part::Of(name, rest, quoted)),
        None if !rest.is_empty() => parts.push(Part::Word(rest)),
        None => {}
    }
    parts
}

fn condition(field: &'static Field, said: &str, quoted: bool) -> Result<Option<Condition>, FilterError> {
    let sign = SIGNS.iter().find_map(|(sign, test)| Some((said.strip_prefix(sign)?, *sign, *test)));
    let (text, sign, test) = sign.unwrap_or((said, "", Test::Is));
    if text.is_empty() {
        let test = if test == Test::Not { Test::Not } else { Test::Is };
        return Ok(quoted.then_some(Condition { field, test, value: Value::Nothing }));
    }
    let value = value(field.kind, text).ok_or_else(|| FilterError::Value {
        name: field.name,
        text: text.to_owned(),
        takes: takes(field.kind),
    })?;
    if fits(&value, test) {
        Ok(Some(Condition { field, test, value }))
    } else {
        Err(FilterError::Test { name: field.name, sign })
    }
}

fn fits(value: &Value, test: Test) -> bool {
    match value {
        Value::Amount(_) | Value::Days(..) => test != Test::Holds,
        Value::Text(_) => matches!(test, Test::Is | Test::Not | Test::Exactly | Test::Holds),
        _ => matches!(test, Test::Is | Test::Not | Test::Exactly),
    }
}

fn value(kind: Kind, text: &str) -> Option<Value> {
    let amount = || text.replace(',', "").parse::<Decimal>().ok();
    match kind {
        Kind::Number | Kind::Count | Kind::Money => amount().map(Value::Amount),
        Kind::Share => {
            let percent = text.strip_suffix('%').unwrap_or(text).parse::<Decimal>().ok()?;
            Some(Value::Amount(percent / Decimal::ONE_HUNDRED))
        }
        Kind::Day => span(text).map(|(first, last)| Value::Days(first, last)),
        Kind::Span => span(text).map(|(first, last)| Value::Span(first, last)),
        Kind::Measure => Measure::from_word(&text.to_lowercase()).map(Value::Measure),
        Kind::Text => Some(Value::Text(text.to_owned())),
        Kind::Named => Some(match (text.parse::<u32>(), numbers(text)) {
            (Ok(number), _) => Value::Amount(number.into()),
            (_, Some(numbers)) => Value::Numbers(numbers),
            _ => Value::Text(text.to_owned()),
        }),
        Kind::Phone => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            (!digits.is_empty()).then_some(Value::Text(digits))
        }
        Kind::Standing => match text.to_lowercase().as_str() {
            "open" => Some(Value::Open),
            "late" => Some(Value::Late),
            word => {
                let known =
                    |status: &OrderStatus| status.word() == word || status.number().to_string() == word;
                OrderStatus::EACH.into_iter().find(known).map(Value::Status)
            }
        },
        Kind::YesNo => match text.to_lowercase().as_str() {
            "yes" | "y" | "1" => Some(Value::Yes(true)),
            "no" | "n" | "0" => Some(Value::Yes(false)),
            _ => None,
        },
    }
}

fn takes(kind: Kind) -> &'static str {
    match kind {
        Kind::Number | Kind::Count => "a number",
        Kind::Money => "a sum, as in 1299.50",
        Kind::Share => "per cent, as in 10",
        Kind::Day | Kind::Span => {
            "a day, a month or a year, as in 2026-04-22 or 2026-04, or 2026-04-01..2026-04-22"
        }
        Kind::Measure => "booked, shipped or all",
        Kind::Text => "text",
        Kind::Named => "a name or a number",
        Kind::Phone => "digits",
        Kind::Standing => "pending, processing, rejected, completed, open or late",
        Kind::YesNo => "yes or no",
    }
}

/// Several numbers, with commas between them.
fn numbers(text: &str) -> Option<Vec<u32>> {
    text.split(',').map(|number| number.parse().ok()).collect()
}

/// The days of a day, a month or a year, or from the first of one to the last of another.
fn span(text: &str) -> Option<(Date, Date)> {
    let Some((one, other)) = text.split_once("..") else { return days(text) };
    let (first, last) = (days(one)?.0, days(other)?.1);
    (first <= last).then_some((first, last))
}

/// The days of a day, a month or a year.
fn days(text: &str) -> Option<(Date, Date)> {
    let first = |text: &str| Date::strptime("%Y-%m-%d", text).ok();
    if let Some(day) = first(text) {
        return Some((day, day));
    }
    if let Some(day) = first(&format!("{text}-01")) {
        return Some((day, day.last_of_month()));
    }
    let year = text.len() == 4;
    let day = first(&format!("{text}-01-01")).filter(|_| year)?;
    Some((day, day.checked_add(1.year()).ok()?.yesterday().ok()?))
}

#[cfg(test)]
mod tests;
