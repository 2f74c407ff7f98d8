//! Taking a demo away again. What anybody else brought can not go with it: only rows that the demo's own load brought are deleted,
//! and where there are others, none.

use super::source_name;
use crate::db::write::{Recorded, Transient};
use crate::db::{self, Db, DbError};
use crate::domain::audit::{Action, Entry};
use crate::service::authorized::{Authorized, ManageDatabase};
use futures_util::FutureExt;
use tokio_util::sync::CancellationToken;

/// Why nothing was cleared.
#[derive(Debug, thiserror::Error)]
pub enum ClearError {
    /// The chain is somebody's.
    #[error(
        "This chain is no demo, so nothing was cleared: its data is somebody's. Only sample data can be cleared."
    )]
    NotADemo,
    /// The demo has rows that are not its own.
    #[error("This demo has rows that it did not begin with ({}), so nothing was cleared. Take these away first.", listed(.0))]
    Strangers(Vec<(String, u64)>),
    /// Somebody stopped it.
    #[error("Stopped; nothing was cleared.")]
    Stopped,
    /// The database did not do it.
    #[error("{0} Nothing was cleared.")]
    Database(#[from] DbError),
}

impl Transient for ClearError {
    fn is_transient(&self) -> bool {
        matches!(self, ClearError::Database(error) if error.is_transient())
    }
}

fn listed(strangers: &[(String, u64)]) -> String {
    strangers.iter().map(|(table, count)| format!("{count} of {table}")).collect::<Vec<_>>().join(", ")
}

/// Takes the rows of a demo and its targets away, all of them or none; its users stay. Answers how many rows went.
///
/// # Errors
/// [`ClearError`]; nothing is changed then.
pub async fn clear(
    by: &Authorized<ManageDatabase>,
    db: &Db,
    cancel: &CancellationToken,
) -> Result<u64, ClearError> {
    db.write(by, |tx| {
        let (db, cancel) = (db.clone(), cancel.clone());
        async move {
            let state = db::demo::state(tx).await?;
            let demo = state.demo.ok_or(ClearError::NotADemo)?;
            let run = db::demo::loaded_by(tx, &source_name(demo)).await?;
            let strangers = db::demo::strangers(tx, run).await?;
            if !strangers.is_empty() {
                return Err(ClearError::Strangers(strangers));
            }
            let gone = match run {
                Some(run) => db::demo::clear(&db, tx, run, &cancel).await?.ok_or(ClearError::Stopped)?,
                None => 0,
            };
            let told = format!("{}, {gone} rows", source_name(demo));
            Ok(Recorded::with(gone, Entry::done(Action::DemoCleared, "chain").detail(told)))
        }
        .boxed()
    })
    .await
}
