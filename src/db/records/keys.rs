//! The rows of a table that somebody narrowed it to, for a statement that reads them whole.

use super::columns::{Source, source};
use super::conditions::Conditions;
use super::page::joined;
use crate::domain::Table;
use crate::domain::records::Filter;
use jiff::civil::Date;
use mysql_async::Value;
use std::collections::HashMap;

/// That a row's key is among those of the rows that a filter leaves; `as_of` is the first day that counts as not yet late. Its values
/// are literals, for rows that leave the program come by the text protocol, which has no parameters.
pub fn keys(table: Table, filter: &Filter, as_of: Date) -> String {
    let Source { statement, keys, .. } = source(table);
    let mut conditions = Conditions::of(table, filter);
    let as_of = conditions.bind(as_of.to_string());
    let from = statement.split_once("\n  FROM ").map_or("", |(_, from)| from.trim_end());
    let holds = match conditions.holds.as_slice() {
        [] => String::new(),
        holds => format!(" WHERE {}", holds.join(" AND ")),
    };
    let outside: Vec<&str> =
        keys.iter().map(|key| key.split_once('.').map_or(*key, |(_, name)| name)).collect();
    let sql = format!(
        "({}) IN (SELECT {} FROM {}{holds})",
        outside.join(", "),
        keys.join(", "),
        joined(&conditions.keys, from, keys)
    );
    literal(&sql.replace(":as_of", &as_of), &conditions.values)
}

/// The statement with its values in it. Read once from the left, so that a value is never taken for the name of another.
fn literal(sql: &str, values: &HashMap<Vec<u8>, Value>) -> String {
    let mut parts = sql.split(":v");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(digits);
        let value = values.get(format!("v{number}").as_bytes()).unwrap_or(&Value::NULL);
        // Backslashes escape: `NO_BACKSLASH_ESCAPES` is not in the sql_mode that every connection sets.
        filled.push_str(&value.as_sql(false));
        filled.push_str(rest);
    }
    filled
}
