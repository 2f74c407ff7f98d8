//! Which keys give which command: the table's own, with what a person's `keymap.toml` says laid over them.

use super::command::{Command, Entry, Place, TABLE, at};
use super::key::Key;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The table's own keys, as a person would write them: what `keymap.toml` may hold.
pub const DEFAULT: &str = include_str!("../../../config/keymap.toml");

/// The keys in force.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    changed: Vec<(&'static Entry, Vec<Key>)>,
}

/// What is wrong with a `keymap.toml`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct KeymapError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What can be wrong in a line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is not TOML.
    Syntax(String),
    /// No place is called that; the nearest name follows.
    Section(String, &'static str),
    /// No command of that section is called that; the nearest name follows.
    Command(String, &'static str, String),
    /// What stands there is no list of keys.
    NoKeys,
    /// No terminal tells that key, or not every terminal does.
    Key(String),
    /// A key with a character, where characters are typed.
    Typed(Key, &'static str),
    /// Nobody could leave while text is typed.
    NoWayOut,
    /// Another command of that section has the key.
    Clash(Key, &'static str, String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Syntax(word) => {
                write!(f, "{word}. The form is: name = [\"key\", \"other key\"] under a [section].")
            }
            Fault::Section(written, nearest) => {
                write!(f, "there is no section [{written}]. The nearest is [{nearest}].")
            }
            Fault::Command(written, section, nearest) => {
                write!(f, "[{section}] has no command {written:?}. The nearest is {nearest:?}.")
            }
            Fault::NoKeys => f.write_str("a command needs a list of one key or more, like [\"s\", \"F6\"]."),
            Fault::Key(written) => write!(
                f,
                "{written:?} is no key that every terminal tells. Take a character, F1 to F12, Enter, Esc, Tab, Shift-Tab, \
                 Space, Backspace, Del, Left, Right, Up, Down, Home, End, PgUp, PgDn, or Ctrl- or Alt- with a letter \
                 (but not Ctrl-I or Ctrl-M, which are Tab and Enter)."
            ),
            Fault::Typed(key, section) => {
                write!(f, "in [{section}] {key} is typed as text. Take a key like F6 or Ctrl-T.")
            }
            Fault::NoWayOut => f.write_str(
                "letters are typed as text at the sign-in. Give \"quit\" a key that works there too, like Ctrl-C or F10.",
            ),
            Fault::Clash(key, section, other) => {
                write!(f, "{key} is a key of {other:?} in [{section}] too. Give one of the two another key.")
            }
        }
    }
}

/// A command whose keys are changed, each key with where it stands in the text.
struct Change {
    entry: &'static Entry,
    keys: Vec<(Key, usize)>,
}

impl Keymap {
    /// The keys of a row of the table, the one to show first.
    pub fn keys(&self, entry: &'static Entry) -> &[Key] {
        let changed = self.changed.iter().find(|(other, _)| other.id() == entry.id());
        changed.map_or(entry.keys, |(_, keys)| keys)
    }

    /// The row `key` stands for at these places.
    pub fn find(&self, places: &[Place], key: Key) -> Option<&'static Entry> {
        at(places).find(|entry| self.keys(entry).contains(&key))
    }

    /// Reads the text of a `keymap.toml`.
    ///
    /// # Errors
    /// [`KeymapError`]: not TOML, an unknown section or command, a key no terminal tells, a key two commands of a place
    /// would have.
    pub fn read(text: &str) -> Result<Keymap, KeymapError> {
        let changes = changes(text).map_err(|(at, fault)| KeymapError { line: line(text, at), fault })?;
        let of = |change: &Change| (change.entry, change.keys.iter().map(|(key, _)| *key).collect());
        let keymap = Keymap { changed: changes.iter().map(of).collect() };
        for change in &changes {
            for (key, at) in &change.keys {
                if let Some(fault) = keymap.fault(change.entry, *key) {
                    return Err(KeymapError { line: line(text, *at), fault });
                }
            }
        }
        Ok(keymap)
    }

    /// What is wrong with that key for that command.
    fn fault(&self, entry: &'static Entry, key: Key) -> Option<Fault> {
        if entry.place.is_for_text() && key.typed().is_some() {
            return Some(Fault::Typed(key, entry.place.section()));
        }
        if entry.command == Command::Quit && self.keys(entry).iter().all(|key| key.typed().is_some()) {
            return Some(Fault::NoWayOut);
        }
        let same_place = TABLE.iter().filter(|other| other.place == entry.place && other.id() != entry.id());
        let other = same_place.into_iter().find(|other| self.keys(other).contains(&key))?;
        Some(Fault::Clash(key, entry.place.section(), other.name()))
    }
}

type Wrong = (usize, Fault);

fn changes(text: &str) -> Result<Vec<Change>, Wrong> {
    let parsed = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        (at, Fault::Syntax(error.message().to_owned()))
    })?;
    let mut changes = Vec::new();
    for (name, value) in in_order(parsed.get_ref()) {
        let place = place(name.get_ref()).map_err(|fault| (name.span().start, fault))?;
        let DeValue::Table(commands) = value.get_ref() else {
            return Err((name.span().start, Fault::Section(name.get_ref().to_string(), place.section())));
        };
        for (name, keys) in in_order(commands) {
            let entry = entry(place, name.get_ref()).map_err(|fault| (name.span().start, fault))?;
            changes.push(Change { entry, keys: read_keys(keys, name.span())? });
        }
    }
    Ok(changes)
}

