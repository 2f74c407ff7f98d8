//! A table of any length: it holds a few pages around the cursor, and asks for the next ones by key.

mod columns;
mod page;
#[cfg(test)]
mod tests;
mod window;

pub use columns::{Column, Columns};
pub use page::{From, Page, Row, RowKey, Rows, Sort};

use crate::tui::model::field::Field;
use crate::tui::model::key::{Code, Key};
use crate::tui::model::message::{Failure, RequestId};
use std::collections::BTreeSet;
use window::{PAGE, Window};

/// The table.
#[derive(Debug)]
pub struct DataTable {
    columns: Columns,
    window: Window,
    filter: Field,
    is_filtering: bool,
    marked: BTreeSet<RowKey>,
    asked: Option<(RequestId, From)>,
    total: Option<u64>,
    failure: Option<Failure>,
}

/// A page to be asked for; the answer goes to [`DataTable::take`] or [`DataTable::fail`] with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Names the question.
    pub id: RequestId,
    /// The question.
    pub page: Page,
}

/// What a key came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// It means nothing here.
    Ignored,
    /// The table took it.
    Taken,
    /// The table took it and needs rows.
    Ask(Ask),
    /// The person wants to see this row.
    Open(RowKey),
}

impl DataTable {
    /// An empty table; [`DataTable::refresh`] asks for its first rows.
    pub fn new(columns: &'static [Column]) -> DataTable {
        DataTable {
            columns: Columns::new(columns),
            window: Window::default(),
            filter: Field::default(),
            is_filtering: false,
            marked: BTreeSet::new(),
            asked: None,
            total: None,
            failure: None,
        }
    }

    /// Asks for the rows from the first one on. What is shown stays until they come.
    pub fn refresh(&mut self, ids: impl FnMut() -> RequestId) -> Ask {
        self.ask(From::Start, ids)
    }

    /// Takes in how many rows the last frame had room for.
    pub fn resize(&mut self, height: u16) {
        self.window.resize(height.into());
    }

    /// Does what `key` means.
    pub fn press(&mut self, key: Key, ids: impl FnMut() -> RequestId) -> Pressed {
        if self.columns.choosing.is_some() {
            return self.press_in_chooser(key);
        }
        if self.is_filtering {
            return self.press_in_filter(key, ids);
        }
        let page = self.window.page();
        match key.code {
            _ if key.ctrl || key.alt => return Pressed::Ignored,
            Code::Up | Code::Char('k') => self.window.go(-1),
            Code::Down | Code::Char('j') => self.window.go(1),
            Code::PageUp => self.window.go(-page),
            Code::PageDown => self.window.go(page),
            Code::Home | Code::Char('g') => {
                if !self.window.go_to_start() {
                    return Pressed::Ask(self.ask(From::Start, ids));
                }
            }
            Code::End | Code::Char('G') => {
                if !self.window.go_to_end() {
                    return Pressed::Ask(self.ask(From::End, ids));
                }
            }
            Code::Left | Code::Char('h') => self.columns.scroll(-1),
            Code::Right | Code::Char('l') => self.columns.scroll(1),
            Code::Char(' ') => self.mark(),
            Code::Enter => return self.window.key().cloned().map_or(Pressed::Taken, Pressed::Open),
            _ => return self.press_letter(key, ids),
        }
        self.fetch(ids)
    }

    fn press_letter(&mut self, key: Key, ids: impl FnMut() -> RequestId) -> Pressed {
        match key.code {
            Code::Char('s') => self.columns.sort_by_next(),
            Code::Char('S') if self.columns.reverse() => {}
            Code::Char('r') => {}
            Code::Esc if !self.filter.is_empty() => self.filter.clear(),
            Code::Esc if !self.marked.is_empty() => {
                self.marked.clear();
                return Pressed::Taken;
            }
            Code::Char('/') => {
                self.is_filtering = true;
                return Pressed::Taken;
            }
            Code::Char('c') => {
                self.columns.choosing = Some(0);
                return Pressed::Taken;
            }
            _ => return Pressed::Ignored,
        }
        Pressed::Ask(self.ask(From::Start, ids))
    }

