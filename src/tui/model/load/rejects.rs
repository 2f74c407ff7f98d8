//! Rejected rows: corrected cell by cell, given the parent they lack, and tried again.

use super::done::Done;
use super::job::{LoadJob, Part, ServerJob};
use crate::domain::{Table, clean};
use crate::etl::{Missing, Rejected, RejectedFile, RejectedRow, Takes, accepted, takes};
use crate::tui::model::command::{Command, Place};
use crate::tui::model::field::Field;
use crate::tui::model::key::Key;
use crate::tui::model::message::RequestId;
use crate::tui::model::widgets::data_table::{Column, Row, RowKey};
use crate::tui::model::widgets::form::{Form, Line};
use crate::tui::model::widgets::local_table::LocalTable;
use std::collections::BTreeSet;

/// The columns of rejected rows.
pub const COLUMNS: &[Column] = &[
    Column { id: "file", title: "File", width: 14, is_number: false, sorts: true },
    Column { id: "line", title: "Line", width: 6, is_number: true, sorts: true },
    Column { id: "column", title: "Column", width: 12, is_number: false, sorts: true },
    Column { id: "cell", title: "Cell", width: 10, is_number: false, sorts: true },
    Column { id: "state", title: "State", width: 9, is_number: false, sorts: true },
    Column { id: "why", title: "Why", width: 14, is_number: false, sorts: true },
];

/// What lies over the table.
#[derive(Debug)]
pub enum Dialog {
    /// The cells of the row with that key.
    Row(RowKey, Form),
    /// A new row that others name; and the question for its number, or for it to be added.
    Parent(Parent),
}

/// A new row of another table.
#[derive(Debug)]
pub struct Parent {
    /// Its table.
    pub table: Table,
    /// What one row of that table is called.
    pub word: &'static str,
    /// Its columns, in the order of the form's lines.
    pub takes: Vec<Takes>,
    /// What is typed.
    pub form: Form,
    /// The question that is open.
    pub asked: Option<RequestId>,
    /// Why the row was not added.
    pub refused: Option<String>,
}

/// The step.
#[derive(Debug)]
pub struct Rejects {
    /// The load they come from.
    pub from: Box<Done>,
    /// The rows.
    pub rejected: Rejected,
    /// The rows as they are shown.
    pub table: LocalTable,
    /// What lies over them.
    pub dialog: Option<Dialog>,
    corrected: BTreeSet<RowKey>,
}

fn key(file: usize, row: usize) -> RowKey {
    RowKey(format!("{file}/{row}"))
}

/// Rejected rows as a table shows them.
pub(super) fn rows(rejected: &Rejected) -> Vec<Row> {
    rows_with(rejected, &BTreeSet::new())
}

fn rows_with(rejected: &Rejected, corrected: &BTreeSet<RowKey>) -> Vec<Row> {
    let each = rejected.files.iter().enumerate();
    let each =
        each.flat_map(|(file, of)| of.rows.iter().enumerate().map(move |(row, one)| (key(file, row), one)));
    let row = |(key, row): (RowKey, &RejectedRow)| {
        let name = row.file.rsplit('/').next().unwrap_or_default();
        let cell = row.at_fault.and_then(|at| row.cells.get(at)).map_or("", String::as_str);
        let is_corrected = corrected.contains(&key);
        let state = if is_corrected { "corrected" } else { "" };
        let cells = [name, &row.line.to_string(), &row.column, cell, state, &row.message];
        Row { key, cells: cells.map(clean).to_vec() }
    };
    each.map(row).collect()
}

impl Rejects {
    /// The rows that a load rejected.
    pub(super) fn new(from: Done, rejected: Rejected) -> Rejects {
        let table = LocalTable::new(COLUMNS, rows(&rejected));
        Rejects { from: Box::new(from), rejected, table, dialog: None, corrected: BTreeSet::new() }
    }

    /// Where commands can be given, the most particular place first.
    pub(super) fn places(&self) -> Vec<Place> {
        match &self.dialog {
            Some(Dialog::Row(..)) => vec![Place::RejectRow, Place::Form],
            Some(Dialog::Parent(_)) => vec![Place::RejectParent, Place::Form],
            None => self.table.places_with(Place::LoadRejects),
        }
    }

