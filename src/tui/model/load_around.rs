//! What the screen of loads means for the program around it.

use super::load::ask::Answer;
use super::load::{Stage, choose};
use super::message::{Effect, JobEvent, JobId, RequestId};
use super::{App, Screen};
use crate::tui::model::command::Command;
use jiff::Timestamp;

impl App {
    pub(super) fn open_load(&mut self) -> Vec<Effect> {
        self.screen = Screen::Load;
        self.load.open(&mut self.last_id)
    }

    pub(super) fn open_server(&mut self) -> Vec<Effect> {
        self.screen = Screen::Load;
        self.load.open_server(&mut self.last_id)
    }

    /// Takes news of a load.
    pub(super) fn load_told(&mut self, id: JobId, event: JobEvent, now: Timestamp) -> Vec<Effect> {
        let is_elsewhere = self.screen != Screen::Load;
        let Some(done) = self.load.job(id, event, now) else {
            return Vec::new();
        };
        let (changed, told) = (done.changed(), done.in_short());
        if is_elsewhere {
            self.told = Some(told);
        }
        let mut effects = self.load.ask_for_rejects_of_preview(&mut self.last_id);
        if changed {
            effects.extend(self.refresh_dashboard());
        }
        effects
    }

    /// Takes an answer to the screen of loads.
    pub(super) fn load_reply(&mut self, id: RequestId, answer: Answer, now: Timestamp) -> Vec<Effect> {
        let answer = match self.runs_reply(id, answer, now) {
            Ok(effects) => return effects,
            Err(answer) => answer,
        };
        let took = self.load.reply(id, answer, &mut self.last_id);
        if took.told.is_some() {
            self.told = took.told;
        }
        let mut effects = took.effects;
        if took.changed {
            effects.extend(self.refresh_dashboard());
        }
        effects.extend(self.replay(now));
        effects
    }

    /// Whether keys have to wait for what the screen of loads has asked for.
    pub(super) fn is_waiting_in_load(&self) -> bool {
        match self.screen {
            Screen::Load => self.load.is_waiting(),
            Screen::Runs => self.runs.is_waiting(),
            _ => false,
        }
    }

    /// Whether a command of the screen of loads is for a list that is on its way.
    pub(super) fn is_too_early_for_load(&self, command: Command) -> bool {
        use Command::{Accept, Complete, Down, FolderUp, Mark, PageDown, PageUp, Up};
        let is_for_list =
            matches!(command, Accept | Complete | Mark | FolderUp | Up | Down | PageUp | PageDown);
        let is_in_path = self.load.choose.focus == choose::Focus::Path || command == Accept;
        if command == Accept && self.load.lacks_a_number() {
            return true;
        }
        matches!(self.load.stage, Stage::Form)
            && is_for_list
            && is_in_path
            && self.load.choose.folder.is_asked()
    }

    /// Whether what is shown is a table of the screen of loads, whose marks lead nowhere.
    pub(super) fn is_table_of_load(&self) -> bool {
        let is_shown = matches!(self.load.stage, Stage::Preview(_) | Stage::Rejects(_));
        self.screen == Screen::Runs || (self.screen == Screen::Load && is_shown)
    }

    pub(super) fn step_back_from_load(&mut self) -> Vec<Effect> {
        self.load.step_back(&mut self.last_id).unwrap_or_else(|()| {
            self.screen = Screen::Dashboard;
            Vec::new()
        })
    }

    /// A field of the first step was clicked.
    pub(super) fn touch_load(&mut self, field: usize) {
        match &mut self.load.stage {
            Stage::Form => self.load.choose.touch(field),
            Stage::Server => self.load.server.form.touch(field, &mut self.load.choose.choices),
            Stage::Endpoints => {
                let dialog = self.load.server.found.dialog.as_mut();
                if let Some(form) = dialog.and_then(|dialog| dialog.form_mut()) {
                    form.go_to(field);
                }
            }
            Stage::Rejects(rejects) => {
                if let Some(form) = rejects.form_mut() {
                    form.go_to(field);
                }
            }
            _ => {}
        }
    }

    /// A row of the screen of loads was clicked; tells whether it is to be opened.
    pub(super) fn choose_row_of_load(&mut self, row: usize) -> bool {
        let rows = self.hits.rows;
        match &mut self.load.stage {
            Stage::Form => self.load.choose.go_to_row(row),
            Stage::Server => self.load.server.form.go_to_row(row),
            Stage::Endpoints => return self.load.server.found.choose_row(row, rows),
            Stage::Columns => return self.load.columns.choose_row(row, rows),
            Stage::Preview(preview) => {
                preview.table_mut().choose_row(row);
                return false;
            }
            Stage::Rejects(rejects) => return rejects.table.choose_row(row),
            Stage::Running(_) | Stage::Done(_) => return false,
        }
        true
    }
}
