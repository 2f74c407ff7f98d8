//! Rows that a load rejected, and what they take to be loaded after all.

use super::authorized::{Authorized, ImportData};
use super::import::ImportError;
use crate::db::{Db, DbError, Proof};
use crate::domain::receipt::Outcome;
use crate::domain::{Receipt, Table};
use crate::etl::source::rows::Rows;
use crate::etl::{self, Mapping, Mode, Options, Progress, Rejected};
use std::io;
use std::path::PathBuf;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// The most rows that are read to be corrected by hand.
const MOST: usize = 10_000;

/// Why rejected rows can not be had.
#[derive(Debug, thiserror::Error)]
pub enum MendError {
    /// The file can not be read or written.
    #[error("The rejected rows in {place} can not be had: {cause}.")]
    File {
        /// Where.
        place: String,
        /// What the system said.
        cause: io::Error,
    },
    /// The person may not do that any more, or the database can not be asked.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Reads the rows that a run rejected, from the file it wrote them to.
///
/// # Errors
/// [`MendError`].
pub async fn rejects(
    by: &Authorized<ImportData>,
    db: &Db,
    place: PathBuf,
    mapping: Mapping,
) -> Result<Rejected, MendError> {
    db.recheck(by).await?;
    let failed = |cause| MendError::File { place: place.display().to_string(), cause };
    let path = place.clone();
    let reading = tokio::task::spawn_blocking(move || etl::read_rejects(&path, &mapping, MOST));
    reading.await.map_err(|broken| failed(io::Error::other(broken)))?.map_err(failed)
}

/// Writes corrected rows to files of their own in a folder, so that they can be loaded.
///
/// # Errors
/// [`MendError::File`].
pub async fn write(folder: PathBuf, rejected: Rejected) -> Result<Vec<(PathBuf, Table)>, MendError> {
    let failed = |cause| MendError::File { place: folder.display().to_string(), cause };
    let place = folder.clone();
    let writing = tokio::task::spawn_blocking(move || etl::write_rejects(&place, &rejected));
    writing.await.map_err(|broken| failed(io::Error::other(broken)))?.map_err(failed)
}

/// A number that a new row of the table can have, with the column it goes to.
///
/// # Errors
/// [`DbError`] where the person may not add rows any more, or the database can not be asked.
pub async fn next_number(
    by: &Authorized<ImportData>,
    db: &Db,
    table: Table,
) -> Result<Option<(&'static str, u32)>, DbError> {
    db.recheck(by).await?;
    etl::next_number(db, table).await
}

/// What became of a row that was typed.
#[derive(Debug)]
pub enum Added {
    /// It is in the chain.
    There(Box<Receipt>),
    /// It was not taken; why, in words.
    Refused(String),
}

/// Adds one row to a table: a load of one row, with everything that goes with a load.
///
/// # Errors
/// [`ImportError`] where it could not be done.
pub async fn add_row(
    by: &Authorized<ImportData>,
    db: &Db,
    table: Table,
    cells: Vec<(String, String)>,
    infile: bool,
    cancel: &CancellationToken,
) -> Result<Added, ImportError> {
    db.recheck(by).await?;
    let scratch = tempfile::tempdir().map_err(|cause| etl::LoadError::Rejects {
        folder: std::env::temp_dir().display().to_string(),
        cause,
    })?;
    let (header, row) = cells.into_iter().filter(|(_, cell)| !cell.trim().is_empty()).unzip();
    let source = Rows::new(table, "a typed row", header, vec![row]);
    let options = Options {
        mode: Mode::Insert,
        infile,
        rejects_dir: Some(scratch.path().to_owned()),
        ..Options::by(by.warrant().clone())
    };
    let progress = watch::Sender::new(Progress::default());
    let receipt = etl::load(db, "a typed row", vec![Box::new(source)], &options, &progress, cancel).await?;
    if receipt.status == Outcome::Committed {
        return Ok(Added::There(Box::new(receipt)));
    }
    let told = progress.borrow().rejects.join(" ");
    Ok(Added::Refused(if told.is_empty() { "It was not added.".to_owned() } else { told }))
}
