//! `storekeeper config`: each setting, its value, and where it came from; the keys.

use super::failure::{Exit, Failure};
use super::output;
use crate::settings::{Loaded, table};
use crate::tui::model::keymap;

#[derive(Debug, clap::Subcommand)]
pub(super) enum ConfigCommand {
    /// Print each setting and where it came from; secrets are masked
    Show {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print every key of the screens, in the form of a keymap.toml
    Keymap,
}

impl ConfigCommand {
    pub(super) fn print(self, loaded: &Loaded) -> Result<Exit, Failure> {
        match self {
            ConfigCommand::Show { json: true } => output::print_json(&loaded.entries),
            ConfigCommand::Show { json: false } => output::print(&table(&loaded.entries)),
            ConfigCommand::Keymap => output::print_exact(keymap::DEFAULT),
        }
    }
}
