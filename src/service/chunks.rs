//! Loading a very large file chunk by chunk, each chunk a run of its own: it can be gone on with, and it is not all or
//! nothing.

use super::import::ImportError;
use crate::db::{Db, runs};
use crate::domain::receipt::{Outcome, Receipt, stored_before};
use crate::domain::{Table, clean};
use crate::etl::source::window::Shared;
use crate::etl::source::{Source, SourceError};
use crate::etl::{self, LoadError, Mode, OnDuplicate, Options, Progress};
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Refuses what chunks can not do, for none of them knows of the others.
///
/// # Errors
/// [`ImportError`].
pub(super) fn check(options: &Options) -> Result<(), ImportError> {
    match (options.mode, options.on_duplicate) {
        (Mode::Replace, _) => Err(ImportError::ReplaceInChunks),
        (Mode::Upsert, OnDuplicate::First) => Err(ImportError::FirstInChunks),
        _ => Ok(()),
    }
}

/// Loads each source in chunks of so many rows, parents first. Chunks of the same file that an earlier load of this kind has
/// stored are passed over. Stops at the first chunk that is not stored. Of two rows with one key in different chunks the
/// later is an update of the earlier, for chunks know nothing of each other.
pub(super) async fn load(
    db: &Db,
    sources: Vec<Box<dyn Source>>,
    rows: u64,
    options: &Options,
    progress: &watch::Sender<Progress>,
    cancel: &CancellationToken,
) -> Result<Receipt, ImportError> {
    let mut loading = Loading { db, rows, options, progress, cancel, done: Done::default() };
    let ended = loading.all(sources).await;
    let done = loading.done;
    progress
        .send_modify(|progress| done.notes(options.mode).into_iter().for_each(|note| progress.note(note)));
    match (ended, stored_before(done.stored)) {
        (Ok(()), _) => Ok(Receipt { chunks: done.stored, ..done.sum.ok_or(LoadError::NoSource)? }),
        (Err(ImportError::Load(cause)), Some(stored)) => Err(ImportError::Chunk { cause, stored }),
        (Err(cause), _) => Err(cause),
    }
}

/// A load in chunks while it runs.
struct Loading<'a> {
    db: &'a Db,
    rows: u64,
    options: &'a Options,
    progress: &'a watch::Sender<Progress>,
    cancel: &'a CancellationToken,
    done: Done,
}

/// What the chunks came to so far.
#[derive(Default)]
struct Done {
    sum: Option<Receipt>,
    stored: u64,
    passed: u64,
    rejects: Vec<String>,
}

impl Loading<'_> {
    async fn all(&mut self, sources: Vec<Box<dyn Source>>) -> Result<(), ImportError> {
        for source in sources {
            if !self.each_of(source).await? {
                break;
            }
        }
        Ok(())
    }

    /// Loads the chunks of one file; answers whether all of them are stored.
    async fn each_of(&mut self, source: Box<dyn Source>) -> Result<bool, ImportError> {
        // Without numbers of their own, stores and staff are known by where they stand in the file, and there are few.
        let whole = matches!(source.table(), Table::Stores | Table::Staffs);
        let rows = if whole { u64::MAX } else { self.rows };
        let shared = Shared::new(source, self.cancel.clone());
        let name = shared.name();
        let understanding = etl::understanding(shared.window(0, 0).as_ref(), self.options);
        let Some(hash) = self.on_thread(&shared, Shared::sha256).await? else {
            return self.one(&name, Vec::new()).await;
        };
        let print = hash.map(|hash| fingerprint(&hash, &understanding)).unwrap_or_default();
        let begin = done_before(self.db, self.options.mode.word(), &print).await?;
        self.done.passed += begin;
        let mut from = begin;
        loop {
            if from > 0 {
                match self.on_thread(&shared, move |shared| shared.has(from)).await? {
                    Some(true) => {}
                    Some(false) => break,
                    None => return self.one(&name, Vec::new()).await,
                }
            }
            let to = from.saturating_add(rows);
            let source = format!("{name} {print} rows {}-{to}", from + 1);
            if !self.one(&source, vec![shared.window(from, to)]).await? {
                return Ok(false);
            }
            from = to;
        }
        match self.done.sum {
            None => self.one(&name, vec![shared.window(begin, begin)]).await,
            Some(_) => Ok(true),
        }
    }

    /// Loads one chunk; answers whether it is stored. One that was stopped has no source.
    async fn one(&mut self, name: &str, sources: Vec<Box<dyn Source>>) -> Result<bool, ImportError> {
        let chunk = etl::load(self.db, name, sources, self.options, self.progress, self.cancel).await?;
        let status = chunk.status;
        self.done.stored += u64::from(status == Outcome::Committed);
        self.done.rejects.extend(chunk.rejects_file.as_ref().map(|file| clean(&file.display().to_string())));
        self.done.sum = Some(match self.done.sum.take() {
            Some(sum) => added(sum, chunk),
            None => chunk,
        });
        Ok(matches!(status, Outcome::Committed | Outcome::NothingToDo))
    }

    /// Reading a file takes its time; it must not keep others from going on. `None` where somebody stops the load.
    async fn on_thread<T: Send + 'static>(
        &self,
        shared: &Shared,
        work: impl FnOnce(&Shared) -> Result<T, SourceError> + Send + 'static,
    ) -> Result<Option<T>, LoadError> {
        let shared = shared.clone();
        let working = tokio::task::spawn_blocking(move || work(&shared));
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Ok(None),
            done = working => Ok(Some(done.map_err(|_| LoadError::Cancelled)??)),
        }
    }
}

