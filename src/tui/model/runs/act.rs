//! What the screen of past loads does, and what it makes of answers.

use super::{Dialog, Undoing, rows};
use crate::domain::receipt::Outcome;
use crate::domain::{Receipt, RunId};
use crate::etl::Mode;
use crate::tui::model::command::Command;
use crate::tui::model::fresh::Fresh;
use crate::tui::model::load::ask::{Answer, Question};
use crate::tui::model::load::{ask, next};
use crate::tui::model::message::{Effect, Failure, RequestId};
use crate::tui::model::scroll::scrolled;
use crate::tui::model::{App, Screen};
use jiff::Timestamp;

impl App {
    pub(in crate::tui::model) fn open_runs(&mut self) -> Vec<Effect> {
        self.screen = Screen::Runs;
        self.runs.refresh(&mut self.last_id)
    }

    /// Carries out a command of the screen.
    pub(in crate::tui::model) fn on_runs(&mut self, command: Command) -> Vec<Effect> {
        match (command, &mut self.runs.dialog) {
            (Command::UndoRun, _) => self.look_at_undoing(),
            (Command::CarryOutUndo, _) => self.undo(),
            (Command::MendRun, _) => self.mend_run(),
            (Command::Refresh, _) => self.runs.refresh(&mut self.last_id),
            (other, Some(Dialog::Run(_, scroll) | Dialog::Undo(_, scroll))) => {
                *scroll = scrolled(*scroll, other, &self.hits);
                Vec::new()
            }
            (other, None) => match self.runs.table.command(other) {
                Some(_) => self.open_run(),
                None => Vec::new(),
            },
        }
    }

    fn open_run(&mut self) -> Vec<Effect> {
        let Some(run) = self.runs.current().map(|run| run.run_id) else {
            return Vec::new();
        };
        let id = next(&mut self.last_id);
        let mut fresh = Fresh::default();
        fresh.ask(id);
        self.runs.dialog = Some(Dialog::Run(fresh, 0));
        vec![ask(id, Question::Run(run))]
    }

    /// The run that is meant: the one that is open, or the one with the cursor.
    fn meant(&self) -> Option<RunId> {
        match &self.runs.dialog {
            Some(Dialog::Undo(undone, _)) => Some(undone.undone),
            _ => self.runs.current().map(|run| run.run_id),
        }
    }

    /// Asks what undoing the run would do.
    fn look_at_undoing(&mut self) -> Vec<Effect> {
        match self.meant() {
            Some(run) => self.ask_to_undo(run, true),
            None => {
                self.notice = Some(Failure::new("There is no run chosen to undo."));
                Vec::new()
            }
        }
    }

    fn undo(&mut self) -> Vec<Effect> {
        self.meant().map_or_else(Vec::new, |run| self.ask_to_undo(run, false))
    }

    fn ask_to_undo(&mut self, run: RunId, dry_run: bool) -> Vec<Effect> {
        if self.runs.undoing.is_some() {
            self.notice = Some(Failure::new("Another run is being undone. Try again in a moment."));
            return Vec::new();
        }
        let id = next(&mut self.last_id);
        self.runs.undoing = Some(Undoing { id, run, dry_run });
        vec![ask(id, Question::Undo { run, dry_run })]
    }

    /// Opens the rows that the run rejected, on the screen of loads.
    fn mend_run(&mut self) -> Vec<Effect> {
        if self.load.running().is_some() || self.load.has_unsaved_text() {
            self.notice = Some(Failure::new("The screen of loads is in use. Finish there first."));
            return Vec::new();
        }
        let Some(run) = self.runs.current().filter(|run| run.rejects_file.is_some()) else {
            self.notice = Some(Failure::new("No row of this run was rejected."));
            return Vec::new();
        };
        let Some(mode) = Mode::from_word(&run.mode).filter(|mode| *mode != Mode::Replace) else {
            let words =
                "Rejected rows alone would replace the whole table. Correct the file, and load it again.";
            self.notice = Some(Failure::new(words));
            return Vec::new();
        };
        let receipt = Receipt {
            run_id: run.run_id,
            source: run.source.clone(),
            mode: run.mode.clone(),
            status: Outcome::Committed,
            tables: Vec::new(),
            preview: Vec::new(),
            chunks: 0,
            rejects_file: run.rejects_file.as_ref().map(Into::into),
            seconds: run.seconds.unwrap_or_default(),
            rows_per_second: 0,
        };
        self.screen = Screen::Load;
        self.load.mend_receipt(receipt, mode, &mut self.last_id)
    }

