//! Rejected rows to be corrected: read from the file a run wrote them to, and written again to be loaded.

use super::align::{self, REJECT_COLUMNS, Use};
use super::fault::Code;
use super::mapping::Mapping;
use super::source::csv;
use super::spec::{Parent, Spec, spec};
use crate::db::{Db, DbError};
use crate::domain::guard::{guarded, unguarded};
use crate::domain::{Table, clean};
use ::csv::StringRecord;
use mysql_async::prelude::Queryable;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Rows that a run rejected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rejected {
    /// File by file.
    pub files: Vec<RejectedFile>,
    /// Rows that were not read, because there are more than anybody corrects by hand.
    pub more: u64,
}

/// The rejected rows of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedFile {
    /// The table they belong to.
    pub table: Table,
    /// The columns of the file they come from.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<RejectedRow>,
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// The run, as it stands in the file.
    pub run: String,
    /// The file it comes from, as it was named.
    pub file: String,
    /// The line it begins on there.
    pub line: u64,
    /// The column of the table that is at fault; empty where it is the whole row.
    pub column: String,
    /// The kind of fault.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// Its cells, as they stood there.
    pub cells: Vec<String>,
    /// Which of the cells is at fault, where one is.
    pub at_fault: Option<usize>,
    /// The row of another table that it names and that is not there.
    pub missing: Option<Missing>,
}

/// A row that others name and that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its table.
    pub table: Table,
    /// What one row of that table is called.
    pub word: &'static str,
    /// What is known of it, column by column.
    pub known: Vec<(&'static str, String)>,
}

/// Reads the rows of a rejects file, or of a folder of them; at most so many.
///
/// # Errors
/// What the file system said, or that it is no file of rejected rows.
pub fn read_rejects(place: &Path, mapping: &Mapping, most: usize) -> io::Result<Rejected> {
    let mut rejected = Rejected::default();
    let mut left = most;
    for path in files_of(place)? {
        let (file, more) = read_file(&path, mapping, left)?;
        left -= file.rows.len();
        rejected.more += more;
        rejected.files.push(file);
    }
    Ok(rejected)
}

fn files_of(place: &Path) -> io::Result<Vec<PathBuf>> {
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let mut files =
        fs::read_dir(place)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    files.retain(|path| csv::table_of(path).is_some());
    files.sort();
    Ok(files)
}

fn read_file(path: &Path, mapping: &Mapping, most: usize) -> io::Result<(RejectedFile, u64)> {
    let no_rejects = || {
        let words = format!("{} is no file of rejected rows", clean(&path.display().to_string()));
        io::Error::new(io::ErrorKind::InvalidData, words)
    };
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_path(path)?;
    let header = reader.headers()?.clone();
    if header.len() <= REJECT_COLUMNS.len()
        || header.iter().zip(REJECT_COLUMNS).any(|(one, ours)| one != ours)
    {
        return Err(no_rejects());
    }
    let theirs: Vec<String> =
        header.iter().skip(REJECT_COLUMNS.len()).map(|name| unguarded(name).to_owned()).collect();
    let mut file: Option<RejectedFile> = None;
    let (mut more, mut uses) = (0, Vec::new());
    for record in reader.records() {
        let record = record?;
        let table = record.get(1).and_then(Table::from_name).ok_or_else(no_rejects)?;
        let file = file.get_or_insert_with(|| {
            let header = theirs.iter().collect();
            uses = align::columns(spec(table), &header, mapping);
            RejectedFile { table, header: theirs.clone(), rows: Vec::new() }
        });
        if file.rows.len() < most {
            file.rows.push(row(spec(table), &record, &uses));
        } else {
            more += 1;
        }
    }
    Ok((file.ok_or_else(no_rejects)?, more))
}

type Uses = [Option<(Use, align::Why)>];

fn row(spec: &'static Spec, record: &StringRecord, uses: &Uses) -> RejectedRow {
    let ours = |at: usize| record.get(at).map(unguarded).unwrap_or_default().to_owned();
    let cells: Vec<String> =
        record.iter().skip(REJECT_COLUMNS.len()).map(|cell| unguarded(cell).to_owned()).collect();
    let (column, code) = (ours(4), ours(5));
    let is_missing = code == Code::Unknown.word();
    RejectedRow {
        run: ours(0),
        file: ours(2),
        line: ours(3).parse().unwrap_or_default(),
        at_fault: place_of(spec, &column, uses),
        missing: if is_missing { missing(spec, &column, &cells, uses) } else { None },
        message: ours(6),
        column,
        code,
        cells,
    }
}

