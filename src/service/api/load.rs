//! Loading: find the tables, read every page, and only then load, by the road of files.

use super::marks::{self, Before};
use super::server::{Server, Target, on_thread};
use super::{ApiLoadError, ApiProgress, told_on};
use crate::db::{Db, Proof};
use crate::domain::receipt::Outcome;
use crate::domain::{Receipt, RunId, Table};
use crate::etl::source::Source;
use crate::etl::source::api::{
    self as source, ApiError, ApiRows, Asking, Client, Discovery, Endpoint, Fetched, Known, Spool, Step,
    Sure, Whole,
};
use crate::etl::{self, Dates, Mode, OnDuplicate, Options, Progress};
use crate::service::authorized::{Authorized, ImportData};
use crate::service::import::{self, warrant};
use crate::settings::Settings;
use serde::Serialize;
use std::sync::Arc;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What became of one table of a server.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableLoad {
    /// The table.
    pub table: Table,
    /// Its address, without credentials.
    pub address: String,
    /// Pages read.
    pub pages: u64,
    /// Rows read.
    pub rows: u64,
    /// Rows that the server says it has.
    pub total: Option<u64>,
    /// Whether these are all.
    #[serde(flatten)]
    pub whole: Whole,
    /// Where only what is new was asked for: what for, and since which run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_new: Option<String>,
    /// Fields that are not loaded.
    pub left: Vec<String>,
}

/// A load from a server.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Loaded {
    /// What the load did.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// Table by table.
    pub api: Vec<TableLoad>,
    /// Whether it is shown that everything came.
    pub complete: bool,
}

/// What was read of a server.
pub(super) struct Read {
    pub(super) sources: Vec<ApiRows>,
    pub(super) tables: Vec<TableLoad>,
    pub(super) marks: Vec<marks::Reached>,
    pub(super) moved: bool,
}

/// Loads what a server has; `request` says how, as for files (its paths are not looked at). `full` asks for everything, also
/// where only what is new could be asked for.
///
/// # Errors
/// [`ApiLoadError`] where it could not be done; rejected rows, a cancelled load and one that may be incomplete are no errors
/// but a receipt.
pub async fn load(
    by: &Authorized<ImportData>,
    db: &Db,
    settings: &Settings,
    (target, full): (&Target, bool),
    request: &import::Request,
    progress: &watch::Sender<ApiProgress>,
    cancel: &CancellationToken,
) -> Result<Loaded, ApiLoadError> {
    db.recheck(by as &dyn Proof).await?;
    let warrant = warrant(by, request.mode)?;
    let told = watch::Sender::new(Asking::default());
    let server = Server::open(settings, target, told.clone(), cancel)?;
    let full = full || request.mode == Mode::Replace;
    let reading = read(db, &server, full, cancel);
    let read =
        told_on(told.subscribe(), |asking| progress.send_modify(|all| all.asking = asking), reading).await;
    let Read { sources, tables, marks, moved } = match read {
        // A load that is stopped is a run with a receipt, at whatever it was.
        Err(ApiLoadError::Api(ApiError::Cancelled)) if cancel.is_cancelled() => Read::nothing(),
        other => other?,
    };
    if request.mode == Mode::Replace
        && let Some(part) = tables.iter().find(|table| !table.whole.is_shown())
    {
        return Err(ApiLoadError::ReplaceByPart {
            table: part.table.name(),
            why: part.whole.why().to_owned(),
        });
    }
    let options = Options {
        dry_run: request.dry_run,
        on_reject: request.on_reject,
        on_duplicate: if moved { OnDuplicate::Last } else { request.on_duplicate },
        mapping: request.mapping.clone(),
        save_mapping: request.save_mapping.clone(),
        dates: dates(&request.dates, server.dates.as_deref())?,
        rejects_dir: request.rejects_dir.clone(),
        mode: request.mode,
        by: warrant,
        infile: request.infile,
        remark: remark(&tables),
    };
    let sources: Vec<Box<dyn Source>> =
        sources.into_iter().map(|source| Box::new(source) as Box<dyn Source>).collect();
    let loading = watch::Sender::new(Progress::default());
    let work = etl::load(db, &server.address, sources, &options, &loading, cancel);
    let hand_on = |now: Progress| progress.send_modify(|all| all.loading = Some(now));
    let receipt = told_on(loading.subscribe(), hand_on, work).await?;
    if matches!(receipt.status, Outcome::Committed | Outcome::NothingToDo) && receipt.rejected() == 0 {
        marks::keep(db, receipt.run_id, &marks).await;
    }
    let complete = tables.iter().all(|table| table.whole.is_shown());
    Ok(Loaded { receipt, api: tables, complete })
}

impl Read {
    fn nothing() -> Read {
        Read { sources: Vec::new(), tables: Vec::new(), marks: Vec::new(), moved: false }
    }
}

/// What a person says goes before what the configuration does.
fn dates(said: &Dates, written: Option<&str>) -> Result<Dates, ApiLoadError> {
    let mut dates = Dates::default();
    if let Some(order) = written.filter(|_| *said == Dates::default()) {
        dates.add(order).map_err(|why| super::ServerError::Source { name: "dates".to_owned(), why })?;
        return Ok(dates);
    }
    Ok(said.clone())
}

