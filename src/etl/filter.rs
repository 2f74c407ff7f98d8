//! Which rows of a table are meant: conditions on its columns, as a person types them.
//!
//! `city=Bergen`, `list_price>=100`, `order_date<2026-02-01`, `last_name~berg` (holds these letters), `shipped_date=` (nothing is
//! known), `phone!=` (something is). A value is read as a cell of a file is, so that what is compared has the column's type and
//! no text can be anything but a value. Behind a `/` stands what narrows a table on its screen ([`records::Filter`]): `/status:late dent`.

use super::cell::{self, Value};
use super::dates::DateOrder;
use super::spec::{Column, Need, spec};
use crate::db::export::{Condition, Test};
use crate::domain::{Table, records};

/// Rows for which all of these hold; every row where there is none.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    conditions: Vec<Condition>,
    words: Option<records::Filter>,
}

/// A condition that can not be used.
#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    /// It has no sign of comparison.
    #[error("--where {0}: say COLUMN=VALUE; in place of = may stand != < <= > >= or ~ for a part of a text.")]
    Form(String),
    /// The table has no such column.
    #[error("--where: {table} has no column {column} (it has {known}).")]
    Column {
        /// The table.
        table: &'static str,
        /// What was typed.
        column: String,
        /// What it could have been.
        known: String,
    },
    /// The value is none for the column.
    #[error("--where: {0}")]
    Value(String),
    /// What a table is narrowed to can not be understood.
    #[error("--where: {0}")]
    Words(#[from] records::FilterError),
    /// A part can be looked for in text alone, and nothing is neither more nor less.
    #[error("--where {0}: that comparison is not for this column.")]
    Test(String),
}

impl Filter {
    /// Reads conditions as they are typed.
    ///
    /// # Errors
    /// [`FilterError`] with the first that can not be used.
    pub fn read(table: Table, typed: &[String]) -> Result<Filter, FilterError> {
        let mut filter = Filter::default();
        for typed in typed {
            match typed.trim_start().strip_prefix(WORDS) {
                Some(words) => filter.words = Some(records::Filter::read(table, words)?),
                None => filter.conditions.push(condition(table, typed)?),
            }
        }
        Ok(filter)
    }

    /// What the table is narrowed to as on its screen.
    pub fn words(&self) -> Option<&records::Filter> {
        self.words.as_ref()
    }

    /// Whether it leaves every row.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty() && self.words.is_none()
    }

    /// What the database is asked.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}

/// What comes before words as a table's screen takes them behind the same sign.
pub const WORDS: char = '/';

/// Signs of comparison, the longer of two that begin alike first.
const SIGNS: [(&str, Test); 7] = [
    ("!=", Test::Differs),
    (">=", Test::AtLeast),
    ("<=", Test::AtMost),
    ("=", Test::Is),
    (">", Test::MoreThan),
    ("<", Test::LessThan),
    ("~", Test::Holds),
];

fn condition(table: Table, typed: &str) -> Result<Condition, FilterError> {
    let at = typed.find(['!', '>', '<', '=', '~']).ok_or_else(|| FilterError::Form(typed.to_owned()))?;
    let (name, rest) = typed.split_at(at);
    let sign = SIGNS.iter().find_map(|(sign, test)| Some((rest.strip_prefix(sign)?, *test)));
    let (text, test) = sign.ok_or_else(|| FilterError::Form(typed.to_owned()))?;
    let (_, column) = spec(table).column(name.trim()).ok_or_else(|| FilterError::Column {
        table: table.name(),
        column: name.trim().to_owned(),
        known: spec(table).columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", "),
    })?;
    let wrong_test = || FilterError::Test(typed.to_owned());
    let is_text = column.kind.is_text();
    if text.trim().is_empty() {
        let value = matches!(test, Test::Is | Test::Differs).then_some(None).ok_or_else(wrong_test)?;
        return Ok(Condition { column: column.name, test, value });
    }
    if test == Test::Holds && !is_text {
        return Err(wrong_test());
    }
    let value = value(column, text).map_err(FilterError::Value)?;
    Ok(Condition { column: column.name, test, value: Some(value) })
}

/// The value as the column would keep it, whatever the rules of the business say of it: what is not there is not found.
fn value(column: &Column, text: &str) -> Result<mysql_async::Value, String> {
    if column.kind.is_text() {
        return Ok(text.trim().into());
    }
    let column = Column { name: column.name, kind: column.kind, need: Need::Required };
    let read = cell::parse(&column, text, DateOrder::YearFirst).map_err(|fault| fault.message)?;
    Ok(match read {
        Value::Null => mysql_async::Value::NULL,
        Value::Integer(number) => number.into(),
        Value::Decimal(number) => number.to_string().into(),
        Value::Date(day) => day.to_string().into(),
        Value::Text(text) => text.into_owned().into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: Table, typed: &str) -> Result<(&'static str, Test), String> {
        let filter = Filter::read(table, &[typed.to_owned()]).map_err(|error| error.to_string())?;
        Ok((filter.conditions[0].column, filter.conditions[0].test))
    }

    #[test]
    fn a_condition_is_a_column_a_sign_and_a_value_of_its_kind() {
        assert_eq!(read(Table::Customers, "city = Bergen"), Ok(("city", Test::Is)));
        assert_eq!(read(Table::Customers, "city=a>=b"), Ok(("city", Test::Is)));
        assert_eq!(read(Table::Products, "list_price>=100.5"), Ok(("list_price", Test::AtLeast)));
        assert_eq!(read(Table::Orders, "shipped_date="), Ok(("shipped_date", Test::Is)));
        assert_eq!(read(Table::Orders, "shipped_date!="), Ok(("shipped_date", Test::Differs)));
        for (table, typed, words) in [
            (Table::Customers, "Bergen", "say COLUMN=VALUE"),
            (Table::Customers, "town=Bergen", "customers has no column town"),
            (Table::Customers, "1=1 OR city=x", "customers has no column 1"),
            (Table::Orders, "order_id=1 OR 1", "not a whole number"),
            (Table::Orders, "order_date>=03/04/2026", "not a day"),
            (Table::Orders, "order_id~7", "not for this column"),
            (Table::Orders, "shipped_date>", "not for this column"),
        ] {
            let said = read(table, typed).unwrap_err();
            assert!(said.contains(words), "{said}");
        }
    }
}
