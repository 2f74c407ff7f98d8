//! Looking at the chain's records. Everybody who may look at records sees those of every store, as the design has it.

mod sheet;

use super::authorized::{Authorized, ViewData};
use super::figures::{self, zone};
use crate::db::records::{self, Listed, Order, RecordPage, RowPlace};
use crate::db::{self, Db, DbError};
use crate::domain::records::{Filter, Found, RecordId, Sheet, Sought};
use crate::domain::{Sight, Table};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tokio_util::sync::CancellationToken;

type May = Authorized<ViewData>;

/// Which rows of a table.
#[derive(Debug, Clone)]
pub struct Rows {
    /// Of which table.
    pub table: Table,
    /// Only those.
    pub filter: Filter,
    /// Their order; by key where there is none, the newest order first.
    pub order: Option<Order>,
    /// Those behind this place; from the first on where there is none.
    pub after: Option<RowPlace>,
    /// From the end up.
    pub up: bool,
    /// The most there may be.
    pub limit: u32,
}

/// Rows of a table, in the order asked for; `None` when somebody cancels.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone; [`DbError::TooLong`] where it takes longer than
/// anybody waits.
pub async fn page(
    by: &May,
    db: &Db,
    rows: Rows,
    now: Timestamp,
    cancel: &CancellationToken,
) -> Result<Option<Vec<Listed>>, DbError> {
    let reading = async {
        let as_of = today(db, now).await?;
        let Rows { table, filter, order, after, up, limit } = rows;
        records::page(db, &RecordPage { table, filter, order, after, up, limit, as_of }, cancel).await
    };
    db.read(by, reading).await
}

/// One record with what belongs to it; `None` where it is not there.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone.
pub async fn record(
    by: &May,
    db: &Db,
    id: RecordId,
    now: Timestamp,
    cancel: &CancellationToken,
) -> Result<Option<Sheet>, DbError> {
    let reading = async {
        let today = today(db, now).await?;
        let sight = figures::sight(by, db).await?;
        sheet::Desk { db, today, sight: &sight, cancel }.sheet(id).await
    };
    db.read(by, reading).await
}

/// The records that what was typed is about; `None` when somebody cancels.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone; [`DbError::TooLong`] where it takes longer than
/// anybody waits.
pub async fn search(
    by: &May,
    db: &Db,
    typed: &str,
    cancel: &CancellationToken,
) -> Result<Option<Vec<Found>>, DbError> {
    db.read(by, records::search(db, &Sought::read(typed), cancel)).await
}

/// Today, as the dashboard of the whole chain has it.
pub(super) async fn today(db: &Db, now: Timestamp) -> Result<Date, DbError> {
    let days = db::morning::order_days(db, None, &Sight::Chain).await?;
    Ok(now.to_zoned(days.map_or(TimeZone::UTC, |days| zone(&days.time_zone))).date())
}
