//! Reading one file: on a thread of its own, row by row, with no more in memory than a few chunks.

use super::align::Alignment;
use super::cell::Value;
use super::dates::Dates;
use super::decimals::DecimalMark;
use super::encode::{self, Form};
use super::error::LoadError;
use super::fault::Fault;
use super::nothing::Nothing;
use super::numbers::Numbers;
use super::progress::Progress;
use super::registry::Registry;
use super::rejects::{Origin, Rejects};
use super::settle::{self, Ways};
use super::source::Source;
use super::spec::Spec;
use super::validate::Validator;
use crate::domain::guard::unguarded;
use crate::domain::receipt::TableReceipt;
use csv::StringRecord;
use std::ops::Range;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

/// One file of the set.
pub(crate) struct Part {
    /// Its place in the set, from 0.
    pub(crate) place: usize,
    /// Where its rows come from.
    pub(crate) source: Box<dyn Source>,
    /// What its table takes.
    pub(crate) spec: &'static Spec,
    /// Which column fills which.
    pub(crate) alignment: Alignment,
    /// What became of its rows.
    pub(crate) receipt: TableReceipt,
    /// The hash of what was read.
    pub(crate) sha256: Option<[u8; 32]>,
    /// Rows before its own, over the set; for the progress.
    pub(crate) before: u64,
    /// Rejected rows that lost to another with the same key, by choice.
    pub(crate) excused: u64,
    /// Rows that the table was found to have, and that were therefore not sent.
    pub(crate) present: u64,
    /// The numbers of its rows, where it gives none itself; known once it was read.
    pub(crate) numbers: Option<Arc<Numbers>>,
}

/// What reading needs, and what it keeps from file to file.
pub(crate) struct Desk {
    /// Stores and staff by name.
    pub(crate) registry: Registry,
    /// Where rejected rows go.
    pub(crate) rejects: Rejects,
    /// Where the progress is told.
    pub(crate) progress: watch::Sender<Progress>,
    /// Whether somebody stops the load.
    pub(crate) cancel: CancellationToken,
    /// What a person said about the order of days.
    pub(crate) dates: Dates,
    /// What a person said of the mark before decimals.
    pub(crate) decimal: DecimalMark,
    /// What a person said of words that stand for nothing.
    pub(crate) nothing: Nothing,
}

/// Rows on their way, as one `INSERT` or `LOAD DATA` takes them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packing {
    /// How they are written.
    pub(crate) form: Form,
    /// Rows in a chunk at the most.
    pub(crate) rows: usize,
    /// Bytes after which a chunk is full.
    pub(crate) bytes: usize,
}

/// Rows on their way to the server.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    /// The rows as they are sent.
    pub(crate) text: String,
    /// Where each of them is in the text.
    pub(crate) rows: Vec<Packed>,
}

/// One row of a chunk.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    /// Its key; the second part is 0 where a table has but one.
    pub(crate) key: (u32, u32),
    /// Where it begins; it ends where the next does.
    pub(crate) start: usize,
    /// Where its values are.
    pub(crate) values: Range<usize>,
}

/// What comes back from the thread, with the number of rows sent.
pub(crate) type Back<T> = (Part, Desk, Result<T, LoadError>);

/// Reads, checks and packs every row of a file. The chunks end when the file does, or when it can not be read on.
pub(crate) fn read(
    part: Part,
    desk: Desk,
    packing: Packing,
) -> (mpsc::Receiver<Chunk>, oneshot::Receiver<Back<u64>>) {
    const CHUNKS_AHEAD: usize = 4;
    let (chunks, receiver) = mpsc::channel(CHUNKS_AHEAD);
    let back = on_thread(move || {
        let (mut part, mut desk) = (part, desk);
        let sent = read_all(&mut part, &mut desk, packing, &chunks);
        drop(chunks);
        (part, desk, sent)
    });
    (receiver, back)
}

/// Reads a file again and writes the rows on the given lines, which come in order, to the rejects.
pub(crate) fn gather(
    part: Part,
    desk: Desk,
    faults: mpsc::Receiver<(u64, Fault)>,
) -> oneshot::Receiver<Back<()>> {
    on_thread(move || {
        let (mut part, mut desk) = (part, desk);
        let gathered = gather_all(&mut part, &mut desk, faults);
        (part, desk, gathered)
    })
}

/// A thread of its own rather than one of tokio's: a source that hangs must not keep the program from ending.
fn on_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> oneshot::Receiver<T> {
    let (done, back) = oneshot::channel();
    let begun = std::thread::Builder::new().name("load-reader".to_owned()).spawn(move || {
        // Nobody waits any more where the load was stopped.
        let _ = done.send(work());
    });
    if let Err(cause) = begun {
        tracing::error!(%cause, "no thread to read with");
    }
    back
}

/// How often, in rows, the progress is told and cancellation is looked for.
const STRIDE: u64 = 512;

