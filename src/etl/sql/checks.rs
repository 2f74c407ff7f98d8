//! Statements that find the rows which can not be taken, and those that tell of them.

use super::{MANAGER, Sql};
use crate::domain::Table;
use crate::etl::spec::{Parent, Spec};

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
    pub(crate) fn reject_orphans(&self, spec: &Spec, parent: &Parent, is_staged: bool) -> String {
        let Parent { column, table, key, .. } = parent;
        let (join, also) = if is_staged {
            (
                format!("LEFT JOIN {} q ON q.{key} = s.{column}", self.staged(*table)),
                format!("AND q.{key} IS NULL"),
            )
        } else {
            (String::new(), String::new())
        };
        self.reject(
            spec.table,
            &format!(
                "s.part, s.line, '{column}', 'unknown', s.{column} \
                 FROM {} s LEFT JOIN {} p ON p.{key} = s.{column} {join} \
                 WHERE s.{column} IS NOT NULL AND p.{key} IS NULL {also}",
                self.staged(spec.table),
                self.target(*table)
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
