//! Sending rows: by `LOAD DATA LOCAL` where the server takes it and by many-row `INSERT`s where not, into staging tables or
//! straight into the tables themselves.

use super::encode::{Encoding, Form};
use super::error::LoadError;
use super::link::Said;
use super::progress::Phase;
use super::reader::{self, Chunk, Packing};
use super::road;
use super::run::Run;
use super::sift::{Ending, InUse, Sieve, Sifted};
use crate::db::DbError;
use crate::domain::Table;
use tokio::sync::mpsc;

/// How the rows of a table go to the server.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    /// The statement, or its beginning.
    sql: String,
    /// How it takes rows.
    form: Form,
}

impl Way {
    /// Into the staging table.
    async fn staged(run: &mut Run, table: Table) -> Result<Way, LoadError> {
        let load = run.with_shape(table, |sql, shape| sql.load_staged(shape))?;
        let insert = run.with_shape(table, |sql, shape| sql.insert_staged(shape))?;
        let form = Form { encoding: Encoding::Lines, places: true, run: None };
        Ok(if takes_local(run, &load).await? {
            Way { sql: load, form }
        } else {
            Way { sql: insert, form: Form { encoding: Encoding::Tuples, ..form } }
        })
    }

    /// Into the table itself.
    pub(crate) async fn straight(run: &mut Run, table: Table) -> Result<Way, LoadError> {
        let load = run.with_shape(table, |sql, shape| sql.load_straight(shape))?;
        let insert = run.with_shape(table, |sql, shape| sql.insert_straight(shape))?;
        let form = Form { encoding: Encoding::Lines, places: false, run: None };
        Ok(if takes_local(run, &load).await? {
            Way { sql: load, form }
        } else {
            Way { sql: insert, form: Form { encoding: Encoding::Tuples, run: Some(run.id), ..form } }
        })
    }

    /// How it takes rows.
    pub(crate) fn encoding(&self) -> Encoding {
        self.form.encoding
    }

    /// A thousand rows an `INSERT` measured best, and half a megabyte fits the smallest packet that servers come with.
    fn packing(&self) -> Packing {
        match self.form.encoding {
            Encoding::Lines => Packing { form: self.form, rows: usize::MAX, bytes: 1 << 16 },
            Encoding::Tuples => Packing { form: self.form, rows: 1000, bytes: 1 << 19 },
        }
    }
}

/// What became of the rows of one file.
pub(crate) struct Sent {
    /// Rows that went to the server.
    pub(crate) rows: u64,
    /// How the sifting ended, where there was any.
    pub(crate) ending: Ending,
    /// To sift the table's next file with.
    pub(crate) sieve: Option<Sieve>,
}

/// Reads every file into the staging table of its table.
pub(crate) async fn fill(run: &mut Run) -> Result<(), LoadError> {
    loop {
        run.start_reading().await?;
        run.link.execute(&run.sql.create_rejects()).await?;
        for table in run.tables() {
            let create = run.with_shape(table, |sql, shape| sql.create_staged(shape))?;
            run.link.execute(&create).await?;
        }
        let mut in_use = InUse::default();
        let disordered = fill_all(run, &mut in_use).await;
        in_use.close().await;
        let Some(table) = disordered? else { return Ok(()) };
        run.disordered.insert(table);
        for statement in run.sql.drop_all() {
            run.link.execute(&statement).await?;
        }
    }
}

/// Answers the table whose file turned out to be in no order after rows of it had been left out.
async fn fill_all(run: &mut Run, in_use: &mut InUse) -> Result<Option<Table>, LoadError> {
    for (place, table) in run.places() {
        run.at(Phase::Reading, Some(table));
        let way = Way::staged(run, table).await?;
        let sieve = match (in_use.take(table).await, road::sifts_for_staging(run, table)) {
            (None, Some(rule)) => Sieve::new(run, table, rule, way.encoding()).await,
            (sieve, _) => sieve,
        };
        // A commit costs more than a thousand rows.
        run.link.execute("START TRANSACTION").await?;
        let sent = if run.sql.is_staged_faster() {
            run.link.check_rows(false).await?;
            let sent = send(run, place, &way, sieve).await;
            let checks_again = run.link.check_rows(true).await;
            let sent = sent?;
            checks_again?;
            sent
        } else {
            send(run, place, &way, sieve).await?
        };
        run.link.execute("COMMIT").await?;
        in_use.keep(table, sent.sieve);
        if sent.ending != Ending::Whole {
            return Ok(Some(table));
        }
    }
    Ok(None)
}

/// Whether the server takes `LOAD DATA LOCAL`; found out once a run by sending it a file without a row.
async fn takes_local(run: &mut Run, load: &str) -> Result<bool, LoadError> {
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

/// Sends a file, and proves that every row sent was taken: LOCAL turns what it can not keep into something else, skips what
/// clashes, and says OK.
pub(crate) async fn send(
    run: &mut Run,
    place: usize,
    way: &Way,
    sieve: Option<Sieve>,
) -> Result<Sent, LoadError> {
    let (part, desk) = run.lend(place)?;
    let (chunks, back) = reader::read(part, desk, way.packing());
    let (chunks, sifting) = match sieve {
        Some(sieve) => {
            let (sifted, sifting) = sieve.sift(chunks);
            (sifted, Some(sifting))
        }
        None => (chunks, None),
    };
    let counted = match way.encoding() {
        Encoding::Lines => run.link.feed(&way.sql, chunks).await.map(|said| Counted::read(&said)),
        Encoding::Tuples => insert_all(run, &way.sql, chunks).await,
    };
    if matches!(counted, Err(LoadError::Cancelled)) {
        return Err(LoadError::Cancelled);
    }
    let sifted = match sifting {
        Some(sifting) => Some(sifting.await.map_err(|_| run.broken())?),
        None => None,
    };
    let read = run.take_back(back).await;
    let counted = counted?;
    let (present, ending, sieve) = match sifted {
        Some(Sifted { sieve, present, ending }) => (present, ending?, Some(sieve)),
        None => (0, Ending::Whole, None),
    };
    // The reading was broken off too, then.
    if ending != Ending::Whole {
        return Ok(Sent { rows: 0, ending, sieve });
    }
    let sent = read? - present;
    let file = run.part(place).map(|part| {
        part.present = present;
        part.receipt.file.clone()
    });
    if counted.records == sent && counted.skipped == 0 && counted.warnings == 0 {
        return Ok(Sent { rows: sent, ending, sieve });
    }
    let taken = counted.records.saturating_sub(counted.skipped);
    Err(LoadError::Miscounted { file: file.unwrap_or_default(), sent, taken, warnings: counted.warnings })
}

/// Sends chunks by many-row `INSERT`s, within the transaction there is.
async fn insert_all(
    run: &mut Run,
    insert: &str,
    mut chunks: mpsc::Receiver<Chunk>,
) -> Result<Counted, LoadError> {
    let mut counted = Counted { records: 0, skipped: 0, warnings: 0 };
    loop {
        let next = tokio::select! {
            biased;
            () = run.cancelled() => return Err(LoadError::Cancelled),
            next = chunks.recv() => next,
        };
        let Some(chunk) = next else { return Ok(counted) };
        let rows = chunk.text.trim_end_matches(',');
        counted.records += run.link.execute(&format!("{insert}{rows}")).await?.affected;
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