/// Which cell of a row fills a column.
fn place_of(spec: &Spec, column: &str, uses: &Uses) -> Option<usize> {
    let place = spec.column(column).map(|(place, _)| place);
    let nth = spec.parents.iter().position(|parent| parent.column == column);
    uses.iter().position(|found| match found {
        Some((Use::Column(at), _)) => place == Some(*at),
        Some((Use::StoreName, _)) => column == "store_id",
        Some((Use::StaffName, _)) => column == "staff_id",
        Some((Use::ParentName(at), _)) => nth == Some(*at),
        Some((Use::StatusWord, _)) => column == "order_status",
        Some((Use::Ignored | Use::Unnamed, _)) | None => false,
    })
}

/// Who manages whom is no parent like the others, but can be missing like them.
static MANAGER: Parent =
    Parent { column: "manager_id", table: Table::Staffs, key: "staff_id", word: "member of staff" };

fn missing(spec: &'static Spec, column: &str, cells: &[String], uses: &Uses) -> Option<Missing> {
    let is_manager = spec.table == Table::Staffs && column == MANAGER.column;
    let parent =
        if is_manager { Some(&MANAGER) } else { spec.parents.iter().find(|parent| parent.column == column) }?;
    let at = place_of(spec, column, uses)?;
    let cell = cells.get(at)?.trim();
    let is_number = matches!(uses.get(at), Some(Some((Use::Column(_), _))));
    let mut known = if is_manager && cell.contains('@') {
        vec![("email", cell.to_owned())]
    } else if is_number {
        vec![(parent.key, cell.to_owned())]
    } else {
        named(parent.table, cell)
    };
    // Whoever is missing at a store works there.
    let store = place_of(spec, "store_id", uses).filter(|_| parent.table == Table::Staffs);
    if let Some((Some(Some((Use::Column(_), _))), Some(store))) =
        store.map(|store| (uses.get(store), cells.get(store)))
    {
        known.push(("store_id", store.trim().to_owned()));
    }
    Some(Missing { table: parent.table, word: parent.word, known })
}

/// What a name says of a row.
fn named(table: Table, name: &str) -> Vec<(&'static str, String)> {
    let column = match table {
        Table::Stores => "store_name",
        Table::Brands => "brand_name",
        Table::Categories => "category_name",
        Table::Products => "product_name",
        Table::Staffs | Table::Customers => {
            let (first, last) = name.rsplit_once(' ').unwrap_or((name, ""));
            return vec![("first_name", first.to_owned()), ("last_name", last.to_owned())];
        }
        Table::Stocks | Table::Orders | Table::OrderItems => return Vec::new(),
    };
    vec![(column, name.to_owned())]
}

/// What a file of corrected rows is called; no other file has that name.
fn corrected_name(nth: usize, table: Table) -> String {
    format!("corrected-{nth}-{table}.csv")
}

/// Writes rows as rejects files to be loaded again, one for each file they come from; answers these with their tables.
///
/// # Errors
/// What the file system said.
pub fn write_rejects(folder: &Path, rejected: &Rejected) -> io::Result<Vec<(PathBuf, Table)>> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut written: Vec<(PathBuf, Table)> = Vec::new();
    for (nth, file) in rejected.files.iter().enumerate().filter(|(_, file)| !file.rows.is_empty()) {
        let path = folder.join(corrected_name(nth, file.table));
        let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(out);
        let names = REJECT_COLUMNS.into_iter().chain(file.header.iter().map(String::as_str)).map(guarded);
        writer.write_record(names.map(|name| name.into_owned().into_bytes()))?;
        for row in &file.rows {
            let line = row.line.to_string();
            let ours = [&row.run, file.table.name(), &row.file, &line, &row.column, &row.code, &row.message];
            let cells = ours.into_iter().chain(row.cells.iter().map(String::as_str)).map(guarded);
            writer.write_record(cells.map(|cell| cell.into_owned().into_bytes()))?;
        }
        writer.flush()?;
        written.push((path, file.table));
    }
    Ok(written)
}

/// Of rows that were tried again, those that were not rejected again.
pub fn accepted(tried: &Rejected, rejected: &Rejected) -> Rejected {
    let again = |name: &str, line: u64| {
        let rows = rejected.files.iter().flat_map(|file| &file.rows);
        rows.into_iter().any(|row| row.line == line && row.file.rsplit('/').next() == Some(name))
    };
    let files = tried.files.iter().enumerate().map(|(nth, file)| {
        let name = corrected_name(nth, file.table);
        let rows = file.rows.iter().zip(lines_of(file)).filter(|(_, line)| !again(&name, *line));
        RejectedFile { rows: rows.map(|(row, _)| row.clone()).collect(), ..file.clone() }
    });
    Rejected { files: files.collect(), more: 0 }
}

/// The line on which each row begins in the file that [`write_rejects`] makes.
fn lines_of(file: &RejectedFile) -> Vec<u64> {
    let ends = |text: &String| text.replace("\r\n", "\n").matches(['\n', '\r']).count() as u64;
    let header: u64 = 2 + file.header.iter().map(ends).sum::<u64>();
    let mut next = header;
    let mut begin = |row: &RejectedRow| {
        let line = next;
        let ours = [&row.run, &row.file, &row.column, &row.code, &row.message];
        next += 1 + ours.into_iter().chain(&row.cells).map(ends).sum::<u64>();
        line
    };
    file.rows.iter().map(&mut begin).collect()
}

