//! From a command to what the screen of the audit log does.

use super::{Check, Dialog, filter, ids};
use crate::tui::model::command::Command;
use crate::tui::model::desk::{Answer, CheckNews, LogFilter, Question};
use crate::tui::model::message::{Effect, Failure, JobId, Query, RequestId};
use crate::tui::model::scroll::scrolled;
use crate::tui::model::widgets::data_table::RowKey;
use crate::tui::model::widgets::form::{Form, Line, Outcome as OfForm};
use crate::tui::model::{App, Screen};
use jiff::Timestamp;

/// The form for the file to write to.
fn export_form() -> Form {
    Form::new(vec![Line::text("File", |text, _| {
        let text = text.trim();
        if text.ends_with(".csv") || text.ends_with(".json") {
            return Ok(());
        }
        Err("It ends in .csv or .json, and is not there yet.".to_owned())
    })])
}

impl App {
    /// Carries out a command of the screen.
    pub(in crate::tui::model) fn on_audit(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Filter => {
                self.audit.dialog = Some(Dialog::Filter(filter::form(&self.audit.filter, &self.zone)));
            }
            Command::ExportLog => self.audit.dialog = Some(Dialog::Export(export_form())),
            Command::CheckLog => return self.check_log(),
            Command::StopCheck => return self.stop_check(),
            Command::Accept if self.audit.dialog.is_some() => return self.accept_in_audit(),
            other => return self.move_in_audit(other),
        }
        Vec::new()
    }

    /// Shows an entry of the log, on the screen of the log.
    pub(in crate::tui::model) fn open_entry(&mut self, entry: u64) -> Vec<Effect> {
        if self.screen != Screen::Audit {
            return Vec::new();
        }
        self.audit.open(&RowKey(entry.to_string()), &mut self.last_id)
    }

    fn move_in_audit(&mut self, command: Command) -> Vec<Effect> {
        match &mut self.audit.dialog {
            Some(Dialog::Entry(_, scroll)) => *scroll = scrolled(*scroll, command, &self.hits),
            Some(Dialog::Filter(form) | Dialog::Export(form)) => {
                form.command(command);
            }
            None => return self.audit.in_table(command, &mut self.last_id),
        }
        Vec::new()
    }

    fn accept_in_audit(&mut self) -> Vec<Effect> {
        let Some(Dialog::Filter(form) | Dialog::Export(form)) = &mut self.audit.dialog else {
            return Vec::new();
        };
        if form.command(Command::Accept) != OfForm::Submit {
            return Vec::new();
        }
        match self.audit.dialog.take() {
            Some(Dialog::Filter(form)) => {
                self.audit.filter = filter::filter(&form, &self.zone);
                self.audit.begin(&mut self.last_id)
            }
            Some(Dialog::Export(form)) => self.export_log(form.value(0).trim().to_owned()),
            _ => Vec::new(),
        }
    }

    fn export_log(&mut self, path: String) -> Vec<Effect> {
        if self.audit.exporting.is_some() {
            self.notice = Some(Failure::new("Another export is being written. Try again when it is done."));
            return Vec::new();
        }
        let id = ids(&mut self.last_id)();
        self.audit.exporting = Some(id);
        vec![Effect::Query(id, Query::Desk(Question::Export(self.audit.filter.clone(), path)))]
    }

    fn check_log(&mut self) -> Vec<Effect> {
        if self.audit.checking().is_some() {
            self.told = Some("The log is being checked already.".to_owned());
            return Vec::new();
        }
        let id = JobId(self.next_id());
        self.audit.check = Some(Check::Running { id, done: 0, of: 0, stopping: false });
        vec![Effect::CheckLog(id)]
    }

    fn stop_check(&mut self) -> Vec<Effect> {
        match &mut self.audit.check {
            Some(Check::Running { id, stopping, .. }) if !*stopping => {
                *stopping = true;
                vec![Effect::Cancel(*id)]
            }
            _ => Vec::new(),
        }
    }

    /// Opens the log with what a user did and what was done to them.
    pub(in crate::tui::model) fn show_history(&mut self) -> Vec<Effect> {
        let Some(user) = self.users.current() else {
            return Vec::new();
        };
        self.audit.filter = LogFilter { person: Some(user.username.to_string()), ..LogFilter::default() };
        self.audit.dialog = None;
        self.screen = Screen::Audit;
        self.audit.begin(&mut self.last_id)
    }

    /// Takes in an answer to this screen.
    pub(in crate::tui::model) fn audit_reply(
        &mut self,
        id: RequestId,
        answer: Answer,
        now: Timestamp,
    ) -> Vec<Effect> {
        match answer {
            Answer::Log { rows, more } => {
                return self.audit.take(id, (rows, more), &self.zone, now, &mut self.last_id);
            }
            Answer::Entry(linked) => {
                if let Some(Dialog::Entry(entry, _)) = &mut self.audit.dialog {
                    entry.fill(id, linked, now);
                }
            }
            Answer::Exported(count, path) if self.audit.exporting == Some(id) => {
                self.audit.exporting = None;
                self.told = Some(format!("{count} entries were written to {path}."));
            }
            _ => {}
        }
        Vec::new()
    }

    /// Takes in that something this screen asked for could not be told.
    pub(in crate::tui::model) fn audit_fail(&mut self, id: RequestId, failure: &Failure) {
        self.audit.table.fail(id, failure.clone());
        if let Some(Dialog::Entry(entry, _)) = &mut self.audit.dialog {
            entry.fail(id, failure);
        }
        if self.audit.exporting.take_if(|asked| *asked == id).is_some() {
            self.notice = Some(failure.clone());
        }
    }

    /// Takes news of a check of the log.
    pub(in crate::tui::model) fn audit_check(&mut self, id: JobId, news: CheckNews, now: Timestamp) {
        if self.audit.checking() != Some(id) {
            return;
        }
        match (news, &mut self.audit.check) {
            (CheckNews::Checked(so_far, all), Some(Check::Running { done, of, .. })) => {
                (*done, *of) = (so_far, all);
            }
            (CheckNews::Ended(result), check) => *check = Some(Check::Ended(result, now)),
            _ => {}
        }
    }
}
