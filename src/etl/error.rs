//! What can keep a load from being done.

use super::align::HeaderError;
use super::source::SourceError;
use crate::db::DbError;

/// A load that could not be done. Nothing was written, unless the message says that this is not known.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No source was given.
    #[error("There is nothing to load.")]
    NoSource,
    /// A header does not fit its table.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// A column that the command line speaks of is in no file.
    #[error("--map speaks of {names}, which no file has. Nothing was loaded.")]
    Unmapped {
        /// The columns.
        names: String,
    },
    /// The mapping can not be written down.
    #[error("The mapping can not be saved as {path}: {cause}. Nothing was loaded.")]
    SaveMapping {
        /// Where.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Two files of one table have different columns.
    #[error(
        "{one} and {other} are both for {table}, but have different columns. Load them one after the other."
    )]
    Unlike {
        /// The one file.
        one: String,
        /// The other.
        other: String,
        /// Their table.
        table: &'static str,
    },
    /// A source can not be read.
    #[error("{0} Nothing was loaded.")]
    Source(#[from] SourceError),
    /// The database did not do it.
    #[error("{0} Nothing was loaded.")]
    Db(DbError),
    /// The connection ended while the result was being stored, and the database can not be asked.
    #[error(
        "The connection was lost while the rows were being stored: it is not known whether they were. Run {0} in the history tells; loading again does no harm."
    )]
    Unknown(crate::domain::RunId),
    /// The server took other rows than were sent.
    #[error(
        "The server took {taken} of {sent} rows of {file} with {warnings} warnings, so all were taken back. Nothing was loaded."
    )]
    Miscounted {
        /// The file.
        file: String,
        /// Rows sent.
        sent: u64,
        /// Rows the server counted.
        taken: u64,
        /// Warnings the server counted.
        warnings: u64,
    },
    /// Somebody else wrote to the same rows.
    #[error("Somebody else changed {table} while it was being loaded. Nothing was loaded; load again.")]
    Changed {
        /// The table.
        table: &'static str,
    },
    /// Rows that would be removed are named by others.
    #[error(
        "Replacing {table} would leave rows that name what is gone: {named}. Nothing was loaded; load those tables in the same set, or use upsert."
    )]
    Orphans {
        /// The table.
        table: &'static str,
        /// Who names what.
        named: String,
    },
    /// A table would be replaced by nothing.
    #[error(
        "The files have no row for {table}, and replacing would remove every one there is. Nothing was loaded."
    )]
    NothingInstead {
        /// The table.
        table: &'static str,
    },
    /// The rejected rows can not be written down.
    #[error(
        "The rejected rows can not be written to {folder}: {cause}. Nothing was loaded; name another folder with --rejects."
    )]
    Rejects {
        /// Where.
        folder: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The thread that reads ended by itself.
    #[error("The reading of {file} broke off by a fault of the program. Nothing was loaded.")]
    Reader {
        /// The file.
        file: String,
    },
    /// Other loads are beginning and do not get on.
    #[error("Another load is just beginning and does not get on. Nothing was loaded; try again in a minute.")]
    Busy,
    /// Somebody stopped it. [`load`](super::load) makes a receipt of this.
    #[error("The load was stopped. Nothing was loaded.")]
    Cancelled,
}

impl From<DbError> for LoadError {
    fn from(error: DbError) -> LoadError {
        LoadError::Db(error)
    }
}

impl From<mysql_async::Error> for LoadError {
    fn from(error: mysql_async::Error) -> LoadError {
        LoadError::Db(error.into())
    }
}
