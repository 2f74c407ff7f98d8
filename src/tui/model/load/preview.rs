//! The third step of a load: what it would change, as a dry run found it.

use super::done::Done;
use super::rejects;
use crate::domain::receipt::{Change, ChangeKind};
use crate::etl::Rejected;
use crate::tui::model::widgets::data_table::{Column, Row, RowKey};
use crate::tui::model::widgets::local_table::LocalTable;

/// The columns of what would change.
pub const CHANGES: &[Column] = &[
    text("kind", "What", 7),
    text("table", "Table", 10),
    text("key", "Key", 7),
    text("column", "Column", 13),
    text("old", "Is", 14),
    text("new", "Would be", 14),
];

const fn text(id: &'static str, title: &'static str, width: u16) -> Column {
    Column { id, title, width, is_number: false, sorts: true }
}

/// The step.
#[derive(Debug)]
pub struct Preview {
    /// The dry run, and what it came to.
    pub done: Done,
    /// The first cells of each table that would change, come and go.
    pub changes: LocalTable,
    /// The rows that would not be taken, once they are known.
    pub rejects: Option<LocalTable>,
    /// Whether these are shown, and not the changes.
    pub shows_rejects: bool,
}

impl Preview {
    /// A preview of what a dry run came to.
    pub(super) fn new(done: Done) -> Preview {
        let changes = done.result.as_ref().map(|receipt| receipt.preview.as_slice()).unwrap_or_default();
        let changes = LocalTable::new(CHANGES, rows(changes));
        Preview { done, changes, rejects: None, shows_rejects: false }
    }

    /// Takes in the rows that would not be taken. They are shown at once where nothing would change.
    pub(super) fn take(&mut self, rejected: &Rejected) {
        self.rejects = Some(LocalTable::new(rejects::COLUMNS, rejects::rows(rejected)));
        self.shows_rejects = self.changes.is_empty();
    }

    /// The table that is shown.
    pub fn table(&self) -> &LocalTable {
        self.rejects.as_ref().filter(|_| self.shows_rejects).unwrap_or(&self.changes)
    }

    pub(in crate::tui::model) fn table_mut(&mut self) -> &mut LocalTable {
        match &mut self.rejects {
            Some(rejects) if self.shows_rejects => rejects,
            _ => &mut self.changes,
        }
    }
}

/// A row for each cell that would be another; one for each row that would come or go.
fn rows(changes: &[Change]) -> Vec<Row> {
    let mut rows = Vec::new();
    for change in changes {
        let mut add = |kind: &str, column: &str, old: &str, new: &str| {
            let cells = [kind, change.table.name(), &change.key, column, old, new];
            let key = RowKey(rows.len().to_string());
            rows.push(Row { key, cells: cells.map(str::to_owned).to_vec() });
        };
        let value = |value: &Option<String>| value.clone().unwrap_or_default();
        match change.kind {
            ChangeKind::Update => {
                for cell in &change.cells {
                    add("change", &cell.column, &value(&cell.old), &value(&cell.new));
                }
            }
            ChangeKind::Insert => {
                let cells: Vec<String> = change.cells.iter().map(|cell| value(&cell.new)).collect();
                add("new", "", "", &told(&cells));
            }
            ChangeKind::Delete => {
                let cells: Vec<String> = change.cells.iter().map(|cell| value(&cell.old)).collect();
                add("removal", "", &told(&cells), "");
            }
        }
    }
    rows
}

/// The values of a row, as far as it has any.
fn told(cells: &[String]) -> String {
    let there: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    there.join(" · ")
}
