//! The commands of the screens of records, one row each.

use crate::domain::Permission;
use crate::tui::model::command::{Command, Entry, quiet, shown};
use crate::tui::model::key::{Code, Key};
use crate::tui::model::place::Place;

const fn viewing(entry: Entry) -> Entry {
    Entry { permission: Some(Permission::ViewData), ..entry }
}

const fn modifying(entry: Entry) -> Entry {
    Entry { permission: Some(Permission::ModifyData), ..entry }
}

const fn deleting(entry: Entry) -> Entry {
    Entry { permission: Some(Permission::DeleteData), ..entry }
}

const fn telling(entry: Entry) -> Entry {
    Entry { permission: Some(Permission::ViewLogs), ..entry }
}

/// Them.
pub(in crate::tui::model) const OF_RECORDS: &[Entry] = &[
    viewing(shown(Command::Search, "search", &[Key::ctrl('f')], Place::SignedIn))
        .in_full("search all records"),
    viewing(shown(Command::Accept, "open", &[Key::plain(Code::Enter)], Place::Search))
        .in_full("open what was found"),
    viewing(shown(Command::PickTable, "table", &[Key::char('t')], Place::Records))
        .in_full("choose another table"),
    modifying(shown(Command::NewRecord, "new", &[Key::char('n')], Place::Records))
        .in_full("make a new record"),
    modifying(shown(Command::ModifyRecord, "modify", &[Key::char('m')], Place::Records))
        .in_full("change the record under the cursor"),
    Entry {
        permission: Some(Permission::ExportData),
        ..shown(Command::ExportRows, "export", &[Key::char('e')], Place::Records)
            .in_full("write these rows to a file")
    },
    viewing(quiet(Command::Copy, "copy", &[Key::char('y')], Place::Records)).in_full("copy the row"),
    deleting(quiet(
        Command::DeleteRecord,
        "delete",
        &[Key::char('x'), Key::plain(Code::Delete)],
        Place::Records,
    ))
    .in_full("delete the record under the cursor"),
    telling(quiet(Command::History, "history", &[Key::char('v')], Place::Records))
        .in_full("show who changed the record, and what"),
    viewing(quiet(Command::GoBack, "back", &[Key::char('['), Key::plain(Code::Backspace)], Place::Records)),
    viewing(quiet(Command::GoForward, "forward", &[Key::char(']')], Place::Records)),
    viewing(shown(Command::Accept, "follow", &[Key::plain(Code::Enter)], Place::Record))
        .in_full("go to what is named"),
    viewing(shown(Command::Copy, "copy", &[Key::char('y')], Place::Record))
        .in_full("copy the value or the row"),
    viewing(shown(Command::PickTable, "table", &[Key::char('t')], Place::Record)).in_full("choose a table"),
    modifying(shown(Command::ModifyRecord, "modify", &[Key::char('m')], Place::Record)).in_full("change it"),
    telling(shown(Command::History, "history", &[Key::char('v')], Place::Record))
        .in_full("show who changed it, and what"),
    deleting(shown(
        Command::DeleteRecord,
        "delete",
        &[Key::char('x'), Key::plain(Code::Delete)],
        Place::Record,
    ))
    .in_full("delete it"),
    modifying(quiet(Command::NewRecord, "new", &[Key::char('n')], Place::Record)).in_full("make another one"),
    viewing(quiet(Command::Refresh, "ask again", &[Key::char('r'), Key::plain(Code::F(5))], Place::Record)),
    viewing(quiet(Command::GoBack, "back", &[Key::char('['), Key::plain(Code::Backspace)], Place::Record)),
    viewing(quiet(Command::GoForward, "forward", &[Key::char(']')], Place::Record)),
    shown(Command::PickValue, "choose", &[Key::plain(Code::F(4))], Place::EditForm)
        .in_full("choose from what the field can be"),
    shown(Command::Accept, "save", &[Key::plain(Code::Enter)], Place::EditClash)
        .in_full("save what is chosen, over the record as it is now"),
    shown(Command::Left, "theirs", &[Key::plain(Code::Left), Key::char('t')], Place::EditClash)
        .in_full("take what is stored now"),
    shown(Command::Right, "mine", &[Key::plain(Code::Right), Key::char('m')], Place::EditClash)
        .in_full("take what was typed"),
    quiet(Command::Toggle, "the other", &[Key::char(' ')], Place::EditClash),
    shown(Command::Back, "to the form", &[Key::plain(Code::Esc)], Place::EditClash),
    shown(
        Command::Back,
        "close",
        &[Key::plain(Code::Esc), Key::plain(Code::Enter), Key::char('q')],
        Place::RecordText,
    ),
];
