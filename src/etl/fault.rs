//! Why a row is not taken: a short word for machines and a sentence for people.

/// The kind of fault, as it stands in the rejects file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The row has more or fewer cells than the header.
    Cells,
    /// Bytes that are no UTF-8.
    Encoding,
    /// A cell that must not be empty.
    Required,
    /// Not a number.
    Number,
    /// Outside what is allowed.
    Range,
    /// More decimals than can be kept.
    Precision,
    /// Longer than can be kept.
    Length,
    /// Not a calendar day.
    Date,
    /// Neither yes nor no.
    Flag,
    /// Not a time zone.
    TimeZone,
    /// Dates in an order that can not be.
    Sequence,
    /// Two cells that contradict each other.
    Mismatch,
    /// Names something that is not there.
    Unknown,
    /// Names more than one thing.
    Ambiguous,
    /// Its key stands in the file before.
    Duplicate,
    /// A value that must differ belongs to another row.
    Taken,
    /// Its key is in the chain, where only new rows are taken.
    Exists,
    /// Managers that lead back to where they began.
    Ring,
}

impl Code {
    const EACH: [Code; 18] = [
        Code::Cells,
        Code::Encoding,
        Code::Required,
        Code::Number,
        Code::Range,
        Code::Precision,
        Code::Length,
        Code::Date,
        Code::Flag,
        Code::TimeZone,
        Code::Sequence,
        Code::Mismatch,
        Code::Unknown,
        Code::Ambiguous,
        Code::Duplicate,
        Code::Taken,
        Code::Exists,
        Code::Ring,
    ];

    /// The word in the rejects file.
    pub fn word(self) -> &'static str {
        match self {
            Code::Cells => "cells",
            Code::Encoding => "encoding",
            Code::Required => "required",
            Code::Number => "number",
            Code::Range => "range",
            Code::Precision => "precision",
            Code::Length => "length",
            Code::Date => "date",
            Code::Flag => "flag",
            Code::TimeZone => "time_zone",
            Code::Sequence => "sequence",
            Code::Mismatch => "mismatch",
            Code::Unknown => "unknown",
            Code::Ambiguous => "ambiguous",
            Code::Duplicate => "duplicate",
            Code::Taken => "taken",
            Code::Exists => "exists",
            Code::Ring => "ring",
        }
    }

    /// The code a word stands for.
    pub(crate) fn from_word(word: &str) -> Option<Code> {
        Code::EACH.into_iter().find(|code| code.word() == word)
    }
}

/// One reason for which a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The column of the table; empty where it is the whole row.
    pub(crate) column: &'static str,
    /// The kind.
    pub(crate) code: Code,
    /// What is wrong and, where it can be told, what would be right.
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(column: &'static str, code: Code, message: impl Into<String>) -> Fault {
        Fault { column, code, message: message.into() }
    }
}
