//! The commands of loads and exports: the rows of the one table that are theirs.

use crate::domain::Permission;
use crate::tui::model::command::{Command, Entry, Place, Risk, quiet, shown};
use crate::tui::model::key::{Code, Key};
use crate::tui::model::runs;
use crate::tui::model::table::{BACK_TAB, DOWN, ENTER, ESC, PAGE_DOWN, PAGE_UP, TAB, UP};

const LEFT: Key = Key::plain(Code::Left);
const RIGHT: Key = Key::plain(Code::Right);

/// What takes the right to load.
pub(super) const fn of_load(entry: Entry) -> Entry {
    Entry { permission: Some(Permission::ImportData), ..entry }
}

/// What takes the right to export.
const fn of_export(entry: Entry) -> Entry {
    Entry { permission: Some(Permission::ExportData), ..entry }
}

/// They.
pub const OF_LOADS: &[Entry] = &[
    of_load(
        shown(Command::Accept, "go on", &[ENTER], Place::LoadForm)
            .in_full("open the folder, or go on with the file"),
    ),
    shown(Command::Complete, "complete", &[TAB], Place::LoadForm).in_full("complete the path, or next field"),
    shown(Command::Mark, "mark", &[Key::plain(Code::F(5)), Key::ctrl('t')], Place::LoadForm)
        .in_full("mark the file, or take the mark away"),
    quiet(Command::FolderUp, "folder above", &[Key { alt: true, ..Key::char('u') }], Place::LoadForm)
        .in_full("go to the folder above"),
    quiet(Command::Up, "up", &[UP], Place::LoadForm),
    quiet(Command::Down, "down", &[DOWN], Place::LoadForm),
    quiet(Command::PageUp, "page up", &[PAGE_UP], Place::LoadForm),
    quiet(Command::PageDown, "page down", &[PAGE_DOWN], Place::LoadForm),
    quiet(Command::PreviousField, "field before", &[BACK_TAB], Place::LoadForm),
    of_load(shown(Command::Accept, "go on", &[ENTER], Place::LoadChoices).in_full("go on with the file")),
    shown(Command::Toggle, "change", &[Key::char(' '), RIGHT, Key::char('l')], Place::LoadChoices)
        .in_full("choose the next"),
    quiet(Command::Left, "change back", &[LEFT, Key::char('h')], Place::LoadChoices)
        .in_full("choose the one before"),
    shown(Command::NextField, "next", &[TAB, DOWN, Key::char('j')], Place::LoadChoices).in_full("next field"),
    quiet(Command::PreviousField, "field before", &[BACK_TAB, UP, Key::char('k')], Place::LoadChoices),
    of_load(
        shown(Command::Accept, "go on", &[ENTER], Place::LoadColumns).in_full("go on with these columns"),
    ),
    shown(Command::SetColumn, "set", &[Key::char('e'), Key::char(' ')], Place::LoadColumns)
        .in_full("say what the column is for"),
    shown(Command::TakeNear, "yes", &[Key::char('y')], Place::LoadColumns)
        .in_full("take the column for the one with the nearest name"),
    shown(
        Command::LeaveOutColumn,
        "leave out",
        &[Key::char('x'), Key::plain(Code::Delete)],
        Place::LoadColumns,
    )
    .in_full("do not load the column"),
    shown(Command::NextDays, "days", &[Key::char('d')], Place::LoadColumns)
        .in_full("say how the days of the column are written"),
    shown(Command::NextField, "next file", &[TAB], Place::LoadColumns),
    quiet(Command::PreviousField, "file before", &[BACK_TAB], Place::LoadColumns),
    quiet(Command::PickTable, "table", &[Key::char('t')], Place::LoadColumns)
        .in_full("say which table the file is for"),
    quiet(Command::NextSeparator, "separator", &[Key::char('s')], Place::LoadColumns)
        .in_full("say what stands between two cells"),
    quiet(Command::NextQuote, "quotes", &[Key::char('u')], Place::LoadColumns)
        .in_full("say what stands around cells"),
    quiet(Command::PickEncoding, "encoding", &[Key::char('c')], Place::LoadColumns)
        .in_full("say how letters are written"),
    quiet(Command::NextHeader, "first line", &[Key::char('h')], Place::LoadColumns)
        .in_full("say what the first line is"),
    of_load(
        quiet(Command::SaveMapping, "save", &[Key::char('w')], Place::LoadColumns)
            .in_full("save what the columns are for, to be used again"),
    ),
    quiet(Command::OpenMapping, "open", &[Key::char('m')], Place::LoadColumns).in_full("use a saved mapping"),
    of_load(shown(Command::Accept, "save", &[ENTER], Place::MappingName)),
    of_load(Entry {
        risk: Risk::Confirm("Stop the load? Nothing of it will be written."),
        ..shown(Command::CancelLoad, "stop the load", &[Key::char('c')], Place::LoadRunning)
    }),
    of_load(shown(Command::Accept, "load now", &[ENTER], Place::LoadPreview).in_full("load what is shown")),
    shown(Command::NextField, "changes or rejects", &[TAB, BACK_TAB], Place::LoadPreview)
        .in_full("show the changes, or the rejected rows"),
    of_load(
        shown(Command::Mend, "correct", &[Key::char('m')], Place::LoadPreview)
            .in_full("correct the rejected rows"),
    ),
    of_load(
        shown(Command::LeaveOutRejects, "leave out", &[Key::char('x')], Place::LoadPreview)
            .in_full("leave the rejected rows out"),
    ),
    shown(Command::Accept, "load something else", &[ENTER], Place::LoadDone),
    of_load(
        shown(Command::Mend, "correct", &[Key::char('m')], Place::LoadDone)
            .in_full("correct the rejected rows"),
    ),
    of_load(
        shown(Command::LeaveOutRejects, "leave out", &[Key::char('x')], Place::LoadDone)
            .in_full("load the others, without the rejected rows"),
    ),
    of_load(
        shown(Command::Accept, "edit", &[ENTER], Place::LoadRejects).in_full("edit the cells of the row"),
    ),
    of_load(
        shown(Command::MakeParent, "add what is missing", &[Key::char('n')], Place::LoadRejects)
            .in_full("add the row of another table that this one lacks"),
    ),
    of_load(
        shown(Command::TryAgain, "try again", &[Key::char('t')], Place::LoadRejects)
            .in_full("load these rows, as they are now"),
    ),
    Entry {
        risk: Risk::Unsaved,
        ..quiet(Command::Back, "leave", &[ESC], Place::LoadRejects)
            .in_full("leave the rejected rows as they were")
    },
    of_load(
        shown(Command::Accept, "keep", &[ENTER], Place::RejectRow).in_full("keep the cells as they are now"),
    ),
    of_load(
        shown(Command::UndoRun, "undo", &[Key::char('u')], Place::Runs)
            .in_full("see what undoing the load would do"),
    ),
    of_load(
        shown(Command::MendRun, "correct", &[Key::char('m')], Place::Runs)
            .in_full("correct the rows it rejected"),
    ),
    shown(Command::Back, "close", &[ESC, ENTER], Place::RunDetails),
    of_load(
        shown(Command::UndoRun, "undo", &[Key::char('u')], Place::RunDetails)
            .in_full("see what undoing the load would do"),
    ),
    of_load(Entry {
        risk: Risk::About(runs::undoing),
        ..shown(Command::CarryOutUndo, "undo it", &[Key::char('u')], Place::RunUndo).in_full("undo the load")
    }),
    shown(Command::Back, "leave it", &[ESC, ENTER], Place::RunUndo),
    of_export(shown(Command::Accept, "export", &[ENTER], Place::Export)),
    shown(Command::Toggle, "change", &[Key::char(' ')], Place::Export).in_full("tick, or take the tick away"),
    shown(Command::NextField, "next", &[TAB], Place::Export).in_full("next field"),
    quiet(Command::PreviousField, "field before", &[BACK_TAB], Place::Export),
    quiet(Command::Up, "up", &[UP, Key::char('k')], Place::Export),
    quiet(Command::Down, "down", &[DOWN, Key::char('j')], Place::Export),
    of_export(shown(Command::Accept, "export", &[ENTER], Place::ExportPath)),
    shown(Command::NextField, "next", &[TAB, DOWN], Place::ExportPath).in_full("next field"),
    quiet(Command::PreviousField, "field before", &[BACK_TAB, UP], Place::ExportPath),
    of_export(shown(Command::StopExport, "stop the export", &[Key::char('c')], Place::Exporting)),
    of_load(shown(Command::Accept, "add", &[ENTER], Place::RejectParent).in_full("add the row")),
];
