//! How far each table of a server is, put together from what was told over time.

use crate::domain::Table;
use crate::etl::source::api::{Asking, Step};
use jiff::Timestamp;

/// How far one table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLine {
    /// Which.
    pub table: Table,
    /// Pages read of it.
    pub pages: u64,
    /// Rows read of it.
    pub rows: u64,
    /// Rows that the server says it has.
    pub total: Option<u64>,
    /// When it was begun.
    pub since: Timestamp,
    /// When it was last told of.
    pub at: Timestamp,
    /// Whether it is read.
    pub is_over: bool,
}

/// The tables in the order they were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadLines(Vec<ReadLine>);

impl ReadLines {
    /// Takes in how far the asking is now.
    pub(in crate::tui::model) fn note(&mut self, asking: &Asking, now: Timestamp) {
        for read in &asking.read {
            self.change(read.table, now, |line| {
                if !line.is_over {
                    (line.pages, line.rows, line.total) = (read.pages, read.rows, read.total);
                    (line.at, line.is_over) = (now, true);
                }
            });
        }
        let is_over = |table| asking.read.iter().any(|read| read.table == table);
        if let Some(table) = asking.table.filter(|table| asking.step == Step::Reading && !is_over(*table)) {
            self.change(table, now, |line| {
                (line.pages, line.rows, line.total, line.at) = (asking.pages, asking.rows, asking.total, now);
            });
        }
    }

    /// Changes the line of a table, which begins now where there is none.
    fn change(&mut self, table: Table, now: Timestamp, change: impl FnOnce(&mut ReadLine)) {
        if self.of(table).is_none() {
            let (since, at) = (now, now);
            self.0.push(ReadLine { table, pages: 0, rows: 0, total: None, since, at, is_over: false });
        }
        if let Some(line) = self.0.iter_mut().find(|line| line.table == table) {
            change(line);
        }
    }

    /// The line of a table, once it was begun.
    pub fn of(&self, table: Table) -> Option<&ReadLine> {
        self.0.iter().find(|line| line.table == table)
    }

    /// Rows read in all.
    pub fn rows(&self) -> u64 {
        self.0.iter().map(|line| line.rows).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::etl::source::api::TableRead;

    #[test]
    fn a_table_that_was_read_between_two_looks_has_its_line_all_the_same() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let read = |table, pages, rows| TableRead { table, pages, rows, total: Some(rows) };
        let mut lines = ReadLines::default();
        let reading = |table, pages, rows| Asking {
            step: Step::Reading,
            table: Some(table),
            pages,
            rows,
            total: Some(900),
            ..Asking::default()
        };
        lines.note(&Asking { table: Some(Table::Brands), ..Asking::default() }, at(0));
        assert_eq!(lines.of(Table::Brands), None, "while it is looked for it is not read");
        lines.note(&reading(Table::Customers, 1, 100), at(1));
        let read = vec![read(Table::Customers, 3, 250), read(Table::Orders, 1, 7)];
        lines.note(&Asking { read, ..reading(Table::OrderItems, 2, 200) }, at(3));
        let shown: Vec<_> = [Table::Customers, Table::Orders, Table::OrderItems]
            .map(|table| lines.of(table).map(|line| (line.pages, line.rows, line.is_over)).unwrap())
            .to_vec();
        assert_eq!(shown, [(3, 250, true), (1, 7, true), (2, 200, false)]);
        assert_eq!(lines.rows(), 457);
        assert_eq!(lines.of(Table::Customers).unwrap().since, at(1));
    }
}
