//! One record shown whole, with what it is related to.

use super::{Cell, Field, RecordId};
use crate::domain::Table;

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Which.
    pub id: RecordId,
    /// What it is called, cleaned.
    pub title: String,
    /// What there is to it.
    pub facts: Vec<Fact>,
    /// What belongs to it.
    pub sections: Vec<Section>,
}

/// Something about a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub name: &'static str,
    /// It.
    pub value: Cell,
    /// The record it names.
    pub leads: Option<RecordId>,
}

/// Rows of a table that belong to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What they are.
    pub title: &'static str,
    /// Their columns.
    pub fields: Vec<&'static Field>,
    /// The first of them.
    pub rows: Vec<Row>,
    /// Where there are more: the table that has all of them, and what narrows it to these.
    pub all: Option<(Table, String)>,
}

/// A row of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// The record it is about.
    pub leads: Option<RecordId>,
}

/// Where something of a record leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// To another record.
    Record(RecordId),
    /// To the rows of a table that these words leave.
    Rows(Table, String),
}

/// What of a record can have the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot<'a> {
    /// A fact.
    Fact(&'a Fact),
    /// A row of a section.
    Row(&'a Row),
    /// All rows of a section.
    All(&'a (Table, String)),
}

impl Sheet {
    /// Everything that can have the cursor, from the top.
    pub fn spots(&self) -> impl Iterator<Item = Spot<'_>> {
        self.facts.iter().map(Spot::Fact).chain(self.sections.iter().flat_map(Section::spots))
    }
}

impl Section {
    fn spots(&self) -> impl Iterator<Item = Spot<'_>> {
        self.rows.iter().map(Spot::Row).chain(self.all.iter().map(Spot::All))
    }
}

impl Spot<'_> {
    /// Where it leads.
    pub fn leads(&self) -> Option<Lead> {
        match self {
            Spot::Fact(Fact { leads, .. }) | Spot::Row(Row { leads, .. }) => leads.map(Lead::Record),
            Spot::All((table, words)) => Some(Lead::Rows(*table, words.clone())),
        }
    }

    /// As a spreadsheet reads it: a value, or cells parted by tabs.
    pub fn plain(&self) -> String {
        match self {
            Spot::Fact(fact) => fact.value.plain(),
            Spot::Row(row) => row.cells.iter().map(Cell::plain).collect::<Vec<_>>().join("\t"),
            Spot::All((_, words)) => words.clone(),
        }
    }
}
