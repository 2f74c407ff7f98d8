//! The title of the terminal's window: what is open, for somebody who looks for it among others.

use crate::domain::{clean, records};
use crate::tui::model::{App, Screen};

/// The longest title, in characters.
const LONGEST: usize = 80;

/// The title now.
pub fn title(app: &App) -> String {
    let place = match app.screen {
        _ if app.lock.is_some() => "locked",
        _ if app.load.running().is_some() => "loading data",
        Screen::SignIn => "sign in",
        Screen::Dashboard => app.dashboard.store_name(),
        Screen::Load => "load data",
        Screen::Security => "security",
        Screen::Users => "users",
        Screen::Audit => "audit log",
        Screen::Runs => "loads",
        Screen::Export => "export",
        Screen::Database => "database",
        Screen::Records => app.records.list().map_or("records", |list| records::title(list.table)),
    };
    clean(&format!("Storekeeper: {place}")).chars().take(LONGEST).collect()
}
