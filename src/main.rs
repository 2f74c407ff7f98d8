//! The program's entry: parse, load the settings, hand over.

use clap::Parser;
use std::process::ExitCode;
use storekeeper::cli::{self, Cli};

fn main() -> color_eyre::Result<ExitCode> {
    color_eyre::install()?;
    Ok(cli::run(Cli::parse()))
}
