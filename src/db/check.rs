//! Questions whose answer should be nothing.

use super::{Db, DbError};
use mysql_async::prelude::Queryable;

/// A question: what can be amiss, and in how many rows it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Rows that name a row which is not there.
    Orphans,
    /// Stored sums of order lines.
    Sums,
    /// Dates of orders, among themselves and with the status.
    Dates,
    /// Who manages whom.
    Managers,
}

impl Question {
    fn statement(self) -> &'static str {
        match self {
            Question::Orphans => include_str!("../../sql/queries/check/orphans.sql"),
            Question::Sums => include_str!("../../sql/queries/check/sums.sql"),
            Question::Dates => include_str!("../../sql/queries/check/dates.sql"),
            Question::Managers => include_str!("../../sql/queries/check/managers.sql"),
        }
    }
}

/// Asks; answers what is amiss, with the number of rows, and leaves out what is not.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn ask(db: &Db, question: Question) -> Result<Vec<(String, u64)>, DbError> {
    let rows: Vec<(String, u64)> = db.conn().await?.query(question.statement()).await?;
    Ok(rows.into_iter().filter(|(_, count)| *count > 0).collect())
}
