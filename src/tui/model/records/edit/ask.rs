//! What the forms of records ask of the outside, and what they are told.

use crate::domain::Table;
use crate::domain::records::RowId;
use crate::domain::records::edit::{Doomed, Held, Opened, Values, Wrong};
use crate::domain::records::history::History;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// What does a form for this record begin with; for a new one where there is none?
    Form(Table, Option<RowId>),
    /// Store a new record.
    Make(Table, Values),
    /// Store these values where the record has that version.
    Change(RowId, u32, Values),
    /// What is to be known before this record is deleted?
    Doomed(RowId),
    /// Delete it.
    Delete(Box<Doomed>),
    /// What became of it?
    History(RowId),
}

/// An answer. Whoever makes one has cleaned its text.
#[derive(Debug, Clone)]
pub enum Answer {
    /// What a form begins with.
    Form(Box<Opened>),
    /// It is stored, as this record.
    Stored(RowId),
    /// Somebody changed it meanwhile, and it is this now.
    Clash(Box<Held>),
    /// Somebody deleted it meanwhile; in words.
    Gone(String),
    /// Values break rules.
    Wrong(Vec<Wrong>),
    /// What is to be known before it is deleted.
    Doomed(Box<Doomed>),
    /// It is deleted.
    Deleted(Box<Doomed>),
    /// What became of it.
    History(Box<History>),
}
