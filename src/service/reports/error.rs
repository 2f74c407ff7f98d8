//! Why nothing was printed.

use crate::db::DbError;
use crate::domain::{CustomerId, StoreId};
use crate::report::pdf::PrintError;
use crate::service::figures::FigureError;
use std::io;
use std::path::Path;

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The person may not do that any more, or the database can not be asked.
    #[error("{0} No report was written.")]
    Database(#[from] DbError),
    /// The store is somebody else's, or who prints belongs to none.
    #[error("{0} No report was written.")]
    OutOfSight(#[from] FigureError),
    /// There are no such customers.
    #[error("There is no customer {}. No report was written; search for the number under customers.", listed(.0))]
    UnknownCustomers(Vec<CustomerId>),
    /// There is no customer at all.
    #[error("There are no customers yet, so there is nothing to report.")]
    NoCustomers,
    /// What was asked for leaves nobody.
    #[error("No customer is left by that, so there is nothing to report.")]
    NobodyLeft,
    /// There is no such store.
    #[error("There is no store {asked}. Known: {}.", .known.join(", "))]
    UnknownStore {
        /// The number.
        asked: StoreId,
        /// Each store's number and name.
        known: Vec<String>,
    },
    /// The file can not be written.
    #[error("{place} can not be written: {cause}. No report was written; name another folder with --out.")]
    Write {
        /// Where.
        place: String,
        /// What the system said.
        cause: io::Error,
    },
    /// A fault of the program.
    #[error("The report could not be made: {0}. No report was written.")]
    Print(#[from] PrintError),
    /// A fault of the program: the thread at work ended.
    #[error("The report could not be made: its thread ended. No report was written.")]
    Thread,
    /// Somebody stopped it.
    #[error("Stopped; no report was written.")]
    Cancelled,
}

impl ReportError {
    pub(super) fn writing(place: &Path, cause: io::Error) -> ReportError {
        ReportError::Write { place: place.display().to_string(), cause }
    }
}

fn listed(customers: &[CustomerId]) -> String {
    customers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
