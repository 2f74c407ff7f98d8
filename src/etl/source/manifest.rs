//! What lies beside the files of an export, and says how they were written.

use crate::domain::Table;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The name of the file.
pub const NAME: &str = "storekeeper-export.json";

/// What an export holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Whether text is there byte for byte. Otherwise what a spreadsheet would run has an apostrophe before it.
    pub exact: bool,
    /// The files.
    pub files: Vec<ExportedFile>,
}

/// One file of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedFile {
    /// Its name.
    pub file: String,
    /// What is in it.
    pub table: Table,
    /// How many rows.
    pub rows: u64,
}

/// Whether a file is of an export whose text was made safe.
pub(super) fn says_guarded(path: &Path) -> bool {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return false;
    };
    let Ok(text) = std::fs::read_to_string(folder.join(NAME)) else {
        return false;
    };
    let manifest: Option<Manifest> = serde_json::from_str(&text).ok();
    manifest.is_some_and(|manifest| !manifest.exact && manifest.files.iter().any(|file| *name == *file.file))
}