/// What the history keeps, where it can not be shown that everything came.
fn remark(tables: &[TableLoad]) -> Option<String> {
    let open: Vec<String> = tables
        .iter()
        .filter(|table| !table.whole.is_shown())
        .map(|table| format!("{}: {}", table.table, table.whole.why()))
        .collect();
    (!open.is_empty()).then(|| format!("Not shown to be complete. {}.", open.join("; ")))
}

/// Finds the tables of a server and reads them.
pub(super) async fn read(
    db: &Db,
    server: &Server,
    full: bool,
    cancel: &CancellationToken,
) -> Result<Read, ApiLoadError> {
    let (client, known) = (server.client.clone(), server.known.clone());
    let discovery = on_thread(cancel, move || source::discover(&client, &known)).await?;
    let wanted: Vec<Endpoint> =
        discovery.endpoints.iter().filter(|endpoint| is_wanted(server, endpoint)).cloned().collect();
    if wanted.is_empty() {
        return Err(nothing_there(server, &discovery));
    }
    let mut before = Vec::new();
    for endpoint in &wanted {
        let kept = if full { None } else { marks::before(db, endpoint).await? };
        before.push(kept);
    }
    let (client, known) = (server.client.clone(), server.known.clone());
    let others = discovery.others;
    on_thread(cancel, move || read_all(&client, &known, wanted, &others, before)).await.map_err(Into::into)
}

/// A table whose rows lack what every row needs is left, and that is said; one that a person named is loaded or refused.
fn is_wanted(server: &Server, endpoint: &Endpoint) -> bool {
    let named =
        server.known.tables.contains_key(&endpoint.table) || server.known.only.contains(&endpoint.table);
    if endpoint.sure == Sure::Doubtful && !named {
        server.client.note_left(endpoint);
        return false;
    }
    true
}

fn nothing_there(server: &Server, discovery: &Discovery) -> ApiLoadError {
    let documents = match discovery.documents.as_slice() {
        [] => String::new(),
        documents => format!(", and {} tells of none", documents.join(", ")),
    };
    ApiLoadError::NothingThere { address: server.address.clone(), looked: discovery.looked_at, documents }
}

fn read_all(
    client: &Arc<Client>,
    known: &Known,
    wanted: Vec<Endpoint>,
    others: &[Endpoint],
    before: Vec<Option<Before>>,
) -> Result<Read, ApiError> {
    let mut read = Read::nothing();
    let mut largest_reply = 0;
    for (endpoint, before) in wanted.into_iter().zip(before) {
        client.begin(Step::Reading, endpoint.table);
        let (endpoint, fetched, only_new) = read_one(client, known, endpoint, others, before.as_ref())?;
        let Fetched { spool, pages, total, whole, moved, validators } = fetched;
        let rows = spool.as_ref().map_or(0, Spool::rows);
        if pages == 1 {
            largest_reply = largest_reply.max(rows);
        }
        let spool = spool.unwrap_or_default();
        let name = endpoint.reading().name();
        let source = ApiRows::new(endpoint.table, name.clone(), spool, &known.mapping);
        let source = source.map_err(|cause| ApiError::Keep(cause.to_string()))?;
        let left = source.left().iter().map(|field| crate::domain::clean(field)).collect();
        let reached = marks::reached(&endpoint, &source, pages, validators, before, only_new.is_some())?;
        read.marks.extend(reached.filter(|_| whole.is_shown()));
        read.moved |= moved;
        read.tables.push(TableLoad {
            table: endpoint.table,
            address: name,
            pages,
            rows,
            total,
            whole,
            only_new,
            left,
        });
        read.sources.push(source);
    }
    for table in &mut read.tables {
        table.whole = table.whole.clone().against(table.rows, largest_reply);
    }
    Ok(read)
}

/// Reads a table: what is new, where that can be asked for; else all; from the next address where one does not give it.
fn read_one(
    client: &Client,
    known: &Known,
    endpoint: Endpoint,
    others: &[Endpoint],
    before: Option<&Before>,
) -> Result<(Endpoint, Fetched, Option<String>), ApiError> {
    if let Some(before) = before
        && let Some((fetched, only_new)) = marks::read_newer(client, &endpoint, before)?
    {
        return Ok((endpoint, fetched, Some(only_new)));
    }
    let mut error = match source::fetch(client, &endpoint.reading()) {
        Ok(fetched) => return Ok((endpoint, fetched, None)),
        Err(error) => error,
    };
    for other in others.iter().filter(|other| other.table == endpoint.table && other.sure > Sure::Doubtful) {
        if matches!(error, ApiError::Cancelled) {
            break;
        }
        client.note_other(endpoint.table, &error, other);
        let found = source::look_again(client, known, other);
        let fetched = found.and_then(|found| match found {
            Some(found) => source::fetch(client, &found.reading()).map(|fetched| Some((found, fetched))),
            None => Ok(None),
        });
        match fetched {
            Ok(Some((found, fetched))) => return Ok((found, fetched, None)),
            Ok(None) => {}
            Err(next) => error = next,
        }
    }
    Err(error)
}

/// The number of a run, as sentences have it.
pub(super) fn since(run: RunId) -> String {
    format!("since run {run}")
}
