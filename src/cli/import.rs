//! `storekeeper import`: loading CSV files.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::reading::ReadingArgs;
use super::{loading, opening, output};
use crate::domain::receipt::Outcome;
use crate::domain::{Receipt, Table};
use crate::etl::{Dates, LoadError, Mapping, Mode, OnDuplicate, OnReject};
use crate::service::authorized::ImportData;
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
    #[command(flatten)]
    how: HowArgs,
    /// A column of the files under another name, or with nothing after the = one not to be loaded
    #[arg(long, value_name = "FILE-COLUMN=COLUMN")]
    map: Vec<String>,
    /// Words that mean nothing is known in a column, besides NULL, None, NaN, N/A and an empty cell; alone, in every column
    #[arg(long, value_name = "COLUMN=WORD,...")]
    null: Vec<String>,
    /// Such names from a file that --save-mapping wrote
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Write down how the columns were understood, for --mapping
    #[arg(long, value_name = "FILE")]
    save_mapping: Option<PathBuf>,
    /// Store so many rows at a time: not all or nothing, but the same command goes on where it was broken off
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "save_mapping")]
    chunk: Option<u64>,
    /// Print the receipt as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// How rows are taken, wherever they come from.
#[derive(Debug, clap::Args)]
pub(super) struct HowArgs {
    /// How rows meet what is there
    #[arg(long, value_name = "MODE", value_enum, default_value_t = ModeName::Upsert)]
    mode: ModeName,
    /// Do everything but write
    #[arg(long)]
    dry_run: bool,
    /// When a row is rejected: write nothing, or write the others
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = OnRejectName::Abort)]
    on_reject: OnRejectName,
    /// Rows with the same key: reject all but the first as faults, or choose the first or the last
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = OnDuplicateName::Reject)]
    on_duplicate: OnDuplicateName,
    /// How days are written where the year comes last: dmy or mdy; iso takes none of these; also COLUMN=dmy
    #[arg(long, value_name = "ORDER")]
    dates: Vec<String>,
    /// The folder for the file of rejected rows; otherwise the working folder
    #[arg(long, value_name = "DIR")]
    rejects: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ModeName {
    /// Add the new, bring the known up to date
    Upsert,
    /// Add the new; one that is there already is rejected
    Insert,
    /// Add the new; leave those that are there as they are
    Append,
    /// Make the tables what the files say: rows that they do not have are removed
    Replace,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OnRejectName {
    Abort,
    Skip,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OnDuplicateName {
    Reject,
    First,
    Last,
}

impl HowArgs {
    pub(super) fn dates(&self) -> Result<Dates, Failure> {
        let mut dates = Dates::default();
        for rule in &self.dates {
            dates.add(rule).map_err(|why| Failure::new(Exit::Usage, format!("--dates {rule}: {why}.")))?;
        }
        Ok(dates)
    }

    /// A request that says all this, and nothing of what is loaded.
    pub(super) fn request(self) -> Request {
        Request {
            mode: match self.mode {
                ModeName::Upsert => Mode::Upsert,
                ModeName::Insert => Mode::Insert,
                ModeName::Append => Mode::Append,
                ModeName::Replace => Mode::Replace,
            },
            dry_run: self.dry_run,
            on_reject: match self.on_reject {
                OnRejectName::Abort => OnReject::Abort,
                OnRejectName::Skip => OnReject::Skip,
            },
            on_duplicate: match self.on_duplicate {
                OnDuplicateName::Reject => OnDuplicate::Reject,
                OnDuplicateName::First => OnDuplicate::First,
                OnDuplicateName::Last => OnDuplicate::Last,
            },
            rejects_dir: self.rejects,
            ..Request::default()
        }
    }
}

impl Import {
    fn mapping(&self) -> Result<Mapping, Failure> {
        let mut mapping = match &self.mapping {
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|cause| {
                    Failure::new(Exit::Usage, format!("{} can not be read: {cause}.", path.display()))
                })?;
                Mapping::read(&text).map_err(Failure::usage)?
            }
            None => Mapping::default(),
        };
        for typed in &self.map {
            mapping.say(typed).map_err(Failure::usage)?;
        }
        for typed in &self.null {
            mapping.say_nothing(typed).map_err(Failure::usage)?;
        }
        if let Some(mark) = self.reading.decimal {
            mapping.say_decimal(mark);
        }
        Ok(mapping)
    }

    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        let json = self.json;
        let (mapping, dates) = (self.mapping()?, self.how.dates()?);
        let request = Request {
            paths: self.paths,
            reading: self.reading.reading(!mapping.is_empty()),
            table: self.table,
            mapping,
            save_mapping: self.save_mapping,
            dates,
            chunk: self.chunk,
            infile: settings.load.infile,
            ..self.how.request()
        };
        let (receipt, told) = opening::with_session(settings, person, async |db, session| {
            let by = session.require(ImportData)?;
            loading::watched(async |progress, cancel| {
                Ok(import::load(&by, db, &request, progress, cancel).await?)
            })
            .await
        })
        .await?;
        for line in &told {
            output::note(line);
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
pub(super) fn exit(receipt: &Receipt) -> Exit {
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
            ImportError::Find(_) | ImportError::ReplaceInChunks | ImportError::FirstInChunks => {
                Failure::usage(error)
            }
            ImportError::Database(error) => error.into(),
            ImportError::Load(LoadError::Header(_)) => {
                Failure::new(Exit::Failed, format!("{error} Nothing was loaded."))
            }
            ImportError::Load(_) | ImportError::Chunk { .. } => Failure::of(error),
        }
    }
}
