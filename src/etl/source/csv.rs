//! Files of separated values (RFC 4180, and the ways in which files differ from it).

pub use super::dialect::{Dialect, Header, Packing, Quote, Reading, encoding};
pub use super::find::{FindError, Found, InFolder, files_in, find, find_until, table_of};

use super::bytes::{Bytes, Hashed, Lines, Tally, TooLong, decoded, unpacked};
use super::find::shown;
use super::sniff::{self, SAMPLE};
use super::{Source, SourceError};
use crate::domain::Table;
use crate::domain::guard::unguarded;
use crate::etl::align::is_ours;
use crate::etl::spec::spec;
use ::csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};
use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;

/// One CSV file.
pub struct CsvFile {
    name: String,
    place: Place,
    table: Table,
    dialect: Dialect,
    header: StringRecord,
    reader: Reader<Lines>,
    row: ByteRecord,
    tally: Tally,
    length: u64,
}

/// Where the bytes are.
enum Place {
    Path(PathBuf),
    /// A copy of what can be read but once, without a name.
    Copy(File),
}

impl Place {
    /// A pipe is copied to a nameless temporary file first: rows are read again where one has to be rejected.
    fn of(path: &Path, stop: &CancellationToken) -> io::Result<Place> {
        let once: Box<dyn Read> = if path == Path::new("-") {
            Box::new(io::stdin())
        } else if path.metadata()?.is_file() {
            return Ok(Place::Path(path.to_owned()));
        } else {
            Box::new(File::open(path)?)
        };
        let mut copy = tempfile::tempfile()?;
        io::copy(&mut Stoppable { bytes: once, stop }, &mut copy)?;
        Ok(Place::Copy(copy))
    }

    fn open(&self) -> io::Result<File> {
        match self {
            Place::Path(path) => File::open(path),
            Place::Copy(copy) => {
                let mut copy = copy.try_clone()?;
                copy.rewind()?;
                Ok(copy)
            }
        }
    }
}

/// Bytes that may have no end, until somebody stops the reading.
struct Stoppable<'a> {
    bytes: Box<dyn Read>,
    stop: &'a CancellationToken,
}

impl Read for Stoppable<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_cancelled() {
            return Err(io::Error::other("the reading was stopped"));
        }
        self.bytes.read(into)
    }
}

/// A file from its beginning on.
struct Begun {
    reader: Reader<Lines>,
    dialect: Dialect,
    tally: Tally,
    length: u64,
}

impl CsvFile {
    /// Opens a file and reads its header. Without a `table`, one of our rejects files says itself where it belongs.
    ///
    /// # Errors
    /// [`FindError`] where the file can not be read, is no text, has no header, or where its table can not be told.
    pub fn open(
        path: &Path,
        table: Option<Table>,
        reading: Reading,
        stop: &CancellationToken,
    ) -> Result<CsvFile, FindError> {
        let name = if path == Path::new("-") { "standard input".to_owned() } else { shown(path) };
        let failed = |cause| SourceError::Io { name: name.clone(), cause };
        let place = Place::of(path, stop).map_err(failed)?;
        let mut begun = begin(&place, &name, |sample| sniffed(sample, reading))?;
        let first = begun.reader.byte_headers().map_err(|error| wrong(&name, 1, begun.dialect, error))?;
        let first = text_of(first);
        if first.iter().all(|column| column.trim().is_empty()) {
            let message = "there is no header. The first line has to name the columns.".to_owned();
            return Err(SourceError::Malformed { name, line: 1, message }.into());
        }
        let table = match table {
            Some(table) => table,
            None => table_of_rejects(&place, &name, begun.dialect, &first)?
                .ok_or_else(|| FindError::WhichTable(name.clone()))?,
        };
        let header = match begun.dialect.header {
            Header::Named => named(&first),
            Header::InOrder => in_order(table, first.len()),
            Header::Numbered => (1..=first.len()).map(|number| number.to_string()).collect::<Vec<_>>().into(),
        };
        let Begun { reader, dialect, tally, length } = begun;
        Ok(CsvFile { name, place, table, dialect, header, reader, row: ByteRecord::new(), tally, length })
    }
}

