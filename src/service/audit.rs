//! The audit log: looking at it, checking it, handing it out.

use super::authorized::{Authorized, Session, ViewLogs};
use crate::db::audit::{self as log, Broken, Filter, Mark, Verified};
use crate::db::{Db, DbError};
use crate::domain::audit::{Action, Entry, Linked, Logged};
use crate::domain::guard::guarded;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// How entries are written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated, with a header.
    Csv,
    /// One JSON object a line.
    Json,
}

/// Why the log was not written to a file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file.
    #[error("{} can not be written: {cause}. A file that is there already is never written over.", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Entries with a number below `before`, the newest first, at most so many.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone.
pub async fn page(
    by: &Authorized<ViewLogs>,
    db: &Db,
    filter: &Filter,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Logged>, DbError> {
    db.read(by, log::page(db, filter, before, limit)).await
}

/// Checks the whole chain, and that it goes through what was noted, if that is given.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone.
pub async fn verify(
    by: &Authorized<ViewLogs>,
    db: &Db,
    noted: Option<Mark>,
) -> Result<Result<Verified, Broken>, DbError> {
    db.read(by, log::verify(db, noted)).await
}

/// As [`verify`], telling now and then how many entries were checked and how many there are; `None` where `tell` answered
/// `false`, and the rest was not looked at.
///
/// # Errors
/// As [`verify`].
pub async fn verify_telling(
    by: &Authorized<ViewLogs>,
    db: &Db,
    tell: impl FnMut(u64, u64) -> bool,
) -> Result<Option<Result<Verified, Broken>>, DbError> {
    db.read(by, log::verify_telling(db, None, tell)).await
}

/// Entries with a number above `after`, the oldest first, at most so many.
///
/// # Errors
/// As [`page`].
pub async fn page_up(
    by: &Authorized<ViewLogs>,
    db: &Db,
    filter: &Filter,
    after: Option<u64>,
    limit: u32,
) -> Result<Vec<Logged>, DbError> {
    db.read(by, log::page_up(db, filter, after, limit)).await
}

/// One entry with its hashes; `None` where there is none of that number.
///
/// # Errors
/// As [`page`].
pub async fn entry(by: &Authorized<ViewLogs>, db: &Db, id: u64) -> Result<Option<Linked>, DbError> {
    db.read(by, log::entry(db, id)).await
}

/// Records that somebody asked for something they have no right to.
///
/// # Errors
/// [`DbError`] where it can not be stored.
pub async fn refused(session: &Session, db: &Db, words: &str) -> Result<(), DbError> {
    let entry = Entry::refused(Action::RightRefused, session.doer().actor.clone()).detail(words);
    db.note_of(session.doer(), entry).await
}

/// Writes entries to a new file that only its owner may read, the newest first; answers how many. That it was done is
/// recorded before.
///
/// # Errors
/// [`ExportError`] where the file is there already or can not be written, or the database can not be asked. What was written
/// by then is removed.
pub async fn export(
    by: &Authorized<ViewLogs>,
    db: &Db,
    filter: &Filter,
    format: Format,
    path: &Path,
) -> Result<u64, ExportError> {
    let failed = |cause| ExportError::File { path: path.to_owned(), cause };
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    let written = match note(by, db, filter, path).await {
        Ok(()) => written(db, filter, format, file).await,
        Err(error) => Err(Cause::Database(error)),
    };
    if written.is_err() {
        let _ = std::fs::remove_file(path);
    }
    written.map_err(|error| match error {
        Cause::Io(cause) => failed(cause),
        Cause::Database(error) => error.into(),
    })
}

enum Cause {
    Io(io::Error),
    Database(DbError),
}

impl From<DbError> for Cause {
    fn from(error: DbError) -> Cause {
        Cause::Database(error)
    }
}

async fn note(by: &Authorized<ViewLogs>, db: &Db, filter: &Filter, path: &Path) -> Result<(), DbError> {
    let entry = Entry::done(Action::AuditExported, path.display()).detail(in_words(filter));
    db.note(by, entry).await
}

fn in_words(filter: &Filter) -> String {
    let parts = [
        filter.actor.as_ref().map(|actor| format!("of {actor}")),
        filter.action.map(|action| action.to_string()),
        filter.from.map(|from| format!("from {from}")),
        filter.to.map(|to| format!("before {to}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "all entries".to_owned() } else { parts.join(", ") }
}

async fn written(db: &Db, filter: &Filter, format: Format, file: File) -> Result<u64, Cause> {
    let mut out = Out::new(format, file).map_err(Cause::Io)?;
    let (mut rows, mut stopped) = (0, Ok(()));
    log::each(db, filter, |entry| {
        rows += 1;
        stopped = out.write(&entry);
        stopped.is_ok()
    })
    .await?;
    stopped.and_then(|()| out.finish()).map_err(Cause::Io)?;
    Ok(rows)
}

const COLUMNS: [&str; 15] = [
    "id",
    "at",
    "actor",
    "role",
    "origin",
    "action",
    "subject",
    "outcome",
    "before",
    "after",
    "detail",
    "correlation_id",
    "user_id",
    "previous_hash",
    "hash",
];

/// The file as it is written.
enum Out {
    Csv(Box<csv::Writer<File>>),
    Json(BufWriter<File>),
}

impl Out {
    fn new(format: Format, file: File) -> io::Result<Out> {
        match format {
            Format::Json => Ok(Out::Json(BufWriter::new(file))),
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(file);
                writer.write_record(COLUMNS)?;
                Ok(Out::Csv(Box::new(writer)))
            }
        }
    }

    fn write(&mut self, entry: &Linked) -> io::Result<()> {
        match self {
            Out::Csv(writer) => {
                Ok(writer.write_record(cells(entry).iter().map(|cell| guarded(cell).into_owned()))?)
            }
            Out::Json(writer) => {
                serde_json::to_writer(&mut *writer, entry)?;
                writer.write_all(b"\n")
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        let file = match self {
            Out::Csv(writer) => writer.into_inner().map_err(|error| error.into_error())?,
            Out::Json(writer) => writer.into_inner().map_err(|error| error.into_error())?,
        };
        file.sync_all()
    }
}

fn cells(linked: &Linked) -> [String; 15] {
    let entry = &linked.entry;
    let maybe = |cell: &Option<String>| cell.clone().unwrap_or_default();
    [
        entry.id.to_string(),
        entry.at.to_string(),
        entry.actor.clone(),
        maybe(&entry.role),
        entry.origin.clone(),
        entry.action.clone(),
        entry.subject.clone(),
        entry.outcome.clone(),
        maybe(&entry.before),
        maybe(&entry.after),
        entry.detail.clone(),
        entry.correlation_id.clone(),
        linked.user_id.map(|user| user.to_string()).unwrap_or_default(),
        linked.previous_hash.clone(),
        linked.hash.clone(),
    ]
}
