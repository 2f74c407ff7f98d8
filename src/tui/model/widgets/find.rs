//! What is looked for in a list, a table or a log: `/` begins to type it.

use crate::tui::model::field::Field;
use crate::tui::model::key::Key;

/// The words looked for.
#[derive(Debug, Default)]
pub struct Find {
    words: Field,
    is_typing: bool,
}

/// What a step back did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// There was nothing to leave.
    Nothing,
    /// The words are no longer typed; they stay.
    Left,
    /// The words went: everything is shown again.
    Cleared,
}

impl Find {
    /// What is looked for; everything where it is empty.
    pub fn words(&self) -> &Field {
        &self.words
    }

    /// Whether keys go into the words.
    pub fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// The words can be typed now.
    pub fn start(&mut self) {
        self.is_typing = true;
    }

    /// Goes back to what was found.
    pub fn stop(&mut self) {
        self.is_typing = false;
    }

    /// Esc: first the words stand as they are, then they go.
    pub fn step_back(&mut self) -> Back {
        if std::mem::take(&mut self.is_typing) {
            return Back::Left;
        }
        if self.words.is_empty() {
            return Back::Nothing;
        }
        self.words.clear();
        Back::Cleared
    }

    /// Does what `key` means in the words. Tells whether they changed.
    pub fn press(&mut self, key: Key) -> bool {
        let before = self.words.text().len();
        // A key either adds or takes away: the same length is the same text.
        self.words.press(key) && before != self.words.text().len()
    }

    /// Types `text` into the words.
    pub fn insert(&mut self, text: &str) {
        self.words.insert(text);
    }
}
