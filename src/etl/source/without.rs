//! A source without some of its rows: those that were rejected and come, corrected, from elsewhere.

use super::dialect::Dialect;
use super::{Source, SourceError};
use crate::domain::Table;
use csv::StringRecord;
use std::collections::BTreeSet;

/// The source, and the lines that are passed over.
pub struct Without {
    source: Box<dyn Source>,
    lines: BTreeSet<u64>,
    passed_over: u64,
}

impl Without {
    /// The source without the rows that begin on these lines.
    pub fn new(source: Box<dyn Source>, lines: BTreeSet<u64>) -> Without {
        Without { source, lines, passed_over: 0 }
    }
}

impl Source for Without {
    fn table(&self) -> Table {
        self.source.table()
    }

    fn name(&self) -> &str {
        self.source.name()
    }

    fn header(&self) -> &StringRecord {
        self.source.header()
    }

    fn dialect(&self) -> Option<Dialect> {
        self.source.dialect()
    }

    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
        loop {
            match self.source.read(row)? {
                Some(line) if self.lines.contains(&line) => self.passed_over += 1,
                other => return Ok(other),
            }
        }
    }

    fn passed_over(&self) -> u64 {
        self.passed_over + self.source.passed_over()
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        // The file has rows that were not read: it is not the file that was loaded.
        None
    }

    fn position(&self) -> Option<(u64, u64)> {
        self.source.position()
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.passed_over = 0;
        self.source.rewind()
    }
}
