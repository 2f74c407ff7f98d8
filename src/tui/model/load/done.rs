//! How a load ended.

use super::job::LoadJob;
use crate::domain::receipt::Outcome;
use crate::domain::{Receipt, clean};
use crate::service::api::TableLoad;
use crate::tui::model::message::Failure;
use crate::tui::model::progress::LoadProgress;

/// How a load ended.
#[derive(Debug)]
pub struct Done {
    /// What was asked for.
    pub job: LoadJob,
    /// What came of it.
    pub result: Result<Receipt, Failure>,
    /// The first rejected rows, and what else the person should know.
    pub remarks: Vec<String>,
    /// What was read of a server, table by table.
    pub read: Vec<TableLoad>,
    /// How far its receipt is scrolled.
    pub scroll: u16,
}

impl Done {
    /// The end of a load that last said this.
    pub(super) fn new(job: LoadJob, result: Result<Receipt, Failure>, said: LoadProgress) -> Done {
        let remarks = said.rejects.into_iter().chain(said.notes).map(|remark| clean(&remark)).collect();
        Done { job, result, remarks, read: Vec::new(), scroll: 0 }
    }

    /// Where its rejected rows are, if there were any.
    pub fn rejects(&self) -> Option<String> {
        let receipt = self.result.as_ref().ok()?;
        receipt.rejects_file.as_ref().map(|path| path.display().to_string())
    }

    /// Whether rejected rows kept all the others from being loaded.
    pub fn is_rejected(&self) -> bool {
        self.result.as_ref().is_ok_and(|receipt| receipt.status == Outcome::Rejected)
    }

    /// Whether what could be loaded is in the chain.
    pub fn is_stored(&self) -> bool {
        let is_good = |status| matches!(status, Outcome::Committed | Outcome::NothingToDo);
        !self.job.dry_run && self.result.as_ref().is_ok_and(|receipt| is_good(receipt.status))
    }

    /// Whether there are rows to be corrected: rejected ones, or those of a try that came to nothing.
    pub fn has_rejects(&self) -> bool {
        self.rejects().is_some() || (self.job.corrected.is_some() && !self.is_stored())
    }

    /// Whether it stands for a run of the history, of which the receipt is there and not here.
    pub(super) fn is_of_the_past(&self) -> bool {
        let is_of_nothing = self.job.parts.is_empty() && self.job.server.is_none();
        is_of_nothing && self.result.as_ref().is_ok_and(|receipt| receipt.tables.is_empty())
    }

    /// Whether only what is new was read of some table, so that everything can be asked for.
    pub fn is_of_news(&self) -> bool {
        self.read.iter().any(|table| table.only_new.is_some())
    }

    /// Whether somebody stopped it.
    pub(super) fn was_stopped(&self) -> bool {
        self.result.as_ref().is_ok_and(|receipt| receipt.status == Outcome::Cancelled)
    }

    /// Whether the chain is another now.
    pub(in crate::tui::model) fn changed(&self) -> bool {
        !self.job.dry_run && self.result.as_ref().is_ok_and(|receipt| receipt.changed() > 0)
    }

    /// How it ended, in a sentence, for somebody who is looking at something else.
    pub fn in_short(&self) -> String {
        let what = if self.job.dry_run { "preview" } else { "load" };
        match &self.result {
            Err(_) => format!("The {what} failed."),
            Ok(receipt) => match receipt.status {
                Outcome::Committed => {
                    format!("The load has ended: {} rows new or changed.", receipt.changed())
                }
                Outcome::DryRun => "The preview is there.".to_owned(),
                Outcome::NothingToDo => format!("The {what} has ended: there is nothing to do."),
                Outcome::Rejected => {
                    format!("The {what} has ended: {} rows were rejected.", receipt.rejected())
                }
                Outcome::Cancelled => format!("The {what} was stopped."),
                Outcome::Failed => format!("The {what} failed."),
            },
        }
    }
}
