//! `storekeeper import`: loading CSV files.

use super::failure::{Exit, Failure};
use super::origin::origin;
use super::reading::ReadingArgs;
use super::{loading, opening, output};
use crate::domain::receipt::Outcome;
use crate::domain::{Receipt, Table};
use crate::etl::{LoadError, Mode, OnReject};
use crate::service::Session;
use crate::service::authorized::ImportData;
use crate::service::chain::Prepare;
use crate::service::import::{self, ImportError, Request};
use crate::settings::Settings;
use clap::ValueEnum;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// Files, folders of files named after tables, or - for standard input; .gz and .zst are unpacked
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The table of a single file whose name does not say it
    #[arg(long, value_name = "T", value_parser = table())]
    table: Option<Table>,
    /// How rows meet what is there: add the new, bring the known up to date
    #[arg(long, value_name = "MODE", value_enum, default_value_t = ModeName::Upsert)]
    mode: ModeName,
    /// Do everything but write
    #[arg(long)]
    dry_run: bool,
    /// When a row is rejected: write nothing, or write the others
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = OnRejectName::Abort)]
    on_reject: OnRejectName,
    /// The folder for the file of rejected rows; otherwise the working folder
    #[arg(long, value_name = "DIR")]
    rejects: Option<PathBuf>,
    /// Print the receipt as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ModeName {
    Upsert,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OnRejectName {
    Abort,
    Skip,
}

impl Import {
    pub(super) async fn run(self, settings: &Settings) -> Result<Exit, Failure> {
        let json = self.json;
        let request = Request {
            paths: self.paths,
            reading: self.reading.reading(false),
            table: self.table,
            mode: match self.mode {
                ModeName::Upsert => Mode::Upsert,
            },
            dry_run: self.dry_run,
            on_reject: match self.on_reject {
                OnRejectName::Abort => OnReject::Abort,
                OnRejectName::Skip => OnReject::Skip,
            },
            rejects_dir: self.rejects,
            infile: settings.load.infile,
        };
        let (receipt, told) = opening::with_database(settings, Prepare::WhatIsOurs, async |db| {
            let operator = Session::operator().at(origin()).require(ImportData)?;
            loading::watched(async |progress, cancel| {
                Ok(import::load(&operator, db, &request, progress, cancel).await?)
            })
            .await
        })
        .await?;
        for line in &told {
            eprintln!("{line}");
        }
        if json {
            output::print_json(&receipt)?
        } else {
            output::print(&loading::in_words(&receipt))?
        };
        Ok(exit(&receipt))
    }
}

fn table() -> impl clap::builder::TypedValueParser<Value = Table> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(Table::EACH.map(Table::name))
        .try_map(|name| Table::from_name(&name).ok_or("no table of that name"))
}

/// Rejected rows have a code of their own, also where the others were written.
fn exit(receipt: &Receipt) -> Exit {
    match receipt.status {
        _ if receipt.rejected() > 0 => Exit::Rejected,
        Outcome::Committed | Outcome::NothingToDo | Outcome::DryRun => Exit::Done,
        Outcome::Rejected => Exit::Rejected,
        Outcome::Cancelled | Outcome::Failed => Exit::Failed,
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Failure {
        match error {
            ImportError::Find(_) => Failure::usage(error),
            ImportError::Database(error) => error.into(),
            ImportError::Load(LoadError::Header(_)) => {
                Failure::new(Exit::Failed, format!("{error} Nothing was loaded."))
            }
            ImportError::Load(_) => Failure::of(error),
        }
    }
}
