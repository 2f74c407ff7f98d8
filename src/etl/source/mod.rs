//! Where rows come from.

pub mod api;
mod bytes;
pub mod csv;
mod dialect;
mod find;
pub mod rows;
mod sniff;
pub mod window;
pub mod without;

use crate::domain::Table;
use ::csv::StringRecord;
use dialect::Dialect;

/// One table's rows, as text, in the order in which they stand.
///
/// Read on a blocking thread, one row at a time, so that a source may be larger than memory.
pub trait Source: Send + Sync {
    /// Where the rows belong.
    fn table(&self) -> Table;

    /// What people call it: a file's path as it was given, or a word for what makes the rows.
    fn name(&self) -> &str;

    /// The names of the columns, as the source has them.
    fn header(&self) -> &StringRecord;

    /// How it is written, where it is a file.
    fn dialect(&self) -> Option<Dialect> {
        None
    }

    /// Reads the next row into `row`; answers the line it begins on (the header is line 1), or `None` at the end.
    ///
    /// # Errors
    /// [`SourceError`] where the source can not be read on. A row with too many or too few cells is no error here: it is
    /// handed on as it is, to be rejected with its reason.
    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError>;

    /// Rows passed over since the first, up to the one that was read last: they count where rows are known by where they
    /// stand.
    fn passed_over(&self) -> u64 {
        0
    }

    /// The SHA-256 of all that was read, once the end was reached; `None` for a source that is no file.
    fn sha256(&self) -> Option<[u8; 32]>;

    /// How far it is, and how far it goes, in bytes or rows; `None` where the end is not known.
    fn position(&self) -> Option<(u64, u64)>;

    /// Goes back to before the first row, to read the same rows again.
    ///
    /// # Errors
    /// [`SourceError`] where the rows can not be had a second time.
    fn rewind(&mut self) -> Result<(), SourceError>;
}

/// A source that can not be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file system said no.
    #[error("{name} can not be read: {cause}. Check that it is there and that you may read it.")]
    Io {
        /// The source's name.
        name: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The text is not what it should be.
    #[error("{name}, line {line}: {message}")]
    Malformed {
        /// The source's name.
        name: String,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong, and what to do.
        message: String,
    },
}
