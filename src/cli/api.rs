//! `storekeeper api`: other systems' REST APIs, what they have and loading from them.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{loading, opening, output, watching};
use crate::db::Db;
use crate::domain::Table;
use crate::etl::Mapping;
use crate::etl::source::api::{Auth, Discovery, Envelope, Paging, Said};
use crate::service::Session;
use crate::service::api::{
    self, ApiLoadError, ApiProgress, KeepError, Loaded, Saved, ServerError, TableLoad, Target, Tested,
};
use crate::service::authorized::{ImportData, SystemSettings};
use crate::service::import::Request;
use crate::settings::Settings;
use clap::Subcommand;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Subcommand)]
pub(super) enum ApiCommand {
    /// Ask a server once: is it there, how fast, what does it speak
    Test {
        #[command(flatten)]
        server: ServerArgs,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Find out what a server has: which address holds which table, where its rows are, how it is paged, and why that is thought
    Discover {
        #[command(flatten)]
        server: ServerArgs,
        /// Write it into the configuration as a source of that name, without a secret
        #[arg(long, value_name = "NAME", conflicts_with = "json")]
        as_source: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Load a server's tables, all or nothing, by the same road as files
    Load(Box<Load>),
}

#[derive(Debug, clap::Args)]
pub(super) struct ServerArgs {
    /// An address, or the name of a source of the configuration
    #[arg(value_name = "URL|NAME")]
    address: String,
    /// How to sign in: bearer, header:NAME, query:NAME, basic:USER or oauth2:CLIENT@TOKEN-URL
    #[arg(long, value_name = "HOW", value_parser = Auth::from_words)]
    auth: Option<Auth>,
    /// The variable of the environment that has the key, token or password
    #[arg(long, value_name = "VARIABLE")]
    secret_env: Option<String>,
    /// Let a name lead into this machine's own network
    #[arg(long)]
    allow_private: bool,
    /// A table, or a table and its path below the address; where any is named, only those are read
    #[arg(long, value_name = "TABLE[=PATH]")]
    table: Vec<String>,
    /// Where a table's rows are in a reply, as in orders=data.items, or order_items=data[].lines for a list in each row
    #[arg(long, value_name = "TABLE=PLACE")]
    rows: Vec<String>,
    /// How a table is paged, as discover writes it
    #[arg(long, value_name = "TABLE=HOW")]
    paging: Vec<String>,
    /// A field under another name, or with nothing after the = one not to be loaded
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Load {
    #[command(flatten)]
    server: ServerArgs,
    /// Only save the rows as CSV files in this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["dry_run", "full"])]
    to_csv: Option<PathBuf>,
    /// Read everything, also where only what is new could be asked for
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    how: super::import::HowArgs,
    /// Print the receipt as JSON
    #[arg(long)]
    json: bool,
}

impl ServerArgs {
    fn target(&self) -> Result<Target, Failure> {
        let usage = |why: String| Failure::usage(why);
        let mut tables: HashMap<Table, Said> = HashMap::new();
        let mut only = Vec::new();
        for typed in &self.table {
            let (name, path) =
                typed.split_once('=').map_or((typed.as_str(), None), |(name, path)| (name, Some(path)));
            let table = named(name)?;
            only.push(table);
            if let Some(path) = path {
                tables.entry(table).or_default().path = Some(path.to_owned());
            }
        }
        for typed in &self.rows {
            let (table, place) = pair("--rows", typed)?;
            tables.entry(table).or_default().rows_at = Some(Envelope::from_words(place));
        }
        for typed in &self.paging {
            let (table, how) = pair("--paging", typed)?;
            let paging = Paging::from_words(how).map_err(|why| usage(format!("--paging {typed}: {why}.")))?;
            tables.entry(table).or_default().paging = Some(paging);
        }
        let mut mapping = Mapping::default();
        for typed in &self.map {
            mapping.say(typed).map_err(Failure::usage)?;
        }
        Ok(Target {
            address: self.address.clone(),
            auth: self.auth.clone(),
            secret_env: self.secret_env.clone(),
            secret: None,
            allow_private: self.allow_private,
            tables,
            only,
            mapping,
        })
    }
}

fn pair<'t>(flag: &str, typed: &'t str) -> Result<(Table, &'t str), Failure> {
    let (name, rest) =
        typed.split_once('=').ok_or_else(|| Failure::usage(format!("{flag} {typed}: say TABLE=...")))?;
    Ok((named(name)?, rest))
}

fn named(name: &str) -> Result<Table, Failure> {
    let names = Table::EACH.map(Table::name).join(", ");
    Table::from_name(name)
        .ok_or_else(|| Failure::usage(format!("There is no table {name:?}. There are {names}.")))
}

impl ApiCommand {
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        match self {
            ApiCommand::Test { server, json } => {
                let target = server.target()?;
                let tested = watched(settings, person, async |db, session, _, cancel| {
                    let by = session.require(ImportData)?;
                    Ok(api::test(&by, db, settings, &target, cancel).await?)
                })
                .await?;
                if json { output::print_json(&tested) } else { output::print(&tested_in_words(&tested)) }
            }
            ApiCommand::Discover { server, as_source, json } => {
                let target = server.target()?;
                let (found, written) = watched(settings, person, async |db, session, progress, cancel| {
                    let by = session.require(ImportData)?;
                    let found = api::discover(&by, db, settings, &target, progress, cancel).await?;
                    let written = match &as_source {
                        Some(name) => Some(write(db, session, settings, (name, &target), &found).await?),
                        None => None,
                    };
                    Ok((found, written))
                })
                .await?;
                match written {
                    Some(words) => output::print(&words),
                    None if json => output::print_json(&found),
                    None => output::print(&found_in_words(&found)),
                }
            }
            ApiCommand::Load(load) => load.run(settings, person).await,
        }
    }
}

impl Load {
    async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        let target = self.server.target()?;
        let json = self.json;
        if let Some(folder) = &self.to_csv {
            let saved = watched(settings, person, async |db, session, progress, cancel| {
                let by = session.require(ImportData)?;
                Ok(api::save(&by, db, settings, &target, folder, progress, cancel).await?)
            })
            .await?;
            if json {
                output::print_json(&saved)?
            } else {
                output::print(&saved_in_words(&saved))?
            };
            return Ok(if saved.complete { Exit::Done } else { Exit::Rejected });
        }
        let request = Request {
            dates: self.how.dates()?,
            mapping: target.mapping.clone(),
            infile: settings.load.infile,
            ..self.how.request()
        };
        let full = self.full;
        let loaded = watched(settings, person, async |db, session, progress, cancel| {
            let by = session.require(ImportData)?;
            Ok(api::load(&by, db, settings, (&target, full), &request, progress, cancel).await?)
        })
        .await?;
        if json {
            output::print_json(&loaded)?
        } else {
            output::print(&loaded_in_words(&loaded))?
        };
        Ok(if loaded.complete { super::import::exit(&loaded.receipt) } else { incomplete(&loaded) })
    }
}

