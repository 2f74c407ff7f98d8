//! The screen of the audit log.

mod act;
pub mod filter;
#[cfg(test)]
mod tests;

use super::command::{Command, Place};
use super::desk::{LogFilter, Question, Verdict};
use super::fresh::Fresh;
use super::key::Key;
use super::message::{Effect, Failure, JobId, Query, RequestId};
use super::users::ids;
use super::widgets::data_table::{Ask, Column, DataTable, Outcome, Row, RowKey, Rows};
use super::widgets::form::Form;
use crate::domain::audit::{Linked, Logged};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const fn text(id: &'static str, title: &'static str, width: u16) -> Column {
    Column { id, title, width, is_number: false, sorts: false }
}

/// The columns of the log, the newest entry first: no other order would tell what followed from what.
pub const COLUMNS: &[Column] = &[
    text("time", "Time", 19),
    text("person", "Person", 11),
    text("action", "Action", 18),
    text("outcome", "Outcome", 7),
    text("subject", "To what", 11),
    text("from", "From", 30),
    text("detail", "Detail", 40),
    text("role", "Role", 13),
];

/// What is open over the table.
#[derive(Debug)]
pub enum Dialog {
    /// Which entries to show.
    Filter(Form),
    /// Where to write them.
    Export(Form),
    /// One entry, and how far it is scrolled.
    Entry(Fresh<Box<Linked>>, u16),
}

/// A check of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// It goes on.
    Running {
        /// Which job it is.
        id: JobId,
        /// Entries checked.
        done: u64,
        /// Of so many; 0 while that is not known.
        of: u64,
        /// Whether it was told to stop.
        stopping: bool,
    },
    /// How the last one ended, and when.
    Ended(Result<Verdict, Failure>, Timestamp),
}

/// The state of the screen.
#[derive(Debug)]
pub struct Audit {
    /// The entries.
    pub table: DataTable,
    /// Which.
    pub filter: LogFilter,
    /// What is open over them.
    pub dialog: Option<Dialog>,
    /// When the newest rows came.
    pub as_of: Option<Timestamp>,
    /// The check under way, or how the last one ended.
    pub check: Option<Check>,
    /// The export under way.
    pub exporting: Option<RequestId>,
}

impl Default for Audit {
    fn default() -> Self {
        Audit {
            table: DataTable::new(COLUMNS),
            filter: LogFilter::default(),
            dialog: None,
            as_of: None,
            check: None,
            exporting: None,
        }
    }
}

fn cells(entry: &Logged, zone: &TimeZone) -> Vec<String> {
    vec![
        entry.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string(),
        entry.actor.clone(),
        entry.action.replace('_', " "),
        entry.outcome.clone(),
        entry.subject.clone(),
        entry.origin.clone(),
        entry.detail.clone(),
        entry.role.clone().unwrap_or_default(),
    ]
}

impl Audit {
    /// The check under way.
    pub fn checking(&self) -> Option<JobId> {
        match &self.check {
            Some(Check::Running { id, .. }) => Some(*id),
            _ => None,
        }
    }

    /// Where commands can be given now, the most particular place first.
    pub fn places(&self) -> Vec<Place> {
        match &self.dialog {
            Some(Dialog::Filter(_)) => return vec![Place::AuditFilter, Place::Form],
            Some(Dialog::Export(_)) => return vec![Place::AuditExport, Place::Form],
            Some(Dialog::Entry(..)) => return vec![Place::AuditEntry, Place::Rows],
            None => {}
        }
        let of_table = self.table.places();
        if of_table.first() != Some(&Place::Table) {
            return of_table.to_vec();
        }
        let own: &[Place] = match self.checking() {
            Some(_) => &[Place::AuditChecking, Place::Audit],
            None => &[Place::Audit],
        };
        [own, of_table].concat()
    }

    /// Whether a key with a character is text now, and no command.
    pub fn is_typing(&self) -> bool {
        self.places().first().is_some_and(|place| place.is_for_text())
    }

