//! Statements over staging tables, built from the table specs: the one place where SQL is put together from pieces.
//!
//! Every piece is a name from a spec, a run's number, or a database's name in backquotes; no text of a file or a person.
//! A temporary table can be named only once in a statement on MySQL ("Can't reopen table"), so none names one twice.

use super::spec::{Column, Kind, Parent, Spec};
use crate::db::{Db, Engine};
use crate::domain::{RunId, Table};

/// Builds the statements of one run.
#[derive(Debug, Clone)]
pub(crate) struct Sql {
    main: String,
    /// Where staging tables are; temporary ones in the main database where there is no other.
    staging: Option<String>,
    engine: Engine,
    run: RunId,
}

/// A table of the set with the columns that its files give.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape<'a> {
    /// What the table takes.
    pub(crate) spec: &'static Spec,
    /// Places of the given columns.
    pub(crate) given: &'a [usize],
}

impl Shape<'_> {
    fn columns(&self) -> impl Iterator<Item = &'static Column> + '_ {
        self.given
            .iter()
            .filter_map(|place| self.spec.columns.get(*place))
    }

    fn names(&self) -> Vec<&'static str> {
        self.columns().map(|column| column.name).collect()
    }

    /// Given columns that are not part of the key.
    fn values(&self) -> impl Iterator<Item = &'static Column> + '_ {
        self.columns()
            .filter(|column| !self.spec.key.contains(&column.name))
    }

    /// Whether the files say who manages whom; the column refers to its own table and is written last.
    pub(crate) fn has_managers(&self) -> bool {
        self.spec.table == Table::Staffs && self.names().contains(&MANAGER)
    }
}

const MANAGER: &str = "manager_id";

impl Sql {
    pub(crate) fn new(db: &Db, run: RunId) -> Sql {
        Sql {
            main: db.name().to_owned(),
            staging: db.staging().map(str::to_owned),
            engine: db.engine(),
            run,
        }
    }

    /// The table in the chain's database.
    pub(crate) fn target(&self, table: Table) -> String {
        format!("{}.{}", quoted(&self.main), quoted(table.name()))
    }

    fn staged(&self, table: Table) -> String {
        self.of_run(table.name())
    }

    fn rejects(&self) -> String {
        self.of_run("rejects")
    }

    fn of_run(&self, name: &str) -> String {
        let database = self.staging.as_ref().unwrap_or(&self.main);
        format!(
            "{}.{}",
            quoted(database),
            quoted(&format!("run_{}_{name}", self.run))
        )
    }

    fn create(&self, table: &str, columns: &[String]) -> String {
        let temporary = if self.staging.is_none() { "TEMPORARY " } else { "" };
        format!(
            "CREATE {temporary}TABLE {table} ({}) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
            columns.join(", ")
        )
    }

    /// A staging table, keyed by the target's key and then by where the row stands, so that doubles keep apart.
    pub(crate) fn create_staged(&self, shape: Shape<'_>) -> String {
        let mut columns = vec![
            "part SMALLINT UNSIGNED NOT NULL".to_owned(),
            "line BIGINT UNSIGNED NOT NULL".to_owned(),
        ];
        columns.extend(shape.columns().map(|column| {
            let not_null = if shape.spec.key.contains(&column.name) {
                " NOT NULL"
            } else {
                ""
            };
            format!("{} {}{not_null}", column.name, type_of(column.kind))
        }));
        columns.push(format!("PRIMARY KEY ({}, part, line)", shape.spec.key.join(", ")));
        self.create(&self.staged(shape.spec.table), &columns)
    }

    /// The table of rows that are not taken.
    pub(crate) fn create_rejects(&self) -> String {
        let columns = [
            "table_name VARCHAR(64) NOT NULL",
            "part SMALLINT UNSIGNED NOT NULL",
            "line BIGINT UNSIGNED NOT NULL",
            "column_name VARCHAR(64) NOT NULL",
            "code VARCHAR(16) NOT NULL",
            "detail TEXT NOT NULL",
            "PRIMARY KEY (part, line)",
        ];
        self.create(&self.rejects(), &columns.map(str::to_owned))
    }

    /// Removes what the run staged.
    pub(crate) fn drop_all(&self) -> Vec<String> {
        let temporary = if self.staging.is_none() { "TEMPORARY " } else { "" };
        Table::EACH
            .iter()
            .map(|table| self.staged(*table))
            .chain([self.rejects()])
            .map(|table| format!("DROP {temporary}TABLE IF EXISTS {table}"))
            .collect()
    }

    /// `LOAD DATA` into the staging table. The file's name means nothing: the rows come from this program's memory.
    pub(crate) fn load_staged(&self, shape: Shape<'_>) -> String {
        load(
            &self.staged(shape.spec.table),
            &format!("part, line, {}", shape.names().join(", ")),
        )
    }

    /// `LOAD DATA` into the table itself; where a row stands is read and dropped.
    pub(crate) fn load_straight(&self, shape: Shape<'_>) -> String {
        load(
            &self.target(shape.spec.table),
            &format!("@part, @line, {}", shape.names().join(", ")),
        )
    }

    /// The beginning of an `INSERT` into the staging table, before its tuples.
    pub(crate) fn insert_staged(&self, shape: Shape<'_>) -> String {
        format!(
            "INSERT INTO {} (part, line, {}) VALUES ",
            self.staged(shape.spec.table),
            shape.names().join(", ")
        )
    }

