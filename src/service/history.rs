//! The history of loads: what was loaded, and taking it back.

use super::authorized::{Authorized, ImportData};
use super::import::deleting;
use crate::db::{self, Db, DbError, Proof};
use crate::domain::RunId;
use crate::domain::history::{PastRun, RunDetail};
use crate::domain::receipt::Undone;
use crate::etl::{self, UndoError};
use tokio_util::sync::CancellationToken;

/// The newest runs, newest first. What dead loads left behind is cleared away first, so that they are told as ended.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn runs(by: &Authorized<ImportData>, db: &Db, count: u64) -> Result<Vec<PastRun>, DbError> {
    db.recheck(by).await?;
    etl::tidy(db).await?;
    db::history::newest(db, count).await
}

/// One run with its files; `None` where there is none of that number.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn run(by: &Authorized<ImportData>, db: &Db, run: RunId) -> Result<Option<RunDetail>, DbError> {
    db.read(by, db::history::one(db, run)).await
}

/// Takes a run back, or says what that would do. Where rows go that somebody else loaded, that takes the right to delete.
///
/// # Errors
/// [`UndoError`]; nothing was changed then.
pub async fn undo(
    by: &Authorized<ImportData>,
    db: &Db,
    run: RunId,
    dry_run: bool,
    cancel: &CancellationToken,
) -> Result<Undone, UndoError> {
    db.recheck(by).await?;
    let found = db::history::one(db, run).await?.map(|found| found.run);
    let theirs = |run: &PastRun| run.rows.inserted > 0 && run.actor != by.warrant().doer.actor.to_string();
    let warrant = match found.filter(theirs) {
        Some(found) => deleting(by, &format!("undoing what {} loaded", found.actor))?,
        None => by.warrant().clone(),
    };
    etl::undo(db, run, &warrant, dry_run, cancel).await
}