    /// The row with the cursor.
    pub fn current(&self) -> Option<&RejectedRow> {
        let (file, row) = at(self.table.current()?)?;
        self.rejected.files.get(file)?.rows.get(row)
    }

    fn file_of(&self, key: &RowKey) -> Option<&RejectedFile> {
        self.rejected.files.get(at(key)?.0)
    }

    fn row_mut(&mut self, key: &RowKey) -> Option<&mut RejectedRow> {
        let (file, row) = at(key)?;
        self.rejected.files.get_mut(file)?.rows.get_mut(row)
    }

    /// How many rows were corrected.
    pub fn corrected(&self) -> usize {
        self.corrected.len()
    }

    /// Opens the cells of a row, with the focus on the one at fault.
    pub(super) fn open(&mut self, key: RowKey) {
        let (Some(file), Some(row)) = (self.file_of(&key), self.current()) else { return };
        let names = file.header.iter().map(|name| clean(name));
        let more = (file.header.len()..row.cells.len()).map(|at| format!("cell {}", at + 1));
        let mut form = Form::new(names.chain(more).map(|name| Line::text(name, |_, _| Ok(()))).collect());
        for (at, cell) in row.cells.iter().enumerate() {
            form.fill(at, cell);
        }
        form.go_to(row.at_fault.unwrap_or_default());
        self.dialog = Some(Dialog::Row(key, form));
    }

    /// Keeps what was typed into the cells of a row. What was not touched stays as it stood, letter by letter.
    pub(super) fn keep(&mut self) {
        let Some(Dialog::Row(key, form)) = self.dialog.take() else { return };
        let Some(width) = self.file_of(&key).map(|file| file.header.len()) else { return };
        let Some(row) = self.row_mut(&key) else { return };
        let before = row.cells.clone();
        let mut cells: Vec<String> = (0..form.lines().len().max(width))
            .map(|at| {
                let (typed, stood) = (form.value(at), before.get(at).map_or("", String::as_str));
                let mut untouched = Field::default();
                untouched.set(stood);
                if typed == untouched.text() { stood.to_owned() } else { typed.to_owned() }
            })
            .collect();
        // A cell too many that was emptied is one that was taken away.
        while cells.len() > width && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells != before {
            row.cells = cells;
            self.note_corrected(key);
        }
    }

    fn note_corrected(&mut self, key: RowKey) {
        self.corrected.insert(key);
        self.table.replace(rows_with(&self.rejected, &self.corrected));
    }

    /// Opens a form for the row that the row with the cursor names, and that is not there.
    pub(super) fn open_parent(&mut self, id: RequestId) -> Option<Table> {
        let missing = self.current()?.missing.clone()?;
        let Missing { table, word, known } = missing;
        let takes = takes(table);
        let line = |takes: &Takes| {
            if takes.required {
                Line::text(takes.name, is_there)
            } else {
                Line::text(takes.name, |_, _| Ok(()))
            }
        };
        let mut form = Form::new(takes.iter().map(line).collect());
        for (column, value) in &known {
            if let Some(at) = takes.iter().position(|takes| takes.name == *column) {
                form.fill(at, value);
            }
        }
        let open = takes.iter().enumerate().find(|(at, takes)| takes.required && form.value(*at).is_empty());
        form.go_to(open.map_or(0, |(at, _)| at));
        let asked = Some(id);
        self.dialog = Some(Dialog::Parent(Parent { table, word, takes, form, asked, refused: None }));
        Some(table)
    }