    fn press_in_chooser(&mut self, key: Key) -> Pressed {
        match key.code {
            Code::Up | Code::Char('k') => self.columns.choose(-1),
            Code::Down | Code::Char('j') => self.columns.choose(1),
            Code::Char(' ') => self.columns.toggle(),
            Code::Esc | Code::Enter | Code::Char('c' | 'q') => self.columns.choosing = None,
            _ => return Pressed::Ignored,
        }
        Pressed::Taken
    }

    /// Esc and Enter both leave the words of the filter as they are: only Esc in the rows takes them away.
    fn press_in_filter(&mut self, key: Key, ids: impl FnMut() -> RequestId) -> Pressed {
        if matches!(key.code, Code::Esc | Code::Enter | Code::Down) {
            self.is_filtering = false;
            return Pressed::Taken;
        }
        let before = self.filter.text().to_owned();
        match self.filter.press(key) {
            false => Pressed::Ignored,
            true if before == self.filter.text() => Pressed::Taken,
            true => Pressed::Ask(self.ask(From::Start, ids)),
        }
    }

    /// Pastes into the filter, if it is being typed.
    pub fn paste(&mut self, text: &str, ids: impl FnMut() -> RequestId) -> Pressed {
        if !self.is_filtering {
            return Pressed::Ignored;
        }
        self.filter.insert(text);
        Pressed::Ask(self.ask(From::Start, ids))
    }

    fn mark(&mut self) {
        let Some(key) = self.window.key().cloned() else { return };
        if !self.marked.remove(&key) {
            self.marked.insert(key);
        }
        self.window.go(1);
    }

    /// Asks for what is missing around the cursor, unless a question is open.
    fn fetch(&mut self, ids: impl FnMut() -> RequestId) -> Pressed {
        match self.window.wants().filter(|_| self.asked.is_none()) {
            Some(from) => Pressed::Ask(self.ask(from, ids)),
            None => Pressed::Taken,
        }
    }

    fn ask(&mut self, from: From, mut ids: impl FnMut() -> RequestId) -> Ask {
        let id = ids();
        self.asked = Some((id, from.clone()));
        let page = Page { from, limit: PAGE, sort: self.columns.sort, filter: self.filter.text().to_owned() };
        Ask { id, page }
    }

    /// Takes in an answer; one to a question that is no longer open is dropped. Tells what to ask next.
    pub fn take(&mut self, id: RequestId, rows: Rows, ids: impl FnMut() -> RequestId) -> Option<Ask> {
        let (_, from) = self.asked.take_if(|(asked, _)| *asked == id)?;
        self.failure = None;
        self.total = rows.total.or(self.total);
        self.window.take(&from, rows);
        match self.fetch(ids) {
            Pressed::Ask(ask) => Some(ask),
            _ => None,
        }
    }

    /// Takes in that a question could not be answered. The rows stay.
    pub fn fail(&mut self, id: RequestId, failure: Failure) {
        if self.asked.take_if(|(asked, _)| *asked == id).is_some() {
            self.failure = Some(failure);
        }
    }

    /// The columns.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The rows seen where there is room for `height` of them, each with whether the cursor is on it.
    pub fn seen(&self, height: u16) -> impl Iterator<Item = (&Row, bool)> {
        self.window.seen(height.into())
    }

    /// The row the cursor is on.
    pub fn current(&self) -> Option<&Row> {
        self.window.current()
    }

    /// How many rows are in memory.
    pub fn held(&self) -> usize {
        self.window.held()
    }

    /// The marked rows, in sight or not.
    pub fn marked(&self) -> &BTreeSet<RowKey> {
        &self.marked
    }

    /// What is filtered by.
    pub fn filter(&self) -> &Field {
        &self.filter
    }

    /// Whether keys go into the filter.
    pub fn is_filtering(&self) -> bool {
        self.is_filtering
    }

    /// Whether other rows than those shown are on their way.
    pub fn is_stale(&self) -> bool {
        matches!(self.asked, Some((_, From::Start | From::End)))
    }

    /// How many rows the filter leaves in all, where the source told.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Why the last question was not answered.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }
}