impl Done {
    /// What a person should know of it besides the sums.
    fn notes(&self, mode: Mode) -> Vec<String> {
        let mut words = format!(
            "Loaded in chunks: {} were stored, each by itself, and stay if a later one is not. Give the same command to go on.",
            self.stored
        );
        if self.passed > 0 {
            words += &format!(" {} rows were stored before and passed over.", self.passed);
        }
        let mut notes = vec![words];
        if mode == Mode::Upsert {
            let words = "Of rows with the same key in different chunks the later changed the earlier: chunks do not see each other.";
            notes.push(words.to_owned());
        }
        if self.rejects.len() > 1 {
            notes.push(format!("The rejected rows of the chunks are in {}.", self.rejects.join(", ")));
        }
        notes
    }
}

/// What a chunk is known by: the same rows of the same file, understood the same way.
fn fingerprint(hash: &[u8; 32], understanding: &str) -> String {
    let print = Sha256::new().chain_update(hash).chain_update(understanding).finalize();
    print.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Rows from the beginning of a file that are stored already, without a gap.
async fn done_before(db: &Db, mode: &str, print: &str) -> Result<u64, ImportError> {
    if print.is_empty() {
        return Ok(0);
    }
    let mut conn = db.conn().await?;
    let mut chunks: Vec<(u64, u64)> = runs::chunks(&mut conn, mode, print).await?;
    chunks.sort_unstable();
    Ok(chunks.into_iter().fold(0, |done, (from, to)| if from <= done + 1 { done.max(to) } else { done }))
}

fn added(mut sum: Receipt, chunk: Receipt) -> Receipt {
    for table in chunk.tables {
        match sum.tables.iter_mut().find(|other| other.table == table.table && other.file == table.file) {
            Some(other) => {
                other.read += table.read;
                other.inserted += table.inserted;
                other.updated += table.updated;
                other.unchanged += table.unchanged;
                other.rejected += table.rejected;
                other.deleted += table.deleted;
            }
            None => sum.tables.push(table),
        }
    }
    sum.run_id = chunk.run_id;
    sum.seconds += chunk.seconds;
    sum.preview.extend(chunk.preview);
    sum.rejects_file = chunk.rejects_file.or(sum.rejects_file);
    sum.rows_per_second = if sum.seconds > 0.0 { (sum.read() as f64 / sum.seconds) as u64 } else { 0 };
    // What was stored stays stored, whatever the last chunk came to.
    if chunk.status != Outcome::NothingToDo || sum.status == Outcome::NothingToDo {
        sum.status = chunk.status;
    }
    sum
}
