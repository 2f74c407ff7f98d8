//! Finding out from its beginning how a file is written.

use super::dialect::{Dialect, Packing, Quote, Reading};
use crate::etl::align::REJECT_COLUMNS;
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file is looked at, in bytes.
pub(super) const SAMPLE: usize = 1 << 16;

/// The first bytes of kinds of files that are taken for text by their names, and what to call them.
const BINARY: [(&[u8], &str); 8] = [
    (b"PK\x03\x04", "a ZIP archive, as spreadsheets (.xlsx, .ods) are"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (.xls)"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"BZh", "packed by bzip2"),
];

/// How the bytes of a file are packed, by their first (RFC 1952, 2.3.1; RFC 8878, 3.1.1).
pub(super) fn packing(start: &[u8]) -> Packing {
    if start.starts_with(b"\x1f\x8b") {
        Packing::Gzip
    } else if start.starts_with(b"\x28\xb5\x2f\xfd") {
        Packing::Zstd
    } else {
        Packing::Plain
    }
}

/// What a file that is no text seems to be.
pub(super) fn binary(sample: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = BINARY.iter().find(|(magic, _)| sample.starts_with(magic)) {
        return Some(what);
    }
    if utf16(sample).is_some() {
        return None;
    }
    // Text has line ends and tabs, perhaps an escape; a stray NUL is a fault of its row alone.
    let odd = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    const ONE_IN: usize = 20;
    (sample.iter().filter(odd).count() > sample.len() / ONE_IN + 1).then_some("a binary file")
}

/// The encoding of text: by its mark, by the NULs of UTF-16, or UTF-8 where most of it is that; else Windows-1252, which
/// for text is Latin-1 too.
pub(super) fn encoding(sample: &[u8]) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(sample) {
        return marked;
    }
    if let Some(wide) = utf16(sample) {
        return wide;
    }
    let (good, bad) = multibyte(sample);
    if bad > good { WINDOWS_1252 } else { UTF_8 }
}

/// UTF-16 by its mark, or by where the NULs stand: most text has a NUL in every second place.
fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    if let Some((marked, _)) = Encoding::for_bom(sample) {
        return (marked != UTF_8).then_some(marked);
    }
    let nuls = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), sample.len() / 2);
    let most = |count: usize, other: usize| count * 2 > pairs && other * 20 < pairs;
    match () {
        () if pairs == 0 => None,
        () if most(odd, even) => Some(UTF_16LE),
        () if most(even, odd) => Some(UTF_16BE),
        () => None,
    }
}

/// Characters of several bytes that are UTF-8, and places that are not.
fn multibyte(sample: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // The sample may end in the middle of a character.
    let cut = sample.utf8_chunks().last().is_some_and(|last| {
        let rest = last.invalid();
        !rest.is_empty() && rest.len() < 4 && sample.ends_with(rest) && sample.len() >= SAMPLE
    });
    (good, bad - usize::from(cut))
}

/// What separates and what quotes, where nobody said it. `text` is the decoded beginning; it ends anywhere.
pub(super) fn dialect(
    text: &str,
    reading: Reading,
    packing: Packing,
    encoding: &'static Encoding,
) -> Dialect {
    let told = Dialect { packing, encoding, header: reading.header, ..Dialect::PLAIN };
    let is_ours = text.starts_with(&REJECT_COLUMNS.join(","));
    if is_ours && reading.delimiter.is_none() && reading.quote.is_none() {
        return told;
    }
    let said = said_first(text);
    let text = if said.is_some() { text.get(SAID..).unwrap_or_default().trim_start() } else { text };
    let quote = reading.quote.unwrap_or_else(|| quote(text));
    let delimiter = reading.delimiter.or(said).unwrap_or_else(|| delimiter(text, quote));
    Dialect { delimiter, quote, ..told }
}

/// Bytes of what [`said_first`] finds.
pub(super) const SAID: usize = 5;

/// What separates, where the first line is not of the table but says that: `sep=;`, as Excel reads and writes it.
pub(super) fn said_first(text: &str) -> Option<u8> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.split(['\r', '\n']).next()?.as_bytes() {
        [mark @ .., b'=', byte] if mark.eq_ignore_ascii_case(b"sep") => {
            (byte.is_ascii() && !byte.is_ascii_alphanumeric()).then_some(*byte)
        }
        _ => None,
    }
}

