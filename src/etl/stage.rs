//! Sending rows: into staging tables, by `LOAD DATA LOCAL` where the server takes it and by many-row `INSERT`s where not.

use super::encode::Encoding;
use super::error::LoadError;
use super::link::Said;
use super::progress::Phase;
use super::reader::{self, Packing};
use super::run::Run;
use crate::db::DbError;
use bytes::Bytes;
use tokio::sync::mpsc;

const LINES: Packing = Packing { encoding: Encoding::Lines, rows: usize::MAX, bytes: 1 << 16 };
/// A thousand rows a statement measured best, and half a megabyte fits the smallest packet that servers come with.
const TUPLES: Packing = Packing { encoding: Encoding::Tuples, rows: 1000, bytes: 1 << 19 };

/// Reads every file into the staging table of its table.
pub(crate) async fn fill(run: &mut Run) -> Result<(), LoadError> {
    run.start_reading().await?;
    run.link.execute(&run.sql.create_rejects()).await?;
    for table in run.tables() {
        let create = run.with_shape(table, |sql, shape| sql.create_staged(shape))?;
        run.link.execute(&create).await?;
    }
    for (place, table) in run.places() {
        run.at(Phase::Reading, Some(table));
        let load = run.with_shape(table, |sql, shape| sql.load_staged(shape))?;
        if takes_local(run, &load).await? {
            send(run, place, &load).await?;
        } else {
            let insert = run.with_shape(table, |sql, shape| sql.insert_staged(shape))?;
            insert_all(run, place, &insert).await?;
        }
    }
    Ok(())
}

/// Whether the server takes `LOAD DATA LOCAL`; found out once a run by sending it a file without a row.
pub(crate) async fn takes_local(run: &mut Run, load: &str) -> Result<bool, LoadError> {
    /// Refused by the server (1148, 3948; MariaDB 4166) or by its settings for this client (3950).
    const REFUSED: [u16; 4] = [1148, 3948, 3950, 4166];
    if let Some(known) = run.takes_local {
        return Ok(known);
    }
    let takes = if run.options.infile {
        let (_, nothing) = mpsc::channel(1);
        match run.link.feed(load, nothing).await {
            Ok(_) => true,
            Err(LoadError::Db(error)) if error.code().is_some_and(|code| REFUSED.contains(&code)) => false,
            Err(LoadError::Db(DbError::NotAllowed { .. })) => false,
            Err(other) => return Err(other),
        }
    } else {
        false
    };
    if run.options.infile && !takes {
        run.note("The server does not take LOAD DATA LOCAL (local_infile is off); rows go by INSERT, which is slower.");
    }
    run.takes_local = Some(takes);
    Ok(takes)
}

/// Sends a file by `LOAD DATA LOCAL` and proves that every row sent was taken: LOCAL turns what it can not keep into
/// something else, skips what clashes, and says OK. Answers how many rows went.
pub(crate) async fn send(run: &mut Run, place: usize, load: &str) -> Result<u64, LoadError> {
    let (part, desk) = run.lend(place)?;
    let (chunks, back) = reader::read(part, desk, LINES);
    let said = run.link.feed(load, chunks).await;
    if matches!(said, Err(LoadError::Cancelled)) {
        return Err(LoadError::Cancelled);
    }
    let sent = run.take_back(back).await;
    let said = said?;
    let sent = sent?;
    let file = run.part(place).map(|part| part.receipt.file.clone()).unwrap_or_default();
    let counted = Counted::read(&said);
    if counted.records == sent && counted.skipped == 0 && counted.warnings == 0 {
        return Ok(sent);
    }
    let taken = counted.records.saturating_sub(counted.skipped);
    Err(LoadError::Miscounted { file, sent, taken, warnings: counted.warnings })
}

/// Sends a file by many-row `INSERT`s in one transaction, for a commit costs more than a thousand rows.
async fn insert_all(run: &mut Run, place: usize, insert: &str) -> Result<(), LoadError> {
    run.link.execute("START TRANSACTION").await?;
    let (part, desk) = run.lend(place)?;
    let (mut chunks, back) = reader::read(part, desk, TUPLES);
    let mut taken = 0;
    let inserted = loop {
        match next(run, &mut chunks).await {
            Ok(Some(chunk)) => {
                match run.link.execute(&format!("{insert}{}", String::from_utf8_lossy(&chunk))).await {
                    Ok(said) => taken += said.affected,
                    Err(error) => break Err(error),
                }
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    drop(chunks);
    if matches!(inserted, Err(LoadError::Cancelled)) {
        return inserted;
    }
    let sent = run.take_back(back).await;
    inserted?;
    let sent = sent?;
    run.link.execute("COMMIT").await?;
    if taken == sent {
        return Ok(());
    }
    let file = run.part(place).map(|part| part.receipt.file.clone()).unwrap_or_default();
    Err(LoadError::Miscounted { file, sent, taken, warnings: 0 })
}

async fn next(run: &Run, chunks: &mut mpsc::Receiver<Bytes>) -> Result<Option<Bytes>, LoadError> {
    tokio::select! {
        biased;
        () = run.cancelled() => Err(LoadError::Cancelled),
        chunk = chunks.recv() => Ok(chunk),
    }
}

/// What `LOAD DATA` counted (MySQL manual, "LOAD DATA Statement", "Statement Result Information").
#[derive(Debug, PartialEq, Eq)]
struct Counted {
    records: u64,
    skipped: u64,
    warnings: u64,
}

impl Counted {
    /// Reads `Records: 5  Deleted: 0  Skipped: 1  Warnings: 1`.
    fn read(said: &Said) -> Counted {
        let number = |name: &str| {
            let (_, rest) = said.info.split_once(name)?;
            rest.split_whitespace().next()?.parse().ok()
        };
        Counted {
            records: number("Records:").unwrap_or_default(),
            skipped: number("Skipped:").unwrap_or_default(),
            warnings: number("Warnings:").unwrap_or_default().max(said.warnings),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_count_is_read_from_its_words() {
        let info = "Records: 1000  Deleted: 0  Skipped: 3  Warnings: 70000".to_owned();
        let said = Said { affected: 997, warnings: 65535, info };
        assert_eq!(Counted::read(&said), Counted { records: 1000, skipped: 3, warnings: 70_000 });
    }
}
