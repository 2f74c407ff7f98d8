//! `storekeeper import`: loading CSV files.

use super::failure::{Exit, Failure};
use crate::settings::Settings;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// Files, or folders of files
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

impl Import {
    pub(super) async fn run(self, _settings: &Settings) -> Result<Exit, Failure> {
        let _ = self.paths;
        Ok(Exit::Done)
    }
}
