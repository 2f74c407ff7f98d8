//! The palette: every command that can be given now, found by a few letters of its words.

use super::command::Entry;
use super::field::Field;
use super::fuzzy;
use super::key::Key;

/// What is offered, what was typed, and what of the one fits the other.
#[derive(Debug)]
pub struct Palette {
    query: Field,
    offered: Vec<&'static Entry>,
    found: Vec<Found>,
    cursor: usize,
}

/// A command that fits what was typed.
#[derive(Debug)]
pub struct Found {
    /// Which.
    pub entry: &'static Entry,
    /// The graphemes of its words that were typed, from 0.
    pub letters: Vec<u32>,
}

impl Palette {
    /// A palette of these commands, with nothing typed.
    pub fn new(offered: Vec<&'static Entry>) -> Palette {
        let mut palette = Palette { query: Field::default(), offered, found: Vec::new(), cursor: 0 };
        palette.find();
        palette
    }

    /// What was typed.
    pub fn query(&self) -> &Field {
        &self.query
    }

    /// How many commands there are, found or not.
    pub fn offered(&self) -> usize {
        self.offered.len()
    }

    /// The commands that fit, the best first.
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// Which of them the cursor is on.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The command the cursor is on.
    pub fn chosen(&self) -> Option<&'static Entry> {
        self.found.get(self.cursor).map(|found| found.entry)
    }

    /// One up, or from the first to the last.
    pub fn up(&mut self) {
        self.cursor = self.cursor.checked_sub(1).unwrap_or(self.found.len().saturating_sub(1));
    }

    /// One down, or from the last to the first.
    pub fn down(&mut self) {
        self.cursor = if self.cursor + 1 < self.found.len() { self.cursor + 1 } else { 0 };
    }

    /// To that row, if there is one.
    pub fn go_to(&mut self, row: usize) {
        if row < self.found.len() {
            self.cursor = row;
        }
    }

    /// Does what `key` means in what is typed.
    pub fn press(&mut self, key: Key) {
        if self.query.press(key) {
            self.find();
        }
    }

    /// Types `text`.
    pub fn insert(&mut self, text: &str) {
        self.query.insert(text);
        self.find();
    }

    fn find(&mut self) {
        let ranked = fuzzy::rank(self.query.text(), self.offered.iter().map(|entry| entry.words));
        self.found = ranked
            .into_iter()
            .filter_map(|(index, letters)| Some(Found { entry: self.offered.get(index)?, letters }))
            .collect();
        self.cursor = 0;
    }
}
