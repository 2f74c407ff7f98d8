//! Rows that were read, kept in temporary files without names until they are loaded.
//!
//! Only when all of them are here, and it is known whether that is all, does the load begin: a server that fails half way
//! leaves nothing half loaded. Each thread that reads has a file of its own; a page is a stretch of one.

use csv::StringRecord;
use std::collections::HashMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

/// Fields of a row at the most, nested ones counted each.
const FIELDS: usize = 1000;

/// The file of one thread, while it is written.
pub(super) struct Writer {
    file: BufWriter<File>,
    written: u64,
    names: Vec<String>,
    places: HashMap<String, usize>,
    hashes: Vec<u64>,
    /// The row that is being put together, by place.
    cells: Vec<String>,
    /// Where the next field of the row is expected: rows mostly have the same fields in the same order.
    expected: usize,
}

/// A stretch of rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// Which writer's file.
    pub(super) file: usize,
    from: u64,
    /// Rows in it.
    pub(super) rows: u64,
}

impl Writer {
    pub(super) fn new() -> io::Result<Writer> {
        let file = BufWriter::with_capacity(1 << 16, tempfile::tempfile()?);
        Ok(Writer {
            file,
            written: 0,
            names: Vec::new(),
            places: HashMap::new(),
            hashes: Vec::new(),
            cells: Vec::new(),
            expected: 0,
        })
    }

    /// Where the next row will be.
    pub(super) fn position(&self) -> u64 {
        self.written
    }

    /// The rows since a position.
    pub(super) fn since(&self, file: usize, from: u64, rows: u64) -> Stretch {
        Stretch { file, from, rows }
    }

    /// Sets a field of the row; false where there are too many.
    pub(super) fn set(&mut self, name: &str, text: String) -> bool {
        let place = match self.names.get(self.expected) {
            Some(expected) if expected == name => self.expected,
            _ => match self.places.get(name) {
                Some(place) => *place,
                None if self.names.len() >= FIELDS => return false,
                None => self.add(name),
            },
        };
        self.expected = place + 1;
        if let Some(cell) = self.cells.get_mut(place) {
            *cell = text;
        }
        true
    }

    fn add(&mut self, name: &str) -> usize {
        let place = self.names.len();
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        self.hashes.push(hash(name));
        self.cells.push(String::new());
        place
    }

    /// A field of the row.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.cells.get(*self.places.get(name)?).map(String::as_str)
    }

    /// Writes the row and begins another; answers a hash of what it says, whatever the order of its fields.
    pub(super) fn end_row(&mut self) -> io::Result<u64> {
        let mut sum = 0_u64;
        let width = self.cells.len();
        self.put(&(width as u32).to_le_bytes())?;
        for place in 0..width {
            let cell = self.cells.get_mut(place).map(std::mem::take).unwrap_or_default();
            if !cell.is_empty() {
                let of_name = self.hashes.get(place).copied().unwrap_or_default();
                sum = sum.wrapping_add(hash((of_name, &cell)));
            }
            self.put(&(cell.len() as u32).to_le_bytes())?;
            self.put(cell.as_bytes())?;
        }
        self.expected = 0;
        Ok(sum)
    }

    /// Forgets what is there of a row that will not be whole.
    pub(super) fn drop_row(&mut self) {
        self.cells.iter_mut().for_each(String::clear);
        self.expected = 0;
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.file.write_all(bytes)
    }
}

fn hash(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// All rows of one table, in their order.
#[derive(Debug, Default)]
pub struct Spool {
    files: Vec<Arc<File>>,
    stretches: Vec<Stretch>,
    /// The fields of all rows, each once.
    pub(super) fields: Vec<String>,
    /// For each file, where its fields are among all.
    places: Vec<Vec<usize>>,
}

impl Spool {
    /// The rows of these stretches of the writers' files.
    pub(super) fn new(writers: Vec<Writer>, stretches: Vec<Stretch>) -> io::Result<Spool> {
        let mut fields: Vec<String> = Vec::new();
        let (mut files, mut places) = (Vec::new(), Vec::new());
        for writer in writers {
            let place = |name: &String| {
                fields.iter().position(|other| other == name).unwrap_or_else(|| {
                    fields.push(name.clone());
                    fields.len() - 1
                })
            };
            places.push(writer.names.iter().map(place).collect());
            files.push(Arc::new(writer.file.into_inner().map_err(io::IntoInnerError::into_error)?));
        }
        Ok(Spool { files, stretches, fields, places })
    }

    /// Rows in all.
    pub fn rows(&self) -> u64 {
        self.stretches.iter().map(|stretch| stretch.rows).sum()
    }

    /// The fields of the rows, nested ones by dots.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Reads from the first row on.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { spool: self, cursor: Cursor::default() }
    }
}

