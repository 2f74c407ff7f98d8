//! Tables as files for others, or for another chain.

use super::authorized::{Authorized, ExportData};
use crate::db::write::Recorded;
use crate::db::{Db, DbError};
use crate::domain::Table;
use crate::domain::audit::{Action, Entry};
use crate::domain::export::Format;
use crate::etl::export::{ExportError, Snapshot, columns};
use crate::etl::source::manifest::{self, ExportedFile, Manifest};
use crate::report::csv::CsvTable;
use crate::report::json::JsonTable;
use futures_util::FutureExt;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;

/// What goes out, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// The tables.
    pub tables: Vec<Table>,
    /// The form.
    pub format: Format,
    /// Whether text goes out byte for byte. Otherwise what a spreadsheet would run gets an apostrophe before it.
    pub exact: bool,
    /// Where to.
    pub to: To,
}

/// Where an export goes.
#[derive(Debug, Clone)]
pub enum To {
    /// A file for each table, and one that tells of them.
    Folder(PathBuf),
    /// One file, for one table.
    File(PathBuf),
    /// Standard output, for one table.
    Output,
}

impl To {
    fn place(&self) -> String {
        match self {
            To::Folder(path) | To::File(path) => path.display().to_string(),
            To::Output => "standard output".to_owned(),
        }
    }
}

/// Writes the tables as they all stood at one moment. Files get their names once everything is written; whatever had those
/// names before is then replaced. The audit log tells of it before the first row goes out.
///
/// # Errors
/// [`ExportError`]; what was there before is untouched then.
pub async fn export(
    by: &Authorized<ExportData>,
    db: &Db,
    request: &Request,
    cancel: &CancellationToken,
) -> Result<Manifest, ExportError> {
    record(by, db, request).await?;
    let mut snapshot = Snapshot::take(db).await?;
    let done = match &request.to {
        To::Folder(folder) => to_folder(&mut snapshot, request, folder, cancel).await,
        To::File(file) => to_file(&mut snapshot, request, file, cancel).await,
        To::Output => one(&mut snapshot, request, io::stdout(), cancel).await.map(|(_, file)| vec![file]),
    };
    snapshot.end().await;
    Ok(Manifest { exact: request.exact, files: done? })
}

async fn record(by: &Authorized<ExportData>, db: &Db, request: &Request) -> Result<(), DbError> {
    let tables: Vec<&str> = request.tables.iter().map(|table| table.name()).collect();
    let detail = format!("as {} to {}", request.format.ending(), request.to.place());
    let entry = Entry::done(Action::Export, tables.join(", ")).detail(detail);
    db.write(by, |_| {
        let entry = entry.clone();
        async move { Ok::<_, DbError>(Recorded::with((), entry)) }.boxed()
    })
    .await
}

async fn to_folder(
    snapshot: &mut Snapshot,
    request: &Request,
    folder: &Path,
    cancel: &CancellationToken,
) -> Result<Vec<ExportedFile>, ExportError> {
    let failed = |cause| ExportError::Write { place: folder.display().to_string(), cause };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let beside =
        tempfile::Builder::new().prefix(".storekeeper-export-").tempdir_in(folder).map_err(failed)?;
    let mut files = Vec::new();
    for table in &request.tables {
        let name = format!("{table}.{}", request.format.ending());
        let file = private(&beside.path().join(&name)).map_err(failed)?;
        let (file, rows) = write(snapshot, request, *table, file, cancel).await?;
        file.sync_all().map_err(failed)?;
        files.push(ExportedFile { file: name, table: *table, rows });
    }
    let manifest = Manifest { exact: request.exact, files };
    let mut text = private(&beside.path().join(manifest::NAME)).map_err(failed)?;
    serde_json::to_writer_pretty(&mut text, &manifest).map_err(|error| failed(error.into()))?;
    text.sync_all().map_err(failed)?;
    let names = manifest.files.iter().map(|file| file.file.as_str()).chain([manifest::NAME]);
    for name in names {
        std::fs::rename(beside.path().join(name), folder.join(name)).map_err(failed)?;
    }
    Ok(manifest.files)
}

async fn to_file(
    snapshot: &mut Snapshot,
    request: &Request,
    path: &Path,
    cancel: &CancellationToken,
) -> Result<Vec<ExportedFile>, ExportError> {
    let failed = |cause| ExportError::Write { place: path.display().to_string(), cause };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside =
        tempfile::Builder::new().prefix(".storekeeper-export-").tempfile_in(folder).map_err(failed)?;
    let file = beside.as_file().try_clone().map_err(failed)?;
    let (file, exported) = one(snapshot, request, file, cancel).await?;
    file.sync_all().map_err(failed)?;
    beside.persist(path).map_err(|error| failed(error.error))?;
    Ok(vec![exported])
}

async fn one<W: Write>(
    snapshot: &mut Snapshot,
    request: &Request,
    out: W,
    cancel: &CancellationToken,
) -> Result<(W, ExportedFile), ExportError> {
    let [table] = request.tables.as_slice() else {
        let cause = io::Error::other("one file takes one table; name a folder for several");
        return Err(ExportError::Write { place: request.to.place(), cause });
    };
    let (out, rows) = write(snapshot, request, *table, out, cancel).await?;
    Ok((out, ExportedFile { file: request.to.place(), table: *table, rows }))
}

/// A new file that nobody else may read.
fn private(path: &Path) -> io::Result<std::fs::File> {
    let file = std::fs::File::create_new(path)?;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    Ok(file)
}

async fn write<W: Write>(
    snapshot: &mut Snapshot,
    request: &Request,
    table: Table,
    out: W,
    cancel: &CancellationToken,
) -> Result<(W, u64), ExportError> {
    const BUFFER: usize = 1 << 16;
    let place = request.to.place();
    let failed = |cause| ExportError::Write { place: place.clone(), cause };
    let (out, columns) = (BufWriter::with_capacity(BUFFER, out), columns(table));
    let (out, rows) = match request.format {
        Format::Csv => {
            let mut rows = CsvTable::begin(out, &columns, request.exact).map_err(failed)?;
            let count =
                snapshot.each(table, cancel, |row| rows.row(row.iter().copied()).map_err(failed)).await?;
            (rows.end().map_err(failed)?, count)
        }
        Format::Json => {
            let mut rows = JsonTable::begin(out, &columns).map_err(failed)?;
            let count =
                snapshot.each(table, cancel, |row| rows.row(row.iter().copied()).map_err(failed)).await?;
            (rows.end().map_err(failed)?, count)
        }
    };
    let out = out.into_inner().map_err(|error| failed(error.into_error()))?;
    Ok((out, rows))
}
