//! Which commands somebody can sign in for (`--as`).

use super::Command;
use super::configuration::ConfigCommand;
use super::database::DbCommand;

/// Why nobody signs in for this; `None` where somebody can.
pub(super) fn nobody_signs_in_for(command: Option<&Command>) -> Option<&'static str> {
    match command {
        Some(
            Command::Import(_)
            | Command::Api(_)
            | Command::Export(_)
            | Command::Runs(_)
            | Command::Undo(_)
            | Command::Kpi(_)
            | Command::Check(_)
            | Command::Report(_)
            | Command::Keys(_)
            | Command::Users(_)
            | Command::Audit(_)
            | Command::Db(DbCommand::Status { .. } | DbCommand::Migrate),
        ) => None,
        None => Some("The screens ask who you are; --as is for commands."),
        Some(Command::Init(_)) => Some("Nobody can sign in before there is a chain. Leave --as out."),
        Some(Command::Demo(_)) => {
            Some("A demo has no users before it is made, so nobody can sign in to make it. Leave --as out.")
        }
        Some(Command::Db(DbCommand::Stop)) => Some(
            "The private server belongs to this account of the system, not to a user of the chain. Leave --as out.",
        ),
        Some(Command::Doctor(_)) => Some(
            "The doctor looks at this terminal, and at files and database as this account of the system. Leave --as out.",
        ),
        Some(Command::Config(ConfigCommand::Show { .. } | ConfigCommand::Keymap)) => Some(
            "The configuration is this account's of the system, not a user's of the chain. Leave --as out.",
        ),
        Some(Command::Completions(_) | Command::Man | Command::Gallery) => {
            Some("That needs no chain, and so no user. Leave --as out.")
        }
    }
}
