//! Statements that find the rows which can not be taken, and those that tell of them.

use super::{MANAGER, Sql, on};
use crate::domain::Table;
use crate::etl::spec::{Parent, Spec};

/// Where the row that another names may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parents {
    /// In the table: no file of the set has such rows.
    There,
    /// In the table or in a file.
    ThereOrStaged,
    /// In a file: what the table has besides goes.
    Staged,
}

impl Sql {
    fn reject(&self, table: Table, select: &str) -> String {
        // IGNORE keeps the first fault of a row that has several.
        format!(
            "INSERT IGNORE INTO {} (table_name, part, line, column_name, code, detail) \
             SELECT '{}', {select}",
            self.rejects(),
            table.name()
        )
    }

    /// Rejects every row but the first, or the last, with the same key; the detail is where that one stands.
    pub(crate) fn reject_doubles(&self, spec: &Spec, keep_last: bool) -> String {
        let key = spec.key.join(", ");
        let last = spec.key.last().copied().unwrap_or_default();
        self.reject(spec.table, &doubled(&self.staged(spec.table), &key, last, keep_last))
    }

    /// Rejects rows whose unique value stands in the file before, or belongs to another row of the table.
    pub(crate) fn reject_taken(&self, spec: &Spec, keep_last: bool) -> Vec<String> {
        let Some((column, collation)) = spec.unique else {
            return Vec::new();
        };
        let (staged, target) = (self.staged(spec.table), self.target(spec.table));
        let key = spec.key.first().copied().unwrap_or_default();
        let value = format!("{column} COLLATE {collation}");
        vec![
            self.reject(spec.table, &doubled(&staged, &value, column, keep_last)),
            self.reject(
                spec.table,
                &format!(
                    "s.part, s.line, '{column}', 'taken', CONCAT(t.{key}, ':', s.{column}) \
                     FROM {staged} s JOIN {target} t ON t.{column} = s.{value} AND t.{key} <> s.{key}"
                ),
            ),
        ]
    }

    /// Rejects rows that name a row which is neither in the table nor among the staged ones; the detail is its number.
    pub(crate) fn reject_orphans(&self, spec: &Spec, parent: &Parent, parents: Parents) -> String {
        let Parent { column, table, key, .. } = parent;
        let (there, staged) = (self.target(*table), self.staged(*table));
        let places = match parents {
            Parents::There => vec![("p", there)],
            Parents::Staged => vec![("p", staged)],
            Parents::ThereOrStaged => vec![("p", there), ("q", staged)],
        };
        let join =
            |(name, place): &(&str, String)| format!("LEFT JOIN {place} {name} ON {name}.{key} = s.{column}");
        let joins: Vec<String> = places.iter().map(join).collect();
        let absent: Vec<String> =
            places.iter().map(|(name, _)| format!("AND {name}.{key} IS NULL")).collect();
        self.reject(
            spec.table,
            &format!(
                "s.part, s.line, '{column}', 'unknown', s.{column} FROM {} s {} WHERE s.{column} IS NOT NULL {}",
                self.staged(spec.table),
                joins.join(" "),
                absent.join(" ")
            ),
        )
    }

    /// Rejects rows whose key is in the table; the detail is the key.
    pub(crate) fn reject_existing(&self, spec: &Spec) -> String {
        let key = spec.key.iter().map(|key| format!("s.{key}")).collect::<Vec<_>>().join(", ");
        let first = spec.key.first().copied().unwrap_or_default();
        self.reject(
            spec.table,
            &format!(
                "s.part, s.line, '{first}', 'exists', CONCAT_WS('/', {key}) FROM {} s JOIN {} t ON {}",
                self.staged(spec.table),
                self.target(spec.table),
                on(spec.key)
            ),
        )
    }

    /// Rejects one row of staff for its manager; the detail is a parameter.
    pub(crate) fn reject_manager(&self, part: u64, line: u64, code: &str) -> String {
        self.reject(Table::Staffs, &format!("{part}, {line}, '{MANAGER}', '{code}', ?"))
    }

    /// Takes the rejected rows of a table out of staging.
    pub(crate) fn drop_rejected(&self, table: Table) -> String {
        format!(
            "DELETE s FROM {} s JOIN {} r ON r.part = s.part AND r.line = s.line",
            self.staged(table),
            self.rejects()
        )
    }

    /// A page of rejects of one file after a line, in the file's order.
    pub(crate) fn rejects_after(&self, part: usize, line: u64, page: usize) -> String {
        format!(
            "SELECT line, column_name, code, detail FROM {} WHERE part = {part} AND line > {line} ORDER BY line LIMIT {page}",
            self.rejects()
        )
    }

    /// How many rows of each file were rejected by the checks, and how many of them as doubles.
    pub(crate) fn count_rejects(&self) -> String {
        format!(
            "SELECT part, COUNT(*), CAST(SUM(code = 'duplicate') AS UNSIGNED) FROM {} GROUP BY part",
            self.rejects()
        )
    }

    /// Staged rows of staff: where they stand, who they are, who manages them.
    pub(crate) fn staged_managers(&self) -> String {
        format!(
            "SELECT part, line, staff_id, {MANAGER} FROM {} ORDER BY part, line",
            self.staged(Table::Staffs)
        )
    }
}

fn doubled(staged: &str, by: &str, column: &str, keep_last: bool) -> String {
    let from = if keep_last { " DESC" } else { "" };
    format!(
        "d.part, d.line, '{column}', 'duplicate', CONCAT(d.first_part, ':', d.first_line) \
         FROM (SELECT part, line, ROW_NUMBER() OVER same AS nth, FIRST_VALUE(part) OVER same AS first_part, \
         FIRST_VALUE(line) OVER same AS first_line FROM {staged} \
         WINDOW same AS (PARTITION BY {by} ORDER BY part{from}, line{from})) d WHERE d.nth > 1"
    )
}
