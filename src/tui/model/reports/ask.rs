//! A report to be printed, and what is told of it.

use crate::service::reports::{Reporting, What};
use crate::tui::model::message::Failure;
use std::path::PathBuf;

/// Reports to be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportJob {
    /// Which.
    pub what: What,
    /// The folder they go to, as it was typed.
    pub folder: String,
}

/// News of them.
#[derive(Debug, Clone, PartialEq)]
pub enum ReportNews {
    /// How far they are.
    Progress(Reporting),
    /// They ended.
    Ended(Result<Printed, Failure>),
}

/// Reports that are in their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The file of one, or the folder of several.
    pub place: PathBuf,
    /// How many there are.
    pub documents: usize,
    /// Their pages.
    pub pages: usize,
}
