//! Where the rows are in a reply: it may be the rows alone, or have them at some place inside.

use super::columns::is_table_name;
use super::inside::Inside;
use crate::etl::fold::folded;
use serde_json::Value;
use std::fmt;

/// Where the rows are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Envelope {
    /// The names that lead to them; none where the reply is the rows themselves.
    pub path: Vec<String>,
    /// The names of the columns, where a row is a list and the reply names them beside.
    pub columns: Option<Vec<String>>,
    /// The list inside each of these rows, where that has the rows that are meant.
    pub inside: Option<Inside>,
}

/// Names under which servers put rows, the usual before the rare.
const USUAL: [&str; 16] = [
    "data", "items", "results", "rows", "records", "entries", "value", "values", "content", "list",
    "objects", "entities", "result", "hits", "payload", "docs",
];
/// Lists that stand beside rows and are none.
const BESIDE: [&str; 12] = [
    "links",
    "_links",
    "errors",
    "warnings",
    "facets",
    "included",
    "columns",
    "fields",
    "messages",
    "sort",
    "filters",
    "aggregations",
];
/// How deep they are looked for.
const DEPTH: usize = 4;

impl Envelope {
    /// Reads `data.items`; nothing, or `$`, for a reply that is the rows themselves; `data[].lines` for a list inside each of
    /// its rows.
    pub fn from_words(text: &str) -> Envelope {
        let (text, inside) = match text.trim().split_once("[].") {
            Some((text, list)) => (text, Some(Inside::at(list))),
            None => (text, None),
        };
        let text = text.trim().trim_start_matches('$').trim_matches('.');
        let path = if text.is_empty() { Vec::new() } else { text.split('.').map(str::to_owned).collect() };
        Envelope { path, columns: None, inside }
    }

    /// The rows in a reply, as far as they are there; those around, where the rows that are meant are inside of others.
    pub(super) fn rows<'v>(&self, reply: &'v Value) -> Option<Vec<&'v Value>> {
        let place = self.path.iter().try_fold(reply, |value, name| value.get(name))?;
        match place {
            Value::Array(rows) => Some(rows.iter().collect()),
            Value::Object(by_key) => Some(by_key.values().collect()),
            Value::Null => Some(Vec::new()),
            _ => None,
        }
    }

    /// The names of the columns where rows are lists, as a list beside them in the reply says them.
    pub(super) fn named_by(mut self, reply: &Value) -> Envelope {
        let is_list = self.rows(reply).is_some_and(|rows| rows.first().is_some_and(|row| row.is_array()));
        let around = self
            .path
            .len()
            .checked_sub(1)
            .and_then(|last| self.path.iter().take(last).try_fold(reply, |value, name| value.get(name)));
        let names = around.and_then(|around| {
            ["columns", "fields", "headers", "header"].iter().find_map(|name| around.get(name)?.as_array())
        });
        if let (true, Some(names)) = (is_list, names) {
            let name = |value: &Value| match value {
                Value::String(name) => Some(name.clone()),
                Value::Object(column) => column.get("name")?.as_str().map(str::to_owned),
                _ => None,
            };
            self.columns = names.iter().map(name).collect();
        }
        self
    }
}

impl fmt::Display for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str("$")?;
        }
        f.write_str(&self.path.join("."))?;
        match &self.inside {
            Some(inside) => write!(f, "[].{}", inside.name()),
            None => Ok(()),
        }
    }
}

/// Finds where the rows may be, the likeliest place first.
pub(super) fn find(reply: &Value) -> Vec<Envelope> {
    let mut found = Vec::new();
    collect(reply, &mut Vec::new(), &mut found);
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, path)| Envelope { path, ..Envelope::default() }.named_by(reply)).collect()
}

fn collect(value: &Value, path: &mut Vec<String>, found: &mut Vec<(i64, Vec<String>)>) {
    match value {
        Value::Array(rows) => {
            if let Some(score) = score(rows.iter(), path) {
                found.push((score, path.clone()));
            }
        }
        Value::Object(map) => {
            // Rows under their own numbers: {"1": {...}, "2": {...}}.
            let numbered = map.len() > 1 && map.keys().all(|key| key.parse::<u64>().is_ok());
            if numbered && let Some(score) = score(map.values(), path) {
                found.push((score, path.clone()));
                return;
            }
            if path.len() < DEPTH {
                for (name, inner) in map {
                    path.push(name.clone());
                    collect(inner, path, found);
                    path.pop();
                }
            }
        }
        _ => {}
    }
}

/// How much a list looks like rows; `None` where it does not.
fn score<'v>(mut rows: impl Iterator<Item = &'v Value>, path: &[String]) -> Option<i64> {
    let name = path.last().map(|name| name.to_lowercase()).unwrap_or_default();
    if BESIDE.contains(&name.as_str()) || path.iter().any(|name| name == "_links" || name == "links") {
        return None;
    }
    let looks = match rows.next() {
        None => 0,
        Some(Value::Object(_)) => 40,
        Some(Value::Array(_)) => 20,
        Some(_) => return None,
    };
    let usual = USUAL.iter().position(|usual| *usual == name).map_or(0, |at| 20 - at as i64);
    let of_a_table = if is_table_name(&folded(&name)) { 18 } else { 0 };
    let alone = if path.is_empty() { 30 } else { 0 };
    Some(looks + usual.max(of_a_table) + alone - 3 * path.len() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn rows_are_found_in_every_usual_envelope_and_in_unusual_ones() {
        for (reply, place) in [
            (json!([{"id": 1}]), "$"),
            (json!([]), "$"),
            (json!({"data": [{"id": 1}], "included": [{"id": 2}, {"id": 3}]}), "data"),
            (json!({"meta": {}, "result": {"customers": [{"id": 1}]}}), "result.customers"),
            (
                json!({"_embedded": {"orders": [{"id": 1}]}, "_links": {"next": {"href": "/"}}}),
                "_embedded.orders",
            ),
            (json!({"links": [{"url": "/", "label": "1"}], "data": []}), "data"),
            (json!({"hits": {"total": 3, "hits": [{"_source": {"a": 1}}]}}), "hits.hits"),
            (json!({"a": {"b": {"c": [{"id": 1}]}}}), "a.b.c"),
            (json!({"columns": ["a", "b"], "rows": [[1, 2]]}), "rows"),
            (json!({"1": {"a": 1}, "2": {"a": 2}}), "$"),
            (json!({"count": 0, "results": []}), "results"),
        ] {
            assert_eq!(find(&reply).first().map(ToString::to_string), Some(place.to_owned()), "{reply}");
        }
        for nothing in [json!({"error": "no"}), json!("text"), json!({"tags": ["a", "b"]})] {
            assert!(find(&nothing).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn a_list_inside_rows_is_written_as_it_is_read() {
        for text in ["data[].lines", "$[].cart.items", "result.orders", "$"] {
            assert_eq!(Envelope::from_words(text).to_string(), text);
        }
    }

    #[test]
    fn a_list_beside_names_the_columns_of_rows_that_are_lists() {
        let reply = json!({"columns": ["order_id", "store_id"], "rows": [[1, 2]]});
        let expected = Some(vec!["order_id".to_owned(), "store_id".to_owned()]);
        assert_eq!(find(&reply)[0].columns, expected);
    }
}
