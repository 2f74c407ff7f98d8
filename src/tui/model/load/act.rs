//! From a command to what the screen does.

use super::ask::{Look, Question};
use super::choices::Course;
use super::choose::{Chosen, Focus};
use super::columns::{Dialog, Outcome};
use super::job::{LoadJob, Part};
use super::preview::Preview;
use super::{Load, Stage, Waiting, ask, next};
use crate::etl::{Head, OnReject};
use crate::tui::model::command::Command;
use crate::tui::model::hits::HitMap;
use crate::tui::model::message::{Effect, Failure};
use crate::tui::model::scroll::scrolled;
use crate::tui::model::widgets::form::Outcome as OfForm;
use jiff::Timestamp;

impl Load {
    /// Carries out what a key of this screen asks for.
    pub(in crate::tui::model) fn command(
        &mut self,
        command: Command,
        last: &mut u64,
        hits: &HitMap,
        now: Timestamp,
    ) -> Vec<Effect> {
        match &mut self.stage {
            Stage::Form => self.in_form(command, last),
            Stage::Server => self.in_server(command, last),
            Stage::Endpoints => self.in_endpoints(command, last, hits),
            Stage::Columns => self.in_columns(command, last, hits, now),
            Stage::Running(running) => {
                if command == Command::CancelLoad && !running.stopping {
                    running.stopping = true;
                    return vec![Effect::Cancel(running.id)];
                }
                Vec::new()
            }
            Stage::Preview(_) => self.in_preview(command, last, now),
            Stage::Done(done) => {
                done.scroll = scrolled(done.scroll, command, hits);
                self.in_receipt(command, last, now)
            }
            Stage::Rejects(_) => self.in_rejects(command, last, now),
        }
    }

    fn in_form(&mut self, command: Command, last: &mut u64) -> Vec<Effect> {
        let choose = &mut self.choose;
        match command {
            Command::Accept => return self.choose_files(last),
            Command::Complete => {
                if choose.complete() {
                    return self.follow(last);
                }
                choose.next_field();
            }
            Command::NextField => choose.next_field(),
            Command::PreviousField => choose.previous_field(),
            Command::Mark => choose.mark(),
            Command::FolderUp => {
                if choose.go_up() {
                    return self.follow(last);
                }
            }
            Command::Toggle if choose.focus != Focus::Path => choose.go(Command::Right),
            moving => choose.go(moving),
        }
        Vec::new()
    }

    fn choose_files(&mut self, last: &mut u64) -> Vec<Effect> {
        match self.choose.choose() {
            Chosen::Opened => self.follow(last),
            Chosen::Nothing => {
                self.choose.focus = Focus::Path;
                let words =
                    "Type or paste the path of a CSV file, or of a folder of them, or choose one below.";
                self.message = Some(Failure::new(words));
                Vec::new()
            }
            Chosen::Take(paths) => {
                let parts = paths.iter().map(|path| Part::at(path)).collect();
                let said = std::mem::take(&mut self.columns.said);
                self.columns = super::Columns { said, ..super::Columns::default() };
                self.look(parts, last)
            }
        }
    }

    /// Asks what the beginnings of these files tell.
    pub(super) fn look(&mut self, parts: Vec<Part>, last: &mut u64) -> Vec<Effect> {
        self.message = None;
        let id = next(last);
        self.waiting = Some((id, Waiting::Look));
        let said = &self.columns.said;
        let (mapping, dates) = (said.mapping(), said.dates(self.choose.choices.dates));
        vec![ask(id, Question::Look(Box::new(Look { parts, mapping, dates })))]
    }

    pub(super) fn look_again(&mut self, last: &mut u64) -> Vec<Effect> {
        let parts = self.columns.files.iter().map(|file| file.part.clone()).collect();
        self.look(parts, last)
    }

    fn in_columns(&mut self, command: Command, last: &mut u64, hits: &HitMap, now: Timestamp) -> Vec<Effect> {
        let outcome = match command {
            Command::Accept if self.columns.dialog.is_some() => return self.accept_in_dialog(last),
            Command::Accept => return self.go_on_from_columns(last, now),
            Command::SaveMapping => {
                let name = self.columns.head().map_or("mapping", |head| head.table.name());
                self.columns.dialog = Some(Dialog::save(name));
                Outcome::Done
            }
            Command::OpenMapping => {
                let id = next(last);
                self.columns.dialog = Some(Dialog::open(Vec::new(), Some(id)));
                return vec![ask(id, Question::Mappings)];
            }
            other => match &mut self.columns.dialog {
                Some(dialog) => {
                    dialog.command(other);
                    Outcome::Done
                }
                None => {
                    self.columns.go(other, hits.rows);
                    self.columns.say(other)
                }
            },
        };
        if outcome == Outcome::Changed { self.look_again(last) } else { Vec::new() }
    }

    fn accept_in_dialog(&mut self, last: &mut u64) -> Vec<Effect> {
        match &mut self.columns.dialog {
            Some(Dialog::Save(form)) => {
                if form.command(Command::Accept) != OfForm::Submit {
                    return Vec::new();
                }
                let name = form.value(0).trim().to_owned();
                self.columns.dialog = None;
                let heads: Vec<Head> =
                    self.columns.files.iter().filter_map(|file| file.told.clone().ok()).collect();
                self.ask_for_mapping(Question::SaveMapping(name, heads), last)
            }
            Some(Dialog::Open(list, None)) => {
                let Some(name) = list.current().cloned() else { return Vec::new() };
                self.columns.dialog = None;
                self.ask_for_mapping(Question::OpenMapping(name), last)
            }
            _ => match self.columns.choose() {
                Outcome::Changed => self.look_again(last),
                Outcome::Done => Vec::new(),
            },
        }
    }