    /// Takes in a number that the new row can have: it is filled in where nothing is typed.
    pub(super) fn take_number(&mut self, id: RequestId, number: Option<(&'static str, u32)>) {
        if let Some(Dialog::Parent(parent)) = &mut self.dialog
            && parent.asked.take_if(|asked| *asked == id).is_some()
            && let Some((column, number)) = number
            && let Some(at) = parent.takes.iter().position(|takes| takes.name == column)
            && parent.form.value(at).is_empty()
        {
            parent.form.fill(at, &number.to_string());
            let open = |at: &usize| {
                let is_required = parent.takes.get(*at).is_some_and(|takes| takes.required);
                is_required && parent.form.value(*at).is_empty()
            };
            let first = (0..parent.takes.len()).find(open).unwrap_or_default();
            parent.form.go_to(first);
        }
    }

    /// The new row was added: what lacked it is as good as corrected.
    pub(super) fn parent_is_there(&mut self) {
        let Some(Dialog::Parent(parent)) = self.dialog.take() else { return };
        let Some(missing) = self.current().and_then(|row| row.missing.clone()) else { return };
        if missing.table != parent.table {
            return;
        }
        for (file, of) in self.rejected.files.iter().enumerate() {
            for (row, one) in of.rows.iter().enumerate() {
                if one.missing.as_ref() == Some(&missing) {
                    self.corrected.insert(key(file, row));
                }
            }
        }
        self.table.replace(rows_with(&self.rejected, &self.corrected));
    }

    /// The load that tries them again. Where nothing was written because of them, it is the whole load, with these rows in
    /// place of those; else it is these rows alone.
    pub(super) fn again(&self) -> LoadJob {
        let before = &self.from.job;
        if self.from.is_stored() {
            let (title, corrected) = ("corrected rows".to_owned(), Some(self.rejected.clone()));
            return LoadJob { title, parts: Vec::new(), server: None, corrected, ..before.clone() };
        }
        let mut corrected = self.rejected.clone();
        if let Some(tried) = &before.corrected {
            corrected.files.extend(accepted(tried, &self.rejected).files);
        }
        let (parts, server) = (self.parts_without_rows(), self.server_without_rows());
        LoadJob { parts, server, corrected: Some(corrected), ..before.clone() }
    }

    /// The server of the load, without the rows that are here.
    fn server_without_rows(&self) -> Option<ServerJob> {
        let mut server = self.from.job.server.clone()?;
        for row in self.rejected.files.iter().flat_map(|file| &file.rows) {
            server.left_out.entry(row.file.clone()).or_default().insert(row.line);
        }
        Some(server)
    }

    /// The files of the load, each without the rows that are here.
    fn parts_without_rows(&self) -> Vec<Part> {
        let mut parts = self.from.job.parts.clone();
        for part in &mut parts {
            let rows = self.rejected.files.iter().flat_map(|file| &file.rows);
            let own = rows.filter(|row| row.file == clean(&part.path));
            part.without.extend(own.map(|row| row.line));
        }
        parts
    }

    /// Whether leaving would lose what was corrected.
    pub fn has_unsaved_text(&self) -> bool {
        match &self.dialog {
            Some(Dialog::Row(_, form)) => form.is_changed(),
            Some(Dialog::Parent(parent)) => parent.form.is_changed(),
            // Esc shows all rows again first, which loses nothing.
            None => !self.corrected.is_empty() && self.table.table.find().words().is_empty(),
        }
    }

    /// Whether what the keys are for is on its way.
    pub(super) fn is_waiting(&self) -> bool {
        matches!(&self.dialog, Some(Dialog::Parent(Parent { asked: Some(_), .. })))
    }

    /// The form that is open.
    pub(in crate::tui::model) fn form_mut(&mut self) -> Option<&mut Form> {
        match &mut self.dialog {
            Some(Dialog::Row(_, form)) => Some(form),
            Some(Dialog::Parent(parent)) => Some(&mut parent.form),
            None => None,
        }
    }

    pub(super) fn type_key(&mut self, key: Key) {
        match self.form_mut() {
            Some(form) => form.type_key(key),
            None => self.table.type_key(key),
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        match self.form_mut() {
            Some(form) => form.paste(text),
            None => self.table.paste(text),
        }
    }

    /// Moves in the form that is open.
    pub(super) fn in_form(&mut self, command: Command) {
        if let Some(form) = self.form_mut() {
            form.command(command);
        }
    }
}

fn is_there(text: &str, _: &Form) -> Result<(), String> {
    if text.trim().is_empty() { Err("It must not be empty.".to_owned()) } else { Ok(()) }
}

fn at(key: &RowKey) -> Option<(usize, usize)> {
    let (file, row) = key.0.split_once('/')?;
    Some((file.parse().ok()?, row.parse().ok()?))
}
