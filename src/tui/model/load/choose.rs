//! The first step of a load: which files, and how.

use super::choices::{Choice, Choices};
use super::folder::{Entry, Folder, Kind, Row, split};
use crate::tui::model::command::Command;
use crate::tui::model::field::Field;
use crate::tui::model::key::Key;
use std::collections::BTreeSet;

/// Which part of the step has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The path, and the list below it.
    #[default]
    Path,
    /// A choice.
    Choice(Choice),
}

/// What Enter comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen {
    /// These are to be loaded.
    Take(Vec<String>),
    /// The path is another now.
    Opened,
    /// There is nothing chosen.
    Nothing,
}

/// The step.
#[derive(Debug, Default)]
pub struct Choose {
    /// The path being typed.
    pub path: Field,
    /// What has the focus.
    pub focus: Focus,
    /// What is in the path's folder.
    pub folder: Folder,
    /// The paths that are marked.
    pub marked: BTreeSet<String>,
    /// How the load is done.
    pub choices: Choices,
}

impl Choose {
    /// Does what a key means in the path. Tells whether the path is another now.
    pub(super) fn type_key(&mut self, key: Key) -> bool {
        let before = self.path.text().len();
        // A key either adds or takes away: the same length is the same text.
        self.path.press(key) && before != self.path.text().len()
    }

    /// Moves in the list, or between the choices.
    pub(super) fn go(&mut self, command: Command) {
        match self.focus {
            Focus::Path => {
                self.folder.rows.command(command);
                self.folder.moved();
            }
            Focus::Choice(_) if command == Command::Up => self.previous_field(),
            Focus::Choice(_) if command == Command::Down => self.next_field(),
            Focus::Choice(choice) => self.choices.turn(choice, command == Command::Left),
        }
    }

    /// A row of the list was clicked, counted among those found.
    pub(in crate::tui::model) fn go_to_row(&mut self, row: usize) {
        self.focus = Focus::Path;
        self.folder.rows.go_to(row);
        self.folder.moved();
    }

    pub(super) fn next_field(&mut self) {
        self.focus = self.field_after(1);
    }

    pub(super) fn previous_field(&mut self) {
        self.focus = self.field_after(Choice::EACH.len());
    }

    /// The field so many further on; around at the end.
    fn field_after(&self, by: usize) -> Focus {
        let at = match self.focus {
            Focus::Path => 0,
            Focus::Choice(choice) => {
                1 + Choice::EACH.iter().position(|one| *one == choice).unwrap_or_default()
            }
        };
        let to = (at + by) % (Choice::EACH.len() + 1);
        match to.checked_sub(1).and_then(|to| Choice::EACH.get(to)) {
            Some(choice) => Focus::Choice(*choice),
            None => Focus::Path,
        }
    }

    /// A field, counted from 0, was clicked: it has the focus, and a choice turns.
    pub(in crate::tui::model) fn touch(&mut self, field: usize) {
        self.focus = match field.checked_sub(1).and_then(|choice| Choice::EACH.get(choice)) {
            Some(choice) => Focus::Choice(*choice),
            None => Focus::Path,
        };
        if let Focus::Choice(choice) = self.focus {
            self.choices.turn(choice, false);
        }
    }

    /// Completes the path from what is in the folder, as far as it is certain. Tells whether there was anything to add.
    pub(super) fn complete(&mut self) -> bool {
        let (folder, rest) = split(self.path.text());
        let Some((name, is_folder)) = self.folder.completed(rest) else {
            return false;
        };
        let whole = format!("{folder}{name}{}", if is_folder { "/" } else { "" });
        if whole.len() <= self.path.text().len() {
            return false;
        }
        self.path.set(&whole);
        true
    }

    /// The path of a row of the list.
    pub fn path_of(&self, entry: &Entry) -> String {
        format!("{}{}", split(self.path.text()).0, entry.name)
    }

    /// Whether that row is marked.
    pub fn is_marked(&self, entry: &Entry) -> bool {
        self.marked.contains(&self.path_of(entry))
    }

    /// Marks the row with the cursor, or takes the mark away.
    pub(super) fn mark(&mut self) {
        if let Some(Row::Entry(entry)) = self.folder.rows.current() {
            let path = self.path_of(entry);
            if !self.marked.remove(&path) {
                self.marked.insert(path);
            }
        }
        self.go(Command::Down);
    }

    /// Goes to the folder above. Tells whether there is one.
    pub(super) fn go_up(&mut self) -> bool {
        let up = self.folder.listing().ok().and_then(|listing| listing.up.clone());
        if let Some(up) = &up {
            self.path.set(up);
        }
        up.is_some()
    }

    /// Enter: what is marked is taken; or the row with the cursor is opened or taken; or the path as it is typed.
    pub(super) fn choose(&mut self) -> Chosen {
        if !self.marked.is_empty() {
            return Chosen::Take(self.marked.iter().cloned().collect());
        }
        let typed = unquoted(self.path.text()).to_owned();
        let (folder, rest) = split(&typed);
        let is_in_list = self.folder.listing().is_ok() && self.path.text() == typed;
        match self.folder.rows.current().filter(|_| is_in_list).cloned() {
            Some(Row::Here(_)) => Chosen::Take(vec![if folder.is_empty() { "." } else { folder }.to_owned()]),
            Some(Row::Up) => {
                self.go_up();
                Chosen::Opened
            }
            Some(Row::Entry(entry)) => {
                let path = format!("{folder}{}", entry.name);
                let is_typed_in_full = entry.name == rest && !self.folder.is_moved();
                if entry.kind == Kind::Folder && !is_typed_in_full {
                    self.path.set(&format!("{path}/"));
                    return Chosen::Opened;
                }
                Chosen::Take(vec![path])
            }
            None if typed.is_empty() => Chosen::Nothing,
            None => Chosen::Take(vec![typed]),
        }
    }
}

/// The path without the quotes that a file manager puts around what it copies.
fn unquoted(path: &str) -> &str {
    let path = path.trim();
    let inside = |quote| path.strip_prefix(quote)?.strip_suffix(quote);
    inside('\'').or_else(|| inside('"')).unwrap_or(path)
}
