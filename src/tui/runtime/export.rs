//! An export as a job behind the screens.

use super::folder;
use super::runner::{Context, failure};
use crate::domain::Table;
use crate::etl::Filter;
use crate::report::Format;
use crate::service::authorized::ExportData;
use crate::service::export::{self, Destination, Exporting, Request};
use crate::tui::model::export::{ExportJob, ExportNews};
use crate::tui::model::message::{Failure, JobId};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What the loop is told of an export under way.
pub(super) type Told = Option<(JobId, ExportNews)>;

/// Runs the export to its end; answers the rows of each table.
pub(super) async fn run(
    context: &Context,
    id: JobId,
    job: ExportJob,
    tell: watch::Sender<Told>,
    cancel: CancellationToken,
) -> Result<Vec<(Table, u64)>, Failure> {
    let by = context.session()?.require(ExportData).map_err(failure)?;
    let path = folder::to_write(context, &job.path)?;
    let to = if job.tables.len() > 1 { Destination::Folder(path) } else { Destination::File(path) };
    let format = if job.json { Format::Json } else { Format::Csv };
    let request = Request { tables: job.tables, only: Filter::default(), format, exact: job.exact, to };
    let (progress, mut news) = watch::channel(Exporting::default());
    let telling = async {
        while news.changed().await.is_ok() {
            let told = *news.borrow_and_update();
            tell.send_replace(Some((id, ExportNews::Rows(told.table, told.rows))));
        }
    };
    let exporting = export::export(&by, context.db()?, &request, &progress, &cancel);
    tokio::select! {
        result = exporting => result.map(|exported| exported.tables).map_err(failure),
        () = telling => Err(failure("The export ended without a word.")),
    }
}
