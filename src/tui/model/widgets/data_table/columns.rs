//! The columns of a table: which are shown, from where on, and which one orders the rows.

use super::page::Sort;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name for the source.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// How wide it is, in columns of the terminal.
    pub width: u16,
    /// Whether it holds numbers, which stand to the right.
    pub is_number: bool,
    /// Whether the source can order by it.
    pub sorts: bool,
}

/// The columns with what the person made of them. The first one is always shown, and stays when the others scroll.
#[derive(Debug, Clone)]
pub struct Columns {
    all: &'static [Column],
    hidden: Vec<&'static str>,
    scrolled: usize,
    /// What orders the rows.
    pub sort: Option<Sort>,
    /// Where the cursor is while columns are being chosen.
    pub choosing: Option<usize>,
}

impl Columns {
    /// All of `all`, in the source's own order.
    pub fn new(all: &'static [Column]) -> Columns {
        Columns { all, hidden: Vec::new(), scrolled: 0, sort: None, choosing: None }
    }

    /// Every column with whether it is shown.
    pub fn all(&self) -> impl ExactSizeIterator<Item = (&'static Column, bool)> {
        self.all.iter().map(|column| (column, !self.hidden.contains(&column.id)))
    }

    /// The columns to draw, each with its position among a row's cells: the first, then the rest from where the table
    /// is scrolled to.
    pub fn drawn(&self) -> impl Iterator<Item = (usize, &'static Column)> {
        let shown =
            || self.all().enumerate().filter(|(_, (_, shown))| *shown).map(|(at, (column, _))| (at, column));
        shown().take(1).chain(shown().skip(1 + self.scrolled))
    }

    /// How many columns are out of sight to the left.
    pub fn scrolled(&self) -> usize {
        self.scrolled
    }

    pub(super) fn scroll(&mut self, by: isize) {
        let shown = self.all().filter(|(_, shown)| *shown).count();
        self.scrolled = self.scrolled.saturating_add_signed(by).min(shown.saturating_sub(2));
    }

    pub(super) fn sort_by_next(&mut self) {
        let sorted = self.sort.and_then(|sort| self.all.iter().position(|column| column.id == sort.column));
        let mut rest = self.all.iter().skip(sorted.map_or(0, |at| at + 1));
        let next = rest.find(|column| column.sorts && !self.hidden.contains(&column.id));
        self.sort = next.map(|column| Sort { column: column.id, descending: false });
    }

    pub(super) fn reverse(&mut self) -> bool {
        if let Some(sort) = &mut self.sort {
            sort.descending = !sort.descending;
        }
        self.sort.is_some()
    }

    pub(super) fn choose(&mut self, by: isize) {
        let last = self.all.len().saturating_sub(1);
        self.choosing = self.choosing.map(|at| at.saturating_add_signed(by).min(last));
    }

    /// Shows or hides the column the cursor is on.
    pub(super) fn toggle(&mut self) {
        let Some(column) = self.choosing.filter(|at| *at > 0).and_then(|at| self.all.get(at)) else {
            return;
        };
        let before = self.hidden.len();
        self.hidden.retain(|id| *id != column.id);
        if self.hidden.len() == before {
            self.hidden.push(column.id);
        }
        self.scroll(0);
    }
}
