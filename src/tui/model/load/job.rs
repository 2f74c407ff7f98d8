//! A load to be run.

use super::choices::Choices;
use crate::domain::Table;
use crate::etl::source::csv::Reading;
use crate::etl::{Dates, Mapping, Rejected};
use std::collections::BTreeSet;

/// One file of a load, or a folder of files named after tables.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Where it is, as it was typed or found.
    pub path: String,
    /// Its table, where somebody said it.
    pub table: Option<Table>,
    /// How it is written, as far as somebody said it.
    pub reading: Reading,
    /// Lines whose rows are left out, for they come corrected.
    pub without: BTreeSet<u64>,
}

impl Part {
    /// A file of which nothing is said.
    pub fn at(path: &str) -> Part {
        Part { path: path.to_owned(), ..Part::default() }
    }
}

/// A load to run.
#[derive(Debug, Clone, Default)]
pub struct LoadJob {
    /// What it is called on the screen.
    pub title: String,
    /// The files.
    pub parts: Vec<Part>,
    /// Rows that were rejected before, as they were corrected.
    pub corrected: Option<Rejected>,
    /// How it is done.
    pub choices: Choices,
    /// What is said of columns.
    pub mapping: Mapping,
    /// What is said of days.
    pub dates: Dates,
    /// Only tell what would happen.
    pub dry_run: bool,
}
