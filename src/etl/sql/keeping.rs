//! Statements that keep what a load changes, for undoing it, and those that show it beforehand.

use super::{Shape, Sql, on, quoted, same};
use crate::domain::Table;
use crate::etl::spec::Spec;

/// Rows of each kind and table that a preview shows.
const SHOWN: usize = 10;

impl Sql {
    /// The table of keys that a file does not have.
    pub(super) fn gone(&self, table: Table) -> String {
        self.of_run(&format!("{}_gone", table.name()))
    }

    fn kept(&self) -> String {
        format!("{}.{}", quoted(&self.main), quoted("import_run_rows"))
    }

    /// Keeps the rows that the staged ones change, as they are. Comes after what is unchanged has left staging.
    pub(crate) fn keep_changed(&self, shape: Shape<'_>) -> String {
        let names: Vec<&str> = shape.values().map(|column| column.name).collect();
        self.keep(shape.spec, "updated", &names, &self.staged(shape.spec.table))
    }

    /// Keeps the rows that go, whole, and which run had brought them.
    pub(crate) fn keep_gone(&self, spec: &Spec) -> String {
        let columns = spec.columns.iter().map(|column| column.name);
        let names: Vec<&str> = columns.chain(["loaded_by"]).collect();
        self.keep(spec, "deleted", &names, &self.gone(spec.table))
    }

    fn keep(&self, spec: &Spec, kind: &str, names: &[&str], keys: &str) -> String {
        let mut key = spec.key.iter().map(|key| format!("t.{key}"));
        let (first, second) = (key.next().unwrap_or_default(), key.next().unwrap_or_else(|| "0".to_owned()));
        let cells: Vec<String> =
            names.iter().map(|name| format!("'{name}', CAST(t.{name} AS CHAR)")).collect();
        format!(
            "INSERT INTO {} (run_id, table_name, key_1, key_2, change_kind, version_before, values_before) \
             SELECT {}, '{}', {first}, {second}, '{kind}', t.version, JSON_OBJECT({}) FROM {keys} s JOIN {} t ON {}",
            self.kept(),
            self.run,
            spec.table.name(),
            cells.join(", "),
            self.target(spec.table),
            on(spec.key)
        )
    }

    /// The table of the keys that go.
    pub(crate) fn create_gone(&self, spec: &Spec) -> String {
        let mut columns: Vec<String> =
            spec.key.iter().map(|key| format!("{key} INT UNSIGNED NOT NULL")).collect();
        columns.push(format!("PRIMARY KEY ({})", spec.key.join(", ")));
        self.create(&self.gone(spec.table), &columns)
    }

    /// Empties the table of the keys that go, for a transaction that is tried again has filled it before.
    pub(crate) fn empty_gone(&self, table: Table) -> String {
        format!("DELETE FROM {}", self.gone(table))
    }

    /// Finds the rows of the table that the files do not have.
    pub(crate) fn fill_gone(&self, spec: &Spec) -> String {
        let keys = spec.key.iter().map(|key| format!("t.{key}")).collect::<Vec<_>>().join(", ");
        let first = spec.key.first().copied().unwrap_or_default();
        format!(
            "INSERT INTO {} SELECT {keys} FROM {} t LEFT JOIN {} s ON {} WHERE s.{first} IS NULL FOR UPDATE",
            self.gone(spec.table),
            self.target(spec.table),
            self.staged(spec.table),
            on(spec.key)
        )
    }

    /// For rows of another table that name one which goes: the number they name, how many do, and how many such numbers
    /// there are in all.
    pub(crate) fn orphans(&self, spec: &Spec, child: &str, column: &str) -> String {
        let key = spec.key.first().copied().unwrap_or_default();
        format!(
            "SELECT s.{key}, COUNT(*), COUNT(*) OVER () FROM {} s JOIN {}.{} t ON t.{} = s.{key} GROUP BY s.{key} ORDER BY s.{key} LIMIT {SHOWN}",
            self.gone(spec.table),
            quoted(&self.main),
            quoted(child),
            quoted(column)
        )
    }

    /// Lets nobody who goes be managed by another who does: the rows go in any order.
    pub(crate) fn release_managed(&self) -> String {
        format!(
            "UPDATE {} t JOIN {} s ON s.staff_id = t.staff_id SET t.manager_id = NULL",
            self.target(Table::Staffs),
            self.gone(Table::Staffs)
        )
    }

    /// Removes the rows that go.
    pub(crate) fn delete_gone(&self, spec: &Spec) -> String {
        format!(
            "DELETE t FROM {} t JOIN {} s ON {}",
            self.target(spec.table),
            self.gone(spec.table),
            on(spec.key)
        )
    }

    /// The first rows that would change: the key, then each value as it is and as it would be.
    pub(crate) fn preview_changed(&self, shape: Shape<'_>) -> String {
        let pairs: Vec<String> = shape
            .values()
            .map(|column| format!("CAST(t.{0} AS CHAR), CAST(s.{0} AS CHAR)", column.name))
            .collect();
        format!(
            "SELECT {}{} FROM {} s JOIN {} t ON {} WHERE NOT {} ORDER BY {} LIMIT {SHOWN}",
            shown_key(shape.spec, "t"),
            pairs.iter().map(|pair| format!(", {pair}")).collect::<String>(),
            self.staged(shape.spec.table),
            self.target(shape.spec.table),
            on(shape.spec.key),
            same(shape),
            order(shape.spec, "t")
        )
    }

    /// The first rows that would come: the key, then each value.
    pub(crate) fn preview_new(&self, shape: Shape<'_>) -> String {
        let first = shape.spec.key.first().copied().unwrap_or_default();
        format!(
            "SELECT {}{} FROM {} s LEFT JOIN {} t ON {} WHERE t.{first} IS NULL ORDER BY {} LIMIT {SHOWN}",
            shown_key(shape.spec, "s"),
            cells(shape.values().map(|column| column.name), "s"),
            self.staged(shape.spec.table),
            self.target(shape.spec.table),
            on(shape.spec.key),
            order(shape.spec, "s")
        )
    }

    /// The first rows that would go: the key, then each value.
    pub(crate) fn preview_gone(&self, spec: &Spec) -> String {
        let values = spec.columns.iter().map(|column| column.name).filter(|name| !spec.key.contains(name));
        format!(
            "SELECT {}{} FROM {} s JOIN {} t ON {} ORDER BY {} LIMIT {SHOWN}",
            shown_key(spec, "t"),
            cells(values, "t"),
            self.gone(spec.table),
            self.target(spec.table),
            on(spec.key),
            order(spec, "t")
        )
    }
}

fn cells<'a>(names: impl Iterator<Item = &'a str>, of: &str) -> String {
    names.map(|name| format!(", CAST({of}.{name} AS CHAR)")).collect()
}

fn order(spec: &Spec, of: &str) -> String {
    spec.key.iter().map(|key| format!("{of}.{key}")).collect::<Vec<_>>().join(", ")
}

fn shown_key(spec: &Spec, of: &str) -> String {
    format!("CONCAT_WS('/', {})", order(spec, of))
}
