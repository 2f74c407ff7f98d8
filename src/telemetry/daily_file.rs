//! A log file a day, readable by its owner alone.
//!
//! `tracing-appender` has a rolling file too, but makes its files with the process's usual mode, which others can read.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::Date;

/// Where lines go: `storekeeper.2026-03-01.jsonl`, another file each day. Several processes may write at once.
pub(super) struct DailyFile<Today> {
    folder: PathBuf,
    keep_days: u16,
    today: Today,
    day: Date,
    file: File,
}

impl<Today: FnMut() -> Date> DailyFile<Today> {
    /// Opens today's file in a folder, made with mode 0700 where missing, and removes those that are too old.
    pub(super) fn open(folder: &Path, keep_days: u16, mut today: Today) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let day = today();
        let file = open_day(folder, day)?;
        remove_old(folder, day, keep_days)?;
        Ok(Self { folder: folder.to_owned(), keep_days, today, day, file })
    }

    fn turn_page(&mut self) -> io::Result<()> {
        let day = (self.today)();
        if day != self.day {
            self.file = open_day(&self.folder, day)?;
            self.day = day;
            remove_old(&self.folder, day, self.keep_days)?;
        }
        Ok(())
    }
}

impl<Today: FnMut() -> Date> Write for DailyFile<Today> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.turn_page()?;
        self.file.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn open_day(folder: &Path, day: Date) -> io::Result<File> {
    let path = folder.join(format!("storekeeper.{day}.jsonl"));
    OpenOptions::new().create(true).append(true).mode(0o600).open(path)
}

/// Removes the files of days before the last `keep_days`; anything else in the folder is left alone.
fn remove_old(folder: &Path, today: Date, keep_days: u16) -> io::Result<()> {
    let first_kept = today.saturating_sub((i64::from(keep_days) - 1).days());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if day_of(&entry.file_name().to_string_lossy()).is_some_and(|day| day < first_kept) {
            match fs::remove_file(entry.path()) {
                // Another process of ours was quicker.
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}

fn day_of(name: &str) -> Option<Date> {
    name.strip_prefix("storekeeper.")?.strip_suffix(".jsonl")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn each_day_has_a_file_of_its_own_and_old_ones_go() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("logs");
        let days =
            [date(2026, 2, 27), date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 1)];
        let mut days = days.into_iter();
        let mut log = DailyFile::open(&folder, 2, move || days.next().unwrap()).unwrap();
        fs::write(folder.join("notes.txt"), "mine").unwrap();

        for line in ["one\n", "two\n", "three\n", "four\n"] {
            log.write_all(line.as_bytes()).unwrap();
        }

        assert_eq!(
            names(&folder),
            ["notes.txt", "storekeeper.2026-02-28.jsonl", "storekeeper.2026-03-01.jsonl"]
        );
        let last = folder.join("storekeeper.2026-03-01.jsonl");
        assert_eq!(fs::read_to_string(&last).unwrap(), "three\nfour\n");
        assert_eq!((mode(&folder), mode(&last)), (0o700, 0o600));
    }

    #[test]
    fn a_file_of_today_is_added_to() {
        let root = tempfile::tempdir().unwrap();
        for line in ["one\n", "two\n"] {
            let mut log = DailyFile::open(root.path(), 1, || date(2026, 3, 1)).unwrap();
            log.write_all(line.as_bytes()).unwrap();
        }
        let text = fs::read_to_string(root.path().join("storekeeper.2026-03-01.jsonl")).unwrap();
        assert_eq!(text, "one\ntwo\n");
    }
}
