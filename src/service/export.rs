//! Handing out the chain's tables as files.
//!
//! Accounts are no part of an export: `users` has nothing that another program should have, and a chain that is made from
//! an export gets its administrators from `storekeeper init`.

use super::authorized::{Authorized, ExportData};
use crate::db::export::{Reader, Snapshot};
use crate::db::{self, Db, DbError};
use crate::domain::Table;
use crate::domain::audit::{Action, Entry};
use crate::etl::Filter;
use crate::report::{Draft, Encoder, Format};
use jiff::Timestamp;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// What is handed out, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// The tables, parents first.
    pub tables: Vec<Table>,
    /// How rows are written.
    pub format: Format,
    /// The rows that are meant, where it is not all of a table's; for one table.
    pub only: Filter,
    /// Leave text as it is stored, also where a spreadsheet would run it.
    pub exact: bool,
    /// Where it goes.
    pub to: Destination,
}

/// Where an export goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Standard output. Several tables are one JSON object; CSV has no way to tell them apart.
    Output,
    /// One file, for one table.
    File(PathBuf),
    /// A folder with a file for each table.
    Folder(PathBuf),
}

/// How far an export is. Sent on a `watch`: only the newest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exporting {
    /// The table it is at.
    pub table: Option<Table>,
    /// Rows so far, over all tables.
    pub rows: u64,
}

/// What was handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Rows of each table.
    pub tables: Vec<(Table, u64)>,
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The person may not do that any more, or the database can not be asked.
    #[error("{0} No file was written.")]
    Database(#[from] DbError),
    /// The files can not be written.
    #[error("{place} can not be written: {cause}. Nothing was exported; name another place with --out.")]
    Write {
        /// Where.
        place: String,
        /// What the system said.
        cause: io::Error,
    },
    /// The reader of standard output has gone away.
    #[error("Nobody reads the output any more.")]
    Unread,
    /// Several tables, and no way to keep them apart.
    #[error("Several tables as CSV take a folder: name one with --out.")]
    NeedsFolder,
    /// Somebody stopped it.
    #[error("The export was stopped; no file was written.")]
    Cancelled,
}

impl ExportError {
    fn writing(place: &dyn Display, cause: io::Error) -> ExportError {
        match cause.kind() {
            io::ErrorKind::BrokenPipe => ExportError::Unread,
            io::ErrorKind::Interrupted => ExportError::Cancelled,
            _ => ExportError::Write { place: place.to_string(), cause },
        }
    }
}

/// Bytes in a chunk on its way to the file, and chunks that may wait there.
const CHUNK: usize = 1 << 17;
const CHUNKS_AHEAD: usize = 4;
/// How often, in rows, the progress is told.
const STRIDE: u64 = 4096;

/// Writes tables as they all were at one moment. Either everything is at its place, or nothing is. `now` says which orders are
/// late, where a table is narrowed to those.
///
/// # Errors
/// [`ExportError`]; nothing is left at the place or beside it.
pub async fn export(
    by: &Authorized<ExportData>,
    db: &Db,
    request: &Request,
    now: Timestamp,
    progress: &watch::Sender<Exporting>,
    cancel: &CancellationToken,
) -> Result<Exported, ExportError> {
    if request.tables.len() > 1 && request.format == Format::Csv && request.to == Destination::Output {
        return Err(ExportError::NeedsFolder);
    }
    note(by, db, request).await?;
    let mut reader = Reader::open(db).await?;
    let done = async {
        let keys = keys(db, request, now).await?;
        let snapshot = reader.snapshot().await?;
        Export { snapshot, request, keys, progress, cancel, rows: 0 }.run().await
    };
    let done = done.await;
    reader.close().await;
    done
}

/// The condition on the key of a table that was narrowed on its screen.
async fn keys(db: &Db, request: &Request, now: Timestamp) -> Result<Option<String>, DbError> {
    let (Some(table), Some(words)) = (request.tables.first(), request.only.words()) else {
        return Ok(None);
    };
    let today = super::records::today(db, now).await?;
    Ok(Some(db::records::keys(*table, words, today)))
}

/// Records what leaves the chain, before it does.
async fn note(by: &Authorized<ExportData>, db: &Db, request: &Request) -> Result<(), DbError> {
    let tables: Vec<&str> = request.tables.iter().map(|table| table.name()).collect();
    let to = match &request.to {
        Destination::Output => "standard output".to_owned(),
        Destination::File(path) | Destination::Folder(path) => path.display().to_string(),
    };
    let only = if request.only.is_empty() { "" } else { "filtered, " };
    let entry = Entry::done(Action::Export, tables.join(" ")).detail(format!("{only}to {to}"));
    db.note(by, entry).await
}

/// An export while it runs.
struct Export<'a> {
    snapshot: Snapshot<'a>,
    request: &'a Request,
    /// The rows that the table is narrowed to.
    keys: Option<String>,
    progress: &'a watch::Sender<Exporting>,
    cancel: &'a CancellationToken,
    rows: u64,
}

