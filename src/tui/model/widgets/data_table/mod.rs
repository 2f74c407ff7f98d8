//! A table of any length: it holds a few pages around the cursor, and asks for the next ones by key.

mod columns;
mod page;
#[cfg(test)]
mod tests;
mod window;

pub use columns::{Column, Columns};
pub use page::{From, Page, Row, RowKey, Rows, Sort};

use super::find::{Back, Find};
use crate::tui::model::command::{Command, Place};
use crate::tui::model::key::Key;
use crate::tui::model::message::{Failure, RequestId};
use std::collections::BTreeSet;
use window::{PAGE, Window};

/// The table.
#[derive(Debug)]
pub struct DataTable {
    columns: Columns,
    window: Window,
    find: Find,
    marked: BTreeSet<RowKey>,
    asked: Option<(RequestId, From)>,
    total: Option<u64>,
    failure: Option<Failure>,
    /// The row the cursor goes back to when the rows asked for again are here.
    returns_to: Option<RowKey>,
}

/// A page to be asked for; the answer goes to [`DataTable::take`] or [`DataTable::fail`] with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Names the question.
    pub id: RequestId,
    /// The question.
    pub page: Page,
}

/// What a command came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It means nothing here.
    Ignored,
    /// The table did it.
    Done,
    /// The table did it and needs rows.
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
            find: Find::default(),
            marked: BTreeSet::new(),
            asked: None,
            total: None,
            failure: None,
            returns_to: None,
        }
    }

    /// An empty table in which these words are looked for.
    pub fn narrowed(columns: &'static [Column], words: &str) -> DataTable {
        let mut table = DataTable::new(columns);
        table.find.insert(words);
        table
    }

    /// Asks for the rows from the first one on. What is shown stays until they come, and the cursor goes back to its row
    /// where that is among them.
    pub fn refresh(&mut self, ids: impl FnMut() -> RequestId) -> Ask {
        let ask = self.ask(From::Start, ids);
        self.returns_to = self.window.key().cloned();
        ask
    }

    /// Takes in how many rows the last frame had room for.
    pub fn resize(&mut self, height: u16) {
        self.window.resize(height.into());
    }

    /// Where its commands can be given now, the most particular place first.
    pub fn places(&self) -> &'static [Place] {
        match self.columns.choosing {
            Some(_) => &[Place::Columns, Place::Rows],
            None if self.find.is_typing() => &[Place::Find, Place::Table],
            None => &[Place::Table, Place::Rows],
        }
    }

    /// Carries out a command of one of these places.
    pub fn command(&mut self, command: Command, ids: impl FnMut() -> RequestId) -> Outcome {
        if self.columns.choosing.is_some() {
            return self.in_chooser(command);
        }
        match command {
            Command::Accept if self.find.is_typing() => self.find.stop(),
            Command::Accept => return self.window.key().cloned().map_or(Outcome::Done, Outcome::Open),
            Command::Filter => self.find.start(),
            Command::Columns => self.columns.choosing = Some(0),
            Command::Left => self.columns.scroll(-1),
            Command::Right => self.columns.scroll(1),
            Command::Sort => {
                self.columns.sort_by_next();
                return Outcome::Ask(self.ask(From::Start, ids));
            }
            Command::ReverseSort if self.columns.reverse() => {
                return Outcome::Ask(self.ask(From::Start, ids));
            }
            Command::Refresh => return Outcome::Ask(self.refresh(ids)),
            moving => return self.go(moving, ids),
        }
        Outcome::Done
    }

    fn go(&mut self, command: Command, ids: impl FnMut() -> RequestId) -> Outcome {
        let page = self.window.page();
        match command {
            Command::Up => self.window.go(-1),
            Command::Down => self.window.go(1),
            Command::PageUp => self.window.go(-page),
            Command::PageDown => self.window.go(page),
            Command::First if self.window.go_to_start() => {}
            Command::First => return Outcome::Ask(self.ask(From::Start, ids)),
            Command::Last if self.window.go_to_end() => {}
            Command::Last => return Outcome::Ask(self.ask(From::End, ids)),
            Command::Toggle => self.mark(),
            _ => return Outcome::Ignored,
        }
        self.fetch(ids)
    }

    /// Goes to a row that is seen, counted from the top of the table.
    pub fn go_to_seen(&mut self, row: usize, ids: impl FnMut() -> RequestId) -> Outcome {
        self.window.go_to_seen(row);
        self.fetch(ids)
    }

    fn in_chooser(&mut self, command: Command) -> Outcome {
        match command {
            Command::Up => self.columns.choose(-1),
            Command::Down => self.columns.choose(1),
            Command::PageUp | Command::First => self.columns.choose(isize::MIN),
            Command::PageDown | Command::Last => self.columns.choose(isize::MAX),
            Command::Toggle => self.columns.toggle(),
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    /// Esc: closes the choice of columns, leaves what is looked for, shows everything again, takes the marks away, one
    /// after the other; ignored where nothing of that is there.
    pub fn step_back(&mut self, ids: impl FnMut() -> RequestId) -> Outcome {
        if self.columns.choosing.take().is_some() {
            return Outcome::Done;
        }
        match self.find.step_back() {
            Back::Left => Outcome::Done,
            Back::Cleared => Outcome::Ask(self.ask(From::Start, ids)),
            Back::Nothing if self.marked.is_empty() => Outcome::Ignored,
            Back::Nothing => {
                self.marked.clear();
                Outcome::Done
            }
        }
    }

    /// Does what `key` means in what is looked for.
    pub fn type_key(&mut self, key: Key, ids: impl FnMut() -> RequestId) -> Outcome {
        if self.find.press(key) { Outcome::Ask(self.ask(From::Start, ids)) } else { Outcome::Done }
    }

    /// Pastes into what is looked for, if it is being typed.
    pub fn paste(&mut self, text: &str, ids: impl FnMut() -> RequestId) -> Outcome {
        if !self.find.is_typing() {
            return Outcome::Ignored;
        }
        self.find.insert(text);
        Outcome::Ask(self.ask(From::Start, ids))
    }

    fn mark(&mut self) {
        let Some(key) = self.window.key().cloned() else { return };
        if !self.marked.remove(&key) {
            self.marked.insert(key);
        }
        self.window.go(1);
    }

    /// Asks for what is missing around the cursor, unless a question is open.
    fn fetch(&mut self, ids: impl FnMut() -> RequestId) -> Outcome {
        match self.window.wants().filter(|_| self.asked.is_none()) {
            Some(from) => Outcome::Ask(self.ask(from, ids)),
            None => Outcome::Done,
        }
    }

    fn ask(&mut self, from: From, mut ids: impl FnMut() -> RequestId) -> Ask {
        let id = ids();
        self.returns_to = None;
        self.asked = Some((id, from.clone()));
        let page =
            Page { from, limit: PAGE, sort: self.columns.sort, filter: self.find.words().text().to_owned() };
        Ask { id, page }
    }

    /// Whether that question is open.
    pub fn awaits(&self, id: RequestId) -> bool {
        matches!(&self.asked, Some((asked, _)) if *asked == id)
    }

    /// Takes in an answer; one to a question that is no longer open is dropped. Tells what to ask next.
    pub fn take(&mut self, id: RequestId, rows: Rows, ids: impl FnMut() -> RequestId) -> Option<Ask> {
        let (_, from) = self.asked.take_if(|(asked, _)| *asked == id)?;
        self.failure = None;
        self.total = rows.total.or(self.total);
        self.window.take(&from, rows);
        if let Some(key) = self.returns_to.take() {
            self.window.go_to_key(&key);
        }
        match self.fetch(ids) {
            Outcome::Ask(ask) => Some(ask),
            _ => None,
        }
    }

    /// Takes in that a question is not asked after all. The rows stay.
    pub fn withdraw(&mut self, id: RequestId) {
        self.asked.take_if(|(asked, _)| *asked == id);
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

    /// Takes all marks away.
    pub fn unmark(&mut self) {
        self.marked.clear();
    }

    /// The marked rows, in sight or not.
    pub fn marked(&self) -> &BTreeSet<RowKey> {
        &self.marked
    }

    /// What is looked for.
    pub fn find(&self) -> &Find {
        &self.find
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
