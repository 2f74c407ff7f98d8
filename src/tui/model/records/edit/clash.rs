//! Two people changed one record: field by field, whose value is taken.

use crate::domain::records::clash::{Difference, Pick, differences, merged};
use crate::domain::records::edit::{Held, Values};
use crate::tui::model::command::Command;

/// What differs, and what is chosen.
#[derive(Debug)]
pub struct Clash {
    /// The record as it is now.
    pub theirs: Held,
    /// The fields that either changed.
    pub differences: Vec<Difference>,
    /// Which of them has the cursor.
    pub cursor: usize,
    /// Whether somebody wanted to save while something was not chosen.
    pub is_urged: bool,
}

impl Clash {
    /// Of a record as it was, as it is now, and as it is wanted.
    pub fn new(base: &Values, theirs: Held, mine: &Values) -> Clash {
        let differences = differences(base, &theirs.values, mine);
        let cursor = differences.iter().position(|one| one.pick.is_none()).unwrap_or(0);
        Clash { theirs, differences, cursor, is_urged: false }
    }

    /// How many fields are still to be chosen.
    pub fn open(&self) -> usize {
        self.differences.iter().filter(|one| one.pick.is_none()).count()
    }

    /// Moves the cursor, or chooses.
    pub(super) fn command(&mut self, command: Command) {
        let last = self.differences.len().saturating_sub(1);
        match command {
            Command::Up => self.cursor = self.cursor.saturating_sub(1),
            Command::Down => self.cursor = (self.cursor + 1).min(last),
            Command::First | Command::PageUp => self.cursor = 0,
            Command::Last | Command::PageDown => self.cursor = last,
            Command::Left => self.pick(Pick::Theirs),
            Command::Right => self.pick(Pick::Mine),
            Command::Toggle => {
                let is_theirs =
                    self.differences.get(self.cursor).is_some_and(|one| one.pick == Some(Pick::Theirs));
                self.pick(if is_theirs { Pick::Mine } else { Pick::Theirs });
            }
            _ => {}
        }
    }

    fn pick(&mut self, pick: Pick) {
        if let Some(one) = self.differences.get_mut(self.cursor) {
            one.pick = Some(pick);
        }
    }

    pub(super) fn go_to(&mut self, row: usize) {
        if row < self.differences.len() {
            self.cursor = row;
        }
    }

    /// What comes of it; nothing while something is to be chosen, to which the cursor goes then.
    pub(super) fn settled(&mut self) -> Option<Values> {
        if let Some(open) = self.differences.iter().position(|one| one.pick.is_none()) {
            self.cursor = open;
            self.is_urged = true;
            return None;
        }
        Some(merged(&self.theirs.values, &self.differences))
    }
}
