//! How far the asking is. Sent on a `watch`: only the newest counts.

use crate::domain::Table;
use std::time::Duration;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    /// Looking for tables.
    #[default]
    Looking,
    /// Finding out how a table is paged.
    Trying,
    /// Reading rows.
    Reading,
}

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRead {
    /// Which.
    pub table: Table,
    /// Its pages.
    pub pages: u64,
    /// Its rows.
    pub rows: u64,
    /// Rows that the server says it has.
    pub total: Option<u64>,
}

/// How far the asking is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asking {
    /// What is being done.
    pub step: Step,
    /// The table it is at.
    pub table: Option<Table>,
    /// The address it is at, without credentials.
    pub address: String,
    /// Pages of this table so far.
    pub pages: u64,
    /// Rows of this table so far.
    pub rows: u64,
    /// Rows that the server says the table has.
    pub total: Option<u64>,
    /// Rows of all tables so far.
    pub all_rows: u64,
    /// Requests so far.
    pub requests: u64,
    /// Requests that had to be made again.
    pub retries: u64,
    /// Time spent waiting because the server asked for it or failed.
    pub waited: Duration,
    /// What is being waited for now, in words: `waiting 12 s, the server asked for it`.
    pub waiting: Option<String>,
    /// The tables that are read already.
    pub read: Vec<TableRead>,
    /// What the person should know besides, said once.
    pub notes: Vec<String>,
}

impl Asking {
    /// One line of it.
    pub fn line(&self) -> String {
        let doing = match self.step {
            Step::Looking => "looking",
            Step::Trying => "finding out the pages of",
            Step::Reading => "reading",
        };
        let table = self.table.map_or_else(|| self.address.clone(), |table| table.to_string());
        let of = self.total.map(|total| format!(" of {total}")).unwrap_or_default();
        let far = match self.step {
            Step::Reading => format!(", {} pages, {}{of} rows", self.pages, self.rows),
            _ => String::new(),
        };
        let waiting = self.waiting.as_ref().map(|waiting| format!(" · {waiting}")).unwrap_or_default();
        let again = if self.retries > 0 { format!(", {} again", self.retries) } else { String::new() };
        format!("{doing} {table}{far}, {} requests{again}{waiting}", self.requests)
    }
}
