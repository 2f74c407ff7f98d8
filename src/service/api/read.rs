//! Reading the tables of a server into temporary files, from where they can be loaded, also more than once.

use super::marks::{self, Before};
use super::server::{Server, Target, on_thread};
use super::{ApiLoadError, ApiProgress, told_on};
use crate::db::{Db, Proof};
use crate::domain::{RunId, Table, clean};
use crate::etl::source::api::{
    self as source, ApiError, ApiRows, Asking, Client, Discovery, Endpoint, Fetched, Known, Spool, Step,
    Sure, TableRead, Whole,
};
use crate::service::authorized::{Authorized, ImportData};
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
    /// Fields that hold a list in each row, which is not loaded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
}

/// What was read of a server. The rows are in temporary files, which go with this.
#[derive(Default)]
pub struct Rows {
    /// The server, as receipts have it.
    pub(super) address: String,
    /// How its days are written, where the configuration says it.
    pub(super) dates: Option<String>,
    pub(super) tables: Vec<(TableLoad, Arc<Spool>)>,
    pub(super) marks: Vec<marks::Reached>,
    pub(super) moved: bool,
    notes: Vec<String>,
}

impl Rows {
    /// What is told of each table.
    pub fn told(&self) -> Vec<TableLoad> {
        self.tables.iter().map(|(told, _)| told.clone()).collect()
    }

    /// What there was to say of the reading besides.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    fn nothing(server: &Server) -> Rows {
        let (address, dates) = (server.address.clone(), server.dates.clone());
        Rows { address, dates, tables: Vec::new(), marks: Vec::new(), moved: false, notes: Vec::new() }
    }
}

/// Which addresses are read, and which where one of them does not give its rows.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// These.
    pub endpoints: Vec<Endpoint>,
    /// To fall back on.
    pub others: Vec<Endpoint>,
}

/// Reads these addresses of a server. `full` asks for everything, also where only what is new could be asked for.
///
/// # Errors
/// [`ApiLoadError`] where it could not be done. Somebody who stops it gets no rows, and no error.
pub async fn read(
    by: &Authorized<ImportData>,
    db: &Db,
    settings: &Settings,
    (target, full): (&Target, bool),
    chosen: Chosen,
    progress: &watch::Sender<ApiProgress>,
    cancel: &CancellationToken,
) -> Result<Rows, ApiLoadError> {
    db.recheck(by as &dyn Proof).await?;
    let told = watch::Sender::new(Asking::default());
    let server = Server::open(settings, target, told.clone(), cancel)?;
    let reading = read_from(db, &server, Some(chosen), full, cancel);
    let rows =
        told_on(told.subscribe(), |asking| progress.send_modify(|all| all.asking = asking), reading).await?;
    let notes = told.borrow().notes.clone();
    Ok(Rows { notes, ..rows })
}

/// Reads a server's tables, which it finds where nobody chose them.
pub(super) async fn read_from(
    db: &Db,
    server: &Server,
    chosen: Option<Chosen>,
    full: bool,
    cancel: &CancellationToken,
) -> Result<Rows, ApiLoadError> {
    match read_all_of(db, server, chosen, full, cancel).await {
        // A load that is stopped is a run with a receipt, at whatever it was.
        Err(ApiLoadError::Api(ApiError::Cancelled)) if cancel.is_cancelled() => Ok(Rows::nothing(server)),
        other => other,
    }
}

async fn read_all_of(
    db: &Db,
    server: &Server,
    chosen: Option<Chosen>,
    full: bool,
    cancel: &CancellationToken,
) -> Result<Rows, ApiLoadError> {
    let Chosen { endpoints, others } = match chosen {
        Some(chosen) => chosen,
        None => find(server, cancel).await?,
    };
    let mut before = Vec::new();
    for endpoint in &endpoints {
        let kept = if full { None } else { marks::before(db, endpoint).await? };
        before.push(kept);
    }
    let (client, known) = (server.client.clone(), server.known.clone());
    let nothing = Rows::nothing(server);
    let reading = on_thread(cancel, move || read_all(&client, &known, endpoints, &others, before, nothing));
    Ok(reading.await?)
}

/// The tables that a server has.
async fn find(server: &Server, cancel: &CancellationToken) -> Result<Chosen, ApiLoadError> {
    let (client, known) = (server.client.clone(), server.known.clone());
    let discovery = on_thread(cancel, move || source::discover(&client, &known)).await?;
    let endpoints: Vec<Endpoint> =
        discovery.endpoints.iter().filter(|endpoint| is_wanted(server, endpoint)).cloned().collect();
    if endpoints.is_empty() {
        return Err(nothing_there(server, &discovery));
    }
    Ok(Chosen { endpoints, others: discovery.others })
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
    mut read: Rows,
) -> Result<Rows, ApiError> {
    let mut largest_reply = 0;
    for (endpoint, before) in wanted.into_iter().zip(before) {
        client.begin(Step::Reading, endpoint.table);
        for list in &endpoint.lists {
            client.note(format!("{}: {list} is a list in each row, and is not loaded.", endpoint.table));
        }
        let (endpoint, fetched, only_new) = read_one(client, known, endpoint, others, before.as_ref())?;
        let Fetched { spool, pages, total, whole, moved, validators } = fetched;
        // What the server counts are the rows around these.
        let total = total.filter(|_| endpoint.rows_at.inside.is_none());
        let rows = spool.as_ref().map_or(0, Spool::rows);
        if pages == 1 {
            largest_reply = largest_reply.max(rows);
        }
        client.ended(TableRead { table: endpoint.table, pages, rows, total });
        let spool = Arc::new(spool.unwrap_or_default());
        let name = endpoint.reading().name();
        let source = ApiRows::new(endpoint.table, name.clone(), spool.clone(), &known.mapping);
        let source = source.map_err(|cause| ApiError::Keep(cause.to_string()))?;
        let left = source.left().iter().map(|field| clean(field)).collect();
        let reached = marks::reached(&endpoint, &source, pages, validators, before, only_new.is_some())?;
        read.marks.extend(reached.filter(|_| whole.is_shown()));
        read.moved |= moved;
        let (table, address, lists) = (endpoint.table, name, endpoint.lists.clone());
        let told = TableLoad { table, address, pages, rows, total, whole, only_new, left, lists };
        read.tables.push((told, spool));
    }
    for (table, _) in &mut read.tables {
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