/// Single quotes only where no cell has double ones, and where as many cells begin with one as end with one.
fn quote(text: &str) -> Quote {
    const SINGLE: char = '\'';
    let cells = || {
        let lines = text.lines().take(LINES);
        lines.flat_map(|line| line.split([',', ';', '\t', '|'])).map(str::trim)
    };
    let begun = cells().filter(|cell| cell.starts_with(SINGLE)).count();
    let ended = cells().filter(|cell| cell.ends_with(SINGLE)).count();
    if begun >= 2 && begun == ended && !text.contains('"') { Quote::Byte(b'\'') } else { Quote::Byte(b'"') }
}

/// Lines that are looked at.
const LINES: usize = 50;

/// What divides the first line into the most cells; of two that do so alike, what divides the others into as many.
fn delimiter(text: &str, quote: Quote) -> u8 {
    let measured = [b',', b';', b'\t', b'|'].into_iter().map(|byte| {
        let widths = widths(text, byte, quote);
        let first = widths.first().copied().unwrap_or_default();
        (first, widths.iter().filter(|width| **width == first).count(), byte)
    });
    let best = measured.rev().max_by_key(|(width, alike, _)| (*width, *alike));
    best.filter(|(width, ..)| *width > 1).map_or(b',', |(_, _, byte)| byte)
}

fn widths(text: &str, delimiter: u8, quote: Quote) -> Vec<usize> {
    let mut builder = ReaderBuilder::new();
    builder.flexible(true).has_headers(false).delimiter(delimiter);
    match quote {
        Quote::Byte(byte) => builder.quote(byte),
        Quote::Nothing => builder.quoting(false),
    };
    let mut reader = builder.from_reader(text.as_bytes());
    let mut row = StringRecord::new();
    let mut widths = Vec::new();
    while widths.len() < LINES && reader.read_record(&mut row).unwrap_or(false) {
        widths.push(row.len());
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(bytes).collect()
        };
        for (bytes, expected) in [
            (b"brand_id,brand_name\n1,Plain\n".to_vec(), UTF_8),
            ("1,Bj\u{f6}rk".as_bytes().to_vec(), UTF_8),
            (b"\xef\xbb\xbfa,b".to_vec(), UTF_8),
            (b"1,Bj\xf6rk".to_vec(), WINDOWS_1252),
            (b"1,\x93quoted\x94 \x80 5".to_vec(), WINDOWS_1252),
            ([b"1,Bj\xf6rk,".as_slice(), "\u{c5}se \u{d8}rn".as_bytes()].concat(), UTF_8),
            (wide("brand_id,brand_name\n", u16::to_le_bytes), UTF_16LE),
            (wide("brand_id,brand_name\n", u16::to_be_bytes), UTF_16BE),
            (wide("\u{feff}\u{141}\u{f3}d\u{17a},b", u16::to_le_bytes), UTF_16LE),
        ] {
            assert_eq!(encoding(&bytes), expected, "{bytes:?}");
            assert_eq!(binary(&bytes), None, "{bytes:?}");
        }
        assert!(binary(b"PK\x03\x04...").is_some_and(|what| what.contains("xlsx")));
        assert_eq!(binary(&[1, 2, 0, 7, 0, 0, 8, 3, 65]), Some("a binary file"));
    }

    #[test]
    fn a_character_that_the_sample_cuts_is_no_fault() {
        let mut sample = "a".repeat(SAMPLE - 1).into_bytes();
        sample.push(0xc3);
        assert_eq!(encoding(&sample), UTF_8);
    }

    #[test]
    fn what_separates_and_quotes_is_found() {
        for (text, separator, around) in [
            ("a,b\n1,2\n", b',', b'"'),
            ("a;b\n1,5;2,5\n", b';', b'"'),
            ("a\tb\n1\t2\n", b'\t', b'"'),
            ("a|b|c\n1,2|3|4\n", b'|', b'"'),
            ("\"a;b\",c,d\n", b',', b'"'),
            ("1;2,50\n2;3\n", b';', b'"'),
            ("single\n1\n", b',', b'"'),
            ("a,b\n1,'Heron; grey'\n2,'Egret'\n", b',', b'\''),
            ("a,b\n1,O'Brien\n2,'t Hooft\n", b',', b'"'),
        ] {
            let found = dialect(text, Reading::default(), Packing::Plain, UTF_8);
            assert_eq!((found.delimiter, found.quote), (separator, Quote::Byte(around)), "{text:?}");
        }
    }
}
