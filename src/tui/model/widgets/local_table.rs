//! A table of rows that are all in memory: it answers its own questions.

use super::data_table::{Column, DataTable, From, Outcome, Page, Row, RowKey, Rows};
use crate::tui::model::command::{Command, Place};
use crate::tui::model::key::Key;
use crate::tui::model::message::RequestId;

/// The table and its rows.
#[derive(Debug)]
pub struct LocalTable {
    /// What is shown of it.
    pub table: DataTable,
    columns: &'static [Column],
    rows: Vec<Row>,
}

impl LocalTable {
    /// A table of these rows, in their order.
    pub fn new(columns: &'static [Column], rows: Vec<Row>) -> LocalTable {
        let mut table = LocalTable { table: DataTable::new(columns), columns, rows };
        table.show();
        table
    }

    /// Takes other rows in place of those there are; the cursor stays on its row where that is among them.
    pub fn replace(&mut self, rows: Vec<Row>) {
        self.rows = rows;
        self.show();
    }

    /// How many rows there are, shown or not.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn show(&mut self) {
        let ask = self.table.refresh(RequestId::default);
        self.answer(Outcome::Ask(ask));
    }

    /// The key of the row with the cursor.
    pub fn current(&self) -> Option<&RowKey> {
        self.table.current().map(|row| &row.key)
    }

    /// Where its commands can be given now.
    pub fn places(&self) -> &'static [Place] {
        self.table.places()
    }

    /// The same with the commands for its rows of a screen, while the keys are for these.
    pub fn places_with(&self, own: Place) -> Vec<Place> {
        let is_for_rows = self.places().first() == Some(&Place::Table);
        Some(own).filter(|_| is_for_rows).into_iter().chain(self.places().iter().copied()).collect()
    }

    /// Whether a key with a character is text now, and no command.
    pub fn is_typing(&self) -> bool {
        self.places().first().is_some_and(|place| place.is_for_text())
    }

    /// Carries out a command; answers the row that is to be opened.
    pub fn command(&mut self, command: Command) -> Option<RowKey> {
        let outcome = self.table.command(command, RequestId::default);
        self.answer(outcome)
    }

    /// Does what `key` means in what is looked for.
    pub fn type_key(&mut self, key: Key) {
        let outcome = self.table.type_key(key, RequestId::default);
        self.answer(outcome);
    }

    /// Pastes into what is looked for.
    pub fn paste(&mut self, text: &str) {
        let outcome = self.table.paste(text, RequestId::default);
        self.answer(outcome);
    }

    /// Esc: one step back; tells whether there was one.
    pub fn step_back(&mut self) -> bool {
        let outcome = self.table.step_back(RequestId::default);
        let stepped = outcome != Outcome::Ignored;
        self.answer(outcome);
        stepped
    }

    /// A row that is seen was clicked; tells whether it had the cursor already, and so is meant to be opened.
    pub fn choose_row(&mut self, row: usize) -> bool {
        let before = self.current().cloned();
        let outcome = self.table.go_to_seen(row, RequestId::default);
        self.answer(outcome);
        before.is_some() && before.as_ref() == self.current()
    }

    /// The cursor goes to a row, where it is among those shown.
    pub fn go_to(&mut self, key: &RowKey) {
        if self.rows.iter().all(|row| row.key != *key) {
            return;
        }
        self.command(Command::First);
        for _ in 0..self.rows.len() {
            if self.current() == Some(key) {
                return;
            }
            self.command(Command::Down);
        }
    }

    fn answer(&mut self, outcome: Outcome) -> Option<RowKey> {
        let mut next = match outcome {
            Outcome::Ask(ask) => Some(ask),
            Outcome::Open(key) => return Some(key),
            Outcome::Ignored | Outcome::Done => None,
        };
        while let Some(ask) = next {
            let rows = self.page(&ask.page);
            next = self.table.take(ask.id, rows, RequestId::default);
        }
        None
    }

    /// The rows that a page asks for.
    fn page(&self, page: &Page) -> Rows {
        let words = page.filter.to_lowercase();
        let has_words = |row: &&Row| row.cells.iter().any(|cell| cell.to_lowercase().contains(&words));
        let mut found: Vec<&Row> = self.rows.iter().filter(has_words).collect();
        if let Some((at, sort)) = page.sort.and_then(|sort| {
            let at = self.columns.iter().position(|column| column.id == sort.column)?;
            Some((at, sort))
        }) {
            let is_number = self.columns.get(at).is_some_and(|column| column.is_number);
            found.sort_by(|one, other| {
                let (one, other) = (cell(one, at), cell(other, at));
                if is_number { number(one).cmp(&number(other)) } else { one.cmp(other) }
            });
            if sort.descending {
                found.reverse();
            }
        }
        let total = found.len();
        let place = |key: &RowKey| found.iter().position(|row| row.key == *key);
        let (begin, end) = match &page.from {
            From::Start => (0, page.limit.min(total)),
            From::End => (total.saturating_sub(page.limit), total),
            From::After(key) => {
                let begin = place(key).map_or(total, |at| at + 1);
                (begin, (begin + page.limit).min(total))
            }
            From::Before(key) => {
                let end = place(key).unwrap_or_default();
                (end.saturating_sub(page.limit), end)
            }
        };
        let is_up = matches!(page.from, From::End | From::Before(_));
        let more = if is_up { begin > 0 } else { end < total };
        let rows = found.get(begin..end).unwrap_or_default().iter().map(|row| (*row).clone()).collect();
        Rows { rows, more, total: Some(total as u64) }
    }
}

fn cell(row: &Row, at: usize) -> &str {
    row.cells.get(at).map_or("", String::as_str)
}

/// A number as it is shown, without what stands between its thousands.
fn number(cell: &str) -> u64 {
    cell.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column { id: "name", title: "Name", width: 10, is_number: false, sorts: true },
        Column { id: "count", title: "Count", width: 10, is_number: true, sorts: true },
    ];

    fn table(count: usize) -> LocalTable {
        let row = |at: usize| Row {
            key: RowKey(at.to_string()),
            cells: vec![format!("row {at}"), format!("{},{:03}", at % 7, at % 1000)],
        };
        LocalTable::new(COLUMNS, (0..count).map(row).collect())
    }

    #[test]
    fn the_end_of_a_long_table_is_reached_and_the_beginning_again() {
        let mut table = table(3000);
        table.table.resize(20);
        table.command(Command::Last);
        assert_eq!(table.current(), Some(&RowKey("2999".to_owned())));
        for _ in 0..400 {
            table.command(Command::PageUp);
        }
        assert_eq!(table.current(), Some(&RowKey("0".to_owned())));
        assert_eq!(table.table.total(), Some(3000));
    }

    #[test]
    fn rows_are_found_sorted_and_replaced() {
        let mut table = table(20);
        table.command(Command::Filter);
        table.paste("row 1");
        table.command(Command::Accept);
        assert_eq!(table.table.total(), Some(11));
        assert!(table.step_back());
        table.command(Command::Sort);
        table.command(Command::Sort);
        table.command(Command::ReverseSort);
        assert_eq!(table.command(Command::Accept), Some(RowKey("13".to_owned())));
        table.go_to(&RowKey("5".to_owned()));
        assert_eq!(table.current(), Some(&RowKey("5".to_owned())));
        table.go_to(&RowKey("13".to_owned()));
        table.go_to(&RowKey("99".to_owned()));
        let kept: Vec<Row> = table.rows.iter().filter(|row| row.key.0 != "5").cloned().collect();
        table.replace(kept);
        assert_eq!((table.len(), table.current()), (19, Some(&RowKey("13".to_owned()))));
    }
}
