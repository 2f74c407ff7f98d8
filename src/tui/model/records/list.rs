//! One table, with what is looked for in it.

use super::ask::{Listed, Question};
use super::columns::columns;
use crate::domain::Table;
use crate::domain::records::{Cell, Filter, RecordId, RowId};
use crate::tui::model::command::{Command, Place};
use crate::tui::model::key::Key;
use crate::tui::model::message::{Effect, Failure, Query, RequestId};
use crate::tui::model::users::ids;
use crate::tui::model::widgets::data_table::{Ask, DataTable, From, Outcome, Row, RowKey, Rows};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The state of a table.
#[derive(Debug)]
pub struct List {
    /// Which table.
    pub table: Table,
    /// Its rows.
    pub rows: DataTable,
    /// When the newest of them came.
    pub as_of: Option<Timestamp>,
    /// Why the words looked for are not understood.
    pub wrong: Option<Failure>,
    /// Whether something was changed since they were asked for.
    pub(super) is_outdated: bool,
    known: BTreeMap<RowKey, Listed>,
    /// What is known of rows that are marked, shown or not.
    marks: BTreeMap<RowKey, Listed>,
    /// The question under way.
    asked: Option<RequestId>,
    /// Whether the rows on their way take the place of all.
    is_afresh: bool,
}

/// What a command or a key came to.
pub(super) enum Did {
    /// Something of the table's own; what it asks.
    Asked(Vec<Effect>),
    /// The person wants to see this record.
    Opened(RecordId),
    /// There was nothing of that to do.
    Nothing,
}

impl List {
    /// The rows of a table that these words leave.
    pub(super) fn new(table: Table, words: &str) -> List {
        List {
            table,
            rows: DataTable::narrowed(columns(table), words),
            as_of: None,
            wrong: None,
            is_outdated: false,
            known: BTreeMap::new(),
            marks: BTreeMap::new(),
            asked: None,
            is_afresh: true,
        }
    }

    /// Where commands can be given now, the most particular place first.
    pub(super) fn places(&self) -> Vec<Place> {
        let of_table = self.rows.places();
        let own = (of_table.first() == Some(&Place::Table)).then_some(Place::Records);
        own.into_iter().chain(of_table.iter().copied()).collect()
    }

    /// The records that are marked.
    pub fn marked(&self) -> Vec<RecordId> {
        self.rows.marked().iter().filter_map(|key| self.record_of(key)).collect()
    }

    /// The record with the cursor.
    pub fn current(&self) -> Option<RecordId> {
        self.record_of(&self.rows.current()?.key)
    }

    fn record_of(&self, key: &RowKey) -> Option<RecordId> {
        let listed = self.known.get(key).or_else(|| self.marks.get(key))?;
        Some(listed.record)
    }

    /// Asks for the rows anew.
    pub(super) fn refresh(&mut self, last: &mut u64) -> Vec<Effect> {
        self.is_outdated = false;
        let ask = self.rows.refresh(ids(last));
        self.query(ask)
    }

    fn query(&mut self, ask: Ask) -> Vec<Effect> {
        match Filter::read(self.table, &ask.page.filter) {
            Err(wrong) => {
                // What is typed next may make sense of it; the rows stay meanwhile.
                self.rows.withdraw(ask.id);
                self.wrong = Some(Failure::new(&wrong.to_string()));
                Vec::new()
            }
            Ok(filter) => {
                self.wrong = None;
                self.is_afresh = matches!(ask.page.from, From::Start | From::End);
                let before = self.asked.replace(ask.id).map(Effect::GiveUp);
                let question = Question::Rows(self.table, Box::new(filter), ask.page);
                let asking = Effect::Query(ask.id, Query::Records(question));
                before.into_iter().chain([asking]).collect()
            }
        }
    }

    /// The row with the cursor.
    pub(super) fn row(&self) -> Option<RowId> {
        self.known.get(&self.rows.current()?.key).map(|listed| listed.row)
    }

