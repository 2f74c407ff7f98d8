//! Statements that somebody may stop.

use super::{Db, DbError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Awaits the server; when somebody cancels, tells it to stop, awaits its end and answers `None`.
pub(super) async fn stoppable<T>(
    db: &Db,
    id: u32,
    cancel: &CancellationToken,
    work: impl Future<Output = Result<T, mysql_async::Error>>,
) -> Result<Option<T>, DbError> {
    /// A KILL that comes before its statement has begun is lost, so it is said again.
    const AGAIN: Duration = Duration::from_millis(250);
    tokio::pin!(work);
    tokio::select! {
        biased;
        () = cancel.cancelled() => {}
        done = &mut work => return Ok(Some(done?)),
    }
    loop {
        db.kill_query(id).await?;
        if tokio::time::timeout(AGAIN, &mut work).await.is_ok() {
            return Ok(None);
        }
    }
}

/// How long somebody at a screen waits for rows.
const PATIENCE: Duration = Duration::from_secs(5);

/// The same for what somebody at a screen waits for: after five seconds the server is told to stop as well.
pub(super) async fn awaited<T>(
    db: &Db,
    id: u32,
    cancel: &CancellationToken,
    work: impl Future<Output = Result<T, mysql_async::Error>>,
) -> Result<Option<T>, DbError> {
    let stop = cancel.child_token();
    let work = stoppable(db, id, &stop, work);
    tokio::pin!(work);
    if let Ok(done) = tokio::time::timeout(PATIENCE, &mut work).await {
        return done;
    }
    stop.cancel();
    match work.await? {
        None if !cancel.is_cancelled() => Err(DbError::TooLong { seconds: PATIENCE.as_secs() }),
        done => Ok(done),
    }
}
