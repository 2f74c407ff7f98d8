//! The one table of commands: keys, hint bar, help and the check of permissions all read it.

use super::key::{Code, Key};
pub use super::place::Place;
use crate::domain::Permission;

/// Something a person can ask the program to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table beside each says what it does")]
pub enum Command {
    Quit,
    Suspend,
    NextTheme,
    Help,
    Explain,
    Back,
    Accept,
    NextField,
    PreviousField,
    Up,
    Down,
    Left,
    Right,
    OpenDashboard,
    OpenLoad,
    SignOut,
    PickStore,
    NextStore,
    PreviousMonth,
    NextMonth,
    NextMeasure,
    Refresh,
    Copy,
    Complete,
    Toggle,
    CancelLoad,
    Yes,
    No,
    Palette,
    Filter,
}

/// What has to happen before a command is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    /// Nothing.
    None,
    /// The person says yes to this question.
    Confirm(&'static str),
    /// The person says yes to this question where a load is running.
    ConfirmWhileLoading(&'static str),
}

/// One row of the table.
#[derive(Debug)]
pub struct Entry {
    /// Which command.
    pub command: Command,
    /// What it does, for the hint bar.
    pub label: &'static str,
    /// The same where there is room for more words.
    pub words: &'static str,
    /// Its keys where `keymap.toml` names no others, the one to show first.
    pub keys: &'static [Key],
    /// Where it can be given.
    pub place: Place,
    /// What one must be allowed to do.
    pub permission: Option<Permission>,
    /// What is asked before.
    pub risk: Risk,
    /// Whether the hint bar shows it.
    pub hint: bool,
}

const fn shown(command: Command, label: &'static str, keys: &'static [Key], place: Place) -> Entry {
    Entry { command, label, words: label, keys, place, permission: None, risk: Risk::None, hint: true }
}

const fn quiet(command: Command, label: &'static str, keys: &'static [Key], place: Place) -> Entry {
    Entry { hint: false, ..shown(command, label, keys, place) }
}

impl Entry {
    const fn in_full(self, words: &'static str) -> Entry {
        Entry { words, ..self }
    }

    /// What tells it from every other row.
    pub fn id(&self) -> (Place, Command) {
        (self.place, self.command)
    }

    /// Its name in `keymap.toml`, under the section of its place.
    pub fn name(&self) -> String {
        self.label.replace(' ', "-")
    }

    /// Whether the palette offers it: not a step within a list or a form, which is nothing to look for by its name.
    pub fn is_for_palette(&self) -> bool {
        use Command::*;
        !matches!(
            self.command,
            Up | Down
                | Left
                | Right
                | NextField
                | PreviousField
                | Back
                | Toggle
                | Yes
                | No
                | Filter
                | Palette
        )
    }
}

impl Command {
    /// Whether it leads to another screen.
    pub fn opens_a_screen(self) -> bool {
        matches!(self, Command::OpenDashboard | Command::OpenLoad)
    }
}

const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);
const TAB: Key = Key::plain(Code::Tab);
const BACK_TAB: Key = Key::plain(Code::BackTab);
const UP: Key = Key::plain(Code::Up);
const DOWN: Key = Key::plain(Code::Down);
const QUIT: &str = "A load is running. Stop it and leave? Nothing of it will be written.";