fn read_all(
    part: &mut Part,
    desk: &mut Desk,
    packing: Packing,
    chunks: &mpsc::Sender<Chunk>,
) -> Result<u64, LoadError> {
    let numbers = Numbers::of(part, &desk.registry)?.map(Arc::new);
    part.numbers.clone_from(&numbers);
    desk.registry.settle();
    let (alignment, nothing) = (part.alignment.clone(), desk.nothing.clone());
    let ways = Ways::said(part.spec, desk);
    let mut validator = Validator {
        spec: part.spec,
        alignment: &alignment,
        numbers: numbers.as_deref(),
        ways,
        nothing: &nothing,
    };
    let mut is_settled = false;
    let empty = || Chunk { text: String::with_capacity(packing.bytes + 4096), rows: Vec::new() };
    let (mut chunk, mut sent) = (empty(), 0_u64);
    let mut row = StringRecord::new();
    let (mut read, mut drawn, mut blank) = (0_u64, 0_u64, 0_u64);
    while let Some(line) = part.source.read(&mut row)? {
        if drawn.is_multiple_of(STRIDE) {
            tell(part, desk);
            if desk.cancel.is_cancelled() {
                return Err(LoadError::Cancelled);
            }
        }
        if row.iter().all(|cell| cell.trim().is_empty()) {
            (drawn, blank) = (drawn + 1, blank + 1);
            continue;
        }
        if alignment.guarded {
            row = row.iter().map(unguarded).collect();
        }
        let ordinal = drawn + part.source.passed_over();
        match validator.row(ordinal as usize, &row, &mut desk.registry) {
            Ok(values) => {
                let start = chunk.text.len();
                let cells = encode::append(&mut chunk.text, packing.form, part.place, line, &values);
                chunk.rows.push(Packed { key: key(part.spec, &values), start, values: cells });
                sent += 1;
            }
            Err(faults) if !is_settled && settle::may_help(&faults) => {
                is_settled = true;
                if settle::settle(part, desk, &mut validator.ways, drawn)? {
                    continue;
                }
                refuse(part, desk, line, &row, &faults)?;
            }
            Err(faults) => refuse(part, desk, line, &row, &faults)?,
        }
        (drawn, read) = (drawn + 1, read + 1);
        part.receipt.read = read;
        if chunk.text.len() >= packing.bytes || chunk.rows.len() >= packing.rows {
            let full = std::mem::replace(&mut chunk, empty());
            chunks.blocking_send(full).map_err(|_| LoadError::Cancelled)?;
        }
    }
    if !chunk.rows.is_empty() {
        chunks.blocking_send(chunk).map_err(|_| LoadError::Cancelled)?;
    }
    if blank > 0 {
        let rows = if blank == 1 { "1 row was".to_owned() } else { format!("{blank} rows were") };
        let note = format!("{}: {rows} left out: every cell is empty.", part.source.name());
        desk.progress.send_modify(|progress| progress.note(note));
    }
    part.sha256 = part.source.sha256();
    tell(part, desk);
    Ok(sent)
}

/// The key of a row: every file gives it, or has it given, and it stands first in every table.
fn key(spec: &Spec, values: &[Value<'_>]) -> (u32, u32) {
    let part = |nth: usize| match values.get(nth) {
        Some(Value::Integer(number)) if nth < spec.key.len() => u32::try_from(*number).unwrap_or_default(),
        _ => 0,
    };
    (part(0), part(1))
}

fn tell(part: &Part, desk: &Desk) {
    let (read, position) = (part.before + part.receipt.read, part.source.position());
    desk.progress.send_modify(|progress| {
        progress.read = read;
        progress.position = position;
    });
}

fn refuse(
    part: &mut Part,
    desk: &mut Desk,
    line: u64,
    row: &StringRecord,
    faults: &[Fault],
) -> Result<(), LoadError> {
    part.receipt.rejected += 1;
    note_reject(part, desk, line, row, faults)
}

fn note_reject(
    part: &Part,
    desk: &mut Desk,
    line: u64,
    row: &StringRecord,
    faults: &[Fault],
) -> Result<(), LoadError> {
    let origin = Origin {
        part: part.place,
        table: part.spec.table,
        file: part.source.name(),
        header: part.source.header(),
        guarded: part.alignment.guarded,
    };
    let numbers = part.numbers.as_ref().filter(|_| !part.alignment.guarded);
    let portable = numbers.and_then(|numbers| numbers.portable(part.spec, &part.alignment.uses, row));
    desk.rejects
        .add(origin, line, portable.as_ref().unwrap_or(row), faults)
        .map_err(|cause| LoadError::Rejects { folder: desk.rejects.folder(), cause })?;
    let told = || {
        let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        format!("{}, line {line}: {}", origin.file, messages.join(" "))
    };
    desk.progress.send_modify(|progress| progress.reject(told));
    Ok(())
}

fn gather_all(
    part: &mut Part,
    desk: &mut Desk,
    mut faults: mpsc::Receiver<(u64, Fault)>,
) -> Result<(), LoadError> {
    part.source.rewind()?;
    let mut row = StringRecord::new();
    let mut wanted = faults.blocking_recv();
    while let Some((line, fault)) = &wanted {
        if desk.cancel.is_cancelled() {
            return Err(LoadError::Cancelled);
        }
        let Some(at) = part.source.read(&mut row)? else {
            break;
        };
        if at == *line {
            if part.alignment.guarded {
                row = row.iter().map(unguarded).collect();
            }
            note_reject(part, desk, at, &row, std::slice::from_ref(fault))?;
            wanted = faults.blocking_recv();
        }
    }
    Ok(())
}
