//! What the export screen does.

use super::{ExportJob, ExportNews, Focus, Running};
use crate::domain::{Table, clean};
use crate::etl::WORDS;
use crate::tui::model::command::Command;
use crate::tui::model::load::next;
use crate::tui::model::message::{Effect, Failure, JobId};
use crate::tui::model::question::{Question, Risk};
use crate::tui::model::widgets::confirm::{Confirm, Proof};
use crate::tui::model::{App, Popup, Screen};

impl App {
    /// Carries out a command of the screen.
    pub(in crate::tui::model) fn on_export(&mut self, command: Command) -> Vec<Effect> {
        let export = &mut self.export;
        match command {
            Command::Accept | Command::ReplaceFile if export.running.is_none() => match export.job() {
                Err((focus, missing)) => {
                    export.focus = focus;
                    export.message = Some(Failure::new(&missing));
                }
                Ok(job) => {
                    let id = JobId(next(&mut self.last_id).0);
                    export.running = Some(Running { id, table: None, rows: 0, stopping: false });
                    (export.message, export.written) = (None, None);
                    let replace = command == Command::ReplaceFile;
                    return vec![Effect::Export(id, ExportJob { replace, ..job })];
                }
            },
            Command::StopExport => {
                if let Some(running) = &mut export.running {
                    running.stopping = true;
                    return vec![Effect::Cancel(running.id)];
                }
            }
            Command::NextField => export.go(1),
            Command::PreviousField => export.go_back(),
            Command::Toggle => export.toggle(),
            Command::Up => match export.focus {
                Focus::Tables => export.cursor = export.cursor.saturating_sub(1),
                _ => export.go_back(),
            },
            Command::Down => match export.focus {
                Focus::Tables if export.cursor < Table::EACH.len() => export.cursor += 1,
                _ => export.go(1),
            },
            _ => {}
        }
        Vec::new()
    }

    /// Opens the screen for the rows of a table that these words leave.
    pub(in crate::tui::model) fn export_rows(&mut self, table: Table, words: &str) {
        self.screen = Screen::Export;
        if self.export.running.is_some() {
            self.notice = Some(Failure::new("Another export is running. Wait for its end, or stop it."));
            return;
        }
        let export = &mut self.export;
        export.tables = [table].into();
        export.only.clear();
        if !words.trim().is_empty() {
            export.only.set(&format!("{WORDS}{}", words.trim()));
        }
        (export.focus, export.message, export.written) = (Focus::Path, None, None);
    }

    /// Takes news of an export.
    pub(in crate::tui::model) fn export_told(&mut self, id: JobId, news: ExportNews) {
        let is_elsewhere = self.screen != Screen::Export;
        let Some(running) = self.export.running.as_mut().filter(|running| running.id == id) else {
            return;
        };
        match news {
            ExportNews::Rows(table, rows) => (running.table, running.rows) = (table, rows),
            ExportNews::Exists => {
                self.export.running = None;
                self.ask_to_replace();
            }
            ExportNews::Ended(result) => {
                self.export.running = None;
                let told = match result {
                    Ok(written) => {
                        let rows: u64 = written.iter().map(|(_, rows)| rows).sum();
                        self.export.written = Some(written);
                        format!("The export has ended: {rows} rows.")
                    }
                    Err(failure) => {
                        let words = failure.words().to_owned();
                        self.export.message = Some(failure);
                        words
                    }
                };
                if is_elsewhere {
                    self.told = Some(told);
                }
            }
        }
    }

    /// Asks whether a file is to be replaced; where somebody does something else by now, only tells.
    fn ask_to_replace(&mut self) {
        let path = clean(self.export.path.text().trim());
        if self.screen != Screen::Export || self.popup.is_some() {
            let words = format!("{path} is there already. Export again to be asked whether to replace it.");
            self.export.message = Some(Failure::new(&words));
            self.told = Some(words);
            return;
        }
        let confirm = Confirm::new(&format!("{path} is there already. Replace it?"), Proof::Yes);
        let command = Command::ReplaceFile;
        self.popup = Some(Popup::Question(Question { confirm, command, risk: Risk::None, checking: None }));
    }

    /// A field was clicked: a table or a choice is ticked.
    pub(in crate::tui::model) fn touch_export(&mut self, field: usize) {
        const TABLES: usize = Table::EACH.len() + 1;
        self.export.focus = match field {
            0..TABLES => Focus::Tables,
            TABLES => Focus::Format,
            field if field == TABLES + 1 => Focus::Exact,
            field if field == TABLES + 2 => Focus::Only,
            _ => Focus::Path,
        };
        if self.export.focus == Focus::Tables {
            self.export.cursor = field;
        }
        self.export.toggle();
    }
}
