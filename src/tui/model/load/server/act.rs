//! From a command to what the steps of a server do.

use super::Dialog;
use super::endpoints::{Endpoints, paging, place_of_rows};
use crate::domain::Table;
use crate::etl::source::api::Discovery;
use crate::service::api::{LeftOut, Target, as_new};
use crate::settings::NewSource;
use crate::tui::model::command::Command;
use crate::tui::model::hits::HitMap;
use crate::tui::model::load::ask::Question;
use crate::tui::model::load::columns::Columns;
use crate::tui::model::load::job::{LoadJob, Part, ServerJob};
use crate::tui::model::load::{Load, Stage, Waiting, ask, next};
use crate::tui::model::message::{Effect, Failure};
use crate::tui::model::scroll::scrolled;
use crate::tui::model::widgets::form::{Form, Outcome};
use jiff::Timestamp;

impl Load {
    /// Goes to the step that names a server, where nothing would be lost by it.
    pub(in crate::tui::model) fn open_server(&mut self, last: &mut u64) -> Vec<Effect> {
        if !matches!(self.stage, Stage::Form | Stage::Server | Stage::Done(_)) {
            return Vec::new();
        }
        self.message = None;
        self.waiting = None;
        self.stage = Stage::Server;
        self.server.is_origin = true;
        vec![ask(next(last), Question::Sources)]
    }

    /// Back to files. What was typed stays, but for the secret.
    pub(in crate::tui::model::load) fn leave_server(&mut self, last: &mut u64) -> Vec<Effect> {
        self.server.form.begin_anew();
        self.server.found = Endpoints::default();
        self.server.is_origin = false;
        self.stage = Stage::Form;
        self.open(last)
    }

    pub(in crate::tui::model::load) fn in_server(&mut self, command: Command, last: &mut u64) -> Vec<Effect> {
        let form = &mut self.server.form;
        match command {
            Command::Accept => {
                return self.ask_server(Question::Discover, Waiting::Discover, last);
            }
            Command::TestConnection => return self.ask_server(Question::Test, Waiting::Test, last),
            Command::FromFiles => return self.leave_server(last),
            Command::NextField => form.next_part(1),
            Command::PreviousField => form.next_part(-1),
            moving => form.go(moving, &mut self.choose.choices),
        }
        Vec::new()
    }

    fn ask_server(
        &mut self,
        question: fn(Box<Target>) -> Question,
        waiting: Waiting,
        last: &mut u64,
    ) -> Vec<Effect> {
        self.server.form.tested = None;
        match self.server.form.target() {
            Ok(target) => {
                let url = self.server.form.source().map(|source| source.url.clone());
                let url = url.unwrap_or_else(|| target.address.clone());
                self.server.found = Endpoints::of(target.clone(), url, Discovery::default());
                self.put(question(Box::new(target)), waiting, last)
            }
            Err(missing) => {
                self.message = Some(missing);
                Vec::new()
            }
        }
    }

    fn put(&mut self, question: Question, waiting: Waiting, last: &mut u64) -> Vec<Effect> {
        self.message = None;
        self.server.asking = None;
        let id = next(last);
        self.waiting = Some((id, waiting));
        vec![ask(id, question)]
    }

    pub(in crate::tui::model::load) fn in_endpoints(
        &mut self,
        command: Command,
        last: &mut u64,
        hits: &HitMap,
    ) -> Vec<Effect> {
        let found = &mut self.server.found;
        if let Some(Dialog::Text { scroll, .. }) = &mut found.dialog {
            *scroll = scrolled(*scroll, command, hits);
            return Vec::new();
        }
        if let Some(dialog) = &mut found.dialog {
            if command == Command::Accept {
                return self.accept_in_dialog_of_server(last);
            }
            dialog.command(command);
            return Vec::new();
        }
        let current = found.current().map(|row| &row.endpoint);
        match command {
            Command::Accept => return self.take_endpoints(last),
            Command::AddEndpoint => found.dialog = Some(Dialog::add()),
            Command::SaveSource => return self.open_save(),
            Command::PickTable => found.dialog = current.map(|_| Dialog::table()),
            Command::SetRowsAt => {
                found.dialog = current.map(|endpoint| Dialog::rows_at(&endpoint.rows_at.to_string()));
            }
            Command::SetPaging => {
                found.dialog = current.map(|endpoint| Dialog::paging(&endpoint.paging.to_string()));
            }
            moving => found.go(moving, hits.rows),
        }
        Vec::new()
    }