/// Every command there is. Where two fit a key, the one whose place is the more particular wins.
pub const TABLE: &[Entry] = &[
    shown(Command::Accept, "sign in", &[ENTER], Place::SignIn),
    shown(Command::NextField, "next field", &[TAB, DOWN], Place::SignIn),
    quiet(Command::PreviousField, "field before", &[BACK_TAB, UP], Place::SignIn),
    Entry {
        permission: Some(Permission::ViewDashboard),
        ..shown(Command::PickStore, "store", &[Key::char('s')], Place::Dashboard).in_full("pick a store")
    },
    quiet(Command::NextStore, "next store", &[Key::char('S')], Place::Dashboard),
    shown(Command::PreviousMonth, "earlier", &[Key::char('['), Key::plain(Code::PageUp)], Place::Dashboard)
        .in_full("the month before"),
    shown(Command::NextMonth, "later", &[Key::char(']'), Key::plain(Code::PageDown)], Place::Dashboard)
        .in_full("the month after"),
    shown(Command::NextMeasure, "measure", &[Key::char('b')], Place::Dashboard)
        .in_full("next measure: which orders count"),
    quiet(Command::Refresh, "refresh", &[Key::char('r'), Key::plain(Code::F(5))], Place::Dashboard)
        .in_full("refresh all figures"),
    quiet(Command::Copy, "copy", &[Key::char('y')], Place::Dashboard).in_full("copy the figure in focus"),
    shown(Command::Explain, "explain", &[Key::char('?')], Place::Dashboard)
        .in_full("explain the figure in focus"),
    quiet(Command::NextField, "next figure", &[TAB], Place::Dashboard),
    quiet(Command::PreviousField, "figure before", &[BACK_TAB], Place::Dashboard),
    quiet(Command::Up, "figure above", &[UP, Key::char('k')], Place::Dashboard),
    quiet(Command::Down, "figure below", &[DOWN, Key::char('j')], Place::Dashboard),
    quiet(Command::Left, "figure to the left", &[Key::plain(Code::Left), Key::char('h')], Place::Dashboard),
    quiet(
        Command::Right,
        "figure to the right",
        &[Key::plain(Code::Right), Key::char('l')],
        Place::Dashboard,
    ),
    Entry {
        permission: Some(Permission::ImportData),
        ..shown(Command::Accept, "start", &[ENTER], Place::LoadForm).in_full("start loading")
    },
    shown(Command::Complete, "complete", &[TAB], Place::LoadForm).in_full("complete the path, or next field"),
    quiet(Command::NextField, "next field", &[DOWN], Place::LoadForm),
    quiet(Command::PreviousField, "field before", &[BACK_TAB, UP], Place::LoadForm),
    shown(Command::Toggle, "tick", &[Key::char(' ')], Place::LoadForm),
    Entry {
        permission: Some(Permission::ImportData),
        risk: Risk::Confirm("Stop the load? Nothing of it will be written."),
        ..shown(Command::CancelLoad, "stop the load", &[Key::char('c')], Place::LoadRunning)
    },
    shown(Command::Accept, "load something else", &[ENTER], Place::LoadDone),
    quiet(Command::Up, "up", &[UP, Key::char('k')], Place::LoadDone),
    quiet(Command::Down, "down", &[DOWN, Key::char('j')], Place::LoadDone),
    shown(Command::Accept, "choose", &[ENTER], Place::StoreList),
    quiet(Command::Up, "up", &[UP, Key::char('k')], Place::StoreList),
    quiet(Command::Down, "down", &[DOWN, Key::char('j')], Place::StoreList),
    shown(Command::Back, "close", &[ESC, Key::char('q')], Place::StoreList),
    shown(Command::Yes, "yes", &[Key::char('y')], Place::Question),
    shown(Command::No, "no", &[Key::char('n'), ENTER, ESC, Key::char('q')], Place::Question),
    shown(Command::Back, "close", &[ESC, ENTER, Key::char('q')], Place::Text),
    quiet(Command::Up, "up", &[UP, Key::char('k')], Place::Text),
    quiet(Command::Down, "down", &[DOWN, Key::char('j')], Place::Text),
    shown(Command::Filter, "find", &[Key::char('/')], Place::Help).in_full("find a key or a command"),
    shown(Command::Back, "close", &[ESC, Key::char('q')], Place::Help),
    quiet(Command::Accept, "accept", &[ENTER], Place::Help).in_full("keep what was found, or close"),
    quiet(Command::Up, "up", &[UP, Key::char('k')], Place::Help),
    quiet(Command::Down, "down", &[DOWN, Key::char('j')], Place::Help),
    shown(Command::Accept, "do it", &[ENTER], Place::Palette),
    shown(Command::Back, "close", &[ESC], Place::Palette),
    quiet(Command::Up, "up", &[UP, Key::ctrl('p'), BACK_TAB], Place::Palette),
    quiet(Command::Down, "down", &[DOWN, Key::ctrl('n'), TAB], Place::Palette),
    Entry {
        permission: Some(Permission::ViewDashboard),
        ..shown(
            Command::OpenDashboard,
            "dashboard",
            &[Key::plain(Code::F(2)), Key::char('1')],
            Place::SignedIn,
        )
        .in_full("go to the dashboard")
    },
    Entry {
        permission: Some(Permission::ImportData),
        ..shown(Command::OpenLoad, "load data", &[Key::plain(Code::F(3)), Key::char('2')], Place::SignedIn)
    },
    Entry {
        risk: Risk::ConfirmWhileLoading(
            "A load is running. Stop it and sign out? Nothing of it will be written.",
        ),
        ..quiet(Command::SignOut, "sign out", &[Key::plain(Code::F(9))], Place::SignedIn)
    },
    quiet(Command::Back, "go back", &[ESC], Place::Everywhere),
    shown(
        Command::Palette,
        "commands",
        &[Key::char(':'), Key::ctrl('p'), Key::plain(Code::F(7))],
        Place::Everywhere,
    )
    .in_full("find a command by its name"),
    shown(Command::Help, "help", &[Key::plain(Code::F(1)), Key::char('?')], Place::Everywhere)
        .in_full("all keys"),
    Entry {
        risk: Risk::ConfirmWhileLoading(QUIT),
        ..shown(Command::Quit, "quit", &[Key::char('q'), Key::ctrl('c')], Place::Everywhere)
    },
    quiet(Command::NextTheme, "next theme", &[Key::plain(Code::F(8))], Place::Everywhere),
    quiet(Command::Suspend, "suspend", &[Key::ctrl('z')], Place::Everywhere)
        .in_full("back to the shell; fg returns"),
];

