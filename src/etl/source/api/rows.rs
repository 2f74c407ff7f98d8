//! Rows from a server as a source of the pipeline.

use super::columns::{Choice, Sample, choose};
use super::spool::{Cursor, Spool, fill};
use crate::domain::Table;
use crate::etl::Mapping;
use crate::etl::align::{self, Use};
use crate::etl::source::{Source, SourceError};
use crate::etl::spec::{Kind, spec};
use csv::StringRecord;
use std::sync::Arc;

/// The rows of one table as a server gave them.
pub struct ApiRows {
    table: Table,
    name: String,
    spool: Arc<Spool>,
    header: StringRecord,
    /// For each column of the header: the field's place, and whether it is a day.
    from: Vec<(usize, bool)>,
    left: Vec<String>,
    cursor: Cursor,
    read: u64,
}

impl ApiRows {
    /// The rows of `spool` for that table, which others may read as well. `name` is the address, without credentials.
    ///
    /// # Errors
    /// [`SourceError`] where they can not be read again.
    pub fn new(
        table: Table,
        name: String,
        spool: Arc<Spool>,
        mapping: &Mapping,
    ) -> Result<ApiRows, SourceError> {
        let sample = sample(&spool).map_err(|cause| SourceError::Io { name: name.clone(), cause })?;
        let choice = choose(table, &sample, mapping);
        let (header, from) =
            if spool.rows() == 0 { nothing(table) } else { columns(table, &choice, mapping) };
        let left = choice.left;
        Ok(ApiRows { table, name, spool, header, from, left, cursor: Cursor::default(), read: 0 })
    }

    /// Fields that are not loaded.
    pub fn left(&self) -> &[String] {
        &self.left
    }

    /// The greatest value of a column, as numbers where all are whole numbers, else as text; `None` where there is none.
    ///
    /// # Errors
    /// [`SourceError`] where the rows can not be read again.
    pub fn greatest(&self, field: &str) -> Result<Option<String>, SourceError> {
        let Some(place) = self.spool.fields().iter().position(|name| name == field) else {
            return Ok(None);
        };
        let failed = |cause| SourceError::Io { name: self.name.clone(), cause };
        let mut reader = self.spool.reader();
        let mut greatest: Option<String> = None;
        while let Some(row) = reader.next_row().map_err(failed)? {
            let Some(value) = row.get(place).filter(|value| !value.is_empty()) else { continue };
            if greatest.as_ref().is_none_or(|known| is_greater(value, known)) {
                greatest = Some(value.clone());
            }
        }
        Ok(greatest)
    }

    /// The fields of the rows as the server names them.
    pub fn fields(&self) -> &[String] {
        self.spool.fields()
    }
}

/// Whether one value comes after another: as numbers where both are.
pub(super) fn is_greater(one: &str, other: &str) -> bool {
    match (one.parse::<u64>(), other.parse::<u64>()) {
        (Ok(one), Ok(other)) => one > other,
        _ => one > other,
    }
}

fn sample(spool: &Spool) -> std::io::Result<Sample> {
    const ROWS: usize = 100;
    let mut sample = Sample { fields: spool.fields().to_vec(), ..Sample::default() };
    let mut reader = spool.reader();
    while sample.rows.len() < ROWS {
        let Some(row) = reader.next_row()? else { break };
        sample.rows.push(row.to_vec());
    }
    Ok(sample)
}

/// A table without rows has no fields to see; it is taken for one with all of them.
pub(super) fn nothing(table: Table) -> (StringRecord, Vec<(usize, bool)>) {
    let columns = spec(table).columns;
    (columns.iter().map(|column| column.name).collect(), vec![(usize::MAX, false); columns.len()])
}

pub(super) fn columns(
    table: Table,
    choice: &Choice,
    mapping: &Mapping,
) -> (StringRecord, Vec<(usize, bool)>) {
    let spec = spec(table);
    let is_day = |name: &str| match align::find(spec, name, mapping) {
        Some((Use::Column(place), _)) => {
            spec.columns.get(place).is_some_and(|column| column.kind == Kind::Date)
        }
        _ => false,
    };
    let header = choice.taken.iter().map(|(_, name)| name.as_str()).collect();
    let from = choice.taken.iter().map(|(place, name)| (*place, is_day(name))).collect();
    (header, from)
}

/// The day of a moment as ISO 8601 writes it, with the offset it is written in: `2018-04-30` of
/// `2018-04-30T14:05:00+02:00`. Anything else stays as it is.
pub(super) fn day(text: &str) -> &str {
    let moment = text.get(..10).zip(text.get(10..)).filter(|(_, time)| time.starts_with(['T', 't', ' ']));
    let Some((day, time)) = moment else { return text };
    let time = time.get(1..).unwrap_or_default();
    let looks = time.len() >= 5
        && time.as_bytes().get(2) == Some(&b':')
        && time.bytes().all(|byte| byte.is_ascii_digit() || b":.+-Zz ".contains(&byte));
    let is_day = day.parse::<jiff::civil::Date>().is_ok();
    if looks && is_day { day } else { text }
}

impl Source for ApiRows {
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
        let failed = |cause| SourceError::Io { name: self.name.clone(), cause };
        let Some(cells) = self.cursor.read(&self.spool).map_err(failed)? else {
            return Ok(None);
        };
        let cell = |place: usize| cells.get(place).map(String::as_str).unwrap_or_default();
        let values = self.from.iter().map(|(place, is_day)| {
            let text = cell(*place);
            if *is_day { day(text) } else { text }
        });
        fill(row, values);
        self.read += 1;
        Ok(Some(self.read))
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        None
    }

    fn position(&self) -> Option<(u64, u64)> {
        Some((self.read, self.spool.rows()))
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        (self.cursor, self.read) = (Cursor::default(), 0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_moment_the_day_is_taken_as_it_is_written() {
        for (text, expected) in [
            ("2018-04-30T14:05:00Z", "2018-04-30"),
            ("2018-04-30T23:59:59.999+02:00", "2018-04-30"),
            ("2018-04-30 14:05", "2018-04-30"),
            ("2018-04-30", "2018-04-30"),
            ("30/04/2018", "30/04/2018"),
            ("2018-13-40T10:00:00Z", "2018-13-40T10:00:00Z"),
            ("2018-04-30Tomorrow", "2018-04-30Tomorrow"),
            ("", ""),
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
    }
}
