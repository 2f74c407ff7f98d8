//! A list to pick from, narrowed by typing a few letters.

use crate::tui::model::field::Field;
use crate::tui::model::fuzzy::rank;
use crate::tui::model::key::{Code, Key};

/// What a key came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// It means nothing here.
    Ignored,
    /// The list took it.
    Taken,
    /// The person picked [`PickList::current`].
    Picked,
}

/// An item that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
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

    /// Does what `key` means.
    pub fn press(&mut self, key: Key) -> Pressed {
        let last = self.found.len().saturating_sub(1);
        match (key.code, key.ctrl) {
            (Code::Up, _) | (Code::Char('p'), true) => self.cursor = self.cursor.saturating_sub(1),
            (Code::Down, _) | (Code::Char('n'), true) => self.cursor = (self.cursor + 1).min(last),
            (Code::PageUp, _) => self.cursor = self.cursor.saturating_sub(10),
            (Code::PageDown, _) => self.cursor = (self.cursor + 10).min(last),
            (Code::Enter, _) if self.current().is_some() => return Pressed::Picked,
            _ if self.query.press(key) => self.find(),
            _ => return Pressed::Ignored,
        }
        Pressed::Taken
    }

    /// Pastes into what is looked for.
    pub fn paste(&mut self, text: &str) {
        self.query.insert(text.trim_end_matches(['\r', '\n']));
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

    /// What is looked for.
    pub fn query(&self) -> &Field {
        &self.query
    }

    /// How many were found, and of how many.
    pub fn counts(&self) -> (usize, usize) {
        (self.found.len(), self.items.len())
    }

    /// The items seen where there is room for `height` of them.
    pub fn seen(&self, height: usize) -> impl Iterator<Item = Found<'_>> {
        let first = (self.cursor + 1).saturating_sub(height);
        self.found.iter().enumerate().skip(first).take(height).filter_map(|(position, (index, matched))| {
            let (_, name) = self.items.get(*index)?;
            Some(Found { name, matched, is_current: position == self.cursor })
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

    #[test]
    fn letters_narrow_the_list_and_enter_picks() {
        let (down, enter) = (Key::plain(Code::Down), Key::plain(Code::Enter));
        let table: &[(&[Key], Option<u8>)] = &[
            (&[enter], Some(1)),
            (&[down, down, down, enter], Some(3)),
            (&[down, Key::char('b'), Key::char('e'), Key::char('l'), enter], Some(2)),
            (
                &[Key::char('r'), Key::char('o'), Key::plain(Code::Backspace), Key::ctrl('u'), down, enter],
                Some(2),
            ),
            (&[Key::char('x'), enter], None),
        ];
        for (keys, picked) in table {
            let mut list = list();
            let last = keys.iter().map(|key| list.press(*key)).last();
            assert_eq!(
                (last == Some(Pressed::Picked)).then(|| *list.current().unwrap()),
                *picked,
                "{keys:?}"
            );
        }
    }

    #[test]
    fn the_cursor_is_always_seen() {
        let mut list = list();
        list.press(Key::plain(Code::PageDown));
        let seen: Vec<_> = list.seen(2).map(|found| (found.name, found.is_current)).collect();
        assert_eq!(seen, [("Belstow Bikes", false), ("Redmoor Bikes", true)]);
    }
}