/// The rows that hold at these places, the most particular place first.
pub fn at(places: &[Place]) -> impl Iterator<Item = &'static Entry> {
    places.iter().flat_map(|place| TABLE.iter().filter(move |entry| entry.place == *place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_a_place_a_key_means_one_thing() {
        for (position, entry) in TABLE.iter().enumerate() {
            for other in TABLE.iter().skip(position + 1).filter(|other| other.place == entry.place) {
                for key in entry.keys {
                    assert!(!other.keys.contains(key), "{key} at {:?} is clashing", entry.place);
                }
            }
        }
    }

    #[test]
    fn a_place_and_a_name_tell_one_command() {
        for (position, entry) in TABLE.iter().enumerate() {
            for other in TABLE.iter().skip(position + 1).filter(|other| other.place == entry.place) {
                assert_ne!(entry.command, other.command, "{:?}", entry.place);
                assert_ne!(entry.name(), other.name(), "{:?}", entry.place);
            }
        }
    }

    #[test]
    fn what_takes_a_chord_has_another_way_as_well() {
        let is_chord = |key: &Key| key.ctrl || key.alt;
        for entry in TABLE.iter().filter(|entry| entry.keys.iter().any(is_chord)) {
            let plain = entry.keys.iter().any(|key| !is_chord(key) && key.typed().is_none());
            assert!(plain || entry.is_for_palette(), "{:?} at {:?}", entry.command, entry.place);
        }
    }

    #[test]
    fn every_screen_has_a_function_key_and_a_digit() {
        for entry in TABLE.iter().filter(|entry| entry.command.opens_a_screen()) {
            assert!(entry.keys.iter().any(|key| matches!(key.code, Code::F(_))), "{:?}", entry.command);
            assert!(entry.keys.iter().any(|key| key.typed().is_some_and(|c| c.is_ascii_digit())));
        }
    }

    #[test]
    fn every_command_has_a_key_and_a_label() {
        for entry in TABLE {
            assert!(!entry.keys.is_empty() && !entry.label.is_empty(), "{:?}", entry.command);
        }
    }
}