    fn ask_for_mapping(&mut self, question: Question, last: &mut u64) -> Vec<Effect> {
        let id = next(last);
        self.waiting = Some((id, Waiting::Mapping));
        vec![ask(id, question)]
    }

    fn go_on_from_columns(&mut self, last: &mut u64, now: Timestamp) -> Vec<Effect> {
        if let Some(why) = self.columns.go_to_obstacle() {
            self.message = Some(why);
            return Vec::new();
        }
        let plan = self.planned();
        let job = if self.server.is_origin { self.planned_of_server(plan, last) } else { plan };
        self.begin(job, last, now)
    }

    /// The load that was put together so far.
    fn planned(&self) -> LoadJob {
        let choices = self.choose.choices;
        let files = &self.columns.files;
        let title = match files.as_slice() {
            [one] => one.part.path.clone(),
            several => format!("{} files", several.len()),
        };
        LoadJob {
            title,
            parts: files.iter().map(|file| file.part.clone()).collect(),
            server: None,
            corrected: None,
            choices,
            mapping: self.columns.said.mapping(),
            dates: self.columns.said.dates(choices.dates),
            dry_run: choices.course != Course::AtOnce,
        }
    }

    fn in_preview(&mut self, command: Command, last: &mut u64, now: Timestamp) -> Vec<Effect> {
        let Stage::Preview(preview) = &mut self.stage else {
            return Vec::new();
        };
        match command {
            Command::Accept if !preview.table().is_typing() => {
                if let Some(why) = why_not(preview) {
                    self.message = Some(Failure::new(why));
                    return Vec::new();
                }
                let job = LoadJob { dry_run: false, ..preview.done.job.clone() };
                self.begin(job, last, now)
            }
            Command::LeaveOutRejects => self.leave_out(last, now),
            Command::ReadAll => self.read_all(last, now),
            Command::Mend => self.mend(last),
            Command::NextField | Command::PreviousField => {
                preview.shows_rejects = !preview.shows_rejects && preview.rejects.is_some();
                Vec::new()
            }
            other => {
                preview.table_mut().command(other);
                Vec::new()
            }
        }
    }

    fn in_receipt(&mut self, command: Command, last: &mut u64, now: Timestamp) -> Vec<Effect> {
        match command {
            Command::Accept => self.begin_anew(last),
            Command::ReadAll => self.read_all(last, now),
            Command::LeaveOutRejects => self.leave_out(last, now),
            Command::Mend => self.mend(last),
            _ => Vec::new(),
        }
    }

    /// Tries the same again, with the rejected rows left out.
    fn leave_out(&mut self, last: &mut u64, now: Timestamp) -> Vec<Effect> {
        let Some(done) = self.done().filter(|done| done.is_rejected()) else {
            self.message = Some(Failure::new("No rejected row keeps the others from being loaded."));
            return Vec::new();
        };
        let mut job = done.job.clone();
        job.choices.on_reject = OnReject::Skip;
        self.begin(job, last, now)
    }

    /// Esc: one step back; tells that there is none on this screen.
    pub(in crate::tui::model) fn step_back(&mut self, last: &mut u64) -> Result<Vec<Effect>, ()> {
        self.message = None;
        if let Some((id, waiting)) = self.waiting.take() {
            self.give_up_asking(waiting);
            return Ok(vec![Effect::GiveUp(id)]);
        }
        match &mut self.stage {
            Stage::Form => {
                self.choose.folder.give_up();
                if !self.choose.marked.is_empty() {
                    self.choose.marked.clear();
                    return Ok(Vec::new());
                }
                return Err(());
            }
            Stage::Server => return Ok(self.leave_server(last)),
            Stage::Endpoints => {
                if self.server.found.dialog.take().is_none() {
                    return Ok(self.open_first(last));
                }
            }
            Stage::Columns => {
                if self.columns.dialog.take().is_none() {
                    if self.server.is_origin {
                        self.stage = Stage::Endpoints;
                    } else {
                        return Ok(self.open_first(last));
                    }
                }
            }
            Stage::Running(_) => return Err(()),
            Stage::Preview(preview) => {
                if !preview.table_mut().step_back() {
                    if self.columns.files.is_empty() {
                        return Ok(self.open_first(last));
                    }
                    self.stage = Stage::Columns;
                }
            }
            // What was not stored may be tried again, with what was found and typed.
            Stage::Done(done) if !done.is_stored() && !self.server.found.rows.is_empty() => {
                self.stage = Stage::Endpoints;
            }
            Stage::Done(_) => return Ok(self.begin_anew(last)),
            Stage::Rejects(rejects) => {
                if rejects.dialog.take().is_none() && !rejects.table.step_back() {
                    return Ok(self.leave_rejects(last));
                }
            }
        }
        Ok(Vec::new())
    }
}

/// Why what was previewed is not loaded now.
fn why_not(preview: &Preview) -> Option<&'static str> {
    if preview.done.job.choices.course == Course::DryRun {
        return Some("This was a dry run: go back to the choices to load.");
    }
    let is_rejected = preview.done.is_rejected();
    is_rejected.then_some("Rejected rows keep the others from being loaded. Correct them, or leave them out.")
}
