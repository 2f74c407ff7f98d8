//! What the export screen does.

use super::{ExportNews, Focus, Running};
use crate::domain::Table;
use crate::tui::model::command::Command;
use crate::tui::model::load::next;
use crate::tui::model::message::{Effect, Failure, JobId};
use crate::tui::model::{App, Screen};

impl App {
    /// Carries out a command of the screen.
    pub(in crate::tui::model) fn on_export(&mut self, command: Command) -> Vec<Effect> {
        let export = &mut self.export;
        match command {
            Command::Accept if export.running.is_none() => match export.job() {
                Err(missing) => {
                    export.focus = if export.tables.is_empty() { Focus::Tables } else { Focus::Path };
                    export.message = Some(Failure::new(missing));
                }
                Ok(job) => {
                    let id = JobId(next(&mut self.last_id).0);
                    export.running = Some(Running { id, table: None, rows: 0, stopping: false });
                    (export.message, export.written) = (None, None);
                    return vec![Effect::Export(id, job)];
                }
            },
            Command::StopExport => {
                if let Some(running) = &mut export.running {
                    running.stopping = true;
                    return vec![Effect::Cancel(running.id)];
                }
            }
            Command::NextField => export.go(1),
            Command::PreviousField => export.go(3),
            Command::Toggle => export.toggle(),
            Command::Up => match export.focus {
                Focus::Tables => export.cursor = export.cursor.saturating_sub(1),
                _ => export.go(3),
            },
            Command::Down => match export.focus {
                Focus::Tables if export.cursor < Table::EACH.len() => export.cursor += 1,
                _ => export.go(1),
            },
            _ => {}
        }
        Vec::new()
    }

    /// Takes news of an export.
    pub(in crate::tui::model) fn export_told(&mut self, id: JobId, news: ExportNews) {
        let is_elsewhere = self.screen != Screen::Export;
        let Some(running) = self.export.running.as_mut().filter(|running| running.id == id) else {
            return;
        };
        match news {
            ExportNews::Rows(table, rows) => (running.table, running.rows) = (table, rows),
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

    /// A field was clicked: a table or a choice is ticked.
    pub(in crate::tui::model) fn touch_export(&mut self, field: usize) {
        const TABLES: usize = Table::EACH.len() + 1;
        self.export.focus = match field {
            0..TABLES => Focus::Tables,
            TABLES => Focus::Format,
            field if field == TABLES + 1 => Focus::Exact,
            _ => Focus::Path,
        };
        if self.export.focus == Focus::Tables {
            self.export.cursor = field;
        }
        self.export.toggle();
    }
}
