//! A line of text being typed.

use super::key::{Code, Key};
use crate::domain::clean;
use secrecy::SecretString;
use secrecy::zeroize::Zeroize;
use std::fmt;
use unicode_segmentation::UnicodeSegmentation;

/// The longest text a field takes, in bytes: longer than any path or password, short enough for a wild paste.
pub const LONGEST: usize = 4096;

/// A line of text with a cursor. Its text may be a password: it is wiped when it goes, and never moves in memory.
pub struct Field {
    text: String,
    /// A byte position, always between two graphemes.
    cursor: usize,
}

impl Default for Field {
    fn default() -> Self {
        // Room for the longest text at once: a string that grows leaves copies behind that nobody wipes.
        Field { text: String::with_capacity(LONGEST), cursor: 0 }
    }
}

impl Field {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part before the cursor.
    pub fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// The text as a secret.
    pub fn secret(&self) -> SecretString {
        SecretString::from(self.text.as_str())
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Wipes the text.
    pub fn clear(&mut self) {
        self.text.zeroize();
        self.cursor = 0;
    }

    /// Puts another text there, with the cursor at its end.
    pub fn set(&mut self, text: &str) {
        self.clear();
        self.insert(text);
    }

    /// Types `text` at the cursor: cleaned, and only as much of it as there is room for.
    pub fn insert(&mut self, text: &str) {
        let mut typed = clean(text);
        for grapheme in typed.graphemes(true) {
            if self.text.len() + grapheme.len() > LONGEST {
                break;
            }
            self.text.insert_str(self.cursor, grapheme);
            self.cursor += grapheme.len();
        }
        typed.zeroize();
    }

    /// Does what `key` means in a line of text. Tells whether it meant anything.
    pub fn press(&mut self, key: Key) -> bool {
        if let Some(character) = key.typed() {
            self.insert(character.encode_utf8(&mut [0; 4]));
            return true;
        }
        match (key.code, key.ctrl) {
            (Code::Left, false) => self.cursor = self.previous(),
            (Code::Right, false) => self.cursor = self.next(),
            (Code::Home, _) | (Code::Char('a'), true) => self.cursor = 0,
            (Code::End, _) | (Code::Char('e'), true) => self.cursor = self.text.len(),
            (Code::Backspace, false) => self.remove(self.previous(), self.cursor),
            (Code::Delete, _) => self.remove(self.cursor, self.next()),
            (Code::Char('u'), true) => self.remove(0, self.cursor),
            (Code::Char('w'), true) => self.remove(self.word_start(), self.cursor),
            _ => return false,
        }
        true
    }

    fn previous(&self) -> usize {
        self.before_cursor().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn next(&self) -> usize {
        let rest = self.text.get(self.cursor..).unwrap_or_default();
        self.cursor + rest.graphemes(true).next().map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let parts = |character: char| character == ' ' || character == '/';
        self.before_cursor().trim_end_matches(parts).rfind(parts).map_or(0, |at| at + 1)
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.text.drain(from..to);
        self.cursor = from;
    }
}

impl Drop for Field {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Any field may hold a password: none shows its text in a log.
        f.debug_struct("Field").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[Key]) -> Field {
        let mut field = Field::default();
        for key in keys {
            field.press(*key);
        }
        field
    }

    #[test]
    fn keys_edit_the_line() {
        let left = Key::plain(Code::Left);
        let back = Key::plain(Code::Backspace);
        let table: &[(&[Key], &str, &str)] = &[
            (&[Key::char('a'), Key::char('b'), left, Key::char('x')], "axb", "ax"),
            (&[Key::char('a'), back, back], "", ""),
            (&[Key::char('a'), left, Key::plain(Code::Delete)], "", ""),
            (&[Key::char('a'), Key::ctrl('a'), Key::char('b')], "ba", "b"),
            (&[Key::char('a'), Key::char('/'), Key::char('b'), Key::ctrl('w')], "a/", "a/"),
            (&[Key::char('a'), Key::char('b'), Key::ctrl('u')], "", ""),
        ];
        for (keys, text, before) in table {
            let field = typed(keys);
            assert_eq!((field.text(), field.before_cursor()), (*text, *before), "{keys:?}");
        }
    }

    #[test]
    fn a_cursor_never_splits_what_is_seen_as_one_character() {
        let mut field = Field::default();
        field.insert("e\u{301}👩‍🌾");
        field.press(Key::plain(Code::Left));
        field.press(Key::plain(Code::Left));
        field.press(Key::plain(Code::Left));
        field.press(Key::plain(Code::Delete));
        assert!(!field.text().contains('e'));
    }

    #[test]
    fn a_paste_is_cleaned_and_cut_at_the_longest() {
        let mut field = Field::default();
        field.insert("\x1b[31mred\r\n");
        assert_eq!(field.text(), "[31mred  ");
        let room = field.text.capacity();
        field.insert(&"x".repeat(100_000));
        assert_eq!(field.text().len(), LONGEST);
        assert_eq!(field.text.capacity(), room, "a text that moves leaves a copy behind");
    }

    #[test]
    fn debug_output_does_not_show_the_text() {
        let mut field = Field::default();
        field.insert("canary");
        assert!(!format!("{field:?}").contains("canary"));
    }
}
