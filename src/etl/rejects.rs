//! The rejects file: every row that was not taken, with its reason, ready to be corrected and loaded again.
//!
//! Our columns stand first, then those of the source as they are, so that a row with too many cells keeps them all. Where
//! rows of one file were rejected it is `rejects-<run>.csv`; where of several, a folder `rejects-<run>` with a file for each,
//! named after its table. Either can be given to a load again.

use super::align::REJECT_COLUMNS;
use super::fault::Fault;
use crate::domain::guard::guarded;
use crate::domain::{RunId, Table};
use csv::{StringRecord, Writer};
use std::borrow::Cow;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Where a rejected row comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    /// The file's place in the set.
    pub(crate) part: usize,
    /// Its table.
    pub(crate) table: Table,
    /// Its name.
    pub(crate) file: &'a str,
    /// Its columns.
    pub(crate) header: &'a StringRecord,
    /// Whether it is a rejects file itself: its first columns are ours.
    pub(crate) guarded: bool,
}

/// Writes rejected rows; what is not finished is removed again.
#[derive(Debug)]
pub(crate) struct Rejects {
    run: RunId,
    folder: PathBuf,
    begun: PathBuf,
    files: Vec<(usize, PathBuf, Writer<File>)>,
}

impl Rejects {
    /// Prepares for the rejects of a run; nothing is made before the first.
    pub(crate) fn new(run: RunId, folder: Option<&Path>) -> Rejects {
        let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
        let begun = folder.join(format!(".rejects-{run}.{}", std::process::id()));
        Rejects { run, folder, begun, files: Vec::new() }
    }

    /// The folder they go to, for messages.
    pub(crate) fn folder(&self) -> String {
        self.folder.display().to_string()
    }

    /// Adds one row with all its faults; the first gives column and code.
    pub(crate) fn add(
        &mut self,
        origin: Origin<'_>,
        line: u64,
        row: &StringRecord,
        faults: &[Fault],
    ) -> io::Result<()> {
        let Some(first) = faults.first() else {
            return Ok(());
        };
        let message: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        let ours = [
            self.run.to_string(),
            origin.table.name().to_owned(),
            origin.file.to_owned(),
            line.to_string(),
            first.column.to_owned(),
            first.code.word().to_owned(),
            message.join(" "),
        ];
        let theirs = row.iter().skip(skipped(origin));
        let cells: Vec<Cow<'_, str>> =
            ours.iter().map(|cell| guarded(cell)).chain(theirs.map(guarded)).collect();
        let writer = self.writer(origin)?;
        writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(io::Error::from)
    }

    fn writer(&mut self, origin: Origin<'_>) -> io::Result<&mut Writer<File>> {
        let place = match self.files.iter().position(|(part, ..)| *part == origin.part) {
            Some(place) => place,
            None => {
                let path = self.begun.join(self.file_name(origin.table));
                let writer = started(&self.begun, &path, origin)?;
                self.files.push((origin.part, path, writer));
                self.files.len() - 1
            }
        };
        self.files
            .get_mut(place)
            .map(|(_, _, writer)| writer)
            .ok_or_else(|| io::Error::other("no rejects file"))
    }

    /// `orders.csv`, and `orders-2.csv` for a second file of the same table.
    fn file_name(&self, table: Table) -> String {
        let begins = |path: &Path| path.file_name().is_some_and(|name| named_for(name, table));
        match self.files.iter().filter(|(_, path, _)| begins(path)).count() {
            0 => format!("{table}.csv"),
            before => format!("{table}-{}.csv", before + 1),
        }
    }

    /// Puts the rejects where they belong, at once and whole; `None` where there are none.
    pub(crate) fn finish(mut self) -> io::Result<Option<PathBuf>> {
        for (_, _, writer) in &mut self.files {
            writer.flush()?;
            writer.get_ref().sync_all()?;
        }
        let (from, ending) = match self.files.as_slice() {
            [] => return Ok(None),
            [(_, path, _)] => (path, ".csv"),
            _ => (&self.begun, ""),
        };
        let target = self.free_name(ending);
        fs::rename(from, &target)?;
        Ok(Some(target))
    }

    /// A name that nothing has yet: another chain's run may have the same number.
    fn free_name(&self, ending: &str) -> PathBuf {
        let named = |nth: String| self.folder.join(format!("rejects-{}{nth}{ending}", self.run));
        let free = |path: &PathBuf| !path.exists();
        let plain = named(String::new());
        if free(&plain) {
            return plain;
        }
        (2..).map(|nth: u32| named(format!("-{nth}"))).find(free).unwrap_or(plain)
    }
}

impl Drop for Rejects {
    fn drop(&mut self) {
        if !self.files.is_empty() {
            // What remains after `finish` is an empty folder or none; after anything else it is half a file.
            let _ = fs::remove_dir_all(&self.begun);
        }
    }
}

fn named_for(file: &std::ffi::OsStr, table: Table) -> bool {
    let name = file.to_string_lossy();
    name.strip_prefix(table.name()).is_some_and(|rest| rest.starts_with(['.', '-']))
}

fn started(folder: &Path, path: &Path, origin: Origin<'_>) -> io::Result<Writer<File>> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
    let theirs = origin.header.iter().skip(skipped(origin));
    let names: Vec<Cow<'_, str>> =
        REJECT_COLUMNS.into_iter().map(Cow::Borrowed).chain(theirs.map(guarded)).collect();
    writer.write_record(names.iter().map(|name| name.as_bytes()))?;
    Ok(writer)
}

fn skipped(origin: Origin<'_>) -> usize {
    if origin.guarded { REJECT_COLUMNS.len() } else { 0 }
}
