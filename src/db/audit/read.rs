//! Reading the audit log.

use super::link::{Hash, hex};
use crate::db::row::{Moment, text};
use crate::db::{Db, DbError};
use crate::domain::audit::{Action, Linked, Logged};
use jiff::Timestamp;
use mysql_async::prelude::{FromValue, Queryable};
use mysql_async::{DriverError, Error, Params, Row, Value, params};

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of one person, by name.
    pub actor: Option<String>,
    /// Where `actor` is given: those of this subject as well.
    pub subject: Option<String>,
    /// Those of one action.
    pub action: Option<Action>,
    /// Those from this moment on.
    pub from: Option<Timestamp>,
    /// Those before this moment.
    pub to: Option<Timestamp>,
}

impl Filter {
    fn params(&self, mark: Option<u64>, limit: u32) -> Params {
        params! {
            "mark" => mark,
            "actor" => self.actor.as_deref(),
            "subject" => self.subject.as_deref(),
            "action" => self.action.map(Action::word),
            "from" => self.from.map_or(Value::NULL, |from| Moment(from).into()),
            "to" => self.to.map_or(Value::NULL, |to| Moment(to).into()),
            "limit" => limit,
        }
    }
}

/// Entries with a number below `before`, the newest first, at most so many.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn page(db: &Db, filter: &Filter, before: Option<u64>, limit: u32) -> Result<Vec<Logged>, DbError> {
    let statement = include_str!("../../../sql/queries/audit/page.sql");
    let rows: Vec<Row> = db.conn().await?.exec(statement, filter.params(before, limit)).await?;
    Ok(logged(rows)?)
}

/// Entries with a number above `after`, the oldest first, at most so many.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn page_up(
    db: &Db,
    filter: &Filter,
    after: Option<u64>,
    limit: u32,
) -> Result<Vec<Logged>, DbError> {
    let statement = include_str!("../../../sql/queries/audit/page_up.sql");
    let rows: Vec<Row> = db.conn().await?.exec(statement, filter.params(after, limit)).await?;
    Ok(logged(rows)?)
}

/// One entry, with the hash before it and its own; `None` where there is none of that number.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn entry(db: &Db, id: u64) -> Result<Option<Linked>, DbError> {
    let statement = include_str!("../../../sql/queries/audit/entry.sql");
    let row: Option<Row> = db.conn().await?.exec_first(statement, (id,)).await?;
    Ok(row.map(linked).transpose()?)
}

/// Hands the entries out one by one, the newest first, until `take` answers `false`. Few are in memory at a time.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn each(db: &Db, filter: &Filter, mut take: impl FnMut(Linked) -> bool) -> Result<(), DbError> {
    const AT_ONCE: u32 = 1000;
    let statement = include_str!("../../../sql/queries/audit/page.sql");
    let mut before = None;
    loop {
        let rows: Vec<Row> = db.conn().await?.exec(statement, filter.params(before, AT_ONCE)).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let linked = linked(row)?;
            before = Some(linked.entry.id);
            if !take(linked) {
                return Ok(());
            }
        }
    }
}

/// What was done to `subject` and by `actor`, the newest first, at most so many.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn history(db: &Db, subject: &str, actor: &str, limit: u32) -> Result<Vec<Logged>, DbError> {
    let statement = include_str!("../../../sql/queries/audit/history.sql");
    let values = params! { "subject" => subject, "actor" => actor, "limit" => limit };
    let rows: Vec<Row> = db.conn().await?.exec(statement, values).await?;
    Ok(logged(rows)?)
}

/// What was done to `subject`, the newest first, at most so many.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn of_subject(db: &Db, subject: &str, limit: u32) -> Result<Vec<Logged>, DbError> {
    let statement = include_str!("../../../sql/queries/audit/of_subject.sql");
    let values = params! { "subject" => subject, "limit" => limit };
    let rows: Vec<Row> = db.conn().await?.exec(statement, values).await?;
    Ok(logged(rows)?)
}

/// What is stored as a hash, whatever its length: a forged entry is to be seen as it is.
pub(super) fn digits(bytes: &[u8]) -> String {
    Hash::try_from(bytes).map_or_else(|_| format!("{} bytes, not 32", bytes.len()), |hash| hex(&hash))
}

fn logged(rows: Vec<Row>) -> Result<Vec<Logged>, Error> {
    rows.into_iter().map(of_row).collect()
}

fn linked(mut row: Row) -> Result<Linked, Error> {
    let user_id = taken(&mut row, 12)?;
    let (previous, hash) = (taken::<Vec<u8>>(&mut row, 13)?, taken::<Vec<u8>>(&mut row, 14)?);
    Ok(Linked { user_id, previous_hash: digits(&previous), hash: digits(&hash), entry: of_row(row)? })
}

fn of_row(mut row: Row) -> Result<Logged, Error> {
    Ok(Logged {
        id: taken(&mut row, 0)?,
        at: taken::<Moment>(&mut row, 1)?.0,
        actor: words(&mut row, 2)?,
        role: maybe(&mut row, 3)?,
        origin: words(&mut row, 4)?,
        action: words(&mut row, 5)?,
        subject: words(&mut row, 6)?,
        outcome: words(&mut row, 7)?,
        before: maybe(&mut row, 8)?,
        after: maybe(&mut row, 9)?,
        detail: words(&mut row, 10)?,
        correlation_id: words(&mut row, 11)?,
    })
}

fn taken<T: FromValue>(row: &mut Row, column: usize) -> Result<T, Error> {
    match row.take_opt(column) {
        Some(Ok(value)) => Ok(value),
        _ => Err(DriverError::FromRow { row: row.clone() }.into()),
    }
}

fn words(row: &mut Row, column: usize) -> Result<String, Error> {
    taken::<String>(row, column).map(|words| text(&words))
}

fn maybe(row: &mut Row, column: usize) -> Result<Option<String>, Error> {
    taken::<Option<String>>(row, column).map(|words| words.map(|words| text(&words)))
}
