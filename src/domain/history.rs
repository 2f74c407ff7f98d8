//! Loads of the past.

use super::receipt::TableReceipt;
use super::{RunId, Table};
use serde::Serialize;

/// One run as the history has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PastRun {
    /// The run.
    pub run_id: RunId,
    /// When it began, in UTC, as in `2026-01-31T08:00:00Z`.
    pub started_at: String,
    /// Who did it.
    pub actor: String,
    /// What was loaded, as it was named.
    pub source: String,
    /// How its rows met what was there.
    pub mode: String,
    /// How it ended; `running` while it has not.
    pub status: String,
    /// How long it took, in seconds.
    pub seconds: Option<f64>,
    /// What a person should know of it.
    pub message: Option<String>,
    /// Where its rejected rows were written.
    pub rejects_file: Option<String>,
    /// The run that has undone it.
    pub undone_by: Option<RunId>,
    /// Files in its set.
    pub files: u64,
    /// Rows, over all files.
    pub rows: Sums,
}

/// Rows over all files of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sums {
    /// Rows read.
    pub read: u64,
    /// Rows that were new.
    pub inserted: u64,
    /// Rows that were there with other values.
    pub updated: u64,
    /// Rows that were there as they are.
    pub unchanged: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// Rows removed.
    pub deleted: u64,
}

/// One file of a run of the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastFile {
    /// Its counts.
    #[serde(flatten)]
    pub receipt: TableReceipt,
    /// SHA-256 of the file as it lay there, in hexadecimal.
    pub sha256: Option<String>,
    /// How it was written, in words.
    pub written_how: Option<String>,
    /// What its columns were taken for, as JSON.
    pub mapping: Option<String>,
}

impl PastFile {
    /// The table its rows belong to.
    pub fn table(&self) -> Table {
        self.receipt.table
    }
}

/// One run with all its files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunDetail {
    /// The run.
    #[serde(flatten)]
    pub run: PastRun,
    /// Its files, parents first.
    pub tables: Vec<PastFile>,
}
