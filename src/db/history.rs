//! The loads of the past, read from `import_runs` and `import_run_files`.

use super::row::{Moment, text};
use super::{Db, DbError};
use crate::domain::RunId;
use crate::domain::history::{PastFile, PastReceipt, PastRun, RowCounts};
use mysql_async::prelude::Queryable;

type Listed = (u64, Moment, String, String, String, String, Option<f64>, u64, u64, u64, u64, u64);
type Told =
    (Moment, Option<Moment>, String, String, String, String, Option<f64>, Option<String>, Option<String>);
type File = (String, String, Option<String>, u64, u64, u64, u64, u64);

/// Runs with a number below `before`, the newest first, at most so many.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn page(db: &Db, before: Option<RunId>, limit: u32) -> Result<Vec<PastRun>, DbError> {
    let before = before.map(|run| run.0);
    let rows: Vec<Listed> = db
        .conn()
        .await?
        .exec(include_str!("../../sql/queries/import/history.sql"), (before, before, limit))
        .await?;
    let run = |(
        id,
        Moment(started_at),
        actor,
        source,
        mode,
        status,
        seconds,
        read,
        inserted,
        updated,
        unchanged,
        rejected,
    ): Listed| {
        PastRun {
            run_id: RunId(id),
            started_at,
            actor: text(&actor),
            source: text(&source),
            mode,
            status,
            seconds,
            rows: RowCounts { read, inserted, updated, unchanged, rejected },
        }
    };
    Ok(rows.into_iter().map(run).collect())
}

/// The receipt of a run; `None` where there is no such run.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn receipt(db: &Db, run_id: RunId) -> Result<Option<PastReceipt>, DbError> {
    let mut conn = db.conn().await?;
    let told: Option<Told> =
        conn.exec_first(include_str!("../../sql/queries/import/run.sql"), (run_id.0,)).await?;
    let Some((Moment(started_at), finished, actor, source, mode, status, seconds, rejects, message)) = told
    else {
        return Ok(None);
    };
    let files: Vec<File> =
        conn.exec(include_str!("../../sql/queries/import/run_files.sql"), (run_id.0,)).await?;
    let files: Vec<PastFile> = files.into_iter().map(file).collect();
    let rows = files.iter().fold(RowCounts::default(), |sum, file| sum.plus(file.rows));
    let (actor, source) = (text(&actor), text(&source));
    Ok(Some(PastReceipt {
        run: PastRun { run_id, started_at, actor, source, mode, status, seconds, rows },
        finished_at: finished.map(|Moment(at)| at),
        rejects_file: rejects.as_deref().map(text),
        message: message.as_deref().map(text),
        files,
    }))
}

fn file((table, file, sha256, read, inserted, updated, unchanged, rejected): File) -> PastFile {
    let rows = RowCounts { read, inserted, updated, unchanged, rejected };
    PastFile { table, file: text(&file), sha256, rows }
}
