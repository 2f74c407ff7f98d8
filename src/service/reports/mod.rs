//! Reports on paper: read at one moment, laid out, recorded, and only then put where they are wanted.

mod customers;
mod drafts;
mod error;
mod lists;
mod name;

pub use error::ReportError;

use super::authorized::{Authorized, ExportData};
use super::figures;
use crate::db::reports::Reader;
use crate::db::{Db, DbError, Proof, Recorded};
use crate::domain::audit::{Action, Entry};
use crate::domain::records::Filter;
use crate::domain::{Actor, CustomerId, Scope, Sight, StoreId};
use crate::report::pdf::Stamp;
use crate::settings::Report;
use drafts::Drafted;
use futures_util::FutureExt;
use jiff::Zoned;
use std::path::PathBuf;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What is printed, and where to.
#[derive(Debug, Clone)]
pub struct Request {
    /// Which report.
    pub what: What,
    /// The folder it goes to; it is made where it is not there. A file that is there stays as it is.
    pub folder: PathBuf,
    /// Paper, numbers, and the name at the head.
    pub look: Report,
    /// When, in the time zone of who reads it.
    pub now: Zoned,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A letter to each of these customers, with all their orders.
    Customers(Whom),
    /// Sales by period and store.
    Sales(Scope),
    /// What is on hand, in one store or all.
    Stock(Option<StoreId>),
    /// What to order, for one store or all.
    LowStock(Option<StoreId>),
}

/// Which customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// These, by their numbers.
    These(Vec<CustomerId>),
    /// Every one.
    All,
    /// Those that are left of the table of customers when it is narrowed so.
    Narrowed(Box<Filter>),
}

/// How far it is. Sent on a `watch`: only the newest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reporting {
    /// Documents that are finished.
    pub done: u64,
    /// How many there will be.
    pub of: u64,
}

/// A report that is in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub file: PathBuf,
    /// Whose it is, of a customer's.
    pub customer: Option<CustomerId>,
    /// Pages.
    pub pages: usize,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Prints reports. All of them are in their places in the end, or none is.
///
/// Sales and stock are those of the stores that whoever prints may look at, as on the dashboard; a letter to a customer has all
/// their orders, as the customer's record has.
///
/// # Errors
/// [`ReportError`]; nothing is left in the folder then.
pub async fn print(
    by: &Authorized<ExportData>,
    db: &Db,
    request: &Request,
    progress: &watch::Sender<Reporting>,
    cancel: &CancellationToken,
) -> Result<Vec<Written>, ReportError> {
    db.recheck(by).await?;
    drafts::folder(&request.folder)?;
    let sight = figures::sight(by, db).await?;
    let mut reader = Reader::open(db).await?;
    let actor = &by.warrant().doer.actor;
    let printing = Printing { db, request, stamp: stamp(actor, request), actor, sight, progress, cancel };
    let drafted = printing.drafted(&mut reader).await;
    if let Err(cause) = reader.close().await {
        tracing::debug!(%cause, "the connection of a report did not end cleanly");
    }
    let drafted = drafted?;
    if cancel.is_cancelled() {
        return Err(ReportError::Cancelled);
    }
    note(by, db, request, &drafted).await?;
    drafts::put_in_place(&request.folder, drafted).await
}

/// Reports while they are printed.
struct Printing<'a> {
    db: &'a Db,
    request: &'a Request,
    stamp: Stamp,
    /// Who prints.
    actor: &'a Actor,
    /// How much of the chain they may look at.
    sight: Sight,
    progress: &'a watch::Sender<Reporting>,
    cancel: &'a CancellationToken,
}

impl Printing<'_> {
    async fn drafted(&self, reader: &mut Reader) -> Result<Vec<Drafted>, ReportError> {
        match &self.request.what {
            What::Customers(whom) => self.customers(reader, whom).await,
            What::Sales(scope) => self.one(self.sales(reader, scope).await?).await,
            What::Stock(store) => self.one(self.stock(reader, *store).await?).await,
            What::LowStock(store) => self.one(self.low_stock(reader, *store).await?).await,
        }
    }

    fn tell(&self, done: u64, of: u64) {
        self.progress.send_replace(Reporting { done, of });
    }

    /// What was read; nothing is read after somebody cancelled.
    fn unless_cancelled<T>(&self, read: Option<T>) -> Result<T, ReportError> {
        read.filter(|_| !self.cancel.is_cancelled()).ok_or(ReportError::Cancelled)
    }
}

fn stamp(actor: &Actor, request: &Request) -> Stamp {
    let by = match actor {
        Actor::User(_, name) => name.to_string(),
        Actor::Operator => "the operator".to_owned(),
        Actor::Direct | Actor::Nobody => "direct administration".to_owned(),
    };
    Stamp { at: request.now.clone(), by }
}

/// Records what leaves the chain, before it does.
async fn note(
    by: &Authorized<ExportData>,
    db: &Db,
    request: &Request,
    drafted: &[Drafted],
) -> Result<(), DbError> {
    let to = format!("to {}", request.folder.display());
    let entries: Vec<Entry> = match &request.what {
        What::Customers(Whom::All) => {
            let detail = format!("all {} customers, {to}", drafted.len());
            vec![Entry::done(Action::Report, "customers").detail(detail)]
        }
        What::Customers(Whom::These(_) | Whom::Narrowed(_)) => drafted
            .iter()
            .filter_map(|drafted| drafted.customer)
            .map(|customer| Entry::done(Action::Report, format!("customer {customer}")).detail(&to))
            .collect(),
        What::Sales(scope) => {
            let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
            let (from, until) = (day(scope.from), day(scope.to));
            let detail = format!("{} orders, {}, {from} to {until}, {to}", scope.measure, whose(scope.store));
            vec![Entry::done(Action::Report, "sales").detail(detail)]
        }
        What::Stock(store) => {
            vec![Entry::done(Action::Report, "stock").detail(format!("{}, {to}", whose(*store)))]
        }
        What::LowStock(store) => {
            vec![Entry::done(Action::Report, "low stock").detail(format!("{}, {to}", whose(*store)))]
        }
    };
    db.write(by, |_| {
        let entries = entries.clone();
        async move { Ok(Recorded::with_all((), entries)) }.boxed()
    })
    .await
}

fn whose(store: Option<StoreId>) -> String {
    store.map_or_else(|| "all stores".to_owned(), |store| format!("store {store}"))
}