    /// Asks for the entries anew.
    pub(super) fn refresh(&mut self, last: &mut u64) -> Vec<Effect> {
        let ask = self.table.refresh(ids(last));
        self.query(ask)
    }

    fn query(&self, ask: Ask) -> Vec<Effect> {
        vec![Effect::Query(ask.id, Query::Desk(Question::Log(self.filter.clone(), ask.page)))]
    }

    fn after(&mut self, outcome: Outcome, last: &mut u64) -> Vec<Effect> {
        match outcome {
            Outcome::Ask(ask) => self.query(ask),
            Outcome::Open(row) => self.open(&row, last),
            Outcome::Ignored | Outcome::Done => Vec::new(),
        }
    }

    fn open(&mut self, row: &RowKey, last: &mut u64) -> Vec<Effect> {
        let Ok(number) = row.0.parse() else {
            return Vec::new();
        };
        let id = ids(last)();
        let mut entry = Fresh::default();
        entry.ask(id);
        self.dialog = Some(Dialog::Entry(entry, 0));
        vec![Effect::Query(id, Query::Desk(Question::Entry(number)))]
    }

    /// Carries out a command of the table.
    pub(super) fn in_table(&mut self, command: Command, last: &mut u64) -> Vec<Effect> {
        let outcome = self.table.command(command, ids(last));
        self.after(outcome, last)
    }

    /// Esc: one step back; `None` where there is none on this screen.
    pub(super) fn step_back(&mut self, last: &mut u64) -> Option<Vec<Effect>> {
        if self.dialog.take().is_some() {
            return Some(Vec::new());
        }
        match self.table.step_back(ids(last)) {
            Outcome::Ignored if self.filter != LogFilter::default() => {
                self.filter = LogFilter::default();
                Some(self.begin(last))
            }
            Outcome::Ignored => None,
            outcome => Some(self.after(outcome, last)),
        }
    }

    /// Shows other entries than before, from the newest on.
    pub(super) fn begin(&mut self, last: &mut u64) -> Vec<Effect> {
        self.table = DataTable::new(COLUMNS);
        self.refresh(last)
    }

    /// Does what `key` means where text is typed.
    pub(super) fn type_key(&mut self, key: Key) {
        if let Some(Dialog::Filter(form) | Dialog::Export(form)) = &mut self.dialog {
            form.type_key(key);
        }
    }

    /// A line of the form was clicked.
    pub(super) fn go_to_field(&mut self, line: usize) {
        if let Some(Dialog::Filter(form) | Dialog::Export(form)) = &mut self.dialog {
            form.go_to(line);
        }
    }

    /// Pastes where text is typed.
    pub(super) fn paste(&mut self, text: &str) {
        if let Some(Dialog::Filter(form) | Dialog::Export(form)) = &mut self.dialog {
            form.paste(text);
        }
    }

    /// A row that is seen was clicked; tells whether it had the cursor already, and so is meant to be opened.
    pub(super) fn choose_row(&mut self, row: usize, last: &mut u64) -> (bool, Vec<Effect>) {
        let before = self.table.current().map(|row| row.key.clone());
        let outcome = self.table.go_to_seen(row, ids(last));
        let is_second = before.is_some() && before == self.table.current().map(|row| row.key.clone());
        (is_second, self.after(outcome, last))
    }

    fn take(
        &mut self,
        id: RequestId,
        (entries, more): (Vec<Logged>, bool),
        zone: &TimeZone,
        now: Timestamp,
        last: &mut u64,
    ) -> Vec<Effect> {
        if !self.table.awaits(id) {
            return Vec::new();
        }
        self.as_of = Some(now);
        let rows = entries
            .iter()
            .map(|entry| Row { key: RowKey(entry.id.to_string()), cells: cells(entry, zone) })
            .collect();
        let ask = self.table.take(id, Rows { rows, more, total: None }, ids(last));
        ask.map_or_else(Vec::new, |ask| self.query(ask))
    }
}
