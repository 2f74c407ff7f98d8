//! `storekeeper audit`: looking at the audit log, checking it, writing it to a file.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::users::entries_table;
use super::{opening, output};
use crate::db::Db;
use crate::db::audit::{Filter, Mark};
use crate::domain::audit::Action;
use crate::service::Session;
use crate::service::audit::{self, ExportError, Format};
use crate::service::authorized::ViewLogs;
use crate::settings::Settings;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Debug, clap::Subcommand)]
pub(super) enum AuditCommand {
    /// Print entries, the newest first
    List {
        #[command(flatten)]
        which: Which,
        /// How many at the most
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
        /// Only those before this entry
        #[arg(long, value_name = "ENTRY")]
        before: Option<u64>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Check that no entry was changed, removed or added past the program
    Verify {
        /// What `audit verify` printed earlier: the chain has to go through it
        #[arg(long, value_name = "MARK")]
        noted: Option<Mark>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write entries to a new file, the newest first
    Export {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        which: Which,
        /// Comma-separated, or one JSON object a line
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = FormatName::Csv)]
        format: FormatName,
    },
}

/// Which entries.
#[derive(Debug, clap::Args)]
pub(super) struct Which {
    /// Only what this person did
    #[arg(long, value_name = "USER")]
    person: Option<String>,
    /// Only this action
    #[arg(long, value_name = "ACTION", value_parser = action())]
    action: Option<Action>,
    /// The first day, in UTC
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The last day, in UTC; it counts too
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum FormatName {
    Csv,
    Json,
}

/// What `audit verify` tells as JSON.
#[derive(Debug, Serialize)]
struct Report {
    whole: bool,
    /// The mark of the last entry.
    mark: Option<String>,
    broken: Option<String>,
}

impl AuditCommand {
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        let (said, exit) =
            opening::with_session(settings, person, async |db, by| self.carry_out(db, by).await).await?;
        output::print(&said)?;
        Ok(exit)
    }

    async fn carry_out(self, db: &Db, by: &Session) -> Result<(String, Exit), Failure> {
        let by = by.require(ViewLogs)?;
        match self {
            AuditCommand::List { which, limit, before, json } => {
                let entries = audit::page(&by, db, &which.filter()?, before, limit).await?;
                let said = if json { output::json(&entries)? } else { entries_table(&entries) };
                Ok((said, Exit::Done))
            }
            AuditCommand::Verify { noted, json } => {
                let found = audit::verify(&by, db, noted).await?;
                let exit = if found.is_ok() { Exit::Done } else { Exit::Failed };
                let said = match found {
                    _ if json => output::json(&Report {
                        whole: found.is_ok(),
                        mark: found.as_ref().ok().map(|whole| whole.head.to_string()),
                        broken: found.err().map(|broken| broken.to_string()),
                    })?,
                    Ok(whole) => format!(
                        "The audit log is whole: {} entries.\nIts mark, worth keeping elsewhere: {}\n",
                        whole.head.id, whole.head
                    ),
                    Err(broken) => format!("The audit log is broken. {broken}\n"),
                };
                Ok((said, exit))
            }
            AuditCommand::Export { file, which, format } => {
                let format = match format {
                    FormatName::Csv => Format::Csv,
                    FormatName::Json => Format::Json,
                };
                let rows = audit::export(&by, db, &which.filter()?, format, &file).await?;
                Ok((format!("{rows} entries are in {}.\n", file.display()), Exit::Done))
            }
        }
    }
}

impl Which {
    fn filter(self) -> Result<Filter, Failure> {
        let day = |date: Date| -> Result<Timestamp, Failure> {
            Ok(date.to_zoned(TimeZone::UTC).map_err(Failure::usage)?.timestamp())
        };
        let after = self.to.map(|to| to.tomorrow().map_err(Failure::usage)).transpose()?;
        Ok(Filter {
            subject: None,
            actor: self.person,
            action: self.action,
            from: self.from.map(day).transpose()?,
            to: after.map(day).transpose()?,
        })
    }
}

fn action() -> impl TypedValueParser<Value = Action> {
    PossibleValuesParser::new(Action::EACH.iter().map(|action| action.word()))
        .map(|word| Action::from_word(&word).unwrap_or(Action::SignIn))
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Failure {
        match error {
            ExportError::Database(error) => error.into(),
            ExportError::File { .. } => Failure::of(error),
        }
    }
}
