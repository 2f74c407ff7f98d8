//! Leaving out what a table has already, before it is sent.
//!
//! Most of what is loaded day by day is there as it is. Where a file stands in the order of its table's key, as exports and
//! most others do, each chunk of it is held beside the same stretch of the table: two sorted lists, walked side by side. A
//! row that is the same, letter by letter, goes no further. Nothing is locked for that: somebody who changes the row a
//! moment later does so after the load.

use super::encode::{self, Encoding};
use super::error::LoadError;
use super::progress::{Mode, Progress};
use super::reader::{Chunk, Packed};
use super::run::Run;
use super::spec::{Kind, Spec};
use super::sql::{Shape, Sql};
use crate::domain::Table;
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Row, Value};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// What happens to a row whose key the table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is not sent.
    LeftOut,
    /// It is sent; what comes after deals with it.
    Sent,
    /// Everything ends: the road takes no such row.
    Fatal,
}

/// What happens to rows that the table has, with the same values and with others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    same: Fate,
    other: Fate,
    /// Rows in another order than the key's end everything, rather than going through as they are.
    in_order: bool,
}

impl Rule {
    /// For a road that can write nothing but new rows.
    pub(crate) fn straight(mode: Mode) -> Rule {
        let (same, other) = match mode {
            Mode::Upsert | Mode::Replace => (Fate::LeftOut, Fate::Fatal),
            Mode::Append => (Fate::LeftOut, Fate::LeftOut),
            Mode::Insert => (Fate::Fatal, Fate::Fatal),
        };
        Rule { same, other, in_order: true }
    }

    /// For staging tables, which take anything.
    pub(crate) fn staged(mode: Mode) -> Rule {
        let other = if mode == Mode::Append { Fate::LeftOut } else { Fate::Sent };
        Rule { same: Fate::LeftOut, other, in_order: false }
    }
}

/// How the sifting of a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The file did.
    Whole,
    /// With rows in no order, after others had been left out: that a key stands twice could not be told any more.
    Disordered,
    /// With a row that the road does not take.
    Met,
}

/// What came of one file.
pub(crate) struct Sifted {
    /// To go on with, for the table's next file.
    pub(crate) sieve: Sieve,
    /// Rows left out.
    pub(crate) present: u64,
    /// How it ended.
    pub(crate) ending: Result<Ending, LoadError>,
}

/// Compares the rows of one table's files with the table, on a connection of its own.
pub(crate) struct Sieve {
    conn: Conn,
    sql: Sql,
    spec: &'static Spec,
    given: Vec<usize>,
    encoding: Encoding,
    rule: Rule,
    progress: watch::Sender<Progress>,
    cancel: CancellationToken,
    /// The greatest key so far.
    last: Option<(u32, u32)>,
    left_out: u64,
    /// The file stands in no order: everything goes through as it is.
    is_open: bool,
}

impl Sieve {
    /// A sieve for the files of a table; `None` where a second connection can not be had, which sifting is not worth a
    /// failure.
    pub(crate) async fn new(run: &Run, table: Table, rule: Rule, encoding: Encoding) -> Option<Sieve> {
        let part = run.parts().find(|part| part.spec.table == table)?;
        let (spec, given) = (part.spec, part.alignment.given.clone());
        let conn = run.link.db().conn().await.inspect_err(|cause| {
            tracing::info!(%cause, %table, "no second connection: nothing is left out beforehand");
        });
        Some(Sieve {
            conn: conn.ok()?,
            sql: run.sql.clone(),
            spec,
            given,
            encoding,
            rule,
            progress: run.progress.clone(),
            cancel: run.cancel_token(),
            last: None,
            left_out: 0,
            is_open: false,
        })
    }

    /// Takes the chunks of a file and hands on what is left of them.
    pub(crate) fn sift(self, from: mpsc::Receiver<Chunk>) -> (mpsc::Receiver<Chunk>, JoinHandle<Sifted>) {
        const CHUNKS_AHEAD: usize = 2;
        let (to, sifted) = mpsc::channel(CHUNKS_AHEAD);
        (sifted, tokio::spawn(self.run(from, to)))
    }

    async fn run(mut self, mut from: mpsc::Receiver<Chunk>, to: mpsc::Sender<Chunk>) -> Sifted {
        let before = self.left_out;
        let cancel = self.cancel.clone();
        let ending = loop {
            let next = tokio::select! {
                biased;
                () = cancel.cancelled() => break Err(LoadError::Cancelled),
                next = from.recv() => next,
            };
            let Some(chunk) = next else { break Ok(Ending::Whole) };
            let rest = match self.pass(chunk).await {
                Ok(Ok(rest)) => rest,
                Ok(Err(ending)) => break Ok(ending),
                Err(error) => break Err(error),
            };
            // Whoever takes no more has an error of its own to tell.
            if !rest.rows.is_empty() && to.send(rest).await.is_err() {
                break Ok(Ending::Whole);
            }
        };
        Sifted { present: self.left_out - before, sieve: self, ending }
    }

