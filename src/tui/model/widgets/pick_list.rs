//! A list to pick from, narrowed by typing a few letters.

use crate::tui::model::command::Command;
use crate::tui::model::field::Field;
use crate::tui::model::fuzzy::rank;
use crate::tui::model::key::Key;

/// Rows that a key for a whole page moves by.
const PAGE: usize = 10;

/// An item that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a, T> {
    /// The item.
    pub item: &'a T,
    /// Which it is among those found, from 0.
    pub position: usize,
    /// What it is called.
    pub name: &'a str,
    /// Which graphemes of the name were asked for, from 0.
    pub matched: &'a [u32],
    /// Whether the cursor is on it.
    pub is_current: bool,
}

/// Items of any kind by their names.
#[derive(Debug)]
pub struct PickList<T> {
    items: Vec<(T, String)>,
    query: Field,
    found: Vec<(usize, Vec<u32>)>,
    cursor: usize,
}

impl<T> PickList<T> {
    /// All items in their order, each with its name, the cursor on the first.
    pub fn new(items: Vec<(T, String)>) -> PickList<T> {
        let mut list = PickList { items, query: Field::default(), found: Vec::new(), cursor: 0 };
        list.find();
        list
    }

    /// Moves the cursor as the command says. A single step goes around at the ends; a page stops there.
    pub fn command(&mut self, command: Command) {
        let last = self.found.len().saturating_sub(1);
        self.cursor = match command {
            Command::Up => self.cursor.checked_sub(1).unwrap_or(last),
            Command::Down if self.cursor >= last => 0,
            Command::Down => self.cursor + 1,
            Command::PageUp => self.cursor.saturating_sub(PAGE),
            Command::PageDown => (self.cursor + PAGE).min(last),
            _ => self.cursor,
        };
    }

    /// Moves the cursor to a row, counted among those found; stays where there is no such row.
    pub fn go_to(&mut self, row: usize) {
        if row < self.found.len() {
            self.cursor = row;
        }
    }

    /// Does what `key` means in what is looked for.
    pub fn type_key(&mut self, key: Key) {
        let before = self.query.text().len();
        if self.query.press(key) && before != self.query.text().len() {
            self.find();
        }
    }

    /// Pastes into what is looked for.
    pub fn paste(&mut self, text: &str) {
        self.query.insert(text);
        self.find();
    }

    fn find(&mut self) {
        self.found = rank(self.query.text(), self.items.iter().map(|(_, name)| name.as_str()));
        self.cursor = 0;
    }

    /// The item the cursor is on.
    pub fn current(&self) -> Option<&T> {
        let (index, _) = self.found.get(self.cursor)?;
        self.items.get(*index).map(|(item, _)| item)
    }

    /// The items that were found, the best first.
    pub fn found(&self) -> impl Iterator<Item = &T> {
        self.found.iter().filter_map(|(index, _)| self.items.get(*index)).map(|(item, _)| item)
    }

    /// Which of those found the cursor is on.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The names of all items, found or not.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|(_, name)| name.as_str())
    }

    /// What is looked for.
    pub fn query(&self) -> &Field {
        &self.query
    }

    /// How many were found, and of how many.
    pub fn counts(&self) -> (usize, usize) {
        (self.found.len(), self.items.len())
    }

    /// The items seen where there is room for `height` of them.
    pub fn seen(&self, height: usize) -> impl Iterator<Item = Found<'_, T>> {
        let first = (self.cursor + 1).saturating_sub(height);
        self.found.iter().enumerate().skip(first).take(height).filter_map(|(position, (index, matched))| {
            let (item, name) = self.items.get(*index)?;
            Some(Found { item, position, name, matched, is_current: position == self.cursor })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> PickList<u8> {
        let names = ["South Crag Bikes", "Belstow Bikes", "Redmoor Bikes"];
        PickList::new((1..).zip(names.map(str::to_owned)).collect())
    }

    /// What a test does: a command, or letters.
    enum Do {
        Give(Command),
        Type(&'static str),
    }
    use Do::{Give, Type};

    #[test]
    fn letters_narrow_the_list_and_the_cursor_goes_around() {
        let table: &[(&[Do], Option<u8>)] = &[
            (&[], Some(1)),
            (&[Give(Command::Down), Give(Command::Down)], Some(3)),
            (&[Give(Command::Down), Give(Command::Down), Give(Command::Down)], Some(1)),
            (&[Give(Command::Up)], Some(3)),
            (&[Give(Command::PageDown), Give(Command::PageDown)], Some(3)),
            (&[Give(Command::Down), Type("bel")], Some(2)),
            (&[Type("x"), Give(Command::Down)], None),
        ];
        for (number, (steps, current)) in table.iter().enumerate() {
            let mut list = list();
            for step in *steps {
                match step {
                    Give(command) => list.command(*command),
                    Type(text) => text.chars().for_each(|letter| list.type_key(Key::char(letter))),
                }
            }
            assert_eq!(list.current(), current.as_ref(), "{number}");
        }
    }

    #[test]
    fn the_cursor_is_always_seen() {
        let mut list = list();
        list.command(Command::PageDown);
        let seen: Vec<_> = list.seen(2).map(|found| (found.name, found.is_current)).collect();
        assert_eq!(seen, [("Belstow Bikes", false), ("Redmoor Bikes", true)]);
    }
}
