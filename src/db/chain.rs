//! The chain itself: whether it is a demo.

use super::{Db, DbError, Tx};
use mysql_async::prelude::Queryable;

/// A demo chain's recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demo {
    /// The seed it was made from.
    pub seed: u64,
    /// How many orders it was made with.
    pub orders: u64,
}

/// The recipe, where the chain is a demo.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn demo(db: &Db) -> Result<Option<Demo>, DbError> {
    let found: Option<(bool, Option<u64>, Option<u64>)> =
        db.conn().await?.query_first(include_str!("../../sql/queries/chain/read.sql")).await?;
    Ok(found.and_then(|(is_demo, seed, orders)| is_demo.then_some(Demo { seed: seed?, orders: orders? })))
}

/// Holds the chain still until the transaction is over: whoever else does what may happen but once waits here.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn hold(tx: &mut Tx) -> Result<(), DbError> {
    Ok(tx.query_drop(include_str!("../../sql/queries/chain/hold.sql")).await?)
}
