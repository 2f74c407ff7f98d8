//! Comparing the live schema with the one the program expects.
//!
//! `sql/schema.tsv` holds what a freshly migrated database looks like, in words that are the same on both engines;
//! `tests/chain/database.rs` keeps it so.

use super::stoppable::stoppable;
use super::{Db, DbError};
use crate::domain::Table;
use mysql_async::prelude::Queryable;
use serde::Serialize;
use std::collections::BTreeMap;
use tokio_util::sync::CancellationToken;

const EXPECTED: &str = include_str!("../../sql/schema.tsv");

/// One part of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Part {
    /// The table.
    pub table: String,
    /// `column`, `index` or `foreign key`.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// The parts of a schema, and what each is like.
pub type Schema = BTreeMap<Part, String>;

/// How a part differs from what the program expects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What differs.
    #[serde(flatten)]
    pub part: Part,
    /// What the program expects; `None` for something it does not know.
    pub expected: Option<String>,
    /// What is there; `None` for something that is missing.
    pub found: Option<String>,
}

/// What the program expects.
pub fn expected() -> Schema {
    EXPECTED.lines().filter_map(parse).collect()
}

fn parse(line: &str) -> Option<(Part, String)> {
    let mut cells = line.split('\t').map(str::to_owned);
    let part = Part { table: cells.next()?, kind: cells.next()?, name: cells.next()? };
    Some((part, cells.next()?))
}

/// The schema as lines of `sql/schema.tsv`.
pub fn written(schema: &Schema) -> String {
    schema
        .iter()
        .map(|(part, like)| format!("{}\t{}\t{}\t{like}\n", part.table, part.kind, part.name))
        .collect()
}

/// What differs between the two, in the order of the tables.
pub fn compare(expected: &Schema, found: &Schema) -> Vec<Difference> {
    let parts: std::collections::BTreeSet<&Part> = expected.keys().chain(found.keys()).collect();
    parts
        .into_iter()
        .filter(|part| expected.get(part) != found.get(part))
        .map(|part| Difference {
            part: part.clone(),
            expected: expected.get(part).cloned(),
            found: found.get(part).cloned(),
        })
        .collect()
}

/// The schema as it is: every column, index and foreign key.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn live(db: &Db) -> Result<Schema, DbError> {
    let mut conn = db.conn().await?;
    let columns: Vec<(String, String, String, String, Option<String>, String)> =
        conn.exec(include_str!("../../sql/queries/schema/columns.sql"), (db.name(),)).await?;
    let indexes: Vec<(String, String, i64, String)> =
        conn.exec(include_str!("../../sql/queries/schema/indexes.sql"), (db.name(),)).await?;
    let foreign_keys: Vec<(String, String, String, String, String)> =
        conn.exec(include_str!("../../sql/queries/schema/foreign_keys.sql"), (db.name(),)).await?;

    let part = |table, kind: &str, name| Part { table, kind: kind.to_owned(), name };
    let columns = columns.into_iter().map(|(table, name, kind, nullable, collation, extra)| {
        let like = column_like(&kind, &nullable, collation.as_deref(), &extra);
        (part(table, "column", name), like)
    });
    let indexes = indexes.into_iter().map(|(table, name, non_unique, columns)| {
        let unique = if non_unique == 0 { "unique" } else { "plain" };
        (part(table, "index", name), format!("{unique} ({columns})"))
    });
    let foreign_keys = foreign_keys.into_iter().map(|(table, name, columns, parent, parent_columns)| {
        (part(table, "foreign key", name), format!("({columns}) refers to {parent} ({parent_columns})"))
    });
    let ours = |part: &Part| part.table != "refinery_schema_history";
    Ok(columns.chain(indexes).chain(foreign_keys).filter(|(part, _)| ours(part)).collect())
}

/// How many rows a table has; `None` when somebody cancels.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn count(db: &Db, table: Table, cancel: &CancellationToken) -> Result<Option<u64>, DbError> {
    let mut conn = db.conn().await?;
    let statement = include_str!("../../sql/queries/chain/count.sql").replace(":table", &table.to_string());
    // The name stands in the words above the statement as well, where it does no harm.
    let id = conn.id();
    let found: Option<Option<u64>> = stoppable(db, id, cancel, conn.query_first(statement)).await?;
    Ok(found.flatten())
}

fn column_like(kind: &str, nullable: &str, collation: Option<&str>, extra: &str) -> String {
    let mut like = without_width(&kind.to_lowercase());
    if let Some(collation) = collation {
        like.push_str(" collate ");
        like.push_str(collation);
    }
    like.push_str(if nullable == "YES" { ", may be null" } else { ", not null" });
    let extra = extra.to_lowercase();
    for (sign, word) in
        [("auto_increment", ", numbered"), ("generated", ", computed"), ("on update", ", timed")]
    {
        // MySQL says DEFAULT_GENERATED of a default that is an expression; that is no computed column.
        if extra.replace("default_generated", "").contains(sign) {
            like.push_str(word);
        }
    }
    like
}

/// A whole number's type without its display width, which MariaDB shows and MySQL 8 does not any more, but for
/// `tinyint(1)`, which both show.
fn without_width(kind: &str) -> String {
    match kind.split_once('(') {
        Some((name, rest)) if name.ends_with("int") && kind != "tinyint(1)" => {
            format!("{name}{}", rest.split_once(')').map_or("", |(_, after)| after))
        }
        _ => kind.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_words_for_a_column_are_one() {
        assert_eq!(
            column_like("int(10) unsigned", "NO", None, "auto_increment"),
            "int unsigned, not null, numbered"
        );
        assert_eq!(
            column_like("int unsigned", "NO", None, "auto_increment"),
            "int unsigned, not null, numbered"
        );
        assert_eq!(column_like("tinyint(1)", "NO", None, ""), "tinyint(1), not null");
        assert_eq!(
            column_like("datetime(6)", "NO", None, "DEFAULT_GENERATED on update CURRENT_TIMESTAMP(6)"),
            column_like("datetime(6)", "NO", None, "on update current_timestamp(6)")
        );
        assert_eq!(
            column_like("decimal(14,2)", "YES", None, "STORED GENERATED"),
            "decimal(14,2), may be null, computed"
        );
    }

    #[test]
    fn a_comparison_names_what_is_missing_added_and_changed() {
        let schema = |lines: &str| lines.lines().filter_map(parse).collect::<Schema>();
        let expected = schema("brands\tcolumn\tbrand_id\tint\nbrands\tcolumn\tbrand_name\tvarchar(255)");
        let found = schema("brands\tcolumn\tbrand_name\tvarchar(20)\nbrands\tcolumn\tcolour\tint");
        let told: Vec<_> = compare(&expected, &found)
            .into_iter()
            .map(|difference| (difference.part.name, difference.expected, difference.found))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told,
            [
                ("brand_id".to_owned(), some("int"), None),
                ("brand_name".to_owned(), some("varchar(255)"), some("varchar(20)")),
                ("colour".to_owned(), None, some("int")),
            ]
        );
    }
}