/// A load that may be incomplete has the code of rejected rows, unless it came to nothing at all.
fn incomplete(loaded: &Loaded) -> Exit {
    match super::import::exit(&loaded.receipt) {
        Exit::Done => Exit::Rejected,
        other => other,
    }
}

/// Writes what was found into the configuration; where that can not be, the text is printed, to be written by hand.
async fn write(
    db: &Db,
    session: &Session,
    settings: &Settings,
    (name, target): (&str, &Target),
    found: &Discovery,
) -> Result<String, Failure> {
    let by = session.require(SystemSettings)?;
    let url = settings.sources.get(target.address.trim()).map_or(&target.address, |source| &source.url);
    let source = api::as_new(name, url, target, &found.endpoints);
    match api::keep(&by, db, settings, &source).await {
        Ok(_) => {
            let place = settings.file.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
            Ok(format!("Written into {place}. `storekeeper api load {name}` loads it.\n"))
        }
        Err(KeepError::File(why)) => {
            output::print(&source.text())?;
            Err(Failure::of(format!("{why} Nothing was written; the text is above.")))
        }
        Err(KeepError::Database(error)) => Err(error.into()),
    }
}

/// Does the work with a line that tells how far it is; what was noted on the way is told at its end, also where it failed.
async fn watched<T>(
    settings: &Settings,
    person: &Person,
    work: impl AsyncFnOnce(&Db, &Session, &watch::Sender<ApiProgress>, &CancellationToken) -> Result<T, Failure>,
) -> Result<T, Failure> {
    opening::with_session(settings, person, async |db, session| {
        let (done, told) = watching::watched(line, async |progress: &watch::Sender<ApiProgress>, cancel| {
            let done = work(db, session, progress, cancel).await;
            // A failure is told after its notes, so it is carried out of here as a value.
            Ok(done)
        })
        .await?;
        let loading =
            told.loading.into_iter().flat_map(|loading| loading.notes.into_iter().chain(loading.rejects));
        for note in told.asking.notes.into_iter().chain(loading) {
            output::note(&note);
        }
        done
    })
    .await
}