    /// Takes in an answer to this screen; gives back one that is for another.
    pub(in crate::tui::model) fn runs_reply(
        &mut self,
        id: RequestId,
        answer: Answer,
        now: Timestamp,
    ) -> Result<Vec<Effect>, Answer> {
        match answer {
            Answer::Runs(runs) => {
                if self.runs.asked.take_if(|asked| *asked == id).is_some() {
                    self.runs.table.replace(rows::rows(&runs, &self.zone));
                    self.runs.known = runs;
                    (self.runs.as_of, self.runs.failure) = (Some(now), None);
                    self.runs.go_to_sought();
                }
            }
            Answer::Run(found) => {
                if let Some(Dialog::Run(fresh, _)) = &mut self.runs.dialog {
                    match found {
                        Some(found) => {
                            fresh.fill(id, found, now);
                        }
                        None => {
                            fresh.fail(id, &Failure::new("There is no such run any more."));
                        }
                    }
                }
            }
            Answer::Undone(undone) => {
                let Some(undoing) = self.runs.undoing.take_if(|undoing| undoing.id == id) else {
                    return Ok(Vec::new());
                };
                if undoing.dry_run {
                    self.runs.dialog = Some(Dialog::Undo(undone, 0));
                } else {
                    self.runs.dialog = None;
                    self.told = Some(match undone.receipt.status {
                        Outcome::NothingToDo => {
                            format!("There is nothing left of run {} to undo.", undone.undone)
                        }
                        _ => format!("Run {} is undone, as run {}.", undone.undone, undone.receipt.run_id),
                    });
                    let mut effects = self.runs.refresh(&mut self.last_id);
                    effects.extend(self.refresh_dashboard());
                    return Ok(effects);
                }
            }
            other => return Err(other),
        }
        Ok(self.replay(now))
    }

    /// Takes in that something could not be told or done.
    pub(in crate::tui::model) fn runs_fail(&mut self, id: RequestId, failure: &Failure) {
        if self.runs.asked.take_if(|asked| *asked == id).is_some() {
            self.runs.failure = Some(failure.clone());
        }
        if let Some(Dialog::Run(fresh, _)) = &mut self.runs.dialog {
            fresh.fail(id, failure);
        }
        if self.runs.undoing.take_if(|undoing| undoing.id == id).is_some() {
            self.notice = Some(failure.clone());
        }
    }

    /// Esc on this screen: one step back, and from its table to the dashboard. What is being looked at is given up.
    pub(in crate::tui::model) fn step_back_from_runs(&mut self) -> Vec<Effect> {
        if let Some(undoing) = self.runs.undoing {
            // It still tells how it ended: undone in full, or not at all.
            return vec![Effect::GiveUp(undoing.id)];
        }
        if self.runs.dialog.take().is_none() && !self.runs.table.step_back() {
            self.screen = Screen::Dashboard;
        }
        Vec::new()
    }
}

/// What a yes to undoing would do, for the question before.
pub(in crate::tui::model) fn undoing(app: &App) -> Option<String> {
    let Some(Dialog::Undo(undone, _)) = &app.runs.dialog else { return None };
    let run = undone.undone;
    let changed = undone.receipt.changed();
    let left = match undone.left {
        0 => String::new(),
        left => format!(" {left} rows were changed since and stay as they are."),
    };
    Some(format!("Undo run {run}? {changed} rows become what they were before it, or go.{left}"))
}
