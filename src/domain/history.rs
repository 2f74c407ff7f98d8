//! The loads of the past.

use super::RunId;
use jiff::Timestamp;
use serde::Serialize;

/// One load in the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PastRun {
    /// The run.
    pub run_id: RunId,
    /// When it began, by the database's clock.
    pub started_at: Timestamp,
    /// Who loaded; names in parentheses are no users.
    pub actor: String,
    /// What was loaded, as it was named.
    pub source: String,
    /// How rows met what was there.
    pub mode: String,
    /// How it ended: a word of [`Outcome`](super::receipt::Outcome), or `running`.
    pub status: String,
    /// How long it took, in seconds; `None` while it runs.
    pub seconds: Option<f64>,
    /// Rows, over all files.
    #[serde(flatten)]
    pub rows: RowCounts,
}

/// What became of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct RowCounts {
    /// Rows read.
    pub read: u64,
    /// Rows that were new.
    pub inserted: u64,
    /// Rows that were there with other values.
    pub updated: u64,
    /// Rows that were there as they were.
    pub unchanged: u64,
    /// Rows not taken.
    pub rejected: u64,
}

/// The receipt of a past load.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PastReceipt {
    /// The load.
    #[serde(flatten)]
    pub run: PastRun,
    /// When it ended, by the database's clock.
    pub finished_at: Option<Timestamp>,
    /// Where the rejected rows were written.
    pub rejects_file: Option<String>,
    /// What there was to say.
    pub message: Option<String>,
    /// File by file.
    pub files: Vec<PastFile>,
}

/// One file of a past load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastFile {
    /// Where its rows belong.
    pub table: String,
    /// The file, as it was named.
    pub file: String,
    /// The SHA-256 of its bytes in hexadecimal, where it was a file and read to its end.
    pub sha256: Option<String>,
    /// Its rows.
    #[serde(flatten)]
    pub rows: RowCounts,
}

impl RowCounts {
    /// The sum of both.
    #[must_use]
    pub fn plus(self, other: RowCounts) -> RowCounts {
        RowCounts {
            read: self.read + other.read,
            inserted: self.inserted + other.inserted,
            updated: self.updated + other.updated,
            unchanged: self.unchanged + other.unchanged,
            rejected: self.rejected + other.rejected,
        }
    }
}
