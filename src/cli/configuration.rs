//! `storekeeper config`: each setting, its value, and where it came from.

use super::failure::{Exit, Failure};
use super::output;
use crate::settings::{Loaded, table};

#[derive(Debug, clap::Subcommand)]
pub(super) enum ConfigCommand {
    /// Print each setting and where it came from; secrets are masked
    Show {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

impl ConfigCommand {
    pub(super) fn print(self, loaded: &Loaded) -> Result<Exit, Failure> {
        let ConfigCommand::Show { json } = self;
        if json { output::print_json(&loaded.entries) } else { output::print(&table(&loaded.entries)) }
    }
}
