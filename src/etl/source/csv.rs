//! Files of comma-separated values (RFC 4180): UTF-8 with or without its mark, quoted line ends, `\n` or `\r\n`.

pub use super::find::{FindError, Found, find};

use super::find::shown;
use super::{Source, SourceError};
use crate::domain::Table;
use ::csv::{ByteRecord, Position, Reader, ReaderBuilder, StringRecord};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// One CSV file.
pub struct CsvFile {
    name: String,
    path: PathBuf,
    table: Table,
    header: StringRecord,
    reader: Reader<Hashed>,
    row: ByteRecord,
    length: u64,
}

/// A file that is hashed as it is read, and whose lines all end in `\n`, the last one too: the parser counts those alone.
struct Hashed {
    file: File,
    hash: Sha256,
    /// Bytes read of the file.
    bytes: u64,
    /// The byte before was a `\r`, which has ended the line already.
    after_return: bool,
    /// Everything so far ends with the end of a line.
    at_line_start: bool,
}

impl Hashed {
    fn new(file: File) -> Hashed {
        Hashed { file, hash: Sha256::new(), bytes: 0, after_return: false, at_line_start: true }
    }

    /// Makes `\r\n` and `\r` one `\n`, in place; answers how many bytes are left.
    fn end_lines_plainly(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes.get(at).copied().unwrap_or_default();
            let half_of_an_end = self.after_return && byte == b'\n';
            self.after_return = byte == b'\r';
            if half_of_an_end {
                continue;
            }
            if let Some(slot) = bytes.get_mut(kept) {
                *slot = if byte == b'\r' { b'\n' } else { byte };
            }
            kept += 1;
        }
        kept
    }
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let count = self.file.read(buffer)?;
            let Some(bytes) = buffer.get_mut(..count).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            self.hash.update(&*bytes);
            self.bytes += count as u64;
            let kept = if self.after_return || bytes.contains(&b'\r') {
                self.end_lines_plainly(bytes)
            } else {
                count
            };
            if let Some(last) = bytes.get(..kept).and_then(<[u8]>::last) {
                self.at_line_start = *last == b'\n';
                return Ok(kept);
            }
        }
        let Some(first) = buffer.first_mut().filter(|_| !self.at_line_start) else {
            return Ok(0);
        };
        (*first, self.at_line_start) = (b'\n', true);
        Ok(1)
    }
}

impl CsvFile {
    /// Opens a file and reads its header. Without a `table`, one of our rejects files says itself where it belongs.
    ///
    /// # Errors
    /// [`FindError`] where the file can not be read, has no header, or where its table can not be told.
    pub fn open(path: &Path, table: Option<Table>) -> Result<CsvFile, FindError> {
        let name = shown(path);
        let (reader, header, length) = begin(path, &name)?;
        let table = match table {
            Some(table) => table,
            None => {
                table_of_rejects(path, &name, &header)?.ok_or_else(|| FindError::WhichTable(name.clone()))?
            }
        };
        Ok(CsvFile { name, path: path.to_owned(), table, header, reader, row: ByteRecord::new(), length })
    }
}

/// The file from its first row on, with its header and its length in bytes.
fn begin(path: &Path, name: &str) -> Result<(Reader<Hashed>, StringRecord, u64), SourceError> {
    let io = |cause| SourceError::Io { name: name.to_owned(), cause };
    let file = File::open(path).map_err(io)?;
    let length = file.metadata().map_err(io)?.len();
    let hashed = Hashed::new(file);
    let mut reader = ReaderBuilder::new().flexible(true).buffer_capacity(1 << 16).from_reader(hashed);
    let header = reader.byte_headers().map_err(|error| reading(name, error))?;
    let mut header = text_of(header);
    if let Some(first) = header.get(0).and_then(|first| first.strip_prefix('\u{feff}')) {
        header = std::iter::once(first).chain(header.iter().skip(1)).collect();
    }
    if header.iter().all(|column| column.trim().is_empty()) {
        let message = "there is no header. The first line has to name the columns.".to_owned();
        return Err(SourceError::Malformed { name: name.to_owned(), line: 1, message });
    }
    Ok((reader, header, length))
}

/// The table named in the first row of a rejects file.
fn table_of_rejects(path: &Path, name: &str, header: &StringRecord) -> Result<Option<Table>, SourceError> {
    let Some(place) = header.iter().position(|column| column == "reject_table") else {
        return Ok(None);
    };
    let (mut reader, ..) = begin(path, name)?;
    let mut row = ByteRecord::new();
    reader.read_byte_record(&mut row).map_err(|error| reading(name, error))?;
    Ok(text_of(&row).get(place).and_then(Table::from_name))
}

/// The cells as text; what is no UTF-8 becomes U+FFFD, for which the validator rejects the row.
fn text_of(row: &ByteRecord) -> StringRecord {
    match StringRecord::from_byte_record(row.clone()) {
        Ok(text) => text,
        Err(_) => row.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().iter().collect(),
    }
}

fn reading(name: &str, error: ::csv::Error) -> SourceError {
    let line = error.position().map_or(1, Position::line);
    match error.into_kind() {
        ::csv::ErrorKind::Io(cause) => SourceError::Io { name: name.to_owned(), cause },
        other => SourceError::Malformed { name: name.to_owned(), line, message: format!("{other:?}") },
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

    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
        if !self.reader.read_byte_record(&mut self.row).map_err(|error| reading(&self.name, error))? {
            return Ok(None);
        }
        // The parser is past the end of the row's last line now. Where it began would be before blank lines, too.
        let inside = self.row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let line = self.reader.position().line().saturating_sub(inside + 1);
        // Taken rather than copied: the cells of the row before are no longer needed, and their room is used again.
        let bytes = std::mem::replace(&mut self.row, std::mem::take(row).into_byte_record());
        *row = match StringRecord::from_byte_record(bytes) {
            Ok(text) => text,
            Err(error) => text_of(&error.into_byte_record()),
        };
        Ok(Some(line))
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        let ended = self.reader.is_done();
        ended.then(|| self.reader.get_ref().hash.clone().finalize().into())
    }

    fn position(&self) -> Option<(u64, u64)> {
        Some((self.reader.get_ref().bytes, self.length))
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        let (reader, header, length) = begin(&self.path, &self.name)?;
        if header != self.header {
            let message = "the file was changed while it was read. Load it again.".to_owned();
            return Err(SourceError::Malformed { name: self.name.clone(), line: 1, message });
        }
        (self.reader, self.length) = (reader, length);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> (tempfile::TempDir, CsvFile) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Brands-2.csv");
        std::fs::write(&path, bytes).unwrap();
        let found = CsvFile::open(&path, Some(Table::Brands)).unwrap();
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
        assert_eq!(file.sha256(), None);
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
        let (_folder, mut file) = file(b"brand_id,brand_name\n1\n2,a,b\n3,Bj\xf6rk\n4,ok\n");
        let cells: Vec<Vec<String>> = rows(&mut file).into_iter().map(|(_, cells)| cells).collect();
        assert_eq!(cells, [vec!["1"], vec!["2", "a", "b"], vec!["3", "Bj\u{fffd}rk"], vec!["4", "ok"]]);
    }
}
