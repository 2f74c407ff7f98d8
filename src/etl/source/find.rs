//! From paths to sources: which file holds which table.

use super::csv::CsvFile;
use super::dialect::Reading;
use super::{Source, SourceError};
use crate::domain::{Table, clean};
use crate::etl::fold::folded;
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;

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
    /// Standard input, which has no name.
    #[error("What comes on standard input has no name: say with --table where it belongs.")]
    TableOfInput,
    /// A file that can not be opened, or without a header.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// Finds the CSV files in `paths`, which are files, or folders with files named after tables (`orders.csv`,
/// `Order Items.csv`, `orders-2.csv`).
///
/// # Errors
/// [`FindError`] where a path is not there, or where it can not be told what it holds.
pub fn find(paths: &[PathBuf], table: Option<Table>, reading: Reading) -> Result<Found, FindError> {
    find_until(paths, table, reading, &CancellationToken::new())
}

/// As [`find`], until somebody stops it: a pipe is read to its end here, which may never come.
///
/// # Errors
/// As [`find`]; [`FindError::Source`] where it was stopped.
pub fn find_until(
    paths: &[PathBuf],
    table: Option<Table>,
    reading: Reading,
    stop: &CancellationToken,
) -> Result<Found, FindError> {
    let mut found = Found { sources: Vec::new(), left_alone: Vec::new() };
    for path in paths {
        if path.is_dir() {
            if table.is_some() {
                return Err(FindError::TableOfFolder(shown(path)));
            }
            in_folder(path, reading, stop, &mut found)?;
        } else {
            if path == Path::new("-") && table.is_none() {
                return Err(FindError::TableOfInput);
            }
            let file = CsvFile::open(path, table.or_else(|| named_after(path)), reading, stop)?;
            found.sources.push(Box::new(file));
        }
    }
    found.sources.sort_by_key(|source| source.table());
    Ok(found)
}

fn in_folder(
    folder: &Path,
    reading: Reading,
    stop: &CancellationToken,
    found: &mut Found,
) -> Result<(), FindError> {
    let InFolder { files, left_alone } = files_in(folder)?;
    for (path, table) in files {
        found.sources.push(Box::new(CsvFile::open(&path, Some(table), reading, stop)?));
    }
    found.left_alone.extend(left_alone);
    Ok(())
}

/// The files in a folder.
#[derive(Debug, Default)]
pub struct InFolder {
    /// Those that are named after tables, each with its table.
    pub files: Vec<(PathBuf, Table)>,
    /// The others.
    pub left_alone: Vec<PathBuf>,
}

/// Finds the files in a folder that are named after tables.
///
/// # Errors
/// [`FindError`] where the folder can not be read, or has no such file.
pub fn files_in(folder: &Path) -> Result<InFolder, FindError> {
    let listing = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let listing = listing.map_err(|cause| SourceError::Io { name: shown(folder), cause })?;
    let mut paths: Vec<PathBuf> =
        listing.into_iter().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    let mut found = InFolder::default();
    for path in paths {
        match table_of(&path) {
            Some(table) => found.files.push((path, table)),
            None => found.left_alone.push(path),
        }
    }
    if found.files.is_empty() { Err(FindError::NothingThere(shown(folder))) } else { Ok(found) }
}

/// The table of a CSV file, as far as its name says it.
pub fn table_of(path: &Path) -> Option<Table> {
    named_after(path).filter(|_| is_csv(path))
}

fn is_csv(path: &Path) -> bool {
    let name = unpacked_name(path);
    name.rsplit_once('.').is_some_and(|(_, ending)| ["csv", "tsv"].contains(&ending))
}

/// The file's name in lower case, without what says how it is packed.
fn unpacked_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let plain = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst"));
    plain.unwrap_or(&name).to_owned()
}

/// The table that a file is named after; a number at the end of the name is the file's, as in `orders-2.csv`.
fn named_after(path: &Path) -> Option<Table> {
    let name = unpacked_name(path);
    let stem = folded(name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem));
    let stem = stem.trim_end_matches(|character: char| character.is_ascii_digit() || character == '.');
    Table::EACH.into_iter().find(|table| folded(table.name()) == stem)
}

fn names() -> String {
    Table::EACH.map(Table::name).join(", ")
}

/// A path as messages show it.
pub(super) fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_header_and_one_that_is_not_there_say_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("brands.csv");
        let message =
            || find(std::slice::from_ref(&path), None, Reading::default()).err().unwrap().to_string();
        assert!(message().contains("brands.csv can not be read"));
        std::fs::write(&path, "").unwrap();
        assert!(message().contains("there is no header"));
    }

    #[test]
    fn a_folder_gives_its_tables_parents_first_and_leaves_the_rest_alone() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["Order Items.csv", "brands.csv", "notes.txt", "prices.csv", "orders_2.TSV"] {
            std::fs::write(folder.path().join(name), "a\n").unwrap();
        }
        let found = find(&[folder.path().to_owned()], None, Reading::default()).unwrap();
        let tables: Vec<Table> = found.sources.iter().map(|source| source.table()).collect();
        assert_eq!(tables, [Table::Brands, Table::Orders, Table::OrderItems]);
        assert_eq!(found.left_alone.len(), 2);
        let alone =
            find(&[folder.path().join("prices.csv")], None, Reading::default()).err().unwrap().to_string();
        assert!(alone.contains("the name says no table"), "{alone}");
    }
}
