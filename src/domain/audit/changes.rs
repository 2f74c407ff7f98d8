//! What an entry did to a record, field by field.

use crate::domain::clean;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A field of a record; nothing where the record did not have it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it all")]
pub struct Field {
    pub name: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Field {
    /// Whether it is another than before.
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }
}

/// The fields of a record before and after, by name. What is no record is one field without a name.
pub fn fields(before: Option<&str>, after: Option<&str>) -> Vec<Field> {
    let (before, after) = (record(before), record(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let value = |record: &Map<String, Value>, name: &str| record.get(name).map(shown);
    names
        .into_iter()
        .map(|name| Field { name: clean(name), before: value(&before, name), after: value(&after, name) })
        .collect()
}

fn record(json: Option<&str>) -> Map<String, Value> {
    let Some(json) = json else {
        return Map::new();
    };
    match serde_json::from_str(json) {
        Ok(Value::Object(record)) => record,
        Ok(other) => Map::from_iter([(String::new(), other)]),
        Err(_) => Map::from_iter([(String::new(), Value::String(json.to_owned()))]),
    }
}

/// A value as people read it. What JSON had escaped may act on a terminal again: it is cleaned here.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => clean(text),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        other => clean(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, before: Option<&str>, after: Option<&str>) -> Field {
        Field { name: name.to_owned(), before: before.map(str::to_owned), after: after.map(str::to_owned) }
    }

    #[test]
    fn each_field_stands_beside_what_it_was() {
        assert_eq!(
            fields(Some(r#"{"role":"employee","active":true}"#), Some(r#"{"role":"manager","staff":null}"#)),
            [
                field("active", Some("yes"), None),
                field("role", Some("employee"), Some("manager")),
                field("staff", None, Some("nothing")),
            ]
        );
        assert!(fields(None, None).is_empty());
    }

    #[test]
    fn what_is_no_record_is_shown_as_it_is_and_harmless() {
        assert_eq!(fields(Some("{cut"), Some("[1,2]")), [field("", Some("{cut"), Some("[1,2]"))]);
        let [hostile] = &fields(None, Some("{\"\\u001b[31mx\":\"a\\u001b]0;b\\u202e\"}"))[..] else {
            panic!()
        };
        assert_eq!((hostile.name.as_str(), hostile.after.as_deref()), ("[31mx", Some("a]0;b")));
    }
}
