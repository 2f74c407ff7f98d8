//! The screen that writes tables to files.

mod act;

use super::command::Place;
use super::field::Field;
use super::message::{Failure, JobId};
use crate::domain::Table;
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
    /// Where they go.
    Path,
}

impl Focus {
    const EACH: [Focus; 4] = [Focus::Tables, Focus::Format, Focus::Exact, Focus::Path];
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
    /// The file for one table, or the folder for several, as it was typed.
    pub path: String,
}

/// News of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportNews {
    /// It is at this table, and has written so many rows.
    Rows(Option<Table>, u64),
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
            (None, Focus::Path) => &[Place::ExportPath],
            (None, _) => &[Place::Export],
        }
    }

    /// Whether every table is ticked.
    pub fn has_all(&self) -> bool {
        self.tables.len() == Table::EACH.len()
    }

    pub(super) fn go(&mut self, by: usize) {
        let at = Focus::EACH.iter().position(|focus| *focus == self.focus).unwrap_or_default();
        self.focus = Focus::EACH.get((at + by) % Focus::EACH.len()).copied().unwrap_or_default();
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
            Focus::Path => {}
        }
    }

    /// The export as it is put together, or what is missing.
    fn job(&self) -> Result<ExportJob, &'static str> {
        let path = self.path.text().trim().to_owned();
        match () {
            () if self.tables.is_empty() => Err("Tick a table, or all of them."),
            () if path.is_empty() => {
                Err("Type where to write: a file for one table, a new folder for several.")
            }
            () => {
                let tables = self.tables.iter().copied().collect();
                Ok(ExportJob { tables, json: self.json, exact: self.exact, path })
            }
        }
    }
}