/// A number that no row of the table has yet, where its key is one number.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn next_number(db: &Db, table: Table) -> Result<Option<(&'static str, u32)>, DbError> {
    let [key] = spec(table).key else { return Ok(None) };
    let mut conn = db.conn().await?;
    let statement = format!("SELECT COALESCE(MAX({key}), 0) FROM {table}");
    let last: Option<u32> = conn.query_first(statement).await?;
    Ok(last.and_then(|last| last.checked_add(1)).map(|next| (*key, next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "reject_run,reject_table,reject_file,reject_line,reject_column,reject_code,reject_message";

    #[test]
    fn rejects_are_read_with_what_is_missing_and_written_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "{HEADER},order_id,store,staff_name\n\
             7,orders,orders.csv,12,staff_id,unknown,\"staff \"\"Ida Holm\"\" is not known\",5,Mill Lane,Ida Holm\n\
             7,orders,orders.csv,15,,cells,too many,6,'=1+1,x,y\n"
        );
        let path = folder.path().join("rejects-7.csv");
        fs::write(&path, &text).unwrap();
        let read = read_rejects(&path, &Mapping::default(), 100).unwrap();
        let rows = &read.files[0].rows;
        assert_eq!((rows[0].line, rows[0].at_fault), (12, Some(2)));
        let missing = rows[0].missing.as_ref().unwrap();
        let known = [("first_name", "Ida".to_owned()), ("last_name", "Holm".to_owned())];
        assert_eq!((missing.table, missing.known.as_slice()), (Table::Staffs, known.as_slice()));
        assert_eq!((rows[1].cells[1].as_str(), rows[1].cells.len()), ("=1+1", 4));

        let again = write_rejects(&folder.path().join("again"), &read).unwrap();
        assert_eq!(again[0].1, Table::Orders);
        assert_eq!(fs::read_to_string(&again[0].0).unwrap(), text);
    }

    #[test]
    fn of_rows_that_were_tried_again_those_that_were_taken_are_known_by_their_lines() {
        let row = |line: u64, file: &str, cell: &str| RejectedRow {
            run: "7".to_owned(),
            file: file.to_owned(),
            line,
            column: String::new(),
            code: "cells".to_owned(),
            message: String::new(),
            cells: vec![cell.to_owned()],
            at_fault: None,
            missing: None,
        };
        let of = |rows| Rejected {
            files: vec![RejectedFile { table: Table::Brands, header: vec!["brand_name".to_owned()], rows }],
            more: 0,
        };
        let tried =
            of(vec![row(5, "b.csv", "two\r\nlines"), row(9, "b.csv", "one"), row(12, "b.csv", "last")]);
        let folder = tempfile::tempdir().unwrap();
        let written = write_rejects(folder.path(), &tried).unwrap();
        let mut file = csv::CsvFile::open(
            &written[0].0,
            None,
            csv::Reading::default(),
            &tokio_util::sync::CancellationToken::new(),
        )
        .unwrap();
        let (mut lines, mut record) = (Vec::new(), StringRecord::new());
        while let Some(line) = crate::etl::source::Source::read(&mut file, &mut record).unwrap() {
            lines.push(line);
        }
        assert_eq!(lines, lines_of(&tried.files[0]), "as the reader counts them");
        let name = written[0].0.display().to_string();
        let taken = accepted(&tried, &of(vec![row(lines[1], &name, "one"), row(lines[2], "b.csv", "last")]));
        let cells: Vec<&str> = taken.files[0].rows.iter().map(|row| row.cells[0].as_str()).collect();
        assert_eq!(cells, ["two\r\nlines", "last"]);
    }

    #[test]
    fn a_number_that_names_nobody_is_the_key_of_who_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects-7.csv");
        let row = "7,products,p.csv,2,brand_id,unknown,no such brand,1,77";
        fs::write(&path, format!("{HEADER},product_id,brand_id\n{row}\n{row}\n")).unwrap();
        let read = read_rejects(&path, &Mapping::default(), 1).unwrap();
        let missing = read.files[0].rows[0].missing.as_ref().unwrap();
        assert_eq!((missing.table, &missing.known[0]), (Table::Brands, &("brand_id", "77".to_owned())));
        assert_eq!((read.files[0].rows.len(), read.more), (1, 1));
    }

    #[test]
    fn what_is_no_file_of_rejects_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("brands.csv");
        fs::write(&path, "brand_id,brand_name\n1,A\n").unwrap();
        let refused = read_rejects(&path, &Mapping::default(), 10).unwrap_err().to_string();
        assert!(refused.contains("no file of rejected rows"), "{refused}");
    }
}
