//! The stores.

use super::{Db, DbError, row};
use crate::domain::StoreId;
use crate::domain::morning::StoreName;
use mysql_async::prelude::Queryable;

/// Every store, by name.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn names(db: &Db) -> Result<Vec<StoreName>, DbError> {
    let mut conn = db.conn().await?;
    let names = conn
        .query_map(include_str!("../../sql/queries/stores/names.sql"), |(id, name): (u32, String)| {
            StoreName { id: StoreId(id), name: row::text(&name) }
        })
        .await?;
    Ok(names)
}
