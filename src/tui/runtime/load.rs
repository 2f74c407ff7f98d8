//! A load as a job behind the screens.

use super::folder;
use super::runner::{Context, failure};
use crate::domain::Receipt;
use crate::etl::{Phase, Progress};
use crate::service::authorized::ImportData;
use crate::service::import::{self, Apart, Request};
use crate::service::mend;
use crate::tui::model::load::job::LoadJob;
use crate::tui::model::message::{Failure, JobId};
use crate::tui::model::progress::LoadProgress;
use std::collections::BTreeMap;
use std::path::PathBuf;
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
    make_folder(&context.files.rejects_dir).await?;
    // Corrected rows are written for the time of the load, beside where rejected ones are.
    let scratch = tempfile::Builder::new().prefix(".corrected-").tempdir_in(&context.files.rejects_dir);
    let scratch = scratch.map_err(|cause| unwritable(&context.files.rejects_dir, &cause))?;
    let mut job = job;
    let server = job.server.take();
    let request = request(context, job, scratch.path().join("rows")).await?;
    if let Some(server) = server {
        return super::server::load(context, id, &by, (&server, &request), &tell, &cancel).await;
    }
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

async fn make_folder(folder: &PathBuf) -> Result<(), Failure> {
    tokio::fs::create_dir_all(folder).await.map_err(|cause| unwritable(folder, &cause))
}

fn unwritable(folder: &std::path::Path, cause: &std::io::Error) -> Failure {
    failure(format!("The folder for rejected rows, {}: {cause}", folder.display()))
}

/// The load in the words of the service. Corrected rows are files of their own.
async fn request(context: &Context, job: LoadJob, scratch: PathBuf) -> Result<Request, Failure> {
    let (mut paths, mut apart) = (Vec::new(), BTreeMap::new());
    for part in job.parts {
        let path = folder::to_read(context, &part.path)?;
        paths.push(path.clone());
        apart.insert(path, Apart { table: part.table, reading: part.reading, without: part.without });
    }
    if let Some(corrected) = job.corrected {
        for (path, table) in mend::write(scratch, corrected).await.map_err(failure)? {
            paths.push(path.clone());
            apart.insert(path, Apart { table: Some(table), ..Apart::default() });
        }
    }
    Ok(Request {
        paths,
        apart,
        chunk: job.choices.chunk,
        mode: job.choices.mode,
        dry_run: job.dry_run,
        on_reject: job.choices.on_reject,
        on_duplicate: job.choices.on_duplicate,
        mapping: job.mapping,
        dates: job.dates,
        rejects_dir: Some(context.files.rejects_dir.clone()),
        infile: context.files.infile,
        ..Request::default()
    })
}

pub(super) fn told(progress: &Progress) -> LoadProgress {
    LoadProgress {
        phase: word(progress.phase).to_owned(),
        is_reading: progress.phase == Phase::Reading,
        run: progress.run.map(|run| run.0),
        table: progress.table,
        name: progress.file.clone().unwrap_or_default(),
        file: progress.file_index + 1,
        files: progress.files,
        read: progress.read,
        rejected: progress.rejected,
        position: progress.position,
        is_in_bytes: true,
        asking: None,
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
