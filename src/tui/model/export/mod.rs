//! The screen that writes tables to files.

mod act;

use super::command::Place;
use super::field::Field;
use super::message::{Failure, JobId};
use crate::domain::Table;
use crate::etl::{Filter, FilterError, WORDS};
use std::collections::BTreeSet;

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The tables.
    #[default]
    Tables,
    /// How rows are written.
    Format,
    /// Whether text stays as it is stored.
    Exact,
    /// Which rows.
    Only,
    /// Where they go.
    Path,
}

impl Focus {
    const EACH: [Focus; 5] = [Focus::Tables, Focus::Format, Focus::Exact, Focus::Only, Focus::Path];
}

/// An export to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJob {
    /// The tables, parents first.
    pub tables: Vec<Table>,
    /// JSON, and not CSV.
    pub json: bool,
    /// Text stays as it is stored, also where a spreadsheet would run it.
    pub exact: bool,
    /// Which rows, as `--where` takes it; all where it is empty.
    pub only: Vec<String>,
    /// The file for one table, or the folder for several, as it was typed.
    pub path: String,
    /// A file that is there may be replaced.
    pub replace: bool,
}

/// News of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportNews {
    /// It is at this table, and has written so many rows.
    Rows(Option<Table>, u64),
    /// Nothing was done: there is a file of that name, which nobody said to replace.
    Exists,
    /// It ended; the rows of each table.
    Ended(Result<Vec<(Table, u64)>, Failure>),
}

/// An export under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// Which job it is.
    pub id: JobId,
    /// The table it is at.
    pub table: Option<Table>,
    /// Rows written.
    pub rows: u64,
    /// Whether it was told to stop.
    pub stopping: bool,
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Export {
    /// What has the focus.
    pub focus: Focus,
    /// Which row of the tables has the cursor; the first stands for all of them.
    pub cursor: usize,
    /// The tables that are ticked.
    pub tables: BTreeSet<Table>,
    /// JSON, and not CSV.
    pub json: bool,
    /// Text stays as it is stored.
    pub exact: bool,
    /// Which rows, as `--where` takes it; several conditions are parted by `;`.
    pub only: Field,
    /// Where they go.
    pub path: Field,
    /// What is missing, or did not work.
    pub message: Option<Failure>,
    /// The export under way.
    pub running: Option<Running>,
    /// What the last one wrote.
    pub written: Option<Vec<(Table, u64)>>,
}

impl Export {
    /// Where commands can be given.
    pub fn places(&self) -> &'static [Place] {
        match (self.running, self.focus) {
            (Some(_), _) => &[Place::Exporting],
            (None, Focus::Only | Focus::Path) => &[Place::ExportPath],
            (None, _) => &[Place::Export],
        }
    }

    /// Whether every table is ticked.
    pub fn has_all(&self) -> bool {
        self.tables.len() == Table::EACH.len()
    }

    /// The field that is typed into.
    pub(super) fn typed(&mut self) -> Option<&mut Field> {
        match self.focus {
            _ if self.running.is_some() => None,
            Focus::Only => Some(&mut self.only),
            Focus::Path => Some(&mut self.path),
            Focus::Tables | Focus::Format | Focus::Exact => None,
        }
    }

    /// Whether what is typed goes into a field.
    pub(super) fn is_typing(&self) -> bool {
        self.running.is_none() && matches!(self.focus, Focus::Only | Focus::Path)
    }

    pub(super) fn go(&mut self, by: usize) {
        let at = Focus::EACH.iter().position(|focus| *focus == self.focus).unwrap_or_default();
        self.focus = Focus::EACH.get((at + by) % Focus::EACH.len()).copied().unwrap_or_default();
    }

    pub(super) fn go_back(&mut self) {
        self.go(Focus::EACH.len() - 1);
    }

    /// Ticks what has the focus, or takes the tick away.
    pub(super) fn toggle(&mut self) {
        match self.focus {
            Focus::Tables => match self.cursor.checked_sub(1).and_then(|at| Table::EACH.get(at)) {
                Some(table) if !self.tables.remove(table) => {
                    self.tables.insert(*table);
                }
                Some(_) => {}
                None if self.has_all() => self.tables.clear(),
                None => self.tables = Table::EACH.into(),
            },
            Focus::Format => self.json = !self.json,
            Focus::Exact => self.exact = !self.exact,
            Focus::Only | Focus::Path => {}
        }
    }

    /// The export as it is put together; or where something is missing, and what.
    fn job(&self) -> Result<ExportJob, (Focus, String)> {
        let path = self.path.text().trim().to_owned();
        if self.tables.is_empty() {
            return Err((Focus::Tables, "Tick a table, or all of them.".to_owned()));
        }
        let tables: Vec<Table> = self.tables.iter().copied().collect();
        let only = self.only(&tables).map_err(|why| (Focus::Only, why))?;
        if path.is_empty() {
            let why = "Type where to write: a file for one table, a new folder for several.";
            return Err((Focus::Path, why.to_owned()));
        }
        Ok(ExportJob { tables, json: self.json, exact: self.exact, only, path, replace: false })
    }

    /// The conditions, each of which can be used.
    fn only(&self, tables: &[Table]) -> Result<Vec<String>, String> {
        let text = self.only.text().trim();
        // What narrows a table on its screen is one text, whatever stands in it.
        let each: Vec<&str> = if text.starts_with(WORDS) { vec![text] } else { text.split(';').collect() };
        let each = each.into_iter().map(str::trim).filter(|one| !one.is_empty());
        let only: Vec<String> = each.map(str::to_owned).collect();
        match tables {
            _ if only.is_empty() => {}
            [table] => {
                let words = |error: FilterError| error.to_string().replacen("--where:", "Only:", 1);
                Filter::read(*table, &only).map_err(|error| words(error).replacen("--where ", "", 1))?;
            }
            _ => return Err("Only some rows can be had of one table at a time.".to_owned()),
        }
        Ok(only)
    }
}
