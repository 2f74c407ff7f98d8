//! A server's rows as CSV files, without loading them.

use super::read::{TableLoad, read_from};
use super::server::{Server, Target};
use super::{ApiLoadError, ApiProgress, told_on};
use crate::db::{Db, DbError, Proof};
use crate::domain::audit::{Action, Entry};
use crate::domain::guard::guarded;
use crate::etl::source::Source;
use crate::etl::source::api::{ApiError, ApiRows, Asking};
use crate::service::authorized::{Authorized, ImportData};
use crate::settings::Settings;
use csv::{StringRecord, Writer};
use serde::Serialize;
use std::io;
use std::path::{Path, PathBuf};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What was saved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Saved {
    /// The folder.
    pub folder: PathBuf,
    /// Table by table.
    pub api: Vec<TableLoad>,
    /// Whether it is shown that everything came.
    pub complete: bool,
}

/// Writes the rows of a server's tables into a folder, a file a table, which `storekeeper import` loads.
///
/// # Errors
/// [`ApiLoadError`]; no file is left then that was not there before.
pub async fn save(
    by: &Authorized<ImportData>,
    db: &Db,
    settings: &Settings,
    target: &Target,
    folder: &Path,
    progress: &watch::Sender<ApiProgress>,
    cancel: &CancellationToken,
) -> Result<Saved, ApiLoadError> {
    db.recheck(by as &dyn Proof).await?;
    let told = watch::Sender::new(Asking::default());
    let server = Server::open(settings, target, told.clone(), cancel)?;
    let reading = read_from(db, &server, None, true, cancel);
    let read =
        told_on(told.subscribe(), |asking| progress.send_modify(|all| all.asking = asking), reading).await?;
    if cancel.is_cancelled() {
        return Err(ApiError::Cancelled.into());
    }
    note(by, db, &server.address, folder).await?;
    let tables = read.told();
    let mut sources = Vec::new();
    for (told, spool) in read.tables {
        sources.push(ApiRows::new(told.table, told.address, spool, &target.mapping)?);
    }
    let (to, stop) = (folder.to_owned(), cancel.clone());
    let written = tokio::task::spawn_blocking(move || write_all(sources, &to, &stop)).await;
    written.map_err(|_| ApiError::Cancelled)??;
    let complete = tables.iter().all(|table| table.whole.is_shown());
    Ok(Saved { folder: folder.to_owned(), api: tables, complete })
}

/// Records it, as every taking of data is.
async fn note(by: &Authorized<ImportData>, db: &Db, from: &str, to: &Path) -> Result<(), DbError> {
    let entry = Entry::done(Action::Import, from).detail(format!("saved as CSV in {}", to.display()));
    db.note(by, entry).await
}

fn write_all(sources: Vec<ApiRows>, folder: &Path, stop: &CancellationToken) -> Result<(), ApiLoadError> {
    let failed = |cause| ApiLoadError::Write { place: folder.display().to_string(), cause };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut made = Vec::new();
    for mut source in sources {
        let file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        write(&mut source, file.as_file(), stop).map_err(failed)?;
        made.push((file, folder.join(format!("{}.csv", source.table()))));
    }
    if stop.is_cancelled() {
        return Err(ApiError::Cancelled.into());
    }
    for (file, place) in made {
        file.persist(&place).map_err(|error| failed(error.error))?;
    }
    Ok(())
}

fn write(source: &mut ApiRows, file: &std::fs::File, stop: &CancellationToken) -> io::Result<()> {
    let mut out = Writer::from_writer(io::BufWriter::new(file));
    out.write_record(source.header())?;
    let mut row = StringRecord::new();
    while source.read(&mut row).map_err(io::Error::other)?.is_some() {
        if stop.is_cancelled() {
            return Ok(());
        }
        out.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
    }
    out.flush()
}