/// The file from its first line on.
fn begin(
    place: &Place,
    name: &str,
    dialect: impl FnOnce(&[u8]) -> Result<Dialect, String>,
) -> Result<Begun, SourceError> {
    let failed = |cause| SourceError::Io { name: name.to_owned(), cause };
    let malformed = |message| SourceError::Malformed { name: name.to_owned(), line: 1, message };
    let file = place.open().map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let tally = Tally::default();
    let mut hashed = Hashed::new(file, &tally);
    let start = take(&mut hashed, MAGIC).map_err(failed)?;
    let packing = sniff::packing(&start);
    let broken = |cause: io::Error| match packing {
        Packing::Plain => failed(cause),
        Packing::Gzip | Packing::Zstd => malformed(damaged(&cause)),
    };
    let mut bytes = unpacked(Cursor::new(start).chain(hashed), packing).map_err(broken)?;
    let sample = take(&mut bytes, SAMPLE).map_err(broken)?;
    let dialect = Dialect { packing, ..dialect(&sample).map_err(malformed)? };
    let text = decoded(Box::new(Cursor::new(sample).chain(bytes)), dialect).map_err(failed)?;
    let text = without_said(text).map_err(failed)?;
    let mut builder = ReaderBuilder::new();
    builder.flexible(true).buffer_capacity(1 << 16).delimiter(dialect.delimiter);
    builder.has_headers(dialect.header == Header::Named);
    match dialect.quote {
        Quote::Byte(byte) => builder.quote(byte),
        Quote::Nothing => builder.quoting(false),
    };
    Ok(Begun { reader: builder.from_reader(Lines::new(text)), dialect, tally, length })
}

/// Bytes that tell how a file is packed.
const MAGIC: usize = 4;

fn take(bytes: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut taken = Vec::with_capacity(most);
    bytes.take(most as u64).read_to_end(&mut taken)?;
    Ok(taken)
}

/// Without the line that says what separates the others, though its end stays: lines are counted as they stand there.
fn without_said(mut text: Bytes) -> io::Result<Bytes> {
    let mut first = take(&mut text, sniff::SAID + 1)?;
    if sniff::said_first(&String::from_utf8_lossy(&first)).is_some() {
        first.drain(..sniff::SAID);
    }
    Ok(Box::new(Cursor::new(first).chain(text)))
}

fn sniffed(sample: &[u8], reading: Reading) -> Result<Dialect, String> {
    if reading.encoding.is_none()
        && let Some(what) = sniff::binary(sample)
    {
        return Err(format!("this is not text but {what}. Save it as CSV and load that."));
    }
    let encoding = reading.encoding.unwrap_or_else(|| sniff::encoding(sample));
    let (text, _, _) = encoding.decode(sample);
    Ok(sniff::dialect(&text, reading, Packing::Plain, encoding))
}

/// The names of the columns; those of a rejects file as they were before a spreadsheet was kept from running them.
fn named(first: &StringRecord) -> StringRecord {
    if is_ours(first) { first.iter().map(unguarded).collect() } else { first.clone() }
}

/// The first columns of the table, for a file that does not name its own.
fn in_order(table: Table, width: usize) -> StringRecord {
    let known = spec(table).columns.iter().map(|column| column.name.to_owned());
    let more = (spec(table).columns.len() + 1..=width).map(|number| number.to_string());
    known.take(width).chain(more).collect::<Vec<_>>().into()
}

/// The table named in the first row of a rejects file.
fn table_of_rejects(
    place: &Place,
    name: &str,
    dialect: Dialect,
    header: &StringRecord,
) -> Result<Option<Table>, SourceError> {
    let Some(column) = header.iter().position(|column| column == "reject_table") else {
        return Ok(None);
    };
    let mut begun = begin(place, name, |_| Ok(dialect))?;
    let mut row = ByteRecord::new();
    begun.reader.read_byte_record(&mut row).map_err(|error| wrong(name, 2, dialect, error))?;
    Ok(text_of(&row).get(column).and_then(Table::from_name))
}

/// The cells as text; what is no UTF-8 becomes U+FFFD, for which the validator rejects the row.
fn text_of(row: &ByteRecord) -> StringRecord {
    match StringRecord::from_byte_record(row.clone()) {
        Ok(text) => text,
        Err(_) => row.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().iter().collect(),
    }
}

fn damaged(cause: &io::Error) -> String {
    format!("the packed file is damaged or cut short ({cause}). Get it again.")
}

/// A row that can not be read; `line` is where it begins.
fn wrong(name: &str, line: u64, dialect: Dialect, error: ::csv::Error) -> SourceError {
    let malformed = |message| SourceError::Malformed { name: name.to_owned(), line, message };
    match error.into_kind() {
        ::csv::ErrorKind::Io(cause) => {
            match cause.get_ref().and_then(|inner| inner.downcast_ref::<TooLong>()) {
                Some(too_long) => malformed(too_long.to_string()),
                None if dialect.packing != Packing::Plain => malformed(damaged(&cause)),
                None => SourceError::Io { name: name.to_owned(), cause },
            }
        }
        other => malformed(format!("{other:?}")),
    }
}

