//! Loading a very large file chunk by chunk, each chunk a run of its own: it can be gone on with, and it is not all or
//! nothing.

use super::import::ImportError;
use crate::db::{Db, runs};
use crate::domain::Table;
use crate::domain::receipt::{Outcome, Receipt};
use crate::etl::source::window::Shared;
use crate::etl::source::{Source, SourceError};
use crate::etl::{self, LoadError, Mode, Options, Progress};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

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
    let mut sum: Option<Receipt> = None;
    let (mut stored, mut passed) = (0_u64, 0_u64);
    if options.mode == Mode::Replace {
        return Err(ImportError::ReplaceInChunks);
    }
    for source in sources {
        // Without numbers of their own, stores and staff are known by where they stand in the file, and there are few.
        let whole = matches!(source.table(), Table::Stores | Table::Staffs);
        let rows = if whole { u64::MAX } else { rows };
        let shared = Shared::new(source);
        let print = on_thread(&shared, Shared::fingerprint).await?.unwrap_or_default();
        let begin = done_before(db, options.mode.word(), &print).await?;
        passed += begin;
        let mut from = begin;
        while from == 0 || on_thread(&shared, move |shared| shared.has(from)).await? {
            let to = from.saturating_add(rows);
            let source = format!("{} {print} rows {}-{to}", shared.name(), from + 1);
            let chunk =
                etl::load(db, &source, vec![shared.window(from, to)], options, progress, cancel).await?;
            let status = chunk.status;
            stored += u64::from(status == Outcome::Committed);
            sum = Some(sum.map_or(chunk.clone(), |sum| added(sum, chunk)));
            if !matches!(status, Outcome::Committed | Outcome::NothingToDo | Outcome::DryRun) {
                return Ok(told(sum, stored, passed, progress)?);
            }
            from = to;
        }
        if sum.is_none() {
            let nothing = shared.window(begin, begin);
            sum = Some(etl::load(db, &shared.name(), vec![nothing], options, progress, cancel).await?);
        }
    }
    Ok(told(sum, stored, passed, progress)?)
}

/// Reading a file takes its time; it must not keep others from going on.
async fn on_thread<T: Send + 'static>(
    shared: &Shared,
    work: impl FnOnce(&Shared) -> Result<T, SourceError> + Send + 'static,
) -> Result<T, LoadError> {
    let shared = shared.clone();
    let done = tokio::task::spawn_blocking(move || work(&shared)).await;
    Ok(done.map_err(|_| LoadError::Cancelled)??)
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

fn told(
    sum: Option<Receipt>,
    stored: u64,
    passed: u64,
    progress: &watch::Sender<Progress>,
) -> Result<Receipt, LoadError> {
    let before = if passed > 0 {
        format!(" {passed} rows were stored before and passed over.")
    } else {
        String::new()
    };
    let note = format!(
        "Loaded in chunks: {stored} were stored, each by itself, and stay if a later one is not. Give the same command to go on.{before}"
    );
    progress.send_modify(|progress| progress.note(note));
    sum.ok_or(LoadError::NoSource)
}
