//! The history of loads.

use super::authorized::{Authorized, ViewLogs};
use crate::db::{Db, DbError, history};
use crate::domain::RunId;
use crate::domain::history::{PastReceipt, PastRun};

/// Runs with a number below `before`, the newest first, at most so many.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone.
pub async fn page(
    by: &Authorized<ViewLogs>,
    db: &Db,
    before: Option<RunId>,
    limit: u32,
) -> Result<Vec<PastRun>, DbError> {
    db.read(by, history::page(db, before, limit)).await
}

/// The receipt of a run; `None` where there is no such run.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone.
pub async fn receipt(by: &Authorized<ViewLogs>, db: &Db, run: RunId) -> Result<Option<PastReceipt>, DbError> {
    db.read(by, history::receipt(db, run)).await
}
