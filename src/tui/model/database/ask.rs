//! What the screen of the database wants done, and what it is told.

use crate::domain::Table;
use crate::domain::check::{Check, Checked};
use crate::service::database::Look;
use crate::tui::model::message::Failure;

/// Work on the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseJob {
    /// Look what it is like, and count its rows.
    Look,
    /// Check whether the chain agrees with itself.
    Check,
    /// Make the schema, or bring it up to date.
    Migrate,
    /// Make sample data.
    MakeDemo,
    /// Take sample data away.
    ClearDemo,
}

/// News of it.
#[derive(Debug, Clone, PartialEq)]
pub enum DatabaseNews {
    /// What the database is like, and whether whoever looks has a second factor.
    Looked(Box<Look>, bool),
    /// So many rows are in a table.
    Counted(Table, u64),
    /// This is being checked.
    Checking(Check),
    /// This was checked.
    Checked(Checked),
    /// How far the making of sample data is, in words.
    At(String),
    /// It ended; in words, where there is something to say.
    Ended(Result<String, Failure>),
}
