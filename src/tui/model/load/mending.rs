//! Rejected rows: asked for, corrected, and tried again.

use super::ask::Question;
use super::done::Done;
use super::job::LoadJob;
use super::preview::Preview;
use super::{Load, Stage, Waiting, ask, next, rejects};
use crate::domain::Receipt;
use crate::etl::Mapping;
use crate::tui::model::command::Command;
use crate::tui::model::message::{Effect, Failure};
use crate::tui::model::progress::LoadProgress;
use crate::tui::model::widgets::form::Outcome as OfForm;
use jiff::Timestamp;

impl Load {
    /// Asks for the rejected rows, to correct them.
    pub(super) fn mend(&mut self, last: &mut u64) -> Vec<Effect> {
        if let Stage::Done(done) = &mut self.stage
            && done.rejects().is_none()
            && !done.is_stored()
            && let Some(tried) = done.job.corrected.take()
        {
            self.open_rejects(tried);
            return Vec::new();
        }
        let Some((place, mapping)) =
            self.done().and_then(|done| Some((done.rejects()?, done.job.mapping.clone())))
        else {
            self.message = Some(Failure::new("No row was rejected."));
            return Vec::new();
        };
        let id = next(last);
        self.waiting = Some((id, Waiting::Rejects));
        vec![ask(id, Question::Rejects(place, Box::new(mapping)))]
    }

    /// Asks for the rows that a run of the past rejected, to correct them.
    pub(in crate::tui::model) fn mend_receipt(
        &mut self,
        receipt: Receipt,
        mapping: Mapping,
        last: &mut u64,
    ) -> Vec<Effect> {
        self.message = None;
        let job = LoadJob { title: receipt.source.clone(), mapping, ..LoadJob::default() };
        self.stage = Stage::Done(Box::new(Done::new(job, Ok(receipt), LoadProgress::default())));
        self.mend(last)
    }

    pub(super) fn in_rejects(&mut self, command: Command, last: &mut u64, now: Timestamp) -> Vec<Effect> {
        let Stage::Rejects(rejects) = &mut self.stage else {
            return Vec::new();
        };
        match (command, &mut rejects.dialog) {
            (Command::TryAgain, None) => {
                let job = rejects.again();
                return self.begin(job, last, now);
            }
            (Command::MakeParent, None) => {
                let id = next(last);
                match rejects.open_parent(id) {
                    Some(table) => return vec![ask(id, Question::NextNumber(table))],
                    None => self.message = Some(Failure::new("This row lacks no row of another table.")),
                }
            }
            (Command::Accept, Some(rejects::Dialog::Row(_, form))) => {
                if form.command(Command::Accept) == OfForm::Submit {
                    rejects.keep();
                }
            }
            (Command::Accept, Some(rejects::Dialog::Parent(parent))) => {
                if parent.form.command(Command::Accept) == OfForm::Submit {
                    let id = next(last);
                    parent.refused = None;
                    let named = parent.takes.iter().enumerate();
                    let cells =
                        named.map(|(at, takes)| (takes.name.to_owned(), parent.form.value(at).to_owned()));
                    let question = Question::AddRow(parent.table, cells.collect());
                    self.waiting = Some((id, Waiting::Adding));
                    return vec![ask(id, question)];
                }
            }
            (other, Some(_)) => rejects.in_form(other),
            (other, None) => {
                if let Some(key) = rejects.table.command(other) {
                    rejects.open(key);
                }
            }
        }
        Vec::new()
    }

    /// Back to what the rejected rows came from.
    pub(super) fn leave_rejects(&mut self, last: &mut u64) -> Vec<Effect> {
        let Stage::Rejects(rejects) = std::mem::take(&mut self.stage) else {
            return Vec::new();
        };
        if rejects.from.is_of_the_past() {
            return self.open_first(last);
        }
        if rejects.from.job.dry_run {
            let mut preview = Preview::new(*rejects.from);
            preview.take(&rejects.rejected);
            self.stage = Stage::Preview(Box::new(preview));
        } else {
            self.stage = Stage::Done(rejects.from);
        }
        Vec::new()
    }
}
