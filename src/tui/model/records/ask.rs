//! What the screens of records ask of the outside, and what they are told.

use crate::domain::Table;
use crate::domain::records::{Cell, Filter, Found, RecordId, RowId, Sheet};
use crate::tui::model::widgets::data_table::{Page, RowKey};

/// A question.
#[derive(Debug, Clone)]
pub enum Question {
    /// Which rows does this page of a table have? The words of the page's filter are read already.
    Rows(Table, Box<Filter>, Page),
    /// Which records is what was typed about?
    Search(String),
    /// What is there to this record?
    Record(RecordId),
}

/// An answer. Whoever makes one has cleaned its text.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Rows, from the top.
    Rows {
        /// The rows.
        rows: Vec<Listed>,
        /// Whether there are more that way.
        more: bool,
    },
    /// What a search found.
    Found(Vec<Found>),
    /// A record; nothing where it is not there any more.
    Record(Option<Box<Sheet>>),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What the table knows it by.
    pub key: RowKey,
    /// Which row it is.
    pub row: RowId,
    /// The record it is about.
    pub record: RecordId,
    /// A cell for each column of the table.
    pub cells: Vec<Cell>,
}
