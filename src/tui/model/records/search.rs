//! One box to find any record by: it answers while one types.

use super::ask::Question;
use crate::domain::records::Found;
use crate::tui::model::command::Command;
use crate::tui::model::field::Field;
use crate::tui::model::key::Key;
use crate::tui::model::message::{Effect, Failure, Query, RequestId};

/// Rows a page goes.
const PAGE: usize = 10;

/// The state of the box.
#[derive(Debug, Default)]
pub struct Search {
    /// What is typed.
    pub words: Field,
    /// What was found.
    pub found: Vec<Found>,
    /// Which of it has the cursor.
    pub cursor: usize,
    /// Why nothing could be found out.
    pub failure: Option<Failure>,
    /// Whether what was found is what was typed.
    pub is_answered: bool,
    asked: Option<RequestId>,
}

impl Search {
    /// Whether an answer is on its way.
    pub fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// Types a key; what is typed then is asked for, and what was asked before no longer.
    pub(in crate::tui::model) fn type_key(&mut self, key: Key, id: RequestId) -> Vec<Effect> {
        let before = self.words.text().len();
        if self.words.press(key) && before != self.words.text().len() { self.ask(id) } else { Vec::new() }
    }

    /// Pastes, and asks.
    pub(in crate::tui::model) fn paste(&mut self, text: &str, id: RequestId) -> Vec<Effect> {
        self.words.insert(text);
        self.ask(id)
    }

    fn ask(&mut self, id: RequestId) -> Vec<Effect> {
        let before = self.asked.take().map(Effect::GiveUp);
        self.is_answered = false;
        if self.words.text().trim().is_empty() {
            self.found.clear();
            return before.into_iter().collect();
        }
        self.asked = Some(id);
        let question = Question::Search(self.words.text().to_owned());
        before.into_iter().chain([Effect::Query(id, Query::Records(question))]).collect()
    }

    /// Moves the cursor.
    pub(in crate::tui::model) fn go(&mut self, command: Command) {
        let last = self.found.len().saturating_sub(1);
        self.cursor = match command {
            Command::Up => self.cursor.saturating_sub(1),
            Command::Down => self.cursor + 1,
            Command::PageUp => self.cursor.saturating_sub(PAGE),
            Command::PageDown => self.cursor + PAGE,
            _ => self.cursor,
        }
        .min(last);
    }

    /// The cursor goes to a row.
    pub(in crate::tui::model) fn go_to(&mut self, row: usize) {
        self.cursor = row.min(self.found.len().saturating_sub(1));
    }

    /// What has the cursor.
    pub fn current(&self) -> Option<&Found> {
        self.found.get(self.cursor)
    }

    /// Takes an answer, if it is to what is asked now.
    pub(super) fn take(&mut self, id: RequestId, found: Vec<Found>) {
        if self.asked.take_if(|asked| *asked == id).is_some() {
            (self.found, self.cursor, self.failure, self.is_answered) = (found, 0, None, true);
        }
    }

    /// Takes in that it could not be found out. What was found before is not what was typed.
    pub(super) fn fail(&mut self, id: RequestId, failure: &Failure) -> bool {
        let is_its_own = self.asked.take_if(|asked| *asked == id).is_some();
        if is_its_own {
            self.found.clear();
            self.failure = Some(failure.clone());
        }
        is_its_own
    }
}
