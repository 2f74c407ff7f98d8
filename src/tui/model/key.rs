//! Keys as the program knows them, whatever reads them from the terminal.

use std::fmt;

/// A key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
}

/// Which key, without Control and Alt; Shift is in the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is what stands on the key")]
pub enum Code {
    Char(char),
    F(u8),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
}

impl Key {
    /// The key alone.
    pub const fn plain(code: Code) -> Key {
        Key { code, ctrl: false, alt: false }
    }

    /// A character alone.
    pub const fn char(character: char) -> Key {
        Key::plain(Code::Char(character))
    }

    /// A character with Control.
    pub const fn ctrl(character: char) -> Key {
        Key { code: Code::Char(character), ctrl: true, alt: false }
    }

    /// The key a person writes as `word`: `s`, `F6`, `Ctrl-P` or `^P`, `Alt-x`, `PgUp`. Nothing where it is none, or one
    /// that does not reach the program from every terminal: Ctrl-Enter and its like get lost in tmux, and Ctrl-I and
    /// Ctrl-M are Tab and Enter (VT100 User Guide, table 3-5).
    pub fn read(word: &str) -> Option<Key> {
        let after = |prefix: &str| {
            let begins = word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
            word.get(prefix.len()..).filter(|rest| begins && !rest.is_empty())
        };
        if let Some(rest) = after("Ctrl-").or_else(|| after("^")) {
            let letter = only(rest)?.to_ascii_lowercase();
            return (letter.is_ascii_lowercase() && !matches!(letter, 'i' | 'm')).then(|| Key::ctrl(letter));
        }
        if let Some(rest) = after("Alt-") {
            let character = only(rest).filter(char::is_ascii_graphic)?;
            return Some(Key { alt: true, ..Key::char(character) });
        }
        if let Some(character) = only(word).filter(|character| !character.is_control() && *character != ' ') {
            return Some(NAMES.iter().find(|(name, _)| *name == word).map_or(Key::char(character), named));
        }
        if let Some(number) = after("F") {
            return number
                .parse()
                .ok()
                .filter(|number| (1..=12).contains(number))
                .map(|number| Key::plain(Code::F(number)));
        }
        NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(named)
    }

    /// The character to type into a field, if that is what the key means.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(character) if !self.ctrl && !self.alt && !character.is_control() => Some(character),
            _ => None,
        }
    }
}

fn named((_, code): &(&str, Code)) -> Key {
    Key::plain(*code)
}

/// The character of a word that has only one.
fn only(word: &str) -> Option<char> {
    let mut characters = word.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// The keys that have a name, the one shown first.
const NAMES: &[(&str, Code)] = &[
    ("Space", Code::Char(' ')),
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Shift-Tab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Del", Code::Delete),
    ("←", Code::Left),
    ("→", Code::Right),
    ("↑", Code::Up),
    ("↓", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("^")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(character) if self.ctrl => write!(f, "{}", character.to_uppercase()),
            Code::Char(character) => write!(f, "{character}"),
            Code::F(number) => write!(f, "F{number}"),
            // All others have names.
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::model::command::TABLE;

    #[test]
    fn a_key_is_read_as_it_is_shown() {
        for key in TABLE.iter().flat_map(|entry| entry.keys) {
            assert_eq!(Key::read(&key.to_string()), Some(*key), "{key}");
        }
        for (_, code) in NAMES {
            assert_eq!(Key::read(&Key::plain(*code).to_string()), Some(Key::plain(*code)));
        }
    }

    #[test]
    fn people_write_keys_in_more_than_one_way() {
        let alt_x = Key { alt: true, ..Key::char('x') };
        let table = [
            ("Ctrl-P", Some(Key::ctrl('p'))),
            ("ctrl-p", Some(Key::ctrl('p'))),
            ("^p", Some(Key::ctrl('p'))),
            ("^", Some(Key::char('^'))),
            ("F", Some(Key::char('F'))),
            ("f12", Some(Key::plain(Code::F(12)))),
            ("Alt-x", Some(alt_x)),
            ("pgup", Some(Key::plain(Code::PageUp))),
            ("Down", Some(Key::plain(Code::Down))),
            ("space", Some(Key::char(' '))),
            ("é", Some(Key::char('é'))),
            ("S", Some(Key::char('S'))),
            ("F0", None),
            ("F13", None),
            ("Ctrl-Enter", None),
            ("Ctrl-1", None),
            ("Ctrl-I", None),
            ("Ctrl-M", None),
            ("Alt-Enter", None),
            ("Ctrl-", None),
            (" ", None),
            ("", None),
            ("Strg-P", None),
        ];
        for (written, key) in table {
            assert_eq!(Key::read(written), key, "{written:?}");
        }
    }
}
