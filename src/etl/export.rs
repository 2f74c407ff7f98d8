//! Rows on their way out: every table as it stood at one moment, row by row.

use super::spec::{Kind, spec};
use super::sql;
use crate::db::{Db, DbError};
use crate::domain::Table;
use crate::domain::export::{ExportColumn, Holds};
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Value};
use std::io;
use tokio_util::sync::CancellationToken;

/// Why rows did not go out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database does not give them.
    #[error(transparent)]
    Database(#[from] DbError),
    /// They can not be written.
    #[error("The export can not be written to {place}: {cause}. What was there before is untouched.")]
    Write {
        /// Where.
        place: String,
        /// What the system said.
        cause: io::Error,
    },
    /// Somebody stopped it.
    #[error("The export was stopped. What was there before is untouched.")]
    Cancelled,
}

/// The columns of a table that go out: those that a file may fill.
pub fn columns(table: Table) -> Vec<ExportColumn> {
    let holds = |kind| match kind {
        Kind::Id | Kind::Integer { .. } => Holds::Integer,
        Kind::Decimal { .. } => Holds::Decimal,
        Kind::Text(_) => Holds::Text,
        Kind::Date => Holds::Date,
        Kind::Flag => Holds::Flag,
    };
    spec(table)
        .columns
        .iter()
        .map(|column| ExportColumn { name: column.name, holds: holds(column.kind) })
        .collect()
}

/// How often, in rows, cancellation is looked for.
const STRIDE: u64 = 1024;

/// A cell as the server wrote it; it writes `utf8mb4`, as every session asks it to.
fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// The chain as it stood at one moment, whatever others write meanwhile.
pub struct Snapshot {
    conn: Conn,
    db: Db,
}

impl Snapshot {
    /// Holds the moment.
    ///
    /// # Errors
    /// [`DbError`] where the database can not be asked.
    pub async fn take(db: &Db) -> Result<Snapshot, DbError> {
        let mut conn = db.conn().await?;
        for statement in [
            include_str!("../../sql/queries/export/patience.sql"),
            include_str!("../../sql/queries/export/isolation.sql"),
            include_str!("../../sql/queries/export/snapshot.sql"),
        ] {
            conn.query_drop(statement).await?;
        }
        Ok(Snapshot { conn, db: db.clone() })
    }

    /// Hands every row of a table, in the order of its key, to `take`; answers how many there were.
    ///
    /// # Errors
    /// [`ExportError`] of the database, of `take`, or because somebody stopped it.
    pub async fn each(
        &mut self,
        table: Table,
        cancel: &CancellationToken,
        mut take: impl FnMut(&[Option<&str>]) -> Result<(), ExportError>,
    ) -> Result<u64, ExportError> {
        let id = self.conn.id();
        let mut rows =
            self.conn.query_iter(sql::export_of(self.db.name(), spec(table))).await.map_err(DbError::from)?;
        let mut count = 0_u64;
        while let Some(row) = rows.next().await.map_err(DbError::from)? {
            let cells = row.unwrap();
            let cells: Vec<Option<&str>> = cells.iter().map(text).collect();
            take(&cells)?;
            count += 1;
            if count.is_multiple_of(STRIDE) && cancel.is_cancelled() {
                self.db.kill_query(id).await?;
                return Err(ExportError::Cancelled);
            }
        }
        Ok(count)
    }

    /// Lets the moment go.
    pub async fn end(self) {
        if let Err(cause) = self.conn.disconnect().await {
            tracing::debug!(%cause, "the connection of an export did not end cleanly");
        }
    }
}