    /// Answers a row where the table has any.
    pub(crate) fn any_row(&self, table: Table) -> String {
        format!("SELECT 1 FROM {} LIMIT 1", self.target(table))
    }

    fn reject(&self, table: Table, select: &str) -> String {
        // IGNORE keeps the first fault of a row that has several.
        format!(
            "INSERT IGNORE INTO {} (table_name, part, line, column_name, code, detail) \
             SELECT '{}', {select}",
            self.rejects(),
            table.name()
        )
    }

    /// Rejects every row but the first with the same key; the detail is where that one stands.
    pub(crate) fn reject_doubles(&self, spec: &Spec) -> String {
        let key = spec.key.join(", ");
        let last = spec.key.last().copied().unwrap_or_default();
        self.reject(spec.table, &doubled(&self.staged(spec.table), &key, last))
    }

    /// Rejects rows whose unique value stands in the file before, or belongs to another row of the table.
    pub(crate) fn reject_taken(&self, spec: &Spec) -> Vec<String> {
        let Some((column, collation)) = spec.unique else {
            return Vec::new();
        };
        let (staged, target) = (self.staged(spec.table), self.target(spec.table));
        let key = spec.key.first().copied().unwrap_or_default();
        let value = format!("{column} COLLATE {collation}");
        vec![
            self.reject(spec.table, &doubled(&staged, &value, column)),
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
        let Parent {
            column, table, key, ..
        } = parent;
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
        self.reject(
            Table::Staffs,
            &format!("{part}, {line}, '{MANAGER}', '{code}', ?"),
        )
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

    /// How many rows of each file were rejected by the checks.
    pub(crate) fn count_rejects(&self) -> String {
        format!("SELECT part, COUNT(*) FROM {} GROUP BY part", self.rejects())
    }

    /// Staged rows of staff: where they stand, who they are, who manages them.
    pub(crate) fn staged_managers(&self) -> String {
        format!(
            "SELECT part, line, staff_id, {MANAGER} FROM {} ORDER BY part, line",
            self.staged(Table::Staffs)
        )
    }

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

    /// Writes what is left in staging, in the order of the key. A changed row gets its next version.
    pub(crate) fn merge(&self, shape: Shape<'_>) -> String {
        let names: Vec<&str> = shape
            .names()
            .into_iter()
            .filter(|name| !self.comes_last(shape, name))
            .collect();
        let from = names
            .iter()
            .map(|name| format!("s.{name}"))
            .collect::<Vec<_>>()
            .join(", ");
        let order = shape
            .spec
            .key
            .iter()
            .map(|key| format!("s.{key}"))
            .collect::<Vec<_>>()
            .join(", ");
        let mut updates: Vec<String> = shape
            .values()
            .filter(|column| !self.comes_last(shape, column.name))
            .map(|column| format!("{0} = {1}", column.name, self.new_value(column.name)))
            .collect();
        let version = format!("{}.version", quoted(shape.spec.table.name()));
        updates.push(format!("version = {version} + 1"));
        format!(
            "INSERT INTO {target} ({}) SELECT {from} FROM {} s ORDER BY {order} ON DUPLICATE KEY UPDATE {}",
            names.join(", "),
            self.staged(shape.spec.table),
            updates.join(", "),
            target = self.target(shape.spec.table),
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
        format!(
            "SELECT COALESCE(MAX({key}), 0) FROM {} FOR UPDATE",
            self.target(spec.table)
        )
    }
}

fn load(table: &str, columns: &str) -> String {
    format!("LOAD DATA LOCAL INFILE 'rows' INTO TABLE {table} CHARACTER SET utf8mb4 ({columns})")
}

fn doubled(staged: &str, by: &str, column: &str) -> String {
    format!(
        "d.part, d.line, '{column}', 'duplicate', CONCAT(d.first_part, ':', d.first_line) \
         FROM (SELECT part, line, ROW_NUMBER() OVER same AS nth, FIRST_VALUE(part) OVER same AS first_part, \
         FIRST_VALUE(line) OVER same AS first_line FROM {staged} \
         WINDOW same AS (PARTITION BY {by} ORDER BY part, line)) d WHERE d.nth > 1"
    )
}

fn on(key: &[&str]) -> String {
    key.iter()
        .map(|column| format!("t.{column} = s.{column}"))
        .collect::<Vec<_>>()
        .join(" AND ")
}

/// Whether a row of the table has the staged values, letter by letter: the table's collation takes `É` for `e`.
fn same(shape: Shape<'_>) -> String {
    let pairs: Vec<String> = shape
        .values()
        .map(|column| match (column.kind, column.name) {
            (Kind::Text(_), name) => format!("CAST(t.{name} AS BINARY) <=> CAST(s.{name} AS BINARY)"),
            (_, name) => format!("t.{name} <=> s.{name}"),
        })
        .collect();
    if pairs.is_empty() {
        "TRUE".to_owned()
    } else {
        format!("({})", pairs.join(" AND "))
    }
}

fn type_of(kind: Kind) -> String {
    match kind {
        Kind::Id => "INT UNSIGNED".to_owned(),
        Kind::Integer { .. } => "BIGINT".to_owned(),
        Kind::Decimal { digits, scale, .. } => format!("DECIMAL({digits},{scale})"),
        Kind::Text(longest) => format!("VARCHAR({longest})"),
        Kind::Date => "DATE".to_owned(),
        Kind::Flag => "TINYINT".to_owned(),
    }
}

/// A name in backquotes.
fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}
