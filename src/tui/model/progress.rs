//! How far a load is, and what follows from it.

use crate::domain::Table;
use crate::etl::source::api::Asking;
use jiff::Timestamp;

/// What a running load last said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LoadProgress {
    /// What it does now, as a word for people.
    pub phase: String,
    /// Whether that is reading, so that rows read belong to `table`.
    pub is_reading: bool,
    /// The run, once it has a number; a load in chunks has several.
    pub run: Option<u64>,
    /// The table it works on.
    pub table: Option<Table>,
    /// The file it works on, as it is called.
    pub name: String,
    /// Which file, from 1.
    pub file: usize,
    /// Of how many.
    pub files: usize,
    /// Rows read so far, over all files.
    pub read: u64,
    /// Rows not taken so far.
    pub rejected: u64,
    /// How far into this file it is, and how far the file goes, where that is known.
    pub position: Option<(u64, u64)>,
    /// Whether that is in bytes.
    pub is_in_bytes: bool,
    /// How far the asking is, while a server's tables are read.
    pub asking: Option<Box<Asking>>,
    /// The first rejected rows in words, each with its file and line.
    pub rejects: Vec<String>,
    /// What the person should know besides.
    pub notes: Vec<String>,
}

impl LoadProgress {
    /// The part of this file that is read, 0 to 1.
    pub fn of_file(&self) -> Option<f64> {
        part(self.position?)
    }

    /// The part of the whole set that is read, each file counted alike.
    pub fn of_set(&self) -> Option<f64> {
        let before = self.file.checked_sub(1)?;
        if !self.is_reading {
            return Some(1.0);
        }
        Some(((before as f64 + self.of_file()?) / self.files as f64).clamp(0.0, 1.0))
    }
}

/// How far one file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// What it is called.
    pub name: String,
    /// Its table.
    pub table: Table,
    /// Rows read of it.
    pub read: u64,
    /// Rows of it not taken.
    pub rejected: u64,
    /// How far into it the load is, and how far it goes, where that is known.
    pub position: Option<(u64, u64)>,
    /// Whether that is in bytes.
    pub is_in_bytes: bool,
    /// When it was begun.
    pub since: Timestamp,
    /// When it was last told of.
    pub at: Timestamp,
}

impl FileLine {
    /// The part of it that is read, 0 to 1.
    pub fn ratio(&self) -> Option<f64> {
        part(self.position?)
    }

    /// Bytes a second, where they are known.
    pub fn bytes_per_second(&self) -> Option<u64> {
        let (done, _) = self.position.filter(|_| self.is_in_bytes)?;
        rate(done, self.since, self.at)
    }
}

fn part((done, whole): (u64, u64)) -> Option<f64> {
    (whole > 0).then(|| (done as f64 / whole as f64).clamp(0.0, 1.0))
}

/// Each file of a load, put together from what was told over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileLines {
    lines: Vec<FileLine>,
    /// The run that was last told of, and what it had read and rejected before the file it is at.
    run: Option<u64>,
    before: (u64, u64),
    /// What earlier runs read and rejected of the file.
    earlier: (u64, u64),
}

impl FileLines {
    /// Takes in how far the load is now.
    pub fn note(&mut self, progress: &LoadProgress, now: Timestamp) {
        let Some(table) = progress.table.filter(|_| progress.is_reading) else {
            return;
        };
        let is_other_run = self.run != progress.run;
        let is_same = self.lines.last().is_some_and(|line| line.name == progress.name && line.table == table);
        self.run = progress.run;
        if !is_same {
            self.before = if is_other_run { (0, 0) } else { self.sums() };
            self.earlier = (0, 0);
            self.lines.push(FileLine {
                name: progress.name.clone(),
                table,
                read: 0,
                rejected: 0,
                position: None,
                is_in_bytes: progress.is_in_bytes,
                since: now,
                at: now,
            });
        } else if is_other_run {
            self.before = (0, 0);
            self.earlier = self.lines.last().map_or((0, 0), |line| (line.read, line.rejected));
        }
        let (before, earlier) = (self.before, self.earlier);
        if let Some(line) = self.lines.last_mut() {
            line.read = earlier.0 + progress.read.saturating_sub(before.0);
            line.rejected = earlier.1 + progress.rejected.saturating_sub(before.1);
            line.position = progress.position;
            line.at = now;
        }
    }

