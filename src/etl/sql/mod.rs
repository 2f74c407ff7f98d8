//! Statements over staging tables, built from the table specs: the one place where SQL is put together from pieces.
//!
//! Every piece is a name from a spec, a run's number, or a database's name in backquotes; no text of a file or a person.
//! A temporary table can be named only once in a statement on MySQL ("Can't reopen table"), so none names one twice.

mod building;
mod checks;
pub(crate) mod editing;
mod keeping;
mod merging;
mod sifting;
mod undoing;

pub(crate) use building::{WITH_CHECKS, WITHOUT_CHECKS};
pub(crate) use checks::Parents;

use super::spec::{Column, Kind, Spec};
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
        self.given.iter().filter_map(|place| self.spec.columns.get(*place))
    }

    fn names(&self) -> Vec<&'static str> {
        self.columns().map(|column| column.name).collect()
    }

    /// What each given column holds.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = Kind> + '_ {
        self.columns().map(|column| column.kind)
    }

    /// Given columns that are not part of the key.
    pub(crate) fn values(&self) -> impl Iterator<Item = &'static Column> + '_ {
        self.columns().filter(|column| !self.spec.key.contains(&column.name))
    }

    /// Whether the files say who manages whom; the column refers to its own table and is written last.
    pub(crate) fn has_managers(&self) -> bool {
        self.spec.table == Table::Staffs && self.names().contains(&MANAGER)
    }
}

const MANAGER: &str = "manager_id";

impl Sql {
    pub(crate) fn new(db: &Db, run: RunId) -> Sql {
        Sql { main: db.name().to_owned(), staging: db.staging().map(str::to_owned), engine: db.engine(), run }
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
        format!("{}.{}", quoted(database), quoted(&format!("run_{}_{name}", self.run)))
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
        let mut columns =
            vec!["part SMALLINT UNSIGNED NOT NULL".to_owned(), "line BIGINT UNSIGNED NOT NULL".to_owned()];
        columns.extend(shape.columns().map(|column| {
            let not_null = if shape.spec.key.contains(&column.name) { " NOT NULL" } else { "" };
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

    /// Has the server find out anew how many rows a table has and how they are spread; takes the rights to read and to add
    /// rows, as the manuals of both engines have it ("ANALYZE TABLE Statement"). Ends a transaction.
    pub(crate) fn count_anew(&self, table: Table) -> String {
        format!("ANALYZE LOCAL TABLE {}", self.target(table))
    }

    /// Removes what the run staged.
    pub(crate) fn drop_all(&self) -> Vec<String> {
        let temporary = if self.staging.is_none() { "TEMPORARY " } else { "" };
        Table::EACH
            .iter()
            .flat_map(|table| [self.staged(*table), self.gone(*table)])
            .chain([self.rejects()])
            .map(|table| format!("DROP {temporary}TABLE IF EXISTS {table}"))
            .collect()
    }

    /// `LOAD DATA` into the staging table. The file's name means nothing: the rows come from this program's memory.
    pub(crate) fn load_staged(&self, shape: Shape<'_>) -> String {
        load(&self.staged(shape.spec.table), &format!("part, line, {}", shape.names().join(", ")))
    }

    /// `LOAD DATA` into the table itself.
    pub(crate) fn load_straight(&self, shape: Shape<'_>) -> String {
        let columns = shape.names().join(", ");
        format!("{} SET loaded_by = {}", load(&self.target(shape.spec.table), &columns), self.run)
    }

    /// The beginning of an `INSERT` into the table itself, before its tuples, each of which ends with the run's number.
    pub(crate) fn insert_straight(&self, shape: Shape<'_>) -> String {
        let columns = shape.names().join(", ");
        format!("INSERT INTO {} ({columns}, loaded_by) VALUES ", self.target(shape.spec.table))
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
}

fn load(table: &str, columns: &str) -> String {
    format!("LOAD DATA LOCAL INFILE 'rows' INTO TABLE {table} CHARACTER SET utf8mb4 ({columns})")
}

fn on(key: &[&str]) -> String {
    key.iter().map(|column| format!("t.{column} = s.{column}")).collect::<Vec<_>>().join(" AND ")
}

/// Whether a row of the table has the staged values, letter by letter: the table's collation takes `É` for `e`.
fn same(shape: Shape<'_>) -> String {
    let pairs: Vec<String> = shape
        .values()
        .map(|column| match column.name {
            name if column.kind.is_text() => format!("CAST(t.{name} AS BINARY) <=> CAST(s.{name} AS BINARY)"),
            name => format!("t.{name} <=> s.{name}"),
        })
        .collect();
    if pairs.is_empty() { "TRUE".to_owned() } else { format!("({})", pairs.join(" AND ")) }
}

fn type_of(kind: Kind) -> String {
    match kind {
        Kind::Id => "INT UNSIGNED".to_owned(),
        Kind::Integer { .. } => "BIGINT".to_owned(),
        Kind::Decimal { digits, scale, .. } => format!("DECIMAL({digits},{scale})"),
        Kind::Text(longest) | Kind::TimeZone(longest) => format!("VARCHAR({longest})"),
        Kind::Date => "DATE".to_owned(),
        Kind::Flag => "TINYINT".to_owned(),
    }
}

/// A name in backquotes.
fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}
