//! The commands about reports, one row each.

use crate::domain::Permission;
use crate::tui::model::command::{Command, Entry, quiet, shown};
use crate::tui::model::key::Key;
use crate::tui::model::place::Place;
use crate::tui::model::table::ENTER;

const W: &[Key] = &[Key::char('w')];

const fn exporting(entry: Entry) -> Entry {
    Entry { permission: Some(Permission::ExportData), ..entry }
}

/// Them.
pub(in crate::tui::model) const OF_REPORTS: &[Entry] = &[
    exporting(quiet(Command::Report, "report", W, Place::Dashboard))
        .in_full("print a report: sales, stock, what to order"),
    exporting(shown(Command::Report, "report", W, Place::Records))
        .in_full("print a report of what is listed"),
    exporting(shown(Command::Report, "report", W, Place::Record)).in_full("print a letter to the customer"),
    exporting(shown(Command::Accept, "print", &[ENTER], Place::Folder)).in_full("print into this folder"),
    shown(Command::CopyPath, "copy the path", &[Key::char('y')], Place::Printed)
        .in_full("copy the path of what was printed"),
    shown(Command::OpenFile, "open", &[Key::char('o')], Place::Printed).in_full("open what was printed"),
    shown(Command::StopReport, "stop printing", &[Key::ctrl('x')], Place::Printing)
        .in_full("stop printing; nothing is left behind"),
];
