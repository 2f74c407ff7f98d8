//! A load as a job behind the screens.

use super::runner::{Context, failure};
use crate::domain::Receipt;
use crate::tui::model::message::{Failure, JobId, LoadJob};
use crate::tui::model::progress::LoadProgress;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What the loop is told of a load under way.
pub(super) type Told = LoadProgress;

/// Runs the load to its end.
pub(super) async fn run(
    context: &Context,
    _id: JobId,
    _job: LoadJob,
    _progress: watch::Sender<Option<(JobId, Told)>>,
    _cancel: CancellationToken,
) -> Result<Receipt, Failure> {
    let _ = (&context.infile, &context.rejects_dir);
    Err(failure("Loading is not here yet."))
}
