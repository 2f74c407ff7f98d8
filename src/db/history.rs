//! Reading the history of loads.

use super::{Db, DbError};
use crate::domain::history::{PastFile, PastRun, RunDetail, Sums};
use crate::domain::receipt::TableReceipt;
use crate::domain::{RunId, Table, clean};
use mysql_async::Row;
use mysql_async::prelude::{FromValue, Queryable};

/// The newest runs, newest first.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn newest(db: &Db, count: u64) -> Result<Vec<PastRun>, DbError> {
    listed(db, u64::MAX, count).await
}

/// One run with its files; `None` where it is not there.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn one(db: &Db, run: RunId) -> Result<Option<RunDetail>, DbError> {
    let found = listed(db, run.0, 1).await?.into_iter().find(|past| past.run_id == run);
    let Some(found) = found else {
        return Ok(None);
    };
    let mut conn = db.conn().await?;
    let rows: Vec<Row> =
        conn.exec(include_str!("../../sql/queries/import/files_of_run.sql"), (run.0,)).await?;
    let mut tables: Vec<PastFile> = rows.iter().filter_map(file).collect();
    tables.sort_by_key(PastFile::table);
    Ok(Some(RunDetail { run: found, tables }))
}

async fn listed(db: &Db, newest: u64, count: u64) -> Result<Vec<PastRun>, DbError> {
    let mut conn = db.conn().await?;
    let statement = include_str!("../../sql/queries/import/history.sql");
    let rows: Vec<Row> = conn.exec(statement, (newest, count)).await?;
    Ok(rows.iter().map(past).collect())
}

fn past(row: &Row) -> PastRun {
    let text = |at| cell::<String>(row, at).map(|text| clean(&text));
    let count = |at| cell::<u64>(row, at).unwrap_or_default();
    PastRun {
        run_id: RunId(count(0)),
        started_at: text(1).unwrap_or_default(),
        actor: text(2).unwrap_or_default(),
        source: text(3).unwrap_or_default(),
        mode: text(4).unwrap_or_default(),
        status: text(5).unwrap_or_default(),
        seconds: cell(row, 6),
        message: text(7),
        rejects_file: text(8),
        undone_by: cell(row, 9).map(RunId),
        files: count(10),
        rows: Sums {
            read: count(11),
            inserted: count(12),
            updated: count(13),
            unchanged: count(14),
            rejected: count(15),
            deleted: count(16),
        },
    }
}

fn file(row: &Row) -> Option<PastFile> {
    let text = |at| cell::<String>(row, at).map(|text| clean(&text));
    let count = |at| cell::<u64>(row, at).unwrap_or_default();
    Some(PastFile {
        receipt: TableReceipt {
            table: Table::from_name(&text(0)?)?,
            file: text(1)?,
            read: count(5),
            inserted: count(6),
            updated: count(7),
            unchanged: count(8),
            rejected: count(9),
            deleted: count(10),
        },
        sha256: text(2),
        written_how: text(3),
        mapping: text(4),
    })
}

fn cell<T: FromValue>(row: &Row, at: usize) -> Option<T> {
    row.get_opt::<Option<T>, _>(at).and_then(Result::ok).flatten()
}
