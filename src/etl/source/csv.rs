//! Files of comma-separated values (RFC 4180): UTF-8 with or without its mark, quoted line ends, `\n` or `\r\n`.

use super::{Source, SourceError};
use crate::domain::{Table, clean};
use crate::etl::fold::folded;
use ::csv::{ByteRecord, Position, Reader, ReaderBuilder, StringRecord};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// What was found where the person pointed.
pub struct Found {
    /// The sources, parents before children.
    pub sources: Vec<Box<dyn Source>>,
    /// Files in a folder whose names say no table; they are left alone.
    pub left_alone: Vec<PathBuf>,
}

/// A path that leads to nothing that can be loaded.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// A file whose name says no table.
    #[error(
        "{0}: the name says no table. Name the file after one ({tables}), or say which with --table.",
        tables = names()
    )]
    WhichTable(String),
    /// A folder without a single file of ours.
    #[error("{0} holds no file that is named after a table ({tables}).", tables = names())]
    NothingThere(String),
    /// One table named for more than one file of unlike kinds: a folder.
    #[error("{0} is a folder; --table is for a single file.")]
    TableOfFolder(String),
    /// A file that can not be opened, or without a header.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// Finds the CSV files in `paths`, which are files, or folders with files named after tables (`orders.csv`,
/// `Order Items.csv`, `orders-2.csv`).
///
/// # Errors
/// [`FindError`] where a path is not there, or where it can not be told what it holds.
pub fn find(paths: &[PathBuf], table: Option<Table>) -> Result<Found, FindError> {
    let mut found = Found {
        sources: Vec::new(),
        left_alone: Vec::new(),
    };
    for path in paths {
        if path.is_dir() {
            if table.is_some() {
                return Err(FindError::TableOfFolder(shown(path)));
            }
            in_folder(path, &mut found)?;
        } else {
            let file = CsvFile::open(path, table.or_else(|| named_after(path)))?;
            found.sources.push(Box::new(file));
        }
    }
    found.sources.sort_by_key(|source| source.table());
    Ok(found)
}

fn in_folder(folder: &Path, found: &mut Found) -> Result<(), FindError> {
    let before = found.sources.len();
    let listing = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let listing = listing.map_err(|cause| SourceError::Io {
        name: shown(folder),
        cause,
    })?;
    let mut files: Vec<PathBuf> = listing
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    for path in files {
        match named_after(&path).filter(|_| is_csv(&path)) {
            Some(table) => found.sources.push(Box::new(CsvFile::open(&path, Some(table))?)),
            None => found.left_alone.push(path),
        }
    }
    if found.sources.len() == before {
        Err(FindError::NothingThere(shown(folder)))
    } else {
        Ok(())
    }
}

fn is_csv(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
}

/// The table that a file is named after; a number at the end of the name is the file's, as in `orders-2.csv`.
fn named_after(path: &Path) -> Option<Table> {
    let stem = folded(path.file_stem()?.to_str()?);
    let stem = stem.trim_end_matches(|character: char| character.is_ascii_digit() || character == '.');
    Table::EACH.into_iter().find(|table| folded(table.name()) == stem)
}

fn names() -> String {
    Table::EACH.map(Table::name).join(", ")
}

fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy())
}

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

/// A file that is hashed as it is read.
struct Hashed {
    file: BufReader<File>,
    hash: Sha256,
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.hash.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
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
        Ok(CsvFile {
            name,
            path: path.to_owned(),
            table,
            header,
            reader,
            row: ByteRecord::new(),
            length,
        })
    }
}

