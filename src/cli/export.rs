//! `storekeeper export`: tables as files.

use super::failure::{Exit, Failure};
use super::origin::origin;
use super::{opening, output};
use crate::domain::Table;
use crate::domain::export::Format;
use crate::etl::export::ExportError;
use crate::service::authorized::ExportData;
use crate::service::chain::Prepare;
use crate::service::export::{Request, To};
use crate::service::{Session, export};
use crate::settings::Settings;
use clap::ValueEnum;
use std::path::PathBuf;
use tokio_util::sync::CancellationToken;

#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// A table, or all
    #[arg(value_name = "TABLE", value_parser = which())]
    table: String,
    /// The form of the files
    #[arg(long, value_enum, default_value_t = FormatName::Csv)]
    format: FormatName,
    /// A folder, or for one table a file; otherwise one table goes to standard output
    #[arg(long, value_name = "DIR|FILE")]
    out: Option<PathBuf>,
    /// Text byte for byte: cells that a spreadsheet would run as a formula are not made safe
    #[arg(long)]
    exact: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    Csv,
    Json,
}

impl Export {
    pub(super) async fn run(self, settings: &Settings) -> Result<Exit, Failure> {
        let tables: Vec<Table> =
            Table::from_name(&self.table).map_or_else(|| Table::EACH.to_vec(), |table| vec![table]);
        let several = tables.len() > 1;
        let to = match self.out {
            None if several => {
                return Err(Failure::usage("Several tables need a folder: say --out DIR."));
            }
            Some(path) if several || path.is_dir() => To::Folder(path),
            Some(path) if path != *"-" => To::File(path),
            _ => To::Output,
        };
        let is_told = !matches!(to, To::Output);
        let format = match self.format {
            FormatName::Csv => Format::Csv,
            FormatName::Json => Format::Json,
        };
        let request = Request { tables, format, exact: self.exact, to };
        let done = opening::with_database(settings, Prepare::WhatIsOurs, async |db| {
            let operator = Session::operator().at(origin()).require(ExportData)?;
            Ok(export::export(&operator, db, &request, &CancellationToken::new()).await?)
        })
        .await?;
        if !is_told {
            return Ok(Exit::Done);
        }
        let rows: Vec<Vec<String>> = done
            .files
            .iter()
            .map(|file| vec![file.table.name().to_owned(), file.rows.to_string(), file.file.clone()])
            .collect();
        output::print(&output::columns(&["table", "rows", "file"], &rows, &[1]))
    }
}

fn which() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(Table::EACH.map(Table::name).into_iter().chain(["all"]))
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Failure {
        match error {
            ExportError::Database(error) => error.into(),
            ExportError::Write { ref cause, .. } if cause.kind() == std::io::ErrorKind::BrokenPipe => {
                Failure::new(Exit::Failed, "The reader of the export went away before its end.".to_owned())
            }
            other => Failure::of(other),
        }
    }
}