    /// Carries out a command of the table.
    pub(super) fn command(&mut self, command: Command, last: &mut u64) -> Did {
        if command == Command::Toggle
            && let Some(key) = self.rows.current().map(|row| row.key.clone())
            && let Some(listed) = self.known.get(&key)
        {
            self.marks.insert(key, listed.clone());
        }
        if matches!(command, Command::Sort | Command::ReverseSort) {
            // In another order a row is known by another key, and its mark would not be seen.
            self.rows.unmark();
        }
        let outcome = self.rows.command(command, ids(last));
        self.after(outcome)
    }

    fn after(&mut self, outcome: Outcome) -> Did {
        match outcome {
            Outcome::Ask(ask) => Did::Asked(self.query(ask)),
            Outcome::Open(key) => {
                self.known.get(&key).map_or(Did::Nothing, |listed| Did::Opened(listed.record))
            }
            Outcome::Done => Did::Asked(Vec::new()),
            Outcome::Ignored => Did::Nothing,
        }
    }

    /// Esc: one step back; nothing where there is none in this table.
    pub(super) fn step_back(&mut self, last: &mut u64) -> Did {
        let outcome = self.rows.step_back(ids(last));
        self.after(outcome)
    }

    /// Does what `key` means in what is looked for.
    pub(super) fn type_key(&mut self, key: Key, last: &mut u64) -> Vec<Effect> {
        let outcome = self.rows.type_key(key, ids(last));
        self.asked_by(outcome)
    }

    /// Pastes into what is looked for.
    pub(super) fn paste(&mut self, text: &str, last: &mut u64) -> Vec<Effect> {
        let outcome = self.rows.paste(text, ids(last));
        self.asked_by(outcome)
    }

    fn asked_by(&mut self, outcome: Outcome) -> Vec<Effect> {
        match self.after(outcome) {
            Did::Asked(effects) => effects,
            Did::Opened(_) | Did::Nothing => Vec::new(),
        }
    }

    /// A row that is seen was clicked; tells whether it had the cursor already, and so is meant to be opened.
    pub(super) fn choose_row(&mut self, row: usize, last: &mut u64) -> (bool, Vec<Effect>) {
        let before = self.rows.current().map(|row| row.key.clone());
        let outcome = self.rows.go_to_seen(row, ids(last));
        let is_second = before.is_some() && before == self.rows.current().map(|row| row.key.clone());
        (is_second, self.asked_by(outcome))
    }

    /// Takes in rows.
    pub(super) fn take(
        &mut self,
        id: RequestId,
        listed: Vec<Listed>,
        more: bool,
        now: Timestamp,
        last: &mut u64,
    ) -> Vec<Effect> {
        self.asked.take_if(|asked| *asked == id);
        if self.is_afresh {
            self.known.clear();
        }
        self.as_of = Some(now);
        let shown = |listed: &Listed| Row {
            key: listed.key.clone(),
            cells: listed.cells.iter().map(Cell::shown).collect(),
        };
        let rows = Rows { rows: listed.iter().map(shown).collect(), more, total: None };
        self.known.extend(listed.into_iter().map(|listed| (listed.key.clone(), listed)));
        let ask = self.rows.take(id, rows, ids(last));
        ask.map_or_else(Vec::new, |ask| self.query(ask))
    }

    /// The row with the cursor, its shown columns parted by tabs, as a spreadsheet reads it.
    pub(super) fn as_text(&self) -> Option<String> {
        let listed = self.known.get(&self.rows.current()?.key)?;
        let shown = self.rows.columns().all().map(|(_, is_shown)| is_shown);
        let cells = listed.cells.iter().zip(shown).filter(|(_, is_shown)| *is_shown);
        Some(cells.map(|(cell, _)| cell.plain()).collect::<Vec<_>>().join("\t"))
    }
}
