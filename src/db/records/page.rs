//! Rows of a table, page by page: each page goes on behind the last row of the one before, which an index finds.

use super::columns::{Bound, Source, order, source};
use super::conditions::Conditions;
use super::row;
use crate::db::stoppable::awaited;
use crate::db::{Db, DbError};
use crate::domain::Table;
use crate::domain::records::{Cell, Field, Filter, RecordId, RowId};
use jiff::civil::Date;
use mysql_async::prelude::Queryable;
use mysql_async::{Params, Row};
use tokio_util::sync::CancellationToken;

/// What orders the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub field: &'static Field,
    /// The greatest first.
    pub down: bool,
}

/// Where a row stands in an order: the values that order the rows, then those of its key; `None` for a `NULL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlace(pub Vec<Option<String>>);

/// Which rows.
#[derive(Debug, Clone)]
pub struct RecordPage {
    /// Of which table.
    pub table: Table,
    /// Only those.
    pub filter: Filter,
    /// Their order; by key where there is none, the newest order first.
    pub order: Option<Order>,
    /// Those behind this place; from the first on where there is none.
    pub after: Option<RowPlace>,
    /// From the end up.
    pub up: bool,
    /// The most there may be.
    pub limit: u32,
    /// The first day that counts as not yet late.
    pub as_of: Date,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it stands.
    pub place: RowPlace,
    /// Which row it is.
    pub row: RowId,
    /// The record it is about.
    pub record: RecordId,
    /// A cell for each column of the table.
    pub cells: Vec<Cell>,
}

/// A statement and the values that go with it.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The statement.
    pub sql: String,
    /// Its values, by name.
    pub values: Params,
}

/// The statement that answers a page.
pub fn statement(page: &RecordPage) -> Statement {
    let Source { statement, keys, newest_first } = source(page.table);
    let mut conditions = Conditions::of(page.table, &page.filter);
    let sorted = page.order.map(|sorted| order(page.table, sorted.field)).unwrap_or_default();
    let down = page.order.map_or(newest_first, |sorted| sorted.down) != page.up;
    let parts: Vec<(&str, Bound)> =
        sorted.into_iter().chain(keys.iter().map(|key| (*key, Bound::Number))).collect();
    if let Some(RowPlace(place)) = &page.after {
        let beyond = beyond(&mut conditions, &parts, place, down);
        conditions.holds.push(beyond);
    }
    let (select, from) = statement.split_once("\n  FROM ").unwrap_or((statement, ""));
    let columns: Vec<&str> = parts.iter().map(|(part, _)| *part).collect();
    let way = if down { " DESC" } else { "" };
    let ordered: Vec<String> = columns.iter().map(|part| format!("{part}{way}")).collect();
    let limit = conditions.bind(page.limit);
    let as_of = conditions.bind(page.as_of.to_string());
    let sql = [
        format!("{select}, {}", columns.join(", ")),
        format!(" FROM {}", joined(&conditions.keys, from.trim_end(), keys)),
        if conditions.holds.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.holds.join(" AND "))
        },
        format!(" ORDER BY {} LIMIT {limit}", ordered.join(", ")),
    ];
    // The day has the name it has in the files, so that a statement without it needs none.
    Statement { sql: sql.concat().replace(":as_of", &as_of), values: Params::Named(conditions.values) }
}

/// The keys that were found first, each narrowing the ones before; then the table, whose rows are found by them. An engine left
/// alone may begin with the table, and read it whole.
pub(super) fn joined(found: &[String], table: &str, keys: &[&str]) -> String {
    let key = keys.first().copied().unwrap_or_default();
    let mut from = String::new();
    for (number, statement) in found.iter().enumerate() {
        let on = if number > 0 { format!(" ON w{number}.found = w0.found") } else { String::new() };
        from.push_str(&format!("({statement}) w{number}{on} STRAIGHT_JOIN "));
    }
    let on = if found.is_empty() { String::new() } else { format!(" ON {key} = w0.found") };
    format!("{from}{table}{on}")
}

/// That a row stands behind a place. `NULL` comes before every value.
fn beyond(
    conditions: &mut Conditions,
    parts: &[(&str, Bound)],
    place: &[Option<String>],
    down: bool,
) -> String {
    let (Some(((it, bound), parts)), Some((value, place))) = (parts.split_first(), place.split_first())
    else {
        return "FALSE".to_owned();
    };
    let rest = beyond(conditions, parts, place, down);
    match value {
        None if down => format!("({it} IS NULL AND {rest})"),
        None => format!("({it} IS NOT NULL OR {rest})"),
        Some(value) => {
            let value = conditions.bind_back(value, *bound);
            let or_nothing =
                if down && *bound == Bound::Text { format!(" OR {it} IS NULL") } else { String::new() };
            let sign = if down { "<" } else { ">" };
            let same =
                if rest == "FALSE" { String::new() } else { format!(" OR ({it} = {value} AND {rest})") };
            format!("({it} {sign} {value}{or_nothing}{same})")
        }
    }
}

/// The rows of a page, in the order asked for; `None` when somebody cancels.
///
/// # Errors
/// [`DbError`] where the database can not be asked; [`DbError::TooLong`] where it takes longer than anybody waits.
pub async fn page(
    db: &Db,
    page: &RecordPage,
    cancel: &CancellationToken,
) -> Result<Option<Vec<Listed>>, DbError> {
    let mut conn = db.conn().await?;
    let id = conn.id();
    let Statement { sql, values } = statement(page);
    let rows: Option<Vec<Row>> = awaited(db, id, cancel, conn.exec(sql, values)).await?;
    Ok(rows.map(|rows| rows.into_iter().filter_map(|row| row::listed(page.table, row)).collect()))
}
