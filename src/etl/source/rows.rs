//! Rows that are in memory already, as a source: what somebody typed.

use super::{Source, SourceError};
use crate::domain::Table;
use csv::StringRecord;

/// Rows of one table.
pub struct Rows {
    table: Table,
    name: String,
    header: StringRecord,
    rows: Vec<StringRecord>,
    at: usize,
}

impl Rows {
    /// These rows under these columns.
    pub fn new(table: Table, name: &str, header: Vec<String>, rows: Vec<Vec<String>>) -> Rows {
        let rows = rows.into_iter().map(StringRecord::from).collect();
        Rows { table, name: name.to_owned(), header: header.into(), rows, at: 0 }
    }
}

impl Source for Rows {
    fn table(&self) -> Table {
        self.table
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn header(&self) -> &StringRecord {
        &self.header
    }

    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
        let Some(next) = self.rows.get(self.at) else {
            return Ok(None);
        };
        row.clone_from(next);
        self.at += 1;
        Ok(Some(self.at as u64 + 1))
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        None
    }

    fn position(&self) -> Option<(u64, u64)> {
        Some((self.at as u64, self.rows.len() as u64))
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.at = 0;
        Ok(())
    }
}