fn line(progress: &ApiProgress) -> String {
    match &progress.loading {
        Some(loading) => loading::line(loading),
        None => format!("· {} · Ctrl-C stops", progress.asking.line()),
    }
}

fn tested_in_words(tested: &Tested) -> String {
    let server = tested.server.as_ref().map(|server| format!(", by {server}")).unwrap_or_default();
    format!(
        "{} answers in {} ms: status {}, {}{server}.\n",
        tested.address, tested.milliseconds, tested.status, tested.came
    )
}

fn found_in_words(found: &Discovery) -> String {
    if found.endpoints.is_empty() {
        return format!(
            "No table that Storekeeper knows: {} addresses were looked at. Name them with --table TABLE=PATH.\n",
            found.looked_at
        );
    }
    let rows: Vec<Vec<String>> = found
        .endpoints
        .iter()
        .map(|endpoint| {
            let total = endpoint.total.map_or_else(|| "?".to_owned(), |total| total.to_string());
            vec![
                endpoint.table.to_string(),
                endpoint.sure.word().to_owned(),
                total,
                endpoint.rows_at.to_string(),
                endpoint.paging.to_string(),
                endpoint.url.to_string(),
            ]
        })
        .collect();
    let mut text = output::columns(&["table", "match", "rows", "rows at", "pages", "address"], &rows, &[2]);
    for endpoint in &found.endpoints {
        // Writing to a String can not fail.
        let _ = write!(text, "\n{}: {}.", endpoint.table, endpoint.reasons.join("; "));
        if !endpoint.left.is_empty() {
            let _ = write!(text, " Not loaded: {}.", endpoint.left.join(", "));
        }
        if !endpoint.lists.is_empty() {
            let _ = write!(text, " Lists in its rows, not loaded: {}.", endpoint.lists.join(", "));
        }
        if !endpoint.missing.is_empty() {
            let _ = write!(text, " Missing: {}.", endpoint.missing.join(", "));
        }
    }
    let _ = write!(text, "\n\n{} addresses were looked at.\n", found.looked_at);
    text
}

fn tables_in_words(tables: &[TableLoad]) -> String {
    let mut text = String::new();
    for table in tables {
        let mark = if table.whole.is_shown() { "all of" } else { "PERHAPS NOT all of" };
        let new = table
            .only_new
            .as_ref()
            .map(|new| format!(" ({new}; --full reads everything)"))
            .unwrap_or_default();
        let pages = if table.pages == 1 { "1 page".to_owned() } else { format!("{} pages", table.pages) };
        let _ = writeln!(
            text,
            "{mark} {}: {} rows in {pages}{new}: {}.",
            table.table,
            table.rows,
            table.whole.why()
        );
    }
    text
}

fn loaded_in_words(loaded: &Loaded) -> String {
    format!("{}\n{}", tables_in_words(&loaded.api), loading::in_words(&loaded.receipt))
}

fn saved_in_words(saved: &Saved) -> String {
    format!("{}\nSaved in {}; nothing was loaded.\n", tables_in_words(&saved.api), saved.folder.display())
}

impl From<ApiLoadError> for Failure {
    fn from(error: ApiLoadError) -> Failure {
        match error {
            ApiLoadError::Database(error) => error.into(),
            ApiLoadError::Load(error) => crate::service::import::ImportError::Load(error).into(),
            ApiLoadError::Server(
                ServerError::Address(_) | ServerError::Unknown { .. } | ServerError::Source { .. },
            ) => Failure::usage(error),
            other => Failure::of(other),
        }
    }
}
