//! An export as a job behind the screens.

use super::folder;
use super::runner::{Context, failure};
use crate::domain::Table;
use crate::etl::Filter;
use crate::report::Format;
use crate::service::Fenced;
use crate::service::authorized::ExportData;
use crate::service::export::{self, Destination, Exporting, Request};
use crate::tui::model::export::{ExportJob, ExportNews};
use crate::tui::model::message::{Failure, JobId};
use jiff::Timestamp;
use std::path::PathBuf;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What the loop is told of an export under way.
pub(super) type Told = Option<(JobId, ExportNews)>;

/// Runs the export to its end.
pub(super) async fn run(
    context: &Context,
    id: JobId,
    job: ExportJob,
    tell: watch::Sender<Told>,
    cancel: CancellationToken,
) -> ExportNews {
    let path = folder::path(&job.path);
    let fence = &context.files.fence;
    let allowed = match fence.may_write(&path) {
        Err(Fenced::There(_)) if fence.may_replace(&path).is_ok() && !job.replace => {
            return ExportNews::Exists;
        }
        Err(Fenced::There(_)) => fence.may_replace(&path),
        other => other,
    };
    if let Err(fenced) = allowed {
        return ExportNews::Ended(Err(failure(fenced)));
    }
    ExportNews::Ended(write(context, id, job, path, tell, cancel).await)
}

/// Answers the rows of each table.
async fn write(
    context: &Context,
    id: JobId,
    job: ExportJob,
    path: PathBuf,
    tell: watch::Sender<Told>,
    cancel: CancellationToken,
) -> Result<Vec<(Table, u64)>, Failure> {
    let by = context.session()?.require(ExportData).map_err(failure)?;
    let only = match job.tables.first() {
        Some(table) => Filter::read(*table, &job.only).map_err(failure)?,
        None => Filter::default(),
    };
    let to = if job.tables.len() > 1 { Destination::Folder(path) } else { Destination::File(path) };
    let format = if job.json { Format::Json } else { Format::Csv };
    let request = Request { tables: job.tables, only, format, exact: job.exact, to };
    let (progress, mut news) = watch::channel(Exporting::default());
    let telling = async {
        while news.changed().await.is_ok() {
            let told = *news.borrow_and_update();
            tell.send_replace(Some((id, ExportNews::Rows(told.table, told.rows))));
        }
    };
    let exporting = export::export(&by, context.db()?, &request, Timestamp::now(), &progress, &cancel);
    tokio::select! {
        result = exporting => result.map(|exported| exported.tables).map_err(failure),
        () = telling => Err(failure("The export ended without a word.")),
    }
}
