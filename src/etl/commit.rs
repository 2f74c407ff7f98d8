//! The commit, and what became of it where nobody answered.

use super::error::LoadError;
use super::link::Link;
use super::lock;
use crate::db::DbError;
use crate::domain::RunId;
use crate::domain::receipt::Outcome;
use mysql_async::prelude::Queryable;

/// Commits what a run did, together with its end in the history, which is `status`. Where the connection ends on the way, the
/// history is asked whether it was done.
///
/// # Errors
/// The fault of the connection where nothing was committed; [`LoadError::Unknown`] where that can not be told.
pub(crate) async fn commit(link: &mut Link, run: RunId, status: Outcome) -> Result<(), LoadError> {
    let lost = match link.conn().query_drop("COMMIT").await {
        Ok(()) => return Ok(()),
        Err(error) => DbError::from(error),
    };
    tracing::warn!(run = run.0, %lost, "the commit was not answered");
    let db = link.db().clone();
    link.reconnect().await.map_err(|_| LoadError::Unknown(run))?;
    match lock::how_ended(link.conn(), &db, run).await? {
        Some(ended) if ended == status.word() => Ok(()),
        _ => Err(LoadError::Db(lost)),
    }
}
