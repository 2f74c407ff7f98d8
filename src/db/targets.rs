//! What stores are meant to sell, in SQL.

use super::row::{self, Day};
use super::{Db, DbError, Tx, sight};
use crate::domain::target::{StoreTarget, TargetChange};
use crate::domain::{Month, Sight, StoreId};
use mysql_async::prelude::Queryable;
use mysql_async::{Error, params};
use rust_decimal::Decimal;

macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!("../../sql/queries/targets/", $name, ".sql"))
    };
}

/// The target of each store for a month: of one store, or of those in sight.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn of_month(
    db: &Db,
    store: Option<StoreId>,
    sight: &Sight,
    month: Month,
) -> Result<Vec<StoreTarget>, DbError> {
    let mut conn = db.conn().await?;
    read(&mut conn, store, sight, month).await
}

/// The target of one store as it is now, within a transaction.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn now(tx: &mut Tx, store: StoreId, month: Month) -> Result<Option<StoreTarget>, DbError> {
    Ok(read(&mut **tx, Some(store), &Sight::Chain, month).await?.into_iter().next())
}

async fn read(
    conn: &mut impl Queryable,
    store: Option<StoreId>,
    sight: &Sight,
    month: Month,
) -> Result<Vec<StoreTarget>, DbError> {
    let values = params! {
        "month" => Day(month.first_day()),
        "store_id" => store.map(|store| store.0),
        "stores" => sight::stores(sight),
    };
    let told = |(store, name, amount, version): (u32, String, Option<Decimal>, u32)| StoreTarget {
        store: StoreId(store),
        name: row::text(&name),
        amount: amount.map(row::money),
        version,
    };
    Ok(conn.exec_map(sql!("of_month"), values, told).await?)
}

/// Changes a target, where it still is what was seen; tells whether it was.
///
/// # Errors
/// [`DbError`] where it could not be stored.
pub async fn change(tx: &mut Tx, month: Month, change: &TargetChange) -> Result<bool, DbError> {
    const DUPLICATE: u16 = 1062;
    let (store, month) = (change.seen.store.0, Day(month.first_day()));
    let (seen, version) = (change.seen.amount.map(|sum| sum.amount()), change.seen.version);
    match (seen, change.amount) {
        (None, None) => Ok(true),
        (None, Some(amount)) => {
            let values = params! { "store_id" => store, month, "amount" => amount.amount() };
            match tx.exec_drop(sql!("add"), values).await {
                Err(Error::Server(server)) if server.code == DUPLICATE => Ok(false),
                done => Ok(done.map(|()| true)?),
            }
        }
        (Some(before), Some(amount)) => {
            let amount = amount.amount();
            let values = params! { "store_id" => store, month, version, before, amount };
            tx.exec_drop(sql!("change"), values).await?;
            Ok(tx.affected_rows() == 1)
        }
        (Some(before), None) => {
            tx.exec_drop(sql!("remove"), params! { "store_id" => store, month, version, before }).await?;
            Ok(tx.affected_rows() == 1)
        }
    }
}
