//! The part of a table that is in memory, and the part of that which is seen.

use super::page::{From, Row, RowKey, Rows};
use std::collections::VecDeque;

/// Rows asked for at a time.
pub(super) const PAGE: usize = 128;
/// Rows held at the most, however long the table is.
pub(super) const HELD: usize = 4 * PAGE;
/// How near to the end of what is held the next page is asked for: more than a screen of the tallest size.
const AHEAD: usize = 72;

/// A run of rows without gaps, and the cursor in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Window {
    rows: VecDeque<Row>,
    cursor: usize,
    top: usize,
    height: usize,
    has_start: bool,
    has_end: bool,
    /// Rows the cursor still has to go, once there are any.
    owed: isize,
}

impl Window {
    /// The row the cursor is on.
    pub(super) fn current(&self) -> Option<&Row> {
        self.rows.get(self.cursor)
    }

    /// The rows seen where there is room for `height` of them, each with whether the cursor is on it.
    pub(super) fn seen(&self, height: usize) -> impl Iterator<Item = (&Row, bool)> {
        let top = self.top_for(height);
        let rows = self.rows.iter().enumerate().skip(top).take(height);
        rows.map(|(position, row)| (row, position == self.cursor))
    }

    /// How many rows are held.
    pub(super) fn held(&self) -> usize {
        self.rows.len()
    }

    /// Takes in how many rows the last frame had room for.
    pub(super) fn resize(&mut self, height: usize) {
        self.height = height;
        self.top = self.top_for(height);
    }

    fn top_for(&self, height: usize) -> usize {
        let lowest = (self.cursor + 1).saturating_sub(height);
        // No room stays empty below the last row while there are rows above.
        let fullest = self.rows.len().saturating_sub(height);
        self.top.max(lowest).min(self.cursor).min(fullest.max(lowest))
    }

    /// Moves the cursor by so many rows, or as far as there are rows now and the rest when they come.
    pub(super) fn go(&mut self, by: isize) {
        let wanted = self.cursor.saturating_add_signed(self.owed.saturating_add(by));
        let below = self.owed.saturating_add(by).saturating_add_unsigned(self.cursor).min(0);
        let last = self.rows.len().saturating_sub(1);
        self.owed = if wanted > last && !self.has_end {
            isize::try_from(wanted - last).unwrap_or(isize::MAX)
        } else if below < 0 && !self.has_start {
            below
        } else {
            0
        };
        self.cursor = wanted.min(last);
        self.top = self.top_for(self.height);
    }

    /// Rows that a key for a whole page moves by.
    pub(super) fn page(&self) -> isize {
        isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1)
    }

    /// Goes to a row that is seen, counted from the top.
    pub(super) fn go_to_seen(&mut self, row: usize) {
        self.owed = 0;
        self.cursor = (self.top_for(self.height) + row).min(self.rows.len().saturating_sub(1));
    }

    /// Goes to the first row, where it is held.
    pub(super) fn go_to_start(&mut self) -> bool {
        self.owed = 0;
        if self.has_start {
            self.cursor = 0;
            self.top = 0;
        }
        self.has_start
    }

    /// Goes to the last row, where it is held.
    pub(super) fn go_to_end(&mut self) -> bool {
        self.owed = 0;
        if self.has_end {
            self.cursor = self.rows.len().saturating_sub(1);
            self.top = self.top_for(self.height);
        }
        self.has_end
    }

    /// What to ask for next, so that the rows do not run out under the cursor.
    pub(super) fn wants(&self) -> Option<From> {
        let after = || self.rows.back().map(|row| From::After(row.key.clone()));
        let before = || self.rows.front().map(|row| From::Before(row.key.clone()));
        if !self.has_end && self.cursor + AHEAD >= self.rows.len() {
            return Some(after().unwrap_or(From::Start));
        }
        if !self.has_start && self.cursor < AHEAD { before() } else { None }
    }

    /// Takes in the rows that were asked for.
    pub(super) fn take(&mut self, from: &From, page: Rows) {
        match from {
            From::Start => self.begin(page.rows, true, !page.more),
            From::End => {
                self.begin(page.rows, !page.more, true);
                self.go_to_end();
            }
            From::After(key) if self.rows.back().map(|row| &row.key) == Some(key) => {
                self.has_end = !page.more;
                self.rows.extend(page.rows);
                self.drop_first();
            }
            From::Before(key) if self.rows.front().map(|row| &row.key) == Some(key) => {
                self.has_start = !page.more;
                self.cursor += page.rows.len();
                self.top += page.rows.len();
                page.rows.into_iter().rev().for_each(|row| self.rows.push_front(row));
                if self.rows.len() > HELD {
                    self.rows.truncate(HELD);
                    self.has_end = false;
                }
            }
            // The row it goes on from is not held any more.
            From::After(_) | From::Before(_) => return,
        }
        self.go(0);
    }

    fn begin(&mut self, rows: Vec<Row>, has_start: bool, has_end: bool) {
        let (height, owed) = (self.height, self.owed);
        *self = Window { rows: rows.into(), height, owed, has_start, has_end, ..Window::default() };
    }

    fn drop_first(&mut self) {
        let surplus = self.rows.len().saturating_sub(HELD);
        if surplus > 0 {
            self.rows.drain(..surplus);
            self.has_start = false;
            self.cursor = self.cursor.saturating_sub(surplus);
            self.top = self.top.saturating_sub(surplus);
        }
    }

    /// Goes to the row of that key, where it is held.
    pub(super) fn go_to_key(&mut self, key: &RowKey) {
        if let Some(position) = self.rows.iter().position(|row| row.key == *key) {
            self.cursor = position;
            self.top = self.top_for(self.height);
        }
    }

    /// The key of the row the cursor is on.
    pub(super) fn key(&self) -> Option<&RowKey> {
        self.current().map(|row| &row.key)
    }
}
