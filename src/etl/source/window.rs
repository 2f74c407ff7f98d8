//! A stretch of a source's rows, as a source of its own: for files that are loaded chunk by chunk.

use super::dialect::Dialect;
use super::{Source, SourceError};
use crate::domain::Table;
use csv::StringRecord;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;

/// A source that several windows look at, one after the other.
#[derive(Clone)]
pub struct Shared(Arc<Mutex<Whole>>);

struct Whole {
    source: Box<dyn Source>,
    /// Rows read since the beginning.
    at: u64,
    /// The next row, where it was looked for.
    ahead: Option<(u64, StringRecord)>,
    stop: CancellationToken,
}

impl Whole {
    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
        let line = match self.ahead.take() {
            Some((line, ahead)) => {
                *row = ahead;
                Some(line)
            }
            None => self.source.read(row)?,
        };
        self.at += u64::from(line.is_some());
        Ok(line)
    }

    /// Reads a row that nobody wants, unless somebody stops that: there may be very many.
    fn skip(&mut self, row: &mut StringRecord) -> Result<bool, SourceError> {
        if self.stop.is_cancelled() {
            let cause = io::Error::other("the reading was stopped");
            return Err(SourceError::Io { name: self.source.name().to_owned(), cause });
        }
        Ok(self.read(row)?.is_some())
    }

    /// Goes to before the row of that number, counted from 0.
    fn seek(&mut self, row: u64) -> Result<(), SourceError> {
        if self.at > row {
            self.source.rewind()?;
            (self.at, self.ahead) = (0, None);
        }
        let mut skipped = StringRecord::new();
        while self.at < row && self.skip(&mut skipped)? {}
        Ok(())
    }
}

impl Shared {
    /// The source, to be looked at in windows, until somebody stops it.
    pub fn new(source: Box<dyn Source>, stop: CancellationToken) -> Shared {
        Shared(Arc::new(Mutex::new(Whole { source, at: 0, ahead: None, stop })))
    }

    fn whole(&self) -> MutexGuard<'_, Whole> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads it to its end and answers the SHA-256 of all of it.
    ///
    /// # Errors
    /// [`SourceError`] where it can not be read.
    pub fn sha256(&self) -> Result<Option<[u8; 32]>, SourceError> {
        let mut whole = self.whole();
        let mut row = StringRecord::new();
        while whole.skip(&mut row)? {}
        Ok(whole.source.sha256())
    }

    /// Whether there is a row of that number, counted from 0. It is kept for who reads it.
    ///
    /// # Errors
    /// [`SourceError`] where it can not be read.
    pub fn has(&self, row: u64) -> Result<bool, SourceError> {
        let mut whole = self.whole();
        whole.seek(row)?;
        if whole.at < row {
            return Ok(false);
        }
        if whole.ahead.is_none() {
            let mut next = StringRecord::new();
            let line = whole.source.read(&mut next)?;
            whole.ahead = line.map(|line| (line, next));
        }
        Ok(whole.ahead.is_some())
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.whole().source.name().to_owned()
    }

    /// The rows from one to before another, counted from 0.
    pub fn window(&self, from: u64, to: u64) -> Box<dyn Source> {
        let whole = self.whole();
        Box::new(Window {
            table: whole.source.table(),
            name: whole.source.name().to_owned(),
            header: whole.source.header().clone(),
            dialect: whole.source.dialect(),
            shared: self.clone(),
            from,
            to,
            at: from,
        })
    }
}

struct Window {
    shared: Shared,
    table: Table,
    name: String,
    header: StringRecord,
    dialect: Option<Dialect>,
    from: u64,
    to: u64,
    at: u64,
}

impl Source for Window {
    fn table(&self) -> Table {
        self.table
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn header(&self) -> &StringRecord {
        &self.header
    }

    fn dialect(&self) -> Option<Dialect> {
        self.dialect
    }

    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
        if self.at >= self.to {
            return Ok(None);
        }
        let mut whole = self.shared.whole();
        whole.seek(self.at)?;
        let line = whole.read(row)?;
        self.at += u64::from(line.is_some());
        Ok(line)
    }

    fn passed_over(&self) -> u64 {
        self.shared.whole().source.passed_over()
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        None
    }

    fn position(&self) -> Option<(u64, u64)> {
        self.shared.whole().source.position()
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.at = self.from;
        Ok(())
    }
}
