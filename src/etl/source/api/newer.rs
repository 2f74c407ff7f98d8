//! Asking for what is new alone: a field that grows, and a parameter by which the server filters by it.

use super::address::with;
use super::client::{Client, Effort};
use super::discover::Endpoint;
use super::error::ApiError;
use super::rows::is_greater;
use super::sketch::look;
use crate::etl::fold::folded;
use crate::etl::spec::spec;
use serde_json::Value;

/// Fields that tell when a row was changed, folded.
const CHANGED: [&str; 14] = [
    "updatedat",
    "modifiedat",
    "lastmodified",
    "changedat",
    "updated",
    "modified",
    "lastupdated",
    "lastupdate",
    "updatedon",
    "modifiedon",
    "dateupdated",
    "datemodified",
    "lastmodifieddate",
    "updatetime",
];

/// The field of a table's rows by which the new ones can be told: a time of change, or a number that grows.
///
/// A number tells of new rows only, not of changed ones, so it is taken only where reading all would take more than a page.
pub fn growing_field(fields: &[String], endpoint: &Endpoint, pages: u64) -> Option<String> {
    // What the server filters are the rows around them.
    if endpoint.rows_at.inside.is_some() {
        return None;
    }
    let is_time = |field: &&String| CHANGED.contains(&folded(last(field)).as_str());
    if let Some(time) = fields.iter().find(is_time) {
        return Some(time.clone());
    }
    let [key] = spec(endpoint.table).key else { return None };
    let is_key = |column: &str| folded(column) == folded(key) || column == "id";
    let own = endpoint.columns.iter().find(|(_, column)| is_key(column));
    own.filter(|_| pages > 1).map(|(field, _)| field.clone())
}

fn last(field: &str) -> &str {
    field.rsplit('.').next().unwrap_or(field)
}

/// Parameters that may filter by a field, those that keep the mark's own row first.
fn candidates(field: &str) -> Vec<String> {
    let field = last(field);
    let mut names: Vec<String> =
        ["_gte", "__gte", "[gte]", "_min", "_from", "_since", "_after", "_gt", "__gt", "[gt]"]
            .iter()
            .map(|ending| format!("{field}{ending}"))
            .collect();
    names.push(format!("filter[{field}][gte]"));
    names.push(format!("min_{field}"));
    let others: &[&str] = if CHANGED.contains(&folded(field).as_str()) {
        &[
            "updated_since",
            "modified_since",
            "since",
            "updated_after",
            "modified_after",
            "changed_since",
            "updatedSince",
        ]
    } else {
        &["since_id", "after_id", "min_id", "from_id", "sinceId", "afterId"]
    };
    names.extend(others.iter().map(|name| (*name).to_owned()));
    names
}

/// A value after every other.
fn beyond(mark: &str) -> String {
    match mark.parse::<u64>() {
        Ok(number) => number.saturating_add(1_000_000_000).to_string(),
        Err(_) => format!("9990{}", mark.get(4..).unwrap_or_default()),
    }
}

/// The parameter by which the server gives only rows from `mark` on; proved by asking for what can not be there.
///
/// # Errors
/// [`ApiError`] where the server can not be asked.
pub fn filter_for(
    client: &Client,
    endpoint: &Endpoint,
    field: &str,
    mark: &str,
) -> Result<Option<String>, ApiError> {
    let names = candidates(field);
    let far = beyond(mark);
    let all: Vec<(String, String)> = names.iter().map(|name| (name.clone(), far.clone())).collect();
    match ask(client, endpoint, &all)? {
        Some(rows) if !rows.is_empty() => return Ok(None),
        _ => {}
    }
    for name in names {
        let gone = ask(client, endpoint, &[(name.clone(), far.clone())])?.is_some_and(|rows| rows.is_empty());
        if !gone {
            continue;
        }
        let kept = ask(client, endpoint, &[(name.clone(), mark.to_owned())])?;
        let only_new = kept.is_some_and(|rows| {
            rows.iter()
                .all(|row| value(row, field).is_some_and(|value| value == mark || is_greater(&value, mark)))
        });
        if only_new {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn ask(
    client: &Client,
    endpoint: &Endpoint,
    parameters: &[(String, String)],
) -> Result<Option<Vec<Value>>, ApiError> {
    match look(client, &with(&endpoint.url, parameters), Effort::Probe) {
        Ok(sketch) => {
            Ok(endpoint.rows_at.rows(&sketch.value).map(|rows| rows.into_iter().cloned().collect()))
        }
        Err(error) if error.is_absence() => Ok(None),
        Err(ApiError::Status { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn value(row: &Value, field: &str) -> Option<String> {
    match field.split('.').try_fold(row, |value, name| value.get(name))? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Endpoint {
    /// The same with only rows from a mark on.
    pub fn newer(&self, parameter: &str, mark: &str) -> Endpoint {
        Endpoint { url: with(&self.url, &[(parameter.to_owned(), mark.to_owned())]), ..self.clone() }
    }
}
