//! Loading files into the chain.

use super::authorized::{Authorized, ImportData};
use super::chunks;
use crate::db::{Db, DbError, Proof, Warrant};
use crate::domain::{Permission, Receipt, Table};
use crate::etl::source::Source;
use crate::etl::source::csv::{self, FindError, Found, Reading};
use crate::etl::source::without::Without;
use crate::etl::{self, Dates, LoadError, Mapping, Mode, OnDuplicate, OnReject, Options, Progress};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What is to be loaded, and how.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Files, or folders of files named after tables.
    pub paths: Vec<PathBuf>,
    /// The table of a single file whose name does not say it.
    pub table: Option<Table>,
    /// What is known of how the files are written.
    pub reading: Reading,
    /// What is known of single files, where it is another than for all.
    pub apart: BTreeMap<PathBuf, Apart>,
    /// Rows in a chunk, where each is to be stored by itself.
    pub chunk: Option<u64>,
    /// How rows meet what is there.
    pub mode: Mode,
    /// Do everything but write.
    pub dry_run: bool,
    /// What a rejected row means for the others.
    pub on_reject: OnReject,
    /// Which of several rows with one key is taken.
    pub on_duplicate: OnDuplicate,
    /// Other names of columns.
    pub mapping: Mapping,
    /// Where the mapping that was used is to be saved.
    pub save_mapping: Option<PathBuf>,
    /// In which order days are written.
    pub dates: Dates,
    /// The folder for rejected rows; the working folder where there is none.
    pub rejects_dir: Option<PathBuf>,
    /// Whether `LOAD DATA LOCAL` may be used.
    pub infile: bool,
}

/// What is known of one file.
#[derive(Debug, Clone, Default)]
pub struct Apart {
    /// Its table, where its name does not say it.
    pub table: Option<Table>,
    /// How it is written.
    pub reading: Reading,
    /// Lines whose rows are left out, for they come from another file.
    pub without: BTreeSet<u64>,
}

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The paths lead to nothing that can be loaded.
    #[error(transparent)]
    Find(#[from] FindError),
    /// Every chunk would remove what the others bring.
    #[error(
        "Replacing takes the whole file at once: leave out --chunk, or use another --mode. Nothing was loaded."
    )]
    ReplaceInChunks,
    /// The load could not be done.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The person may not do that any more, or the database can not be asked.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// By what right a load writes: one that removes rows takes the right to delete, which is read again where it commits.
pub(super) fn warrant(by: &Authorized<ImportData>, mode: Mode) -> Result<Warrant, DbError> {
    let warrant = by.warrant().clone();
    if mode != Mode::Replace {
        return Ok(warrant);
    }
    if warrant.doer.role.is_some_and(|role| role.allows(Permission::DeleteData)) {
        return Ok(Warrant { permission: Some(Permission::DeleteData), ..warrant });
    }
    let (actor, verb) = (&warrant.doer.actor, Permission::DeleteData.verb());
    let role = Permission::DeleteData.least_role();
    Err(DbError::Forbidden(format!("{actor} may not {verb}, as replacing does: that takes the role {role}.")))
}

/// The sources of a request, each file as it is known.
pub(super) fn found(request: &Request, stop: &CancellationToken) -> Result<Found, FindError> {
    if request.apart.is_empty() {
        return csv::find_until(&request.paths, request.table, request.reading, stop);
    }
    let mut all = Found { sources: Vec::new(), left_alone: Vec::new() };
    for path in &request.paths {
        let one = request.apart.get(path).cloned().unwrap_or(Apart {
            table: request.table,
            reading: request.reading,
            without: BTreeSet::new(),
        });
        let found = csv::find_until(std::slice::from_ref(path), one.table, one.reading, stop)?;
        all.left_alone.extend(found.left_alone);
        all.sources.extend(found.sources.into_iter().map(|source| -> Box<dyn Source> {
            if one.without.is_empty() { source } else { Box::new(Without::new(source, one.without.clone())) }
        }));
    }
    all.sources.sort_by_key(|source| source.table());
    Ok(all)
}

/// Loads what the request names, all or nothing.
///
/// # Errors
/// [`ImportError`] where it could not be done; rejected rows and a cancelled load are no errors but a receipt.
pub async fn load(
    by: &Authorized<ImportData>,
    db: &Db,
    request: &Request,
    progress: &watch::Sender<Progress>,
    cancel: &CancellationToken,
) -> Result<Receipt, ImportError> {
    db.recheck(by).await?;
    let warrant = warrant(by, request.mode)?;
    let wanted = request.clone();
    // A path may be a pipe that nobody writes to: opening it must not keep a person from stopping.
    let stop = cancel.clone();
    let finding = tokio::task::spawn_blocking(move || found(&wanted, &stop));
    let found = tokio::select! {
        biased;
        () = cancel.cancelled() => Found { sources: Vec::new(), left_alone: Vec::new() },
        found = finding => found.map_err(|_| LoadError::Cancelled)??,
    };
    if !found.left_alone.is_empty() {
        let names: Vec<String> = found.left_alone.iter().map(|path| path.display().to_string()).collect();
        progress.send_modify(|progress| {
            progress
                .notes
                .push(format!("Left alone, because their names say no table: {}.", names.join(", ")));
        });
    }
    let options = Options {
        dry_run: request.dry_run,
        on_reject: request.on_reject,
        on_duplicate: request.on_duplicate,
        mapping: request.mapping.clone(),
        save_mapping: request.save_mapping.clone(),
        dates: request.dates.clone(),
        rejects_dir: request.rejects_dir.clone(),
        mode: request.mode,
        by: warrant,
        infile: request.infile,
        remark: None,
    };
    if let Some(rows) = request.chunk.filter(|_| !cancel.is_cancelled()) {
        return chunks::load(db, found.sources, rows, &options, progress, cancel).await;
    }
    let source: Vec<String> = request.paths.iter().map(|path| path.display().to_string()).collect();
    Ok(etl::load(db, &source.join(" "), found.sources, &options, progress, cancel).await?)
}
