//! How files are written, as flags say it.

use crate::etl::DecimalMark;
use crate::etl::source::csv::{Header, Quote, Reading, encoding};
use encoding_rs::Encoding;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "How the files are written (found out where it is not said)")]
pub(super) struct ReadingArgs {
    /// Between two cells: comma, semicolon, tab, bar, or the character itself
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Around cells: double, single, none, or the character itself
    #[arg(long, value_name = "CHARACTER", value_parser = quote)]
    quote: Option<Quote>,
    /// utf-8, utf-16le, windows-1252, iso-8859-2 ... (names of the WHATWG Encoding Standard)
    #[arg(long, value_name = "NAME", value_parser = encoded)]
    encoding: Option<&'static Encoding>,
    /// What stands before decimals: point or comma; otherwise a comma is told by the values where nothing else is meant by it
    #[arg(long, value_name = "MARK", value_parser = mark)]
    pub(super) decimal: Option<DecimalMark>,
    /// The first line is a row: the columns come in the table's order, or --map names them by number
    #[arg(long)]
    no_header: bool,
}

impl ReadingArgs {
    /// What was said; `mapped` is whether columns are named by a mapping.
    pub(super) fn reading(&self, mapped: bool) -> Reading {
        let header = match (self.no_header, mapped) {
            (false, _) => Header::Named,
            (true, false) => Header::InOrder,
            (true, true) => Header::Numbered,
        };
        Reading { delimiter: self.delimiter, quote: self.quote, encoding: self.encoding, header }
    }
}

fn delimiter(word: &str) -> Result<u8, String> {
    match word {
        "comma" => Ok(b','),
        "semicolon" => Ok(b';'),
        "tab" | "\\t" => Ok(b'\t'),
        "bar" | "pipe" => Ok(b'|'),
        other => one_byte(other),
    }
}

fn mark(word: &str) -> Result<DecimalMark, String> {
    DecimalMark::from_word(word).ok_or_else(|| "point or comma is needed".to_owned())
}

fn quote(word: &str) -> Result<Quote, String> {
    match word {
        "double" => Ok(Quote::Byte(b'"')),
        "single" => Ok(Quote::Byte(b'\'')),
        "none" => Ok(Quote::Nothing),
        other => one_byte(other).map(Quote::Byte),
    }
}

fn one_byte(word: &str) -> Result<u8, String> {
    match word.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r' | 0) => Ok(*byte),
        _ => Err("one ASCII character is needed, or one of the words".to_owned()),
    }
}

fn encoded(name: &str) -> Result<&'static Encoding, String> {
    encoding(name)
        .ok_or_else(|| "no encoding of that name; try utf-8, utf-16le, windows-1252, iso-8859-2".to_owned())
}
