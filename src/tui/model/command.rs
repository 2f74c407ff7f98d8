//! The one table of commands: keys, hint bar, help and the check of permissions all read it.

use super::key::{Code, Key};
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
}

/// Where a command can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is a screen, a state of one, or what lies over it")]
pub enum Place {
    Everywhere,
    SignedIn,
    SignIn,
    Dashboard,
    LoadForm,
    LoadRunning,
    LoadDone,
    StoreList,
    Question,
    Text,
}

impl Place {
    /// Its name as a heading of the help.
    pub fn heading(self) -> &'static str {
        match self {
            Place::Everywhere => "Everywhere",
            Place::SignedIn => "On every screen",
            Place::SignIn => "Sign in",
            Place::Dashboard => "Dashboard",
            Place::LoadForm | Place::LoadRunning | Place::LoadDone => "Load data",
            Place::StoreList => "List of stores",
            Place::Question => "Question",
            Place::Text => "Text",
        }
    }
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
    /// What it does, for the hint bar and the help.
    pub label: &'static str,
    /// Its keys, the one to show first.
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
    Entry { command, label, keys, place, permission: None, risk: Risk::None, hint: true }
}

const fn quiet(command: Command, label: &'static str, keys: &'static [Key], place: Place) -> Entry {
    Entry { hint: false, ..shown(command, label, keys, place) }
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
        ..shown(Command::PickStore, "store", &[Key::char('s')], Place::Dashboard)
    },
    quiet(Command::NextStore, "next store", &[Key::char('S')], Place::Dashboard),
    shown(Command::PreviousMonth, "earlier", &[Key::char('['), Key::plain(Code::PageUp)], Place::Dashboard),
    shown(Command::NextMonth, "later", &[Key::char(']'), Key::plain(Code::PageDown)], Place::Dashboard),
    shown(Command::NextMeasure, "measure", &[Key::char('b')], Place::Dashboard),
    quiet(Command::Refresh, "refresh", &[Key::char('r'), Key::plain(Code::F(5))], Place::Dashboard),
    quiet(Command::Copy, "copy the figure", &[Key::char('y')], Place::Dashboard),
    shown(Command::Explain, "explain", &[Key::char('?')], Place::Dashboard),
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
        ..shown(Command::Accept, "start", &[ENTER], Place::LoadForm)
    },
    shown(Command::Complete, "complete", &[TAB], Place::LoadForm),
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
    quiet(Command::Back, "close", &[ESC, Key::char('q')], Place::StoreList),
    shown(Command::Yes, "yes", &[Key::char('y')], Place::Question),
    shown(Command::No, "no", &[Key::char('n'), ENTER, ESC, Key::char('q')], Place::Question),
    shown(Command::Back, "close", &[ESC, ENTER, Key::char('q')], Place::Text),
    quiet(Command::Up, "up", &[UP, Key::char('k')], Place::Text),
    quiet(Command::Down, "down", &[DOWN, Key::char('j')], Place::Text),
    Entry {
        permission: Some(Permission::ViewDashboard),
        ..shown(
            Command::OpenDashboard,
            "dashboard",
            &[Key::plain(Code::F(2)), Key::char('1')],
            Place::SignedIn,
        )
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
    shown(Command::Help, "help", &[Key::plain(Code::F(1)), Key::char('?')], Place::Everywhere),
    Entry {
        risk: Risk::ConfirmWhileLoading(QUIT),
        ..shown(Command::Quit, "quit", &[Key::char('q'), Key::ctrl('c')], Place::Everywhere)
    },
    quiet(Command::NextTheme, "next theme", &[Key::plain(Code::F(8))], Place::Everywhere),
    quiet(Command::Suspend, "back to the shell (fg returns)", &[Key::ctrl('z')], Place::Everywhere),
];

/// The rows that hold at these places, the most particular place first.
pub fn at(places: &[Place]) -> impl Iterator<Item = &'static Entry> {
    places.iter().flat_map(|place| TABLE.iter().filter(move |entry| entry.place == *place))
}

/// The row `key` stands for at these places.
pub fn find(places: &[Place], key: Key) -> Option<&'static Entry> {
    at(places).find(|entry| entry.keys.contains(&key))
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
    fn every_command_has_a_key_and_a_label() {
        for entry in TABLE {
            assert!(!entry.keys.is_empty() && !entry.label.is_empty(), "{:?}", entry.command);
        }
    }
}