impl Export<'_> {
    async fn run(mut self) -> Result<Exported, ExportError> {
        let tables = match &self.request.to {
            Destination::Output => self.write_to_output().await?,
            Destination::File(place) => self.write_to_place(place, Draft::file(place)).await?,
            Destination::Folder(place) => self.write_to_place(place, Draft::folder(place)).await?,
        };
        Ok(Exported { tables })
    }

    /// A file a table, all in place at the end.
    async fn write_to_place(
        &mut self,
        place: &Path,
        draft: io::Result<Draft>,
    ) -> Result<Vec<(Table, u64)>, ExportError> {
        let unwritten = |cause| ExportError::writing(&place.display(), cause);
        let draft = draft.map_err(unwritten)?;
        let mut tables = Vec::new();
        for table in &self.request.tables {
            let name = format!("{table}.{}", self.request.format.ending());
            let mut out = Output::to(draft.create(&name).map_err(unwritten)?, File::sync_all, self.cancel);
            let sent = self.send(*table, &mut out).await;
            out.end().await.map_err(unwritten)?;
            tables.push((*table, sent?));
        }
        draft.finish().map_err(unwritten)?;
        Ok(tables)
    }

    async fn write_to_output(&mut self) -> Result<Vec<(Table, u64)>, ExportError> {
        let mut out = Output::to(io::stdout(), |_| Ok(()), self.cancel);
        let sent = self.send_all(&mut out).await;
        out.end().await.map_err(|cause| ExportError::writing(&"Standard output", cause))?;
        sent
    }

    async fn send_all(&mut self, out: &mut Output<'_>) -> Result<Vec<(Table, u64)>, ExportError> {
        if let [table] = self.request.tables[..] {
            return Ok(vec![(table, self.send(table, out).await?)]);
        }
        let mut tables = Vec::new();
        for table in &self.request.tables {
            let before = if tables.is_empty() { "{" } else { "," };
            out.chunk.extend_from_slice(format!("{before}\"{table}\":").as_bytes());
            tables.push((*table, self.send(*table, out).await?));
        }
        out.chunk.extend_from_slice(b"}\n");
        Ok(tables)
    }

    /// Sends a whole table; answers how many rows it has.
    async fn send(&mut self, table: Table, out: &mut Output<'_>) -> Result<u64, ExportError> {
        let mut rows = self
            .snapshot
            .rows(
                table,
                self.request.only.conditions(),
                self.keys.as_deref(),
                self.request.format.glue(),
                self.cancel,
            )
            .await?
            .ok_or(ExportError::Cancelled)?;
        let encoder = Encoder::new(self.request.format, self.request.exact, rows.fields());
        let mut encoder = encoder.of_cells(rows.cells());
        let mut sent = 0;
        encoder.begin(&mut out.chunk);
        while let Some(row) = rows.next(self.cancel).await? {
            encoder.row(row.each(), &mut out.chunk);
            sent += 1;
            if out.chunk.len() >= CHUNK && !out.pass_on().await {
                rows.stop().await?;
                break;
            }
            if sent % STRIDE == 0 {
                self.progress.send_replace(Exporting { table: Some(table), rows: self.rows + sent });
            }
        }
        encoder.end(&mut out.chunk);
        self.rows += sent;
        self.progress.send_replace(Exporting { table: Some(table), rows: self.rows });
        if self.cancel.is_cancelled() { Err(ExportError::Cancelled) } else { Ok(sent) }
    }
}

/// Bytes on their way to a thread that writes them, so that the database is read meanwhile.
struct Output<'a> {
    chunk: Vec<u8>,
    chunks: mpsc::Sender<Vec<u8>>,
    writing: JoinHandle<io::Result<()>>,
    cancel: &'a CancellationToken,
}

impl<'a> Output<'a> {
    fn to<W: Write + Send + 'static>(
        mut place: W,
        settle: impl FnOnce(&W) -> io::Result<()> + Send + 'static,
        cancel: &'a CancellationToken,
    ) -> Output<'a> {
        let (chunks, mut receiver) = mpsc::channel::<Vec<u8>>(CHUNKS_AHEAD);
        let writing = tokio::task::spawn_blocking(move || {
            while let Some(chunk) = receiver.blocking_recv() {
                place.write_all(&chunk)?;
            }
            place.flush()?;
            settle(&place)
        });
        Output { chunk: Vec::with_capacity(CHUNK + 4096), chunks, writing, cancel }
    }

    /// Hands the chunk to the thread; answers whether more is wanted. Why not is told by [`Output::end`].
    async fn pass_on(&mut self) -> bool {
        let full = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK + 4096));
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => false,
            sent = self.chunks.send(full) => sent.is_ok(),
        }
    }

    /// Writes what is left, and waits until all is written. A reader that takes nothing does not keep anybody from stopping.
    async fn end(mut self) -> io::Result<()> {
        self.pass_on().await;
        drop(self.chunks);
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(io::ErrorKind::Interrupted.into()),
            written = self.writing => written.unwrap_or_else(|broken| Err(io::Error::other(broken))),
        }
    }
}
