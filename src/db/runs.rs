//! The history of loads (`import_runs`, `import_run_files`), and the locks that say which of them are alive.

use super::DbError;
use crate::domain::receipt::{Outcome, TableReceipt};
use crate::domain::{Actor, RunId, Table};
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Params, Value};

/// The end of a run.
#[derive(Debug, Clone, Copy)]
pub struct End<'a> {
    /// How it ended.
    pub status: Outcome,
    /// Where the rejected rows are.
    pub rejects_file: Option<&'a str>,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// What a person should know of it.
    pub message: Option<&'a str>,
}

/// Begins a run.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub async fn begin(conn: &mut Conn, actor: &Actor, source: &str, mode: &str) -> Result<RunId, DbError> {
    let params = (actor.to_string(), tail(source, 1024), mode);
    conn.exec_drop(include_str!("../../sql/queries/import/begin.sql"), params).await?;
    Ok(RunId(conn.last_insert_id().unwrap_or_default()))
}

/// Ends a run.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub async fn finish(conn: &mut Conn, run: RunId, end: End<'_>) -> Result<(), DbError> {
    let rejects = end.rejects_file.map(|path| tail(path, 1024));
    let message = end.message.map(|message| message.chars().take(2000).collect::<String>());
    let params = (end.status.word(), rejects, format!("{:.3}", end.seconds), message, run.0);
    Ok(conn.exec_drop(include_str!("../../sql/queries/import/finish.sql"), params).await?)
}

/// What the history keeps of one file.
#[derive(Debug, Clone)]
pub struct FileEnd {
    /// What became of its rows.
    pub receipt: TableReceipt,
    /// The hash of all of it, where it was read to its end.
    pub sha256: Option<[u8; 32]>,
    /// How it was written, in words.
    pub written_how: Option<String>,
    /// What its columns were taken for, as JSON.
    pub mapping: Option<String>,
}

/// Notes what became of one file.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub async fn add_file(conn: &mut Conn, run: RunId, file: &FileEnd) -> Result<(), DbError> {
    let receipt = &file.receipt;
    let names = [Some(receipt.table.name().to_owned()), Some(file_name(&receipt.file))];
    let counts = [
        receipt.read,
        receipt.inserted,
        receipt.updated,
        receipt.unchanged,
        receipt.rejected,
        receipt.deleted,
    ];
    let mut params: Vec<Value> = vec![run.0.into()];
    params.extend(names.map(Value::from));
    params.push(file.sha256.map(Vec::from).into());
    params.extend(counts.map(Value::from));
    params.extend([file.written_how.clone().into(), file.mapping.clone().into()]);
    let statement = include_str!("../../sql/queries/import/add_file.sql");
    Ok(conn.exec_drop(statement, Params::Positional(params)).await?)
}

/// A file's name as the history keeps it.
pub fn file_name(name: &str) -> String {
    tail(name, 255)
}

/// The status of a run as the history has it; `None` for a run that is not there.
///
/// # Errors
/// [`DbError`] where it can not be read.
pub async fn status(conn: &mut Conn, run: RunId) -> Result<Option<String>, DbError> {
    Ok(conn.exec_first(include_str!("../../sql/queries/import/status.sql"), (run.0,)).await?)
}

/// The rows of a file that loads in chunks have stored: from, to, counted from 1.
///
/// # Errors
/// [`DbError`] where they can not be read.
pub async fn chunks(conn: &mut Conn, mode: &str, fingerprint: &str) -> Result<Vec<(u64, u64)>, DbError> {
    let pattern = format!("% {fingerprint} rows %");
    let sources: Vec<String> =
        conn.exec(include_str!("../../sql/queries/import/chunks.sql"), (mode, pattern)).await?;
    let rows = |source: &String| {
        let (from, to) = source.rsplit_once(" rows ")?.1.split_once('-')?;
        Some((from.parse().ok()?, to.parse().ok()?))
    };
    Ok(sources.iter().filter_map(rows).collect())
}

/// What undoing has to know of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoable {
    /// How it ended.
    pub status: String,
    /// How its rows met what was there.
    pub mode: String,
    /// The run that has undone it.
    pub undone_by: Option<RunId>,
}

/// A run that is to be undone, locked until the transaction ends; `None` where it is not there.
///
/// # Errors
/// [`DbError`] where it can not be read.
pub async fn undoable(conn: &mut Conn, run: RunId) -> Result<Option<Undoable>, DbError> {
    let row: Option<(String, String, Option<u64>)> =
        conn.exec_first(include_str!("../../sql/queries/import/undoable.sql"), (run.0,)).await?;
    Ok(row.map(|(status, mode, by)| Undoable { status, mode, undone_by: by.map(RunId) }))
}

/// The tables that a run wrote to, parents first.
///
/// # Errors
/// [`DbError`] where they can not be read.
pub async fn tables_of(conn: &mut Conn, run: RunId) -> Result<Vec<Table>, DbError> {
    let names: Vec<String> =
        conn.exec(include_str!("../../sql/queries/import/tables_of_run.sql"), (run.0,)).await?;
    let mut tables: Vec<Table> = names.iter().filter_map(|name| Table::from_name(name)).collect();
    tables.sort();
    Ok(tables)
}

/// Says that a run was undone by another.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub async fn mark_undone(conn: &mut Conn, run: RunId, by: RunId) -> Result<(), DbError> {
    Ok(conn.exec_drop(include_str!("../../sql/queries/import/undone.sql"), (by.0, run.0)).await?)
}

/// Runs without an end.
///
/// # Errors
/// [`DbError`] where they can not be read.
pub async fn running(conn: &mut Conn) -> Result<Vec<RunId>, DbError> {
    let runs: Vec<u64> = conn.query(include_str!("../../sql/queries/import/running.sql")).await?;
    Ok(runs.into_iter().map(RunId).collect())
}

/// The names of the staging tables of all runs.
///
/// # Errors
/// [`DbError`] where they can not be read.
pub async fn staging_tables(conn: &mut Conn, staging: &str) -> Result<Vec<String>, DbError> {
    Ok(conn.exec(include_str!("../../sql/queries/import/staging_tables.sql"), (staging,)).await?)
}

/// Takes a lock that lasts as long as the connection; answers whether it was had within so many seconds.
///
/// # Errors
/// [`DbError`] where the server can not be asked.
pub async fn lock(conn: &mut Conn, name: &str, seconds: u32) -> Result<bool, DbError> {
    let taken: Option<Option<i64>> =
        conn.exec_first(include_str!("../../sql/queries/import/lock.sql"), (name, seconds)).await?;
    Ok(taken.flatten() == Some(1))
}

/// Gives a lock back.
///
/// # Errors
/// [`DbError`] where the server can not be told.
pub async fn unlock(conn: &mut Conn, name: &str) -> Result<(), DbError> {
    Ok(conn.exec_drop(include_str!("../../sql/queries/import/unlock.sql"), (name,)).await?)
}

/// Whether nobody holds a lock.
///
/// # Errors
/// [`DbError`] where the server can not be asked.
pub async fn is_free(conn: &mut Conn, name: &str) -> Result<bool, DbError> {
    let free: Option<Option<i64>> =
        conn.exec_first(include_str!("../../sql/queries/import/is_free.sql"), (name,)).await?;
    Ok(free.flatten() == Some(1))
}

/// The end of a text that is longer than its column: of a path, the end says most.
fn tail(text: &str, longest: usize) -> String {
    let length = text.chars().count();
    text.chars().skip(length.saturating_sub(longest)).collect()
}
