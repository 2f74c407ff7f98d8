//! What the screens of records do, and what they make of answers.

use super::ask::Answer;
use super::list::Did;
use super::{List, Open, Stop};
use crate::domain::Table;
use crate::domain::records::{Lead, RecordId};
use crate::tui::model::command::{Command, Place};
use crate::tui::model::key::Key;
use crate::tui::model::message::{Effect, Failure, RequestId};
use crate::tui::model::{App, Popup, Screen};
use jiff::Timestamp;

impl App {
    /// Shows what was shown last, as it is now; the customers at first.
    pub(in crate::tui::model) fn open_records(&mut self) -> Vec<Effect> {
        self.screen = Screen::Records;
        self.records.menu = None;
        self.records.dialog = None;
        if self.records.current().is_none() {
            return self.go_to_table(Table::Customers, "");
        }
        self.refresh_records()
    }

    pub(super) fn refresh_records(&mut self) -> Vec<Effect> {
        self.records.refresh(&mut self.last_id)
    }

    /// Shows the rows of a table that these words leave.
    pub(in crate::tui::model) fn go_to_table(&mut self, table: Table, words: &str) -> Vec<Effect> {
        self.records.go_on(Stop::List(Box::new(List::new(table, words))));
        self.refresh_records()
    }

    /// Shows a record.
    pub(in crate::tui::model) fn go_to_record(&mut self, id: RecordId) -> Vec<Effect> {
        self.records.go_on(Stop::Record(Open::new(id)));
        self.refresh_records()
    }

    /// Shows the rows behind a figure. Esc leads back to the dashboard, and these screens are again as they were.
    pub(in crate::tui::model) fn go_to_rows_behind(&mut self, table: Table, words: &str) -> Vec<Effect> {
        self.begin_behind();
        self.go_to_table(table, words)
    }

    /// Shows the record behind a figure.
    pub(in crate::tui::model) fn go_to_record_behind(&mut self, id: RecordId) -> Vec<Effect> {
        self.begin_behind();
        self.go_to_record(id)
    }

    fn begin_behind(&mut self) {
        self.screen = Screen::Records;
        self.records.menu = None;
        self.records.begin_behind();
    }

    /// Opens the box to find any record by.
    pub(in crate::tui::model) fn open_search(&mut self) {
        self.popup = Some(Popup::Search(Box::default()));
    }

    /// Shows what was found.
    pub(in crate::tui::model) fn choose_found(&mut self) -> Vec<Effect> {
        let Some(Popup::Search(search)) = &self.popup else { return Vec::new() };
        let Some(id) = search.current().map(|found| found.id) else { return Vec::new() };
        self.popup = None;
        self.records.menu = None;
        self.records.dialog = None;
        self.screen = Screen::Records;
        self.go_to_record(id)
    }

    /// Takes in how many rows the last frame had room for.
    pub(in crate::tui::model) fn resize_records(&mut self) {
        let rows = self.hits.rows;
        let is_seen = rows > 0 && self.records.dialog.is_none();
        if let Some(list) = self.records.list_mut().filter(|_| is_seen) {
            list.rows.resize(rows);
        }
    }

    /// Where commands can be given on these screens.
    pub(in crate::tui::model) fn places_of_records(&self) -> Vec<Place> {
        let is_covered = self.records.menu.is_some() || self.records.dialog.is_some();
        let around: &[Place] =
            if is_covered { &[Place::Everywhere] } else { &[Place::SignedIn, Place::Everywhere] };
        [self.records.places().as_slice(), around].concat()
    }

    /// Carries out a command of these screens.
    pub(in crate::tui::model) fn on_records(&mut self, command: Command) -> Vec<Effect> {
        if command == Command::CarryOut {
            return self.carry_out_deletion();
        }
        if self.records.dialog.is_some() {
            return self.on_record_dialog(command);
        }
        if let Some(menu) = &mut self.records.menu {
            if command != Command::Accept {
                menu.command(command);
                return Vec::new();
            }
            let chosen = menu.current().copied();
            self.records.menu = None;
            return chosen.map_or_else(Vec::new, |table| self.go_to_table(table, ""));
        }
        match command {
            Command::PickTable => self.records.open_menu(),
            Command::GoBack => {
                self.records.go_back();
                return self.records.refresh_outdated(&mut self.last_id);
            }
            Command::GoForward => {
                self.records.go_forward();
                return self.records.refresh_outdated(&mut self.last_id);
            }
            Command::NewRecord => return self.new_record(),
            Command::ModifyRecord => return self.modify_record(),
            Command::DeleteRecord => return self.delete_record(),
            Command::History => return self.show_past(),
            Command::ExportRows => {
                if let Some(list) = self.records.list() {
                    let words = list.rows.find().words().text().to_owned();
                    self.export_rows(list.table, &words);
                }
            }
            Command::Copy => return self.copy_record(),
            other => return self.in_records(other),
        }
        Vec::new()
    }