/// The file from its first row on, with its header and its length in bytes.
fn begin(path: &Path, name: &str) -> Result<(Reader<Hashed>, StringRecord, u64), SourceError> {
    let io = |cause| SourceError::Io {
        name: name.to_owned(),
        cause,
    };
    let file = File::open(path).map_err(io)?;
    let length = file.metadata().map_err(io)?.len();
    let hashed = Hashed {
        file: BufReader::with_capacity(1 << 16, file),
        hash: Sha256::new(),
    };
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(hashed);
    let header = reader.byte_headers().map_err(|error| reading(name, error))?;
    let mut header = text_of(header);
    if let Some(first) = header.get(0).and_then(|first| first.strip_prefix('\u{feff}')) {
        header = std::iter::once(first).chain(header.iter().skip(1)).collect();
    }
    if header.iter().all(|column| column.trim().is_empty()) {
        let message = "there is no header. The first line has to name the columns.".to_owned();
        return Err(SourceError::Malformed {
            name: name.to_owned(),
            line: 1,
            message,
        });
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
    reader
        .read_byte_record(&mut row)
        .map_err(|error| reading(name, error))?;
    Ok(text_of(&row).get(place).and_then(Table::from_name))
}

/// The cells as text; what is no UTF-8 becomes U+FFFD, for which the validator rejects the row.
fn text_of(row: &ByteRecord) -> StringRecord {
    match StringRecord::from_byte_record(row.clone()) {
        Ok(text) => text,
        Err(_) => row
            .iter()
            .map(String::from_utf8_lossy)
            .collect::<Vec<_>>()
            .iter()
            .collect(),
    }
}

fn reading(name: &str, error: ::csv::Error) -> SourceError {
    let line = error.position().map_or(1, Position::line);
    match error.into_kind() {
        ::csv::ErrorKind::Io(cause) => SourceError::Io {
            name: name.to_owned(),
            cause,
        },
        other => SourceError::Malformed {
            name: name.to_owned(),
            line,
            message: format!("{other:?}"),
        },
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
        if !self
            .reader
            .read_byte_record(&mut self.row)
            .map_err(|error| reading(&self.name, error))?
        {
            return Ok(None);
        }
        let line = self.row.position().map_or(0, Position::line);
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
        Some((self.reader.position().byte(), self.length))
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        let (reader, header, length) = begin(&self.path, &self.name)?;
        if header != self.header {
            let message = "the file was changed while it was read. Load it again.".to_owned();
            return Err(SourceError::Malformed {
                name: self.name.clone(),
                line: 1,
                message,
            });
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
        let found = CsvFile::open(&path, named_after(&path)).unwrap();
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
        assert_eq!(
            first[0],
            (2, vec!["1".to_owned(), "Two\r\nlines, \"quoted\"".to_owned()])
        );
        assert_eq!(first[1], (5, vec!["2".to_owned(), "Last".to_owned()]));
        let expected: [u8; 32] = Sha256::digest(bytes).into();
        assert_eq!(file.sha256(), Some(expected));

        file.rewind().unwrap();
        assert_eq!(rows(&mut file), first);
        assert_eq!(file.sha256(), Some(expected));
    }

    #[test]
    fn uneven_rows_and_broken_bytes_are_handed_on_as_they_are() {
        let (_folder, mut file) = file(b"brand_id,brand_name\n1\n2,a,b\n3,Bj\xf6rk\n4,ok\n");
        let cells: Vec<Vec<String>> = rows(&mut file).into_iter().map(|(_, cells)| cells).collect();
        assert_eq!(
            cells,
            [
                vec!["1"],
                vec!["2", "a", "b"],
                vec!["3", "Bj\u{fffd}rk"],
                vec!["4", "ok"]
            ]
        );
    }

    #[test]
    fn a_file_without_a_header_and_one_that_is_not_there_say_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("brands.csv");
        let message = || find(std::slice::from_ref(&path), None).err().unwrap().to_string();
        assert!(message().contains("brands.csv can not be read"));
        std::fs::write(&path, "").unwrap();
        assert!(message().contains("there is no header"));
    }

    #[test]
    fn a_folder_gives_its_tables_parents_first_and_leaves_the_rest_alone() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "Order Items.csv",
            "brands.csv",
            "notes.txt",
            "prices.csv",
            "orders_2.csv",
        ] {
            std::fs::write(folder.path().join(name), "a\n").unwrap();
        }
        let found = find(&[folder.path().to_owned()], None).unwrap();
        let tables: Vec<Table> = found.sources.iter().map(|source| source.table()).collect();
        assert_eq!(tables, [Table::Brands, Table::Orders, Table::OrderItems]);
        assert_eq!(found.left_alone.len(), 2);
        let alone = find(&[folder.path().join("prices.csv")], None)
            .err()
            .unwrap()
            .to_string();
        assert!(alone.contains("the name says no table"), "{alone}");
    }
}
