//! Jobs: work that goes on behind the screens and tells of itself.

use super::runner::{Job, Runner};
use super::{database, desk, export, load, report};
use crate::telemetry::CorrelationId;
use crate::tui::model::database::ask::{DatabaseJob, DatabaseNews};
use crate::tui::model::desk::CheckNews;
use crate::tui::model::export::ExportJob;
use crate::tui::model::message::{JobEvent, JobId, LoadJob, Msg, Task};
use crate::tui::model::reports::ask::ReportJob;
use tokio_util::sync::CancellationToken;

impl Runner {
    /// Starts work whose end is a message. When it dies, that is told instead.
    fn begin(
        &self,
        id: JobId,
        about: &'static str,
        cancel: CancellationToken,
        work: impl Future<Output = Msg> + Send + 'static,
    ) -> Job {
        let context = self.context.clone();
        let task = tokio::spawn(async move {
            let running = tokio::spawn(CorrelationId::new().of(about, work));
            let msg = running.await.unwrap_or(Msg::TaskDied(Task::Job(id)));
            context.tell(msg).await;
        });
        Job { id, cancel, task }
    }

    pub(super) fn start(&mut self, id: JobId, job: LoadJob) {
        let cancel = CancellationToken::new();
        let (context, progress, token) = (self.context.clone(), self.progress.clone(), cancel.clone());
        self.job = Some(self.begin(id, "a load", cancel, async move {
            Msg::Job(id, JobEvent::Finished(load::run(&context, id, job, progress, token).await))
        }));
    }

    pub(super) fn start_export(&mut self, id: JobId, job: ExportJob) {
        let cancel = CancellationToken::new();
        let (context, exported, token) = (self.context.clone(), self.exported.clone(), cancel.clone());
        self.export = Some(self.begin(id, "an export", cancel, async move {
            Msg::Export(id, export::run(&context, id, job, exported, token).await)
        }));
    }

    pub(super) fn start_report(&mut self, id: JobId, job: ReportJob) {
        let cancel = CancellationToken::new();
        let (context, printed, token) = (self.context.clone(), self.printed.clone(), cancel.clone());
        self.report = Some(self.begin(id, "a report", cancel, async move {
            Msg::Report(id, report::run(&context, id, job, printed, token).await)
        }));
    }

    pub(super) fn start_on_database(&mut self, id: JobId, job: DatabaseJob) {
        let cancel = CancellationToken::new();
        let (context, token) = (self.context.clone(), cancel.clone());
        self.database = Some(self.begin(id, "work on the database", cancel, async move {
            Msg::Database(id, DatabaseNews::Ended(database::run(&context, id, job, token).await))
        }));
    }

    pub(super) fn check_log(&mut self, id: JobId) {
        let cancel = CancellationToken::new();
        let (context, checked, token) = (self.context.clone(), self.checked.clone(), cancel.clone());
        self.check = Some(self.begin(id, "a check", cancel, async move {
            Msg::Check(id, CheckNews::Ended(desk::check(&context, id, &checked, token).await))
        }));
    }
}
