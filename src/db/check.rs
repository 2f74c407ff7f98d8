//! Questions whose answer should be nothing.

use super::stoppable::stoppable;
use super::{Db, DbError};
use crate::domain::check::Check;
use mysql_async::prelude::Queryable;
use tokio_util::sync::CancellationToken;

/// Asks what is amiss, and in how many rows; what is well is left out. `None` where the database alone can not tell. Nothing
/// is amiss where somebody stops the question.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn ask(
    db: &Db,
    check: Check,
    cancel: &CancellationToken,
) -> Result<Option<Vec<(String, u64)>>, DbError> {
    let statement = match check {
        Check::Parents => include_str!("../../sql/queries/check/orphans.sql"),
        Check::Sums => include_str!("../../sql/queries/check/sums.sql"),
        Check::Dates => include_str!("../../sql/queries/check/dates.sql"),
        Check::Managers => include_str!("../../sql/queries/check/managers.sql"),
        Check::Figures => return Ok(None),
    };
    let mut conn = db.conn().await?;
    let (id, asking) = (conn.id(), conn.query(statement));
    let rows: Vec<(String, u64)> = stoppable(db, id, cancel, asking).await?.unwrap_or_default();
    Ok(Some(rows.into_iter().filter(|(_, count)| *count > 0).collect()))
}
