//! Loading rows that were read from a server, by the road of files.

use super::read::{Rows, TableLoad, read_from};
use super::server::{Server, Target};
use super::{ApiLoadError, ApiProgress, marks, told_on};
use crate::db::{Db, Proof};
use crate::domain::receipt::Outcome;
use crate::domain::{Receipt, clean};
use crate::etl::source::api::{ApiRows, Asking};
use crate::etl::source::without::Without;
use crate::etl::source::{Source, SourceError};
use crate::etl::{self, Dates, Mapping, Mode, OnDuplicate, Options, Progress};
use crate::service::authorized::{Authorized, ImportData};
use crate::service::import::{self, ImportError, warrant};
use crate::settings::Settings;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

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

/// By address as people see it: rows that are left out, by number, for they come corrected.
pub type LeftOut = BTreeMap<String, BTreeSet<u64>>;

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
    warrant(by, request.mode)?;
    let told = watch::Sender::new(Asking::default());
    let server = Server::open(settings, target, told.clone(), cancel)?;
    let full = full || request.mode == Mode::Replace;
    let reading = read_from(db, &server, None, full, cancel);
    let rows =
        told_on(told.subscribe(), |asking| progress.send_modify(|all| all.asking = asking), reading).await?;
    load_rows(by, db, &rows, &LeftOut::new(), request, progress, cancel).await
}

/// Loads rows that were read, all or nothing; the files of `request` come besides: corrected rows. Rows that were read can be
/// loaded again, after a dry run or with other words about their fields.
///
/// # Errors
/// As [`load`].
pub async fn load_rows(
    by: &Authorized<ImportData>,
    db: &Db,
    rows: &Rows,
    left_out: &LeftOut,
    request: &import::Request,
    progress: &watch::Sender<ApiProgress>,
    cancel: &CancellationToken,
) -> Result<Loaded, ApiLoadError> {
    db.recheck(by as &dyn Proof).await?;
    let warrant = warrant(by, request.mode)?;
    let (mut sources, tables) = sources(rows, &request.mapping, left_out)?;
    if request.mode == Mode::Replace
        && let Some(part) = tables.iter().find(|table| !table.whole.is_shown())
    {
        return Err(ApiLoadError::ReplaceByPart {
            table: part.table.name(),
            why: part.whole.why().to_owned(),
        });
    }
    if !request.paths.is_empty() && !cancel.is_cancelled() {
        sources.extend(corrected(request, cancel).await?);
    }
    sources.sort_by_key(|source| source.table());
    let options = Options {
        dry_run: request.dry_run,
        on_reject: request.on_reject,
        on_duplicate: if rows.moved { OnDuplicate::Last } else { request.on_duplicate },
        mapping: request.mapping.clone(),
        save_mapping: request.save_mapping.clone(),
        dates: dates(&request.dates, rows.dates.as_deref())?,
        rejects_dir: request.rejects_dir.clone(),
        mode: request.mode,
        by: warrant,
        infile: request.infile,
        remark: remark(&tables),
    };
    let loading = watch::Sender::new(Progress::default());
    let work = etl::load(db, &rows.address, sources, &options, &loading, cancel);
    let hand_on = |now: Progress| progress.send_modify(|all| all.loading = Some(now));
    let receipt = told_on(loading.subscribe(), hand_on, work).await?;
    if matches!(receipt.status, Outcome::Committed | Outcome::NothingToDo) && receipt.rejected() == 0 {
        marks::keep(db, receipt.run_id, &rows.marks).await;
    }
    let complete = tables.iter().all(|table| table.whole.is_shown());
    Ok(Loaded { receipt, api: tables, complete })
}

type Sources = (Vec<Box<dyn Source>>, Vec<TableLoad>);

/// The rows as sources, under what is said of their fields, and what is told of each.
fn sources(rows: &Rows, mapping: &Mapping, left_out: &LeftOut) -> Result<Sources, SourceError> {
    let (mut sources, mut tables) = (Vec::new(), Vec::new());
    for (told, spool) in &rows.tables {
        let source = ApiRows::new(told.table, told.address.clone(), spool.clone(), mapping)?;
        let left = source.left().iter().map(|field| clean(field)).collect();
        tables.push(TableLoad { left, ..told.clone() });
        let source: Box<dyn Source> = Box::new(source);
        sources.push(match left_out.get(&clean(&told.address)) {
            Some(lines) => Box::new(Without::new(source, lines.clone())),
            None => source,
        });
    }
    Ok((sources, tables))
}

async fn corrected(
    request: &import::Request,
    cancel: &CancellationToken,
) -> Result<Vec<Box<dyn Source>>, ApiLoadError> {
    let (request, stop) = (request.clone(), cancel.clone());
    let finding = tokio::task::spawn_blocking(move || import::found(&request, &stop)).await;
    let found = finding.map_err(|_| etl::LoadError::Cancelled)?.map_err(ImportError::from)?;
    Ok(found.sources)
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
