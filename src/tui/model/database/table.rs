//! The commands of the screen of the database, one row each.

use super::{clearing, making};
use crate::domain::Permission;
use crate::tui::model::command::{Command, Entry, quiet, shown};
use crate::tui::model::key::{Code, Key};
use crate::tui::model::place::Place;
use crate::tui::model::question::Risk;

const fn managing(entry: Entry) -> Entry {
    Entry { permission: Some(Permission::ManageDatabase), ..entry }
}

/// Them.
pub(in crate::tui::model) const OF_DATABASE: &[Entry] = &[
    managing(quiet(Command::OpenDatabase, "database", &[Key::char('0')], Place::SignedIn))
        .in_full("the database: connection, schema, rows, checks"),
    managing(shown(Command::Refresh, "test", &[Key::char('r'), Key::plain(Code::F(5))], Place::Database))
        .in_full("test the connection, and look at schema and rows again"),
    managing(shown(Command::CheckChain, "check", &[Key::char('v')], Place::Database))
        .in_full("check whether the chain agrees with itself"),
    Entry {
        risk: Risk::Confirm(
            "Bring the schema up to date? What is missing of it is made; no row is taken away.",
        ),
        ..managing(shown(Command::Migrate, "migrate", &[Key::char('m')], Place::Database))
            .in_full("make the schema, or bring it up to date")
    },
    Entry {
        risk: Risk::About(making),
        ..managing(shown(Command::MakeDemo, "sample data", &[Key::char('d')], Place::Database))
            .in_full("make sample data in an empty chain")
    },
    Entry {
        risk: Risk::RetypeAndCode(clearing),
        ..managing(shown(Command::ClearDemo, "clear", &[Key::char('x')], Place::Database))
            .in_full("take the sample data away")
    },
    managing(shown(Command::StopWork, "stop", &[Key::ctrl('x')], Place::DatabaseWorking))
        .in_full("stop; what is not done yet is left as it was"),
];
