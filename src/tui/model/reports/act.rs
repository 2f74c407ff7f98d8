//! What is done about reports: begun, stopped, told of, copied and opened.

use super::Running;
use super::ask::{ReportJob, ReportNews};
use crate::tui::model::command::{Command, Place};
use crate::tui::model::message::{Effect, Failure, JobId};
use crate::tui::model::widgets::form::Outcome;
use crate::tui::model::{App, Popup};
use jiff::Timestamp;

impl App {
    /// Where commands about reports can be given, on whatever screen: these come first.
    pub(in crate::tui::model) fn with_places_of_reports(&self, places: Vec<Place>) -> Vec<Place> {
        let is_in = self.user.is_some() && self.lock.is_none();
        if !is_in {
            return places;
        }
        let is_told = self.reports.printed.is_some() && !self.is_typing();
        let printed = Some(Place::Printed).filter(|_| is_told);
        let printing = Some(Place::Printing).filter(|_| self.reports.running.is_some());
        printed.into_iter().chain(printing).chain(places).collect()
    }

    /// Carries out a command about reports, if it is one.
    pub(in crate::tui::model) fn on_reports(&mut self, command: Command) -> Option<Vec<Effect>> {
        match command {
            Command::Report => self.open_reports(),
            Command::StopReport => return Some(self.stop_report()),
            Command::CopyPath => {
                let text = self.reports.printed.as_ref()?.path();
                return Some(vec![Effect::Copy(text)]);
            }
            Command::OpenFile => {
                let place = self.reports.printed.as_ref()?.place.clone();
                return Some(vec![Effect::Open(place)]);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// A report was chosen of several.
    pub(in crate::tui::model) fn choose_report(&mut self) -> Vec<Effect> {
        if let Some(Popup::Reports(list)) = &self.popup
            && let Some((what, words)) = list.current().cloned()
        {
            self.ask_for_folder(what, words);
        }
        Vec::new()
    }

    /// A command of the form that asks for a folder.
    pub(in crate::tui::model) fn on_folder(&mut self, command: Command, now: Timestamp) -> Vec<Effect> {
        let Some(Popup::Into(into)) = &mut self.popup else { return Vec::new() };
        if into.form.command(command) != Outcome::Submit {
            return Vec::new();
        }
        if self.reports.running.is_some() {
            self.popup = None;
            let words = "Another report is being printed. Wait for its end, or stop it.";
            self.notice = Some(Failure::new(words));
            return Vec::new();
        }
        let (what, folder) = (into.what.clone(), into.folder());
        self.popup = None;
        let id = JobId(self.next_id());
        self.reports.running = Some(Running { id, since: now, at: now, done: 0, of: 0, stopping: false });
        let mut effects = vec![Effect::Report(id, Box::new(ReportJob { what, folder: folder.clone() }))];
        if self.reports.folder != folder {
            effects.push(Effect::RememberFolder(folder.clone()));
            self.reports.folder = folder;
        }
        effects
    }

    fn stop_report(&mut self) -> Vec<Effect> {
        let Some(running) = &mut self.reports.running else { return Vec::new() };
        running.stopping = true;
        vec![Effect::Cancel(running.id)]
    }

    /// Takes news of reports.
    pub(in crate::tui::model) fn report_told(&mut self, id: JobId, news: ReportNews, now: Timestamp) {
        let Some(running) = self.reports.running.as_mut().filter(|running| running.id == id) else {
            return;
        };
        match news {
            ReportNews::Progress(told) => (running.done, running.of, running.at) = (told.done, told.of, now),
            ReportNews::Ended(result) => {
                self.reports.running = None;
                match result {
                    Ok(printed) => {
                        (self.told, self.notice) = (None, None);
                        self.reports.printed = Some(printed);
                    }
                    Err(failure) => self.notice = Some(failure),
                }
            }
        }
    }
}
