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
