//! How far a load is, and what follows from it.

use crate::domain::Table;
use jiff::Timestamp;

/// What a running load last said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LoadProgress {
    /// What it does now, as a word for people.
    pub phase: String,
    /// Whether that is reading, so that rows read belong to `table`.
    pub is_reading: bool,
    /// The table it works on.
    pub table: Option<Table>,
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
    /// The first rejected rows in words, each with its file and line.
    pub rejects: Vec<String>,
    /// What the person should know besides.
    pub notes: Vec<String>,
}

impl LoadProgress {
    /// The part of this file that is read, 0 to 1.
    pub fn of_file(&self) -> Option<f64> {
        let (done, whole) = self.position?;
        (whole > 0).then(|| (done as f64 / whole as f64).clamp(0.0, 1.0))
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

/// Rows read, table by table, put together from what was told over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowsRead {
    tables: Vec<(Table, u64)>,
    before: u64,
}

impl RowsRead {
    /// Takes in how far the load is now.
    pub fn note(&mut self, progress: &LoadProgress) {
        let Some(table) = progress.table.filter(|_| progress.is_reading) else {
            return;
        };
        if self.tables.last().is_none_or(|(last, _)| *last != table) {
            self.before = self.tables.iter().map(|(_, rows)| rows).sum();
            self.tables.push((table, 0));
        }
        if let Some((_, rows)) = self.tables.last_mut() {
            *rows = progress.read.saturating_sub(self.before);
        }
    }

    /// The tables in the order they came, each with its rows.
    pub fn tables(&self) -> &[(Table, u64)] {
        &self.tables
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
    fn rows_are_told_apart_by_table() {
        let mut rows = RowsRead::default();
        let told = |table, read| LoadProgress {
            is_reading: true,
            table: Some(table),
            read,
            ..LoadProgress::default()
        };
        rows.note(&told(Table::Brands, 4));
        rows.note(&told(Table::Brands, 9));
        rows.note(&told(Table::Products, 12));
        rows.note(&LoadProgress { is_reading: false, ..told(Table::Stores, 12) });
        assert_eq!(rows.tables(), [(Table::Brands, 9), (Table::Products, 3)]);
    }
}
