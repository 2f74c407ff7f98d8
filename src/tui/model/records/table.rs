//! The commands of the screens of records, one row each.

use crate::domain::Permission;
use crate::tui::model::command::{Command, Entry, quiet, shown};
use crate::tui::model::key::{Code, Key};
use crate::tui::model::place::Place;

const fn viewing(entry: Entry) -> Entry {
    Entry { permission: Some(Permission::ViewData), ..entry }
}

/// Them.
pub(in crate::tui::model) const OF_RECORDS: &[Entry] = &[
    viewing(shown(Command::Search, "search", &[Key::ctrl('f')], Place::SignedIn))
        .in_full("search all records"),
    viewing(shown(Command::Accept, "open", &[Key::plain(Code::Enter)], Place::Search))
        .in_full("open what was found"),
    viewing(shown(Command::PickTable, "table", &[Key::char('t')], Place::Records))
        .in_full("choose another table"),
    Entry {
        permission: Some(Permission::ExportData),
        ..shown(Command::ExportRows, "export", &[Key::char('e')], Place::Records)
            .in_full("write these rows to a file")
    },
    viewing(quiet(Command::Copy, "copy", &[Key::char('y')], Place::Records)).in_full("copy the row"),
    viewing(quiet(Command::GoBack, "back", &[Key::char('['), Key::plain(Code::Backspace)], Place::Records)),
    viewing(quiet(Command::GoForward, "forward", &[Key::char(']')], Place::Records)),
    viewing(shown(Command::Accept, "follow", &[Key::plain(Code::Enter)], Place::Record))
        .in_full("go to what is named"),
    viewing(shown(Command::Copy, "copy", &[Key::char('y')], Place::Record))
        .in_full("copy the value or the row"),
    viewing(shown(Command::PickTable, "table", &[Key::char('t')], Place::Record)).in_full("choose a table"),
    viewing(quiet(Command::Refresh, "ask again", &[Key::char('r'), Key::plain(Code::F(5))], Place::Record)),
    viewing(quiet(Command::GoBack, "back", &[Key::char('['), Key::plain(Code::Backspace)], Place::Record)),
    viewing(quiet(Command::GoForward, "forward", &[Key::char(']')], Place::Record)),
];