/// The rows as they stand in the text, so that of several faults the first is told.
fn in_order<'a, 'i>(table: &'a DeTable<'i>) -> Vec<(&'a Spanned<DeString<'i>>, &'a Spanned<DeValue<'i>>)> {
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by_key(|(name, _)| name.span().start);
    rows
}

fn place(written: &str) -> Result<Place, Fault> {
    let found = Place::EACH.into_iter().find(|place| place.section() == written);
    found.ok_or_else(|| {
        let nearest = nearest(written, Place::EACH.into_iter().map(Place::section));
        Fault::Section(written.to_owned(), nearest.unwrap_or_default())
    })
}

fn entry(place: Place, written: &str) -> Result<&'static Entry, Fault> {
    let found = TABLE.iter().find(|entry| entry.place == place && entry.name() == written);
    found.ok_or_else(|| {
        let nearest = nearest(written, TABLE.iter().filter(|entry| entry.place == place).map(Entry::name));
        Fault::Command(written.to_owned(), place.section(), nearest.unwrap_or_default())
    })
}

fn nearest<T: AsRef<str>>(written: &str, known: impl Iterator<Item = T>) -> Option<T> {
    let likeness = |name: &T| strsim::normalized_damerau_levenshtein(written, name.as_ref());
    known.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
}

fn read_keys(value: &Spanned<DeValue<'_>>, name: Range<usize>) -> Result<Vec<(Key, usize)>, Wrong> {
    let no_keys = || (name.start, Fault::NoKeys);
    let words = match value.get_ref() {
        DeValue::Array(words) if !words.is_empty() => words,
        _ => return Err(no_keys()),
    };
    words
        .iter()
        .map(|word| {
            let at = word.span().start;
            let DeValue::String(written) = word.get_ref() else {
                return Err(no_keys());
            };
            let key = Key::read(written).ok_or_else(|| (at, Fault::Key(written.to_string())))?;
            Ok((key, at))
        })
        .collect()
}

/// The line, counted from 1, of a place in a text.
fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::model::key::Code;

    #[test]
    fn the_default_file_is_the_table() {
        let keymap = Keymap::read(DEFAULT).unwrap();
        assert_eq!(keymap.changed.len(), TABLE.len(), "a command is missing");
        for entry in TABLE {
            assert_eq!(keymap.keys(entry), entry.keys, "[{}] {}", entry.place.section(), entry.name());
        }
    }

    #[test]
    fn a_changed_key_takes_the_place_of_the_old_one() {
        let keymap = Keymap::read("[dashboard]\nstore = [\"x\", \"F6\"]\n").unwrap();
        let found = |key| keymap.find(&[Place::Dashboard], key).map(|entry| entry.command);
        assert_eq!(found(Key::char('x')), Some(Command::PickStore));
        assert_eq!(found(Key::plain(Code::F(6))), Some(Command::PickStore));
        assert_eq!(found(Key::char('s')), None);
        assert_eq!(found(Key::char('b')), Some(Command::NextMeasure));
    }

    #[test]
    fn two_commands_may_swap_their_keys() {
        let text = "[dashboard]\nearlier = [\"]\"]\nlater = [\"[\"]\n";
        let keymap = Keymap::read(text).unwrap();
        let found = keymap.find(&[Place::Dashboard], Key::char(']')).unwrap();
        assert_eq!(found.command, Command::PreviousPeriod);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let table = [
            ("\n[dashboard\n", 2, "The form is"),
            ("[dashbord]\nstore = [\"x\"]", 1, "The nearest is [dashboard]"),
            ("everywhere = 1", 1, "no section"),
            ("[dashboard]\n\nstor = [\"x\"]", 3, "The nearest is \"store\""),
            ("[dashboard]\nstore = \"x\"", 2, "a list of one key or more"),
            ("[dashboard]\nstore = []", 2, "a list of one key or more"),
            ("[dashboard]\nstore = [1]", 2, "a list of one key or more"),
            ("[dashboard]\nstore = [\n \"x\",\n \"Ctrl-Enter\"]", 4, "\"Ctrl-Enter\" is no key"),
            ("[dashboard]\nstore = [\"b\"]", 2, "b is a key of \"measure\" in [dashboard] too"),
            ("[dashboard]\nstore = [\"F6\"]\nmeasure = [\"F7\", \"F6\"]", 2, "F6 is a key of \"measure\""),
            ("[everywhere]\nquit = [\"Q\"]", 2, "Give \"quit\" a key that works there"),
            ("[sign-in]\nnext-field = [\"x\"]", 2, "typed as text"),
        ];
        for (text, line, words) in table {
            let error = Keymap::read(text).unwrap_err();
            assert_eq!(error.line, line, "{text:?}: {error}");
            assert!(error.to_string().contains(words), "{text:?}: {error}");
        }
    }
}