impl Source for CsvFile {
    fn table(&self) -> Table {
        self.table
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn header(&self) -> &StringRecord {
        &self.header
    }

    fn dialect(&self) -> Option<Dialect> {
        Some(self.dialect)
    }

    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
        let begins = self.reader.position().line();
        let there = self.reader.read_byte_record(&mut self.row);
        if !there.map_err(|error| wrong(&self.name, begins, self.dialect, error))? {
            return Ok(None);
        }
        self.reader.get_mut().row_ended();
        // The parser is past the end of the row's last line now. Where it began would be before blank lines, too, but never
        // after the row: a quote that is never closed takes the end of the last line for its own.
        let inside = self.row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let line = self.reader.position().line().saturating_sub(inside + 1).max(begins);
        // Taken rather than copied: the cells of the row before are no longer needed, and their room is used again.
        let bytes = std::mem::replace(&mut self.row, std::mem::take(row).into_byte_record());
        *row = match StringRecord::from_byte_record(bytes) {
            Ok(text) => text,
            Err(error) => text_of(&error.into_byte_record()),
        };
        Ok(Some(line))
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        self.tally.sha256()
    }

    fn position(&self) -> Option<(u64, u64)> {
        Some((self.tally.bytes(), self.length))
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        let dialect = self.dialect;
        let mut begun = begin(&self.place, &self.name, |_| Ok(dialect))?;
        let first = begun.reader.byte_headers().map_err(|error| wrong(&self.name, 1, dialect, error))?;
        if dialect.header == Header::Named && named(&text_of(first)) != self.header {
            let message = "the file was changed while it was read. Load it again.".to_owned();
            return Err(SourceError::Malformed { name: self.name.clone(), line: 1, message });
        }
        (self.reader, self.tally, self.length) = (begun.reader, begun.tally, begun.length);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    fn file(bytes: &[u8]) -> (tempfile::TempDir, CsvFile) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Brands-2.csv");
        std::fs::write(&path, bytes).unwrap();
        let found =
            CsvFile::open(&path, Some(Table::Brands), Reading::default(), &CancellationToken::new()).unwrap();
        (folder, found)
    }

    fn rows(file: &mut CsvFile) -> Vec<(u64, Vec<String>)> {
        let (mut rows, mut row) = (Vec::new(), StringRecord::new());
        while let Some(line) = file.read(&mut row).unwrap() {
            rows.push((line, row.iter().map(str::to_owned).collect()));
        }
        rows
    }

    #[test]
    fn a_file_reads_the_same_twice_and_has_the_hash_of_its_bytes() {
        let bytes =
            "\u{feff}brand_id,brand_name\r\n1,\"Two\r\nlines, \"\"quoted\"\"\"\r\n\r\n2,Last".as_bytes();
        let (_folder, mut file) = file(bytes);
        assert_eq!(file.header(), vec!["brand_id", "brand_name"]);
        let first = rows(&mut file);
        assert_eq!(first[0], (2, vec!["1".to_owned(), "Two\nlines, \"quoted\"".to_owned()]));
        assert_eq!(first[1], (5, vec!["2".to_owned(), "Last".to_owned()]));
        let expected: [u8; 32] = Sha256::digest(bytes).into();
        assert_eq!(file.sha256(), Some(expected));

        file.rewind().unwrap();
        assert_eq!(rows(&mut file), first);
        assert_eq!(file.sha256(), Some(expected));
    }

    #[test]
    fn every_way_to_end_a_line_gives_the_same_rows_and_lines() {
        for end in ["\n", "\r\n", "\r"] {
            for last in ["", end] {
                let text = ["brand_id,brand_name", "1,One", "", "2,\"a", "b\"", "3,Three"].join(end) + last;
                let (_folder, mut file) = file(text.as_bytes());
                let lines: Vec<u64> = rows(&mut file).into_iter().map(|(line, _)| line).collect();
                assert_eq!(lines, [2, 4, 6], "{text:?}");
            }
        }
    }

    #[test]
    fn uneven_rows_and_broken_bytes_are_handed_on_as_they_are() {
        let (_folder, mut file) = file(b"brand_id,brand_name\n1\n2,a,b\n3,Bj\xf6rk\n4,\xc3\xa5\xc3\xa9\n");
        let cells: Vec<Vec<String>> = rows(&mut file).into_iter().map(|(_, cells)| cells).collect();
        assert_eq!(cells, [vec!["1"], vec!["2", "a", "b"], vec!["3", "Bj\u{fffd}rk"], vec!["4", "åé"]]);
    }
}
