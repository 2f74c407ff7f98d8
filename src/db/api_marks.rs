//! How far the tables of other systems' servers were read (`api_marks`).

use super::{Db, DbError};
use crate::domain::{RunId, Table};
use mysql_async::prelude::Queryable;
use mysql_async::{Params, Row, Value};

/// How far a table was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The run that loaded its rows.
    pub run: RunId,
    /// The run whose rows it builds on, where it read what was new alone.
    pub since: Option<RunId>,
    /// Pages that it took.
    pub pages: u64,
    /// The field that grows.
    pub field: Option<String>,
    /// Its greatest value.
    pub mark: Option<String>,
    /// The parameter by which the server filters by it; empty where it is known that none does.
    pub parameter: Option<String>,
    /// What the reply was known by, where one held the whole table.
    pub etag: Option<String>,
    /// When the server changed it, as it says.
    pub modified: Option<String>,
}

/// The newest mark that counts: its run's rows are in the chain, and so are those that it builds on.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn newest(db: &Db, address: &str, table: Table) -> Result<Option<Mark>, DbError> {
    let mut conn = db.conn().await?;
    let statement = include_str!("../../sql/queries/api/marks.sql");
    let rows: Vec<Row> = conn.exec(statement, (tail(address), table.name())).await?;
    let marks: Vec<(Mark, bool)> = rows.iter().map(mark).collect();
    let counts = |mark: &Mark| {
        let mut at = Some(mark.run);
        while let Some(run) = at {
            let Some((of_run, stands)) = marks.iter().find(|(other, _)| other.run == run) else {
                return false;
            };
            if !stands {
                return false;
            }
            at = of_run.since;
        }
        true
    };
    Ok(marks.iter().map(|(mark, _)| mark).find(|mark| counts(mark)).cloned())
}

/// Notes a mark.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub async fn add(db: &Db, address: &str, table: Table, mark: &Mark) -> Result<(), DbError> {
    let short = |text: &Option<String>, most: usize| {
        // One that is too long is no mark: the next load is a full one.
        text.clone().filter(|text| text.chars().count() <= most)
    };
    let params: Vec<Value> = vec![
        mark.run.0.into(),
        mark.since.map(|run| run.0).into(),
        tail(address).into(),
        table.name().into(),
        mark.pages.into(),
        short(&mark.field, 255).into(),
        short(&mark.mark, 255).into(),
        short(&mark.parameter, 255).into(),
        short(&mark.etag, 1024).into(),
        short(&mark.modified, 255).into(),
    ];
    let mut conn = db.conn().await?;
    Ok(conn.exec_drop(include_str!("../../sql/queries/api/add_mark.sql"), Params::Positional(params)).await?)
}

fn mark(row: &Row) -> (Mark, bool) {
    let number = |at: usize| row.get_opt::<Option<u64>, _>(at).and_then(Result::ok).flatten();
    let text = |at: usize| row.get_opt::<Option<String>, _>(at).and_then(Result::ok).flatten();
    let mark = Mark {
        run: RunId(number(0).unwrap_or_default()),
        since: number(1).map(RunId),
        pages: number(3).unwrap_or_default(),
        field: text(4),
        mark: text(5),
        parameter: text(6),
        etag: text(7),
        modified: text(8),
    };
    (mark, number(2) == Some(1))
}

/// An address as the table keeps it; of a very long one the end, where addresses differ.
fn tail(address: &str) -> String {
    const LONGEST: usize = 700;
    let ascii: String = address.chars().filter(char::is_ascii).collect();
    ascii.chars().skip(ascii.len().saturating_sub(LONGEST)).collect()
}