    fn in_records(&mut self, command: Command) -> Vec<Effect> {
        let rows = self.hits.rows;
        match self.records.current_mut() {
            Some(Stop::List(list)) => match list.command(command, &mut self.last_id) {
                Did::Asked(effects) => effects,
                Did::Opened(record) => self.go_to_record(record),
                Did::Nothing => Vec::new(),
            },
            Some(Stop::Record(open)) => match (command, open.lead()) {
                (Command::Accept, Some(Lead::Record(record))) => self.go_to_record(record),
                (Command::Accept, Some(Lead::Rows(table, words))) => self.go_to_table(table, &words),
                (Command::Refresh, _) => self.refresh_records(),
                (other, _) => {
                    open.go(other, rows);
                    Vec::new()
                }
            },
            None => Vec::new(),
        }
    }

    fn copy_record(&mut self) -> Vec<Effect> {
        let text = match self.records.current() {
            Some(Stop::List(list)) => list.as_text(),
            Some(Stop::Record(open)) => open.as_text(),
            None => None,
        };
        match text {
            Some(text) => {
                self.told = Some(format!("Copied: {}", text.replace('\t', " · ")));
                vec![Effect::Copy(text)]
            }
            None => {
                self.told = Some("There is nothing to copy here.".to_owned());
                Vec::new()
            }
        }
    }

    /// Esc: one step back.
    pub(in crate::tui::model) fn step_back_from_records(&mut self) -> Vec<Effect> {
        if let Some(dialog) = &mut self.records.dialog {
            if !dialog.step_back() {
                self.records.dialog = None;
            }
            return Vec::new();
        }
        if self.records.menu.take().is_some() {
            return Vec::new();
        }
        if self.records.leave_behind() {
            self.screen = Screen::Dashboard;
            return Vec::new();
        }
        let stepped = self.records.list_mut().map(|list| list.step_back(&mut self.last_id));
        match stepped {
            Some(Did::Asked(effects)) => return effects,
            Some(Did::Opened(_) | Did::Nothing) | None => {}
        }
        if !self.records.go_back() {
            self.screen = Screen::Dashboard;
            return Vec::new();
        }
        self.records.refresh_outdated(&mut self.last_id)
    }

    /// Does what `key` means where text is typed.
    pub(in crate::tui::model) fn type_in_records(&mut self, key: Key) -> Vec<Effect> {
        if let Some(dialog) = &mut self.records.dialog {
            dialog.type_key(key);
            return Vec::new();
        }
        if let Some(menu) = &mut self.records.menu {
            menu.type_key(key);
            return Vec::new();
        }
        let last = &mut self.last_id;
        self.records.list_mut().map_or_else(Vec::new, |list| list.type_key(key, last))
    }

    /// Pastes where text is typed.
    pub(in crate::tui::model) fn paste_in_records(&mut self, text: &str) -> Vec<Effect> {
        if let Some(dialog) = &mut self.records.dialog {
            dialog.paste(text);
            return Vec::new();
        }
        if let Some(menu) = &mut self.records.menu {
            menu.paste(text);
            return Vec::new();
        }
        let last = &mut self.last_id;
        self.records.list_mut().map_or_else(Vec::new, |list| list.paste(text, last))
    }

    /// A row was clicked; tells whether it is to be opened.
    pub(in crate::tui::model) fn choose_row_of_records(&mut self, row: usize) -> (bool, Vec<Effect>) {
        if let Some(dialog) = &mut self.records.dialog {
            return (dialog.go_to(row), Vec::new());
        }
        if let Some(menu) = &mut self.records.menu {
            menu.go_to(row);
            return (true, Vec::new());
        }
        let last = &mut self.last_id;
        match self.records.current_mut() {
            Some(Stop::List(list)) => list.choose_row(row, last),
            Some(Stop::Record(open)) => (open.go_to(row), Vec::new()),
            None => (false, Vec::new()),
        }
    }

    /// Takes in an answer.
    pub(in crate::tui::model) fn records_reply(
        &mut self,
        id: RequestId,
        answer: Answer,
        now: Timestamp,
    ) -> Vec<Effect> {
        let last = &mut self.last_id;
        let mut effects = match answer {
            Answer::Rows { rows, more } => {
                let asker = self.records.asker(id);
                asker.map_or_else(Vec::new, |list| list.take(id, rows, more, now, last))
            }
            Answer::Found(found) => {
                if let Some(Popup::Search(search)) = &mut self.popup {
                    search.take(id, found);
                }
                Vec::new()
            }
            Answer::Record(sheet) => {
                self.records.take_sheet(id, sheet, now);
                Vec::new()
            }
        };
        effects.extend(self.replay(now));
        effects
    }

    /// Takes in that something could not be told. What was typed for it is not for what is still there.
    pub(in crate::tui::model) fn records_fail(&mut self, id: RequestId, failure: &Failure) {
        if let Some(Popup::Search(search)) = &mut self.popup
            && search.fail(id, failure)
        {
            self.typed_ahead.clear();
        } else if let Some(list) = self.records.asker(id) {
            list.rows.fail(id, failure.clone());
            self.typed_ahead.clear();
        } else if self.records.records_mut().any(|open| open.sheet.fail(id, failure)) {
            self.typed_ahead.clear();
        }
    }
}
