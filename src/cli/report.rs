//! `storekeeper report`: reports as PDF.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{kpi, opening, output, watching};
use crate::domain::{CustomerId, Scope, StoreId};
use crate::service::authorized::ExportData;
use crate::service::figures::FigureError;
use crate::service::reports::{self, ReportError, Reporting, Request, What, Whom, Written};
use crate::settings::Settings;
use clap::{Args, Subcommand};
use jiff::Zoned;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum ReportCommand {
    /// A letter to customers with all their orders, a file each
    Customer(Customer),
    /// Sales by period and store, with a chart
    Sales(Sales),
    /// What is on hand, with its value at list price
    Stock(OfStore),
    /// What is running out, and how much to order
    LowStock(OfStore),
}

#[derive(Debug, Args)]
pub(super) struct Customer {
    /// The customers, by their numbers
    #[arg(value_name = "ID", required_unless_present = "all")]
    ids: Vec<u32>,
    /// Every customer: all letters are written, or none
    #[arg(long, conflicts_with = "ids")]
    all: bool,
    /// The folder the files go to, made where it is not there; nothing in it is replaced [default: here]
    #[arg(long, alias = "to", value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the receipt as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Sales {
    #[command(flatten)]
    scope: kpi::ScopeArgs,
    /// The folder the file goes to, made where it is not there; nothing in it is replaced [default: here]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the receipt as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct OfStore {
    /// One store, by its number; otherwise the whole chain
    #[arg(long, value_name = "ID")]
    store: Option<u32>,
    /// The folder the file goes to, made where it is not there; nothing in it is replaced [default: here]
    #[arg(long, alias = "to", value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the receipt as JSON
    #[arg(long)]
    json: bool,
}

/// What is printed as JSON.
#[derive(Debug, Serialize)]
struct Receipt<'a> {
    report: &'static str,
    documents: usize,
    pages: usize,
    bytes: u64,
    files: Vec<File<'a>>,
}

#[derive(Debug, Serialize)]
struct File<'a> {
    file: std::borrow::Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_id: Option<CustomerId>,
    pages: usize,
    bytes: u64,
}

impl ReportCommand {
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        let (report, what, out, json) = self.asked()?;
        let folder = out.unwrap_or_else(|| PathBuf::from("."));
        let request = Request { what, folder, look: settings.report.clone(), now: Zoned::now() };
        let printed = opening::with_session(settings, person, async |db, session| {
            let by = session.require(ExportData)?;
            watching::watched(line, async |progress, cancel| {
                Ok(reports::print(&by, db, &request, progress, cancel).await)
            })
            .await
        })
        .await?
        .0;
        let written = printed?;
        if json { output::print_json(&receipt(report, &written)) } else { output::print(&in_words(&written)) }
    }

    /// The report's word, what it is about, where it goes, and whether its receipt is JSON.
    fn asked(self) -> Result<(&'static str, What, Option<PathBuf>, bool), Failure> {
        Ok(match self {
            ReportCommand::Customer(Customer { all: true, out, json, .. }) => {
                ("customer", What::Customers(Whom::All), out, json)
            }
            ReportCommand::Customer(Customer { ids, out, json, .. }) => {
                let these = ids.into_iter().map(CustomerId).collect();
                ("customer", What::Customers(Whom::These(these)), out, json)
            }
            ReportCommand::Sales(Sales { scope, out, json }) => {
                let scope: Scope = scope.scope()?;
                ("sales", What::Sales(scope), out, json)
            }
            ReportCommand::Stock(OfStore { store, out, json }) => {
                ("stock", What::Stock(store.map(StoreId)), out, json)
            }
            ReportCommand::LowStock(OfStore { store, out, json }) => {
                ("low-stock", What::LowStock(store.map(StoreId)), out, json)
            }
        })
    }
}

fn line(progress: &Reporting) -> String {
    match progress.of {
        0 | 1 => "· making the report · Ctrl-C stops".to_owned(),
        of => {
            format!(
                "· making reports, {} of {of}, {} % · Ctrl-C stops",
                progress.done,
                progress.done * 100 / of
            )
        }
    }
}

fn receipt<'a>(report: &'static str, written: &'a [Written]) -> Receipt<'a> {
    let file = |written: &'a Written| File {
        file: written.file.to_string_lossy(),
        customer_id: written.customer,
        pages: written.pages,
        bytes: written.bytes,
    };
    Receipt {
        report,
        documents: written.len(),
        pages: written.iter().map(|written| written.pages).sum(),
        bytes: written.iter().map(|written| written.bytes).sum(),
        files: written.iter().map(file).collect(),
    }
}

/// Each file, or of many only how many they are.
fn in_words(written: &[Written]) -> String {
    const FEW: usize = 10;
    let pages: usize = written.iter().map(|written| written.pages).sum();
    if written.len() > FEW {
        let folder = written.first().and_then(|first| first.file.parent()).map(|folder| folder.display());
        let folder = folder.map(|folder| folder.to_string()).unwrap_or_default();
        return format!("{} reports, {pages} pages, in {folder}\n", written.len());
    }
    let told = |written: &Written| {
        let pages = if written.pages == 1 { "1 page".to_owned() } else { format!("{} pages", written.pages) };
        format!("{}  {pages}, {} kB\n", written.file.display(), written.bytes.div_ceil(1000))
    };
    written.iter().map(told).collect()
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Failure {
        match error {
            ReportError::Database(error) => error.into(),
            ReportError::OutOfSight(FigureError::OutOfSight { .. }) => {
                Failure::new(Exit::NotAllowed, error.to_string())
            }
            ReportError::UnknownCustomers(_) | ReportError::UnknownStore { .. } => Failure::usage(error),
            other => Failure::of(other),
        }
    }
}
