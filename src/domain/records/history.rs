//! What became of a record.

use crate::domain::RunId;
use jiff::Timestamp;

/// What became of a record, as far as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// What the record is called, cleaned; its number where it is not there any more.
    pub name: String,
    /// The load that brought it; none where it was made by hand, or is not there any more.
    pub loaded_by: Option<RunId>,
    /// What people did with it, the newest first.
    pub happened: Vec<Happened>,
}

/// Something that somebody did. Its texts are cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// When, by the database's clock.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// As what.
    pub role: Option<String>,
    /// What: made, changed, deleted.
    pub what: &'static str,
    /// The fields it was about.
    pub fields: Vec<Altered>,
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// What it is called.
    pub name: String,
    /// What it was; nothing where there was no record.
    pub before: Option<String>,
    /// What it became; nothing where there is no record any more.
    pub after: Option<String>,
}
