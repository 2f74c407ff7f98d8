//! What a load did, told in numbers.

use super::{RunId, Table};
use serde::Serialize;
use std::fmt;
use std::path::PathBuf;

/// How a load ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Everything accepted is in the chain.
    Committed,
    /// Nothing was written, as asked.
    DryRun,
    /// Every row was there already.
    NothingToDo,
    /// Rows were rejected, and so nothing was written.
    Rejected,
    /// Somebody stopped it; nothing was written.
    Cancelled,
    /// It could not be done; nothing was written.
    Failed,
}

impl Outcome {
    /// The word in the receipt.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Committed => "committed",
            Outcome::DryRun => "dry_run",
            Outcome::NothingToDo => "nothing_to_do",
            Outcome::Rejected => "rejected",
            Outcome::Cancelled => "cancelled",
            Outcome::Failed => "failed",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableReceipt {
    /// Where its rows belong.
    pub table: Table,
    /// The file, as it was named.
    pub file: String,
    /// Rows read.
    pub read: u64,
    /// Rows that are new.
    pub inserted: u64,
    /// Rows that were there with other values.
    pub updated: u64,
    /// Rows that were there as they are.
    pub unchanged: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// Rows of the table that the file does not have, removed: by `replace` alone.
    pub deleted: u64,
}

/// What happens to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new.
    Insert,
    /// Some of its values become others.
    Update,
    /// It goes.
    Delete,
}

/// One value that a load would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellChange {
    /// The column.
    pub column: String,
    /// What is there; `None` for nothing, and in a new row.
    pub old: Option<String>,
    /// What would be; `None` for nothing, and in a row that goes.
    pub new: Option<String>,
}

/// One row that a load would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its table.
    pub table: Table,
    /// Its key, its parts joined by `/`.
    pub key: String,
    /// What happens to it.
    pub kind: ChangeKind,
    /// The values that differ; every value where the row comes or goes.
    pub cells: Vec<CellChange>,
}

/// A row that undoing leaves as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Its table.
    pub table: Table,
    /// Its key, its parts joined by `/`.
    pub key: String,
    /// Why, in words.
    pub why: String,
}

/// What undoing a run did. In its receipt, `deleted` are rows that went, `updated` those that are what they were, and
/// `inserted` those that came back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Undone {
    /// The run that was undone.
    pub undone: RunId,
    /// What was done.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// Rows that were left, in all.
    pub left: u64,
    /// The first of them.
    pub left_rows: Vec<Left>,
}

/// The result of a run: the same on the screen, in JSON and in `import_runs`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Receipt {
    /// The run.
    pub run_id: RunId,
    /// What was loaded, as it was named.
    pub source: String,
    /// How rows meet what is there.
    pub mode: String,
    /// How it ended.
    pub status: Outcome,
    /// File by file, parents first.
    pub tables: Vec<TableReceipt>,
    /// The first rows of each table that would come, change and go; in a dry run alone. The counts are exact, this is a sample.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub preview: Vec<Change>,
    /// Chunks that were stored by themselves, of a load in chunks; 0 where it is all or nothing.
    #[serde(skip_serializing_if = "is_zero")]
    pub chunks: u64,
    /// Where the rejected rows are, if there were any.
    pub rejects_file: Option<PathBuf>,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Rows read a second.
    pub rows_per_second: u64,
}

impl Receipt {
    /// Rows read, over all files.
    pub fn read(&self) -> u64 {
        self.tables.iter().map(|table| table.read).sum()
    }

    /// Rows not taken, over all files.
    pub fn rejected(&self) -> u64 {
        self.tables.iter().map(|table| table.rejected).sum()
    }

    /// Rows removed, over all files.
    pub fn removed(&self) -> u64 {
        self.tables.iter().map(|table| table.deleted).sum()
    }

    /// What is in the chain of a load in chunks that did not come to its end, in words.
    pub fn stored_before(&self) -> Option<String> {
        stored_before(self.chunks)
    }

    /// Rows that make a difference, over all files.
    pub fn changed(&self) -> u64 {
        self.tables.iter().map(|table| table.inserted + table.updated + table.deleted).sum()
    }
}

/// What so many chunks before one that failed come to, in words.
pub fn stored_before(chunks: u64) -> Option<String> {
    match chunks {
        0 => None,
        1 => Some("1 chunk before it is in the chain.".to_owned()),
        several => Some(format!("{several} chunks before it are in the chain.")),
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}
