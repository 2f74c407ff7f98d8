//! How a file is written: what separates, what quotes, in which encoding, whether its columns have names.

use encoding_rs::{Encoding, UTF_8};
use std::fmt;

/// What a person says about a file; what they leave open is found out from its beginning.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    /// The byte between two cells.
    pub delimiter: Option<u8>,
    /// What stands around a cell that holds a delimiter or the end of a line.
    pub quote: Option<Quote>,
    /// The encoding, as the WHATWG Encoding Standard knows it.
    pub encoding: Option<&'static Encoding>,
    /// What the first line is.
    pub header: Header,
    /// Whether an apostrophe before what a spreadsheet would run is to be taken off, as in our exports.
    pub guarded: bool,
}

/// The encoding of a name; `latin-1` is read as Windows-1252, which is the same for text (WHATWG Encoding Standard, 4.2).
pub fn encoding(name: &str) -> Option<&'static Encoding> {
    match name.trim().to_ascii_lowercase().as_str() {
        "latin-1" | "latin_1" => Some(encoding_rs::WINDOWS_1252),
        other => Encoding::for_label(other.as_bytes()),
    }
}

/// What the first line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Header {
    /// The names of the columns.
    #[default]
    Named,
    /// A row; the columns come in the table's order.
    InOrder,
    /// A row; the columns are called `1`, `2`, `3`, for a mapping to say what they are.
    Numbered,
}

/// What stands around cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// This byte.
    Byte(u8),
    /// Nothing: every delimiter divides, every end of a line ends its row.
    Nothing,
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// gzip (RFC 1952).
    Gzip,
    /// Zstandard (RFC 8878).
    Zstd,
}

/// How a file is written, once that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// How it is packed.
    pub packing: Packing,
    /// The encoding.
    pub encoding: &'static Encoding,
    /// The byte between two cells.
    pub delimiter: u8,
    /// What stands around cells.
    pub quote: Quote,
    /// What the first line is.
    pub header: Header,
}

impl Dialect {
    /// As our own files are written, and most others.
    pub const PLAIN: Dialect = Dialect {
        packing: Packing::Plain,
        encoding: UTF_8,
        delimiter: b',',
        quote: Quote::Byte(b'"'),
        header: Header::Named,
    };
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.packing {
            Packing::Plain => {}
            Packing::Gzip => f.write_str("gzip, ")?,
            Packing::Zstd => f.write_str("zstd, ")?,
        }
        write!(f, "{}, separated by {}, ", self.encoding.name(), word(self.delimiter))?;
        match self.quote {
            Quote::Byte(byte) => write!(f, "quoted by {}", char::from(byte))?,
            Quote::Nothing => f.write_str("without quotes")?,
        }
        match self.header {
            Header::Named => Ok(()),
            Header::InOrder => f.write_str(", no header: columns in the table's order"),
            Header::Numbered => f.write_str(", no header: columns by number"),
        }
    }
}

fn word(delimiter: u8) -> String {
    match delimiter {
        b',' => "comma".to_owned(),
        b';' => "semicolon".to_owned(),
        b'\t' => "tab".to_owned(),
        b'|' => "bar".to_owned(),
        b' ' => "space".to_owned(),
        other => char::from(other).to_string(),
    }
}
