//! `storekeeper export`: tables as CSV or JSON.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{opening, output, watching};
use crate::domain::Table;
use crate::etl::Filter;
use crate::report::Format;
use crate::service::authorized::ExportData;
use crate::service::export::{self, Destination, ExportError, Exported, Exporting, Request};
use crate::settings::Settings;
use clap::ValueEnum;
use jiff::Timestamp;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// The table, or all of them as they were at one moment. Accounts and passwords are never exported
    #[arg(value_name = "TABLE", value_parser = what())]
    what: What,
    /// How rows are written. JSON has decimals as strings, so that they stay exact
    #[arg(long, value_name = "F", value_enum, default_value_t = FormatName::Csv)]
    format: FormatName,
    /// The file, or for all tables a new folder; - or nothing is standard output
    #[arg(long, value_name = "PLACE")]
    out: Option<PathBuf>,
    /// Only rows for which this holds, as city=Oslo, list_price>=100, last_name~berg, shipped_date= (nothing), or /status:late dent as on the screen of the table; may be said again
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    only: Vec<String>,
    /// Leave text as it is stored, also where a spreadsheet would run it as a formula
    #[arg(long)]
    exact: bool,
}

#[derive(Debug, Clone, Copy)]
enum What {
    All,
    One(Table),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    Csv,
    Json,
}

impl Export {
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        let request = self.request()?;
        let exported = opening::with_session(settings, person, async |db, session| {
            let by = session.require(ExportData)?;
            watching::watched(line, async |progress, cancel| {
                Ok(export::export(&by, db, &request, Timestamp::now(), progress, cancel).await)
            })
            .await
        })
        .await?
        .0;
        match exported {
            Ok(_) | Err(ExportError::Unread) if request.to == Destination::Output => Ok(Exit::Done),
            Ok(exported) => output::print(&in_words(&exported)),
            Err(error) => Err(error.into()),
        }
    }

    fn request(self) -> Result<Request, Failure> {
        let place = self.out.filter(|place| place.as_os_str() != "-");
        let (tables, to) = match (self.what, place) {
            (What::One(table), Some(file)) => (vec![table], Destination::File(file)),
            (What::One(table), None) => (vec![table], Destination::Output),
            (What::All, Some(folder)) => (Table::EACH.to_vec(), Destination::Folder(folder)),
            (What::All, None) => (Table::EACH.to_vec(), Destination::Output),
        };
        let format = match self.format {
            FormatName::Csv => Format::Csv,
            FormatName::Json => Format::Json,
        };
        let only = match (&tables[..], &self.only[..]) {
            (_, []) => Filter::default(),
            ([table], only) => Filter::read(*table, only).map_err(Failure::usage)?,
            _ => return Err(Failure::new(Exit::Usage, "--where is for one table.".to_owned())),
        };
        Ok(Request { tables, format, exact: self.exact, only, to })
    }
}

fn what() -> impl clap::builder::TypedValueParser<Value = What> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(Table::EACH.map(Table::name).into_iter().chain(["all"]))
        .map(|name| Table::from_name(&name).map_or(What::All, What::One))
}

fn line(progress: &Exporting) -> String {
    let table = progress.table.map(|table| format!(" {table}")).unwrap_or_default();
    format!("· exporting{table}, {} rows · Ctrl-C stops", progress.rows)
}

fn in_words(exported: &Exported) -> String {
    let rows: Vec<Vec<String>> =
        exported.tables.iter().map(|(table, rows)| vec![table.name().to_owned(), rows.to_string()]).collect();
    output::columns(&["table", "rows"], &rows, &[1])
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Failure {
        match error {
            ExportError::Database(error) => error.into(),
            ExportError::NeedsFolder => Failure::usage(error),
            other => Failure::of(other),
        }
    }
}
