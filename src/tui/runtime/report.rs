//! Reports as a job behind the screens.

use super::folder;
use super::runner::{Context, failure};
use crate::service::authorized::ExportData;
use crate::service::reports::{self, Reporting, Request, Written};
use crate::tui::model::message::{Failure, JobId};
use crate::tui::model::reports::ask::{Printed, ReportJob, ReportNews};
use jiff::Zoned;
use std::path::PathBuf;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What the loop is told of reports under way.
pub(super) type Told = Option<(JobId, Reporting)>;

/// Prints to the end.
pub(super) async fn run(
    context: &Context,
    id: JobId,
    job: ReportJob,
    tell: watch::Sender<Told>,
    cancel: CancellationToken,
) -> ReportNews {
    ReportNews::Ended(print(context, id, job, tell, cancel).await)
}

async fn print(
    context: &Context,
    id: JobId,
    job: ReportJob,
    tell: watch::Sender<Told>,
    cancel: CancellationToken,
) -> Result<Printed, Failure> {
    let by = context.session()?.require(ExportData).map_err(failure)?;
    let folder = folder::to_write(context, &job.folder)?;
    // What is told and copied is good from anywhere.
    let folder = std::path::absolute(&folder).map_err(failure)?;
    let look = context.files.look.clone();
    let look = look.ok_or_else(|| Failure::new("There is no database behind this screen."))?;
    let request = Request { what: job.what, folder: folder.clone(), look, now: Zoned::now() };
    let (progress, mut news) = watch::channel(Reporting::default());
    let telling = async {
        while news.changed().await.is_ok() {
            let told = *news.borrow_and_update();
            tell.send_replace(Some((id, told)));
        }
    };
    let printing = reports::print(&by, context.db()?, &request, &progress, &cancel);
    let written = tokio::select! {
        written = printing => written.map_err(failure)?,
        () = telling => return Err(failure("The report ended without a word.")),
    };
    Ok(printed(written, folder))
}

fn printed(written: Vec<Written>, folder: PathBuf) -> Printed {
    let (documents, pages) = (written.len(), written.iter().map(|written| written.pages).sum());
    let place = match <[Written; 1]>::try_from(written) {
        Ok([only]) => only.file,
        Err(_) => folder,
    };
    Printed { place, documents, pages }
}
