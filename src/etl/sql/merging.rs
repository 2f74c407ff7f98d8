//! Statements that compare staged rows with the table, and write them.

use super::{MANAGER, Shape, Sql, on, quoted, same};
use crate::db::Engine;
use crate::domain::Table;
use crate::etl::spec::Spec;

impl Sql {
    /// For each file: rows staged, rows of these that the table has, rows of these that are the same. Locks what is there.
    pub(crate) fn compare(&self, shape: Shape<'_>) -> String {
        let key = shape.spec.key.first().copied().unwrap_or_default();
        format!(
            "SELECT s.part, COUNT(*), COUNT(t.{key}), CAST(COALESCE(SUM(t.{key} IS NOT NULL AND {}), 0) AS UNSIGNED) \
             FROM {} s LEFT JOIN {} t ON {} GROUP BY s.part FOR UPDATE",
            same(shape),
            self.staged(shape.spec.table),
            self.target(shape.spec.table),
            on(shape.spec.key)
        )
    }

    /// Takes out of staging what the table has already, as it is.
    pub(crate) fn drop_unchanged(&self, shape: Shape<'_>) -> String {
        format!(
            "DELETE s FROM {} s JOIN {} t ON {} WHERE {}",
            self.staged(shape.spec.table),
            self.target(shape.spec.table),
            on(shape.spec.key),
            same(shape)
        )
    }

    /// Takes out of staging what the table has already, whatever its values.
    pub(crate) fn drop_present(&self, shape: Shape<'_>) -> String {
        format!(
            "DELETE s FROM {} s JOIN {} t ON {}",
            self.staged(shape.spec.table),
            self.target(shape.spec.table),
            on(shape.spec.key)
        )
    }

    /// Writes what is left in staging, in the order of the key. A changed row gets its next version.
    pub(crate) fn merge(&self, shape: Shape<'_>) -> String {
        let names: Vec<&str> =
            shape.names().into_iter().filter(|name| !self.comes_last(shape, name)).collect();
        let from = names.iter().map(|name| format!("s.{name}")).collect::<Vec<_>>().join(", ");
        let order = shape.spec.key.iter().map(|key| format!("s.{key}")).collect::<Vec<_>>().join(", ");
        let mut updates: Vec<String> = shape
            .values()
            .filter(|column| !self.comes_last(shape, column.name))
            .map(|column| format!("{0} = {1}", column.name, self.new_value(column.name)))
            .collect();
        let version = format!("{}.version", quoted(shape.spec.table.name()));
        updates.push(format!("version = {version} + 1"));
        format!(
            "INSERT INTO {target} ({}, loaded_by) SELECT {from}, {run} FROM {} s ORDER BY {order} ON DUPLICATE KEY UPDATE {}",
            names.join(", "),
            self.staged(shape.spec.table),
            updates.join(", "),
            target = self.target(shape.spec.table),
            run = self.run,
        )
    }

    /// The value that would have been inserted. MySQL deprecates `VALUES()` since 8.0.20 in favour of the selected column;
    /// MariaDB documents only `VALUES()`.
    fn new_value(&self, column: &str) -> String {
        match self.engine {
            Engine::MariaDb => format!("VALUES({column})"),
            Engine::MySql => format!("s.{column}"),
        }
    }

    fn comes_last(&self, shape: Shape<'_>, column: &str) -> bool {
        column == MANAGER && shape.has_managers()
    }

    /// Says who manages whom, once all of them are there: a manager may stand after those they manage.
    pub(crate) fn set_managers(&self) -> String {
        format!(
            "UPDATE {} t JOIN {} s ON s.staff_id = t.staff_id SET t.{MANAGER} = s.{MANAGER} \
             WHERE NOT (t.{MANAGER} <=> s.{MANAGER})",
            self.target(Table::Staffs),
            self.staged(Table::Staffs)
        )
    }

    /// The greatest key of a table that numbers new rows, locked.
    pub(crate) fn last_number(&self, spec: &Spec) -> String {
        let key = spec.key.first().copied().unwrap_or_default();
        format!("SELECT COALESCE(MAX({key}), 0) FROM {} FOR UPDATE", self.target(spec.table))
    }
}
