//! What a load is told to do, and what it tells while it runs.

use super::dates::Dates;
use super::mapping::Mapping;
use crate::db::Warrant;
use crate::domain::receipt::Outcome;
use crate::domain::{RunId, Table};
use std::path::PathBuf;

/// What happens to the rest when a row is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnReject {
    /// Nothing is written.
    #[default]
    Abort,
    /// The good rows are written.
    Skip,
}

/// Which of several rows with one key in the files is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnDuplicate {
    /// None is chosen: the first is good, and the others are rejected as rows that should not be there.
    #[default]
    Reject,
    /// The first; the others are written down as rejected, but stop nothing.
    First,
    /// The last; the others are written down as rejected, but stop nothing.
    Last,
}

/// How rows meet what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// New rows are added, known ones brought up to date. Nothing is ever removed.
    #[default]
    Upsert,
    /// New rows are added; one that is there already is rejected.
    Insert,
    /// New rows are added; those that are there already stay as they are.
    Append,
    /// The tables of the set become what the files say: rows that they do not have are removed.
    Replace,
}

impl Mode {
    /// All of them.
    pub const EACH: [Mode; 4] = [Mode::Upsert, Mode::Insert, Mode::Append, Mode::Replace];

    /// The mode of a word in receipts.
    pub fn from_word(word: &str) -> Option<Mode> {
        Mode::EACH.into_iter().find(|mode| mode.word() == word)
    }

    /// The word in receipts.
    pub fn word(self) -> &'static str {
        match self {
            Mode::Upsert => "upsert",
            Mode::Insert => "insert",
            Mode::Append => "append",
            Mode::Replace => "replace",
        }
    }
}

/// What a load is told to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// Stage, check and compare, but write nothing.
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
    /// How rows meet what is there.
    pub mode: Mode,
    /// Who loads, by what right: read again in the transaction that writes.
    pub by: Warrant,
    /// Whether `LOAD DATA LOCAL` may be used where the server allows it; many-row `INSERT`s otherwise.
    pub infile: bool,
    /// What the history is to tell besides, where the load is done.
    pub remark: Option<String>,
}

impl Options {
    /// The usual: everything or nothing, by the fastest road.
    pub fn by(by: Warrant) -> Options {
        Options {
            dry_run: false,
            on_reject: OnReject::Abort,
            on_duplicate: OnDuplicate::Reject,
            mapping: Mapping::default(),
            save_mapping: None,
            dates: Dates::default(),
            rejects_dir: None,
            mode: Mode::Upsert,
            by,
            infile: true,
            remark: None,
        }
    }
}

/// What a load is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phase {
    /// Another load into the same chain has to end first.
    #[default]
    Waiting,
    /// Rows are read, checked one by one, and sent.
    Reading,
    /// Rows are checked against each other and the database.
    Checking,
    /// Rows are compared with what is there.
    Comparing,
    /// Rows are written.
    Merging,
    /// It has ended.
    Done(Outcome),
}

/// What rows would do that were held beside their tables while they were read. Exact counts are in the receipt: rows of a
/// file in no order are compared later, and checks that look at all rows can still reject some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Compared {
    /// Rows that are not there.
    pub new: u64,
    /// Rows that are there with other values.
    pub changed: u64,
    /// Rows that are there and stay as they are.
    pub same: u64,
}

impl Compared {
    pub(crate) fn add(&mut self, new: u64, changed: u64, same: u64) {
        (self.new, self.changed, self.same) = (self.new + new, self.changed + changed, self.same + same);
    }
}

/// How far a load is. Sent on a `watch`: only the newest counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    /// The run, once it has a number.
    pub run: Option<RunId>,
    /// What it is at.
    pub phase: Phase,
    /// The table it is at.
    pub table: Option<Table>,
    /// The file it is at, as it was named.
    pub file: Option<String>,
    /// The file's place in the set, from 0.
    pub file_index: usize,
    /// Files in the set.
    pub files: usize,
    /// Rows read so far, over all files.
    pub read: u64,
    /// Rows rejected so far, over all files.
    pub rejected: u64,
    /// What the rows compared so far would do.
    pub compared: Compared,
    /// How far the file is read, and how far it goes, in bytes or rows; `None` where that is not known.
    pub position: Option<(u64, u64)>,
    /// The first rejected rows in words, each with its file and line.
    pub rejects: Vec<String>,
    /// What the person should know besides, said once.
    pub notes: Vec<String>,
}

impl Progress {
    /// Rejects that are kept in words.
    const REJECTS: usize = 5;

    /// Tells a person something, once: a file may be read twice, and a load have many chunks.
    pub(crate) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub(crate) fn reject(&mut self, told: impl FnOnce() -> String) {
        self.rejected += 1;
        if self.rejects.len() < Progress::REJECTS {
            self.rejects.push(told());
        }
    }
}
