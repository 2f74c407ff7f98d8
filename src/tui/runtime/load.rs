//! A load as a job behind the screens.

use super::complete;
use super::runner::{Context, failure};
use crate::domain::Receipt;
use crate::etl::{Phase, Progress};
use crate::service::authorized::ImportData;
use crate::service::import::{self, Request};
use crate::tui::model::message::{Failure, JobId, LoadJob};
use crate::tui::model::progress::LoadProgress;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What the loop is told of a load under way.
pub(super) type Told = LoadProgress;

/// Runs the load to its end.
pub(super) async fn run(
    context: &Context,
    id: JobId,
    job: LoadJob,
    tell: watch::Sender<Option<(JobId, Told)>>,
    cancel: CancellationToken,
) -> Result<Receipt, Failure> {
    let by = context.session()?.require(ImportData).map_err(failure)?;
    tokio::fs::create_dir_all(&context.rejects_dir).await.map_err(|cause| {
        failure(format!("The folder for rejected rows, {}: {cause}", context.rejects_dir.display()))
    })?;
    let request = Request {
        paths: vec![complete::path(&job.path)],
        dry_run: job.dry_run,
        rejects_dir: Some(context.rejects_dir.clone()),
        infile: context.infile,
        ..Request::default()
    };
    let (progress, mut news) = watch::channel(Progress::default());
    let telling = async {
        while news.changed().await.is_ok() {
            let told = told(&news.borrow_and_update());
            tell.send_replace(Some((id, told)));
        }
    };
    let loading = import::load(&by, context.db()?, &request, &progress, &cancel);
    tokio::select! {
        result = loading => result.map_err(failure),
        () = telling => Err(failure("The load ended without a word.")),
    }
}

fn told(progress: &Progress) -> LoadProgress {
    LoadProgress {
        phase: word(progress.phase).to_owned(),
        is_reading: progress.phase == Phase::Reading,
        table: progress.table,
        file: progress.file_index + 1,
        files: progress.files,
        read: progress.read,
        rejected: progress.rejected,
        position: progress.position,
        rejects: progress.rejects.clone(),
        notes: progress.notes.clone(),
    }
}

fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting => "waiting for another load to end",
        Phase::Reading => "reading",
        Phase::Checking => "checking",
        Phase::Comparing => "comparing",
        Phase::Merging => "writing",
        Phase::Done(_) => "done",
    }
}
