//! `storekeeper completions` and `storekeeper man`, from the same definitions as the commands themselves.

use super::failure::{Exit, Failure};
use super::{Cli, output};
use clap::CommandFactory;
use clap_complete::Shell;

#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn print(self) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "storekeeper", &mut script);
        output::print_exact(&String::from_utf8_lossy(&script))
    }
}

/// Prints the manual page, the subcommands' pages after it.
pub(super) fn manual() -> Result<Exit, Failure> {
    let mut pages = Vec::new();
    let mut command = Cli::command();
    command.build();
    render(command, &mut pages).map_err(Failure::of)?;
    output::print_exact(&String::from_utf8_lossy(&pages))
}

fn render(command: clap::Command, pages: &mut Vec<u8>) -> std::io::Result<()> {
    let below: Vec<clap::Command> =
        command.get_subcommands().filter(|sub| sub.get_name() != "help").cloned().collect();
    clap_mangen::Man::new(command).render(pages)?;
    below.into_iter().try_for_each(|sub| render(sub, pages))
}