/// How far a reading is.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    stretch: usize,
    row: u64,
    open: Option<BufReader<At>>,
    cells: Vec<String>,
}

impl Cursor {
    /// Reads the next row, a cell for each of the spool's fields.
    pub(super) fn read<'c>(&'c mut self, spool: &Spool) -> io::Result<Option<&'c [String]>> {
        loop {
            let Some(stretch) = spool.stretches.get(self.stretch) else {
                return Ok(None);
            };
            if self.row == stretch.rows {
                (self.stretch, self.row, self.open) = (self.stretch + 1, 0, None);
                continue;
            }
            let Some(file) = spool.files.get(stretch.file) else {
                return Ok(None);
            };
            let open = self.open.get_or_insert_with(|| {
                BufReader::with_capacity(1 << 16, At { file: file.clone(), position: stretch.from })
            });
            self.cells.resize(spool.fields.len(), String::new());
            self.cells.iter_mut().for_each(String::clear);
            let width = number(open)?;
            for nth in 0..width {
                let length = number(open)?;
                let place = spool.places.get(stretch.file).and_then(|places| places.get(nth as usize));
                let cell = place.and_then(|place| self.cells.get_mut(*place));
                let mut piece = open.take(u64::from(length));
                match cell {
                    Some(cell) => drop(piece.read_to_string(cell)?),
                    None => drop(io::copy(&mut piece, &mut io::sink())?),
                }
            }
            self.row += 1;
            return Ok(Some(&self.cells));
        }
    }
}

/// A reading that borrows its spool.
pub(super) struct Reader<'s> {
    spool: &'s Spool,
    cursor: Cursor,
}

impl Reader<'_> {
    pub(super) fn next_row(&mut self) -> io::Result<Option<&[String]>> {
        self.cursor.read(self.spool)
    }
}

fn number(from: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0_u8; 4];
    from.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

/// A file read from a place of its own, so that several readings do not disturb each other.
#[derive(Debug)]
struct At {
    file: Arc<File>,
    position: u64,
}

impl Read for At {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let got = self.file.read_at(into, self.position)?;
        self.position += got as u64;
        Ok(got)
    }
}

/// A row's cells as a record.
pub(super) fn fill(record: &mut StringRecord, cells: impl Iterator<Item = impl AsRef<str>>) {
    record.clear();
    cells.for_each(|cell| record.push_field(cell.as_ref()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_two_writers_come_back_in_the_order_of_their_stretches_under_one_header() {
        let (mut one, mut other) = (Writer::new().unwrap(), Writer::new().unwrap());
        assert!(one.set("a", "1".to_owned()) && one.set("b", "x".to_owned()));
        let first = one.end_row().unwrap();
        assert!(other.set("b", "x".to_owned()) && other.set("a", "1".to_owned()));
        assert_eq!(other.end_row().unwrap(), first, "the order of fields is of no matter");
        assert!(other.set("c", "é".to_owned()));
        other.end_row().unwrap();
        let stretches = vec![other.since(1, 0, 2), one.since(0, 0, 1)];
        let spool = Spool::new(vec![one, other], stretches).unwrap();
        assert_eq!((spool.rows(), spool.fields()), (3, &["a", "b", "c"].map(str::to_owned)[..]));
        let (mut reader, mut rows) = (spool.reader(), Vec::new());
        while let Some(row) = reader.next_row().unwrap() {
            rows.push(row.join(","));
        }
        assert_eq!(rows, ["1,x,", ",,é", "1,x,"]);
    }
}