    /// What is left of a chunk, or how everything ends with it.
    async fn pass(&mut self, chunk: Chunk) -> Result<Result<Chunk, Ending>, LoadError> {
        if self.is_open {
            return Ok(Ok(chunk));
        }
        if !self.is_in_order(&chunk.rows) {
            if self.rule.in_order || self.left_out > 0 {
                return Ok(Err(Ending::Disordered));
            }
            self.is_open = true;
            return Ok(Ok(chunk));
        }
        let Some(left_out) = self.compare(&chunk).await? else {
            return Ok(Err(Ending::Met));
        };
        self.left_out += left_out.len() as u64;
        Ok(Ok(without(chunk, &left_out)))
    }

    fn is_in_order(&mut self, rows: &[Packed]) -> bool {
        rows.iter().all(|row| self.last.replace(row.key).is_none_or(|before| before < row.key))
    }

    /// Which rows of a chunk are to be left out; `None` where the road takes one of them not.
    async fn compare(&mut self, chunk: &Chunk) -> Result<Option<Vec<usize>>, LoadError> {
        /// A table with so many rows between those of the file is not read for it: they go through as if they were new.
        const THIN: usize = 8;
        let (Some(first), Some(last)) = (chunk.rows.first(), chunk.rows.last()) else {
            return Ok(Some(Vec::new()));
        };
        let shape = Shape { spec: self.spec, given: &self.given };
        let statement = self.sql.stretch(shape, first.key, last.key, chunk.rows.len() * THIN);
        let kinds: Vec<Kind> = shape.kinds().collect();
        let mut stored = self.conn.query_iter(statement).await?;
        let (mut left_out, mut sent, mut text) = (Vec::new(), 0, String::new());
        let mut rows = chunk.rows.iter().enumerate().peekable();
        while let Some(row) = stored.next().await? {
            let key = key_of(&row, self.spec);
            while rows.next_if(|(_, ours)| ours.key < key).is_some() {}
            let Some((nth, ours)) = rows.next_if(|(_, ours)| ours.key == key) else { continue };
            text.clear();
            encode::append_stored(&mut text, self.encoding, kinds.iter().copied().zip(cells(&row)));
            let is_same = chunk.text.get(ours.values.clone()) == Some(text.as_str());
            match if is_same { self.rule.same } else { self.rule.other } {
                Fate::LeftOut => left_out.push(nth),
                Fate::Sent => sent += 1,
                Fate::Fatal => return Ok(None),
            }
        }
        let same = left_out.len() as u64;
        let new = chunk.rows.len() as u64 - same - sent;
        self.progress.send_modify(|progress| progress.compared.add(new, sent, same));
        Ok(Some(left_out))
    }

    /// Ends its connection.
    pub(crate) async fn close(self) {
        if let Err(cause) = self.conn.disconnect().await {
            tracing::debug!(%cause, "the second connection of a load did not end cleanly");
        }
    }
}

/// The sieve of the table whose files are being read. Those of a table come one after the other, so there is one at a time:
/// a sieve holds a connection, and a set has more tables than a program has connections.
#[derive(Default)]
pub(crate) struct InUse(Option<(Table, Sieve)>);

impl InUse {
    /// The sieve that an earlier file of this table went through. That of another table is done with.
    pub(crate) async fn take(&mut self, table: Table) -> Option<Sieve> {
        match self.0.take() {
            Some((of, sieve)) if of == table => Some(sieve),
            Some((_, sieve)) => {
                sieve.close().await;
                None
            }
            None => None,
        }
    }

    /// Keeps it for the table's next file.
    pub(crate) fn keep(&mut self, table: Table, sieve: Option<Sieve>) {
        self.0 = sieve.map(|sieve| (table, sieve));
    }

    /// Ends the connection of the last one.
    pub(crate) async fn close(self) {
        if let Some((_, sieve)) = self.0 {
            sieve.close().await;
        }
    }
}

fn cells(row: &Row) -> impl Iterator<Item = Option<&[u8]>> {
    (0..row.len()).map(|place| match row.as_ref(place) {
        Some(Value::Bytes(bytes)) => Some(bytes.as_slice()),
        _ => None,
    })
}

fn key_of(row: &Row, spec: &Spec) -> (u32, u32) {
    let mut parts = cells(row).take(spec.key.len()).map(|cell| {
        let text = cell.and_then(|digits| std::str::from_utf8(digits).ok());
        text.and_then(|digits| digits.parse().ok()).unwrap_or_default()
    });
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

/// The chunk without the rows at these places, which come in order.
fn without(chunk: Chunk, left_out: &[usize]) -> Chunk {
    if left_out.is_empty() {
        return chunk;
    }
    let mut rest = Chunk::default();
    let mut out = left_out.iter().copied().peekable();
    let ends = chunk.rows.iter().skip(1).map(|row| row.start).chain([chunk.text.len()]);
    for (nth, (row, end)) in chunk.rows.iter().zip(ends).enumerate() {
        if out.next_if_eq(&nth).is_some() {
            continue;
        }
        rest.text.push_str(chunk.text.get(row.start..end).unwrap_or_default());
        rest.rows.push(row.clone());
    }
    rest
}