    fn sums(&self) -> (u64, u64) {
        self.lines.iter().fold((0, 0), |sum, line| (sum.0 + line.read, sum.1 + line.rejected))
    }

    /// The files in the order they came.
    pub fn lines(&self) -> &[FileLine] {
        &self.lines
    }
}

/// Rows a second since `start`; nothing in the first half second, where the number would jump.
pub fn rate(rows: u64, start: Timestamp, now: Timestamp) -> Option<u64> {
    let millis = u64::try_from(now.as_millisecond() - start.as_millisecond()).ok()?;
    (millis >= 500).then(|| rows * 1000 / millis)
}

/// Seconds left, judged by the part that is done; nothing before a twentieth is.
pub fn seconds_left(ratio: f64, start: Timestamp, now: Timestamp) -> Option<u64> {
    let elapsed = (now.as_millisecond() - start.as_millisecond()) as f64 / 1000.0;
    (ratio >= 0.05 && elapsed >= 0.5).then(|| (elapsed / ratio * (1.0 - ratio)).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis).unwrap()
    }

    #[test]
    fn the_rate_waits_until_it_means_something() {
        assert_eq!(rate(10, at(0), at(499)), None);
        assert_eq!(rate(3000, at(0), at(1500)), Some(2000));
        assert_eq!(rate(3000, at(1500), at(0)), None, "a clock set back is no rate");
    }

    #[test]
    fn the_time_left_follows_from_the_part_done() {
        assert_eq!(seconds_left(0.25, at(0), at(10_000)), Some(30));
        assert_eq!(seconds_left(0.01, at(0), at(10_000)), None);
        assert_eq!(seconds_left(1.0, at(0), at(10_000)), Some(0));
    }

    #[test]
    fn a_whole_of_nothing_has_no_part() {
        let of_nothing = LoadProgress { position: Some((0, 0)), ..LoadProgress::default() };
        assert_eq!(of_nothing.of_file(), None);
        assert_eq!(of_nothing.of_set(), None);
    }

    #[test]
    fn rows_are_told_apart_by_file_also_over_the_chunks_of_one() {
        let mut files = FileLines::default();
        let told = |run, table: Table, read, rejected| LoadProgress {
            is_reading: true,
            run: Some(run),
            table: Some(table),
            name: format!("{table}.csv"),
            read,
            rejected,
            position: Some((read * 10, 1000)),
            is_in_bytes: true,
            ..LoadProgress::default()
        };
        files.note(&told(1, Table::Brands, 4, 0), at(0));
        files.note(&told(1, Table::Brands, 9, 1), at(1000));
        files.note(&told(1, Table::Products, 12, 1), at(1000));
        files.note(&LoadProgress { is_reading: false, ..told(1, Table::Products, 12, 3) }, at(2000));
        let rows = |files: &FileLines| -> Vec<(Table, u64, u64)> {
            files.lines().iter().map(|line| (line.table, line.read, line.rejected)).collect()
        };
        assert_eq!(rows(&files), [(Table::Brands, 9, 1), (Table::Products, 3, 0)]);
        assert_eq!(files.lines()[0].bytes_per_second(), Some(90));

        let mut chunks = FileLines::default();
        chunks.note(&told(1, Table::Orders, 50, 2), at(0));
        chunks.note(&told(2, Table::Orders, 20, 1), at(1000));
        chunks.note(&told(2, Table::Orders, 50, 1), at(2000));
        assert_eq!(rows(&chunks), [(Table::Orders, 100, 3)]);
    }
}