    /// Goes on to what the fields of these addresses are for.
    fn take_endpoints(&mut self, last: &mut u64) -> Vec<Effect> {
        let taken = self.server.found.taken();
        if taken.is_empty() {
            self.message = Some(Failure::new("Nothing is taken. Take a table, or name an address."));
            return Vec::new();
        }
        let said = std::mem::take(&mut self.columns.said);
        self.columns = Columns { said, ..Columns::default() };
        self.look(taken.iter().map(Part::of).collect(), last)
    }

    fn open_save(&mut self) -> Vec<Effect> {
        let found = &mut self.server.found;
        let name = found.target.address.trim();
        let is_name = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
        let has_secret = found.target.secret.is_some();
        found.dialog = Some(Dialog::save(if is_name { name } else { "" }, has_secret));
        Vec::new()
    }

    fn accept_in_dialog_of_server(&mut self, last: &mut u64) -> Vec<Effect> {
        let found = &mut self.server.found;
        let Some(mut dialog) = found.dialog.take() else { return Vec::new() };
        let is_right = dialog.form_mut().is_none_or(|form| form.command(Command::Accept) == Outcome::Submit);
        if !is_right {
            found.dialog = Some(dialog);
            return Vec::new();
        }
        let changed = match &dialog {
            Dialog::Table(list) => list.current().copied().and_then(|table| found.said(Some(table), |_| {})),
            Dialog::RowsAt(form) => found.said(None, |said| said.rows_at = place_of_rows(form.value(0))),
            Dialog::Paging(form) => {
                found.said(None, |said| said.paging = paging(form.value(0)).unwrap_or_default())
            }
            Dialog::Add(form) => {
                Table::from_name(form.value(0).trim()).map(|table| found.named(table, form.value(1)))
            }
            Dialog::Save(form) => {
                let source = to_save(found, form);
                return self.put(Question::SaveSource(Box::new(source)), Waiting::Saving, last);
            }
            Dialog::Text { .. } => None,
        };
        changed.map_or_else(Vec::new, |target| self.put(Question::Discover(target), Waiting::Discover, last))
    }

    /// The load of the addresses that are taken.
    pub(in crate::tui::model::load) fn planned_of_server(
        &mut self,
        plan: LoadJob,
        last: &mut u64,
    ) -> LoadJob {
        let reading = *self.columns.reading.get_or_insert_with(|| next(last).0);
        let found = &self.server.found;
        let server = ServerJob {
            reading,
            target: found.target.clone(),
            chosen: found.chosen(),
            full: self.server.form.full,
            left_out: LeftOut::new(),
        };
        let title = found.url.clone();
        LoadJob { title, parts: Vec::new(), server: Some(server), ..plan }
    }

    /// The same again, with everything read and not only what is new.
    pub(in crate::tui::model::load) fn read_all(&mut self, last: &mut u64, now: Timestamp) -> Vec<Effect> {
        let Some(mut job) = self.done().filter(|done| done.is_of_news()).map(|done| done.job.clone()) else {
            return Vec::new();
        };
        if let Some(server) = &mut job.server {
            server.full = true;
            server.left_out.clear();
            server.reading = next(last).0;
            self.columns.reading = Some(server.reading);
        }
        job.corrected = None;
        self.begin(job, last, now)
    }
}

/// The server as it is to be written down: what is taken, and nothing secret.
fn to_save(found: &Endpoints, form: &Form) -> NewSource {
    let variable = Some(form.value(1).trim()).filter(|variable| !variable.is_empty());
    let target = Target { secret_env: variable.map(str::to_owned), secret: None, ..found.target.clone() };
    as_new(form.value(0).trim(), &found.url, &target, &found.taken())
}
