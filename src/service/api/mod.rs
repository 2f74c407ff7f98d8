//! Loading from other systems' REST APIs: what a server has, and its rows by the same road as files.

mod load;
mod marks;
mod named;
mod read;
mod saved;
mod server;

pub use load::{LeftOut, Loaded, load, load_rows};
pub use named::{KeepError, NamedSource, as_new, keep, named};
pub use read::{Chosen, Rows, TableLoad, read};
pub use saved::{Saved, save};
pub use server::{ServerError, Target, Tested, discover, test};

use crate::etl::source::api::{ApiError, Asking};
use crate::etl::{LoadError, Progress};
use tokio::sync::watch;

/// How far a load from a server is. Sent on a `watch`: only the newest counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ApiProgress {
    /// The asking.
    pub asking: Asking,
    /// The loading, once all rows are here.
    pub loading: Option<Progress>,
}

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum ApiLoadError {
    /// The server can not be asked as was said.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The server does not give its rows.
    #[error("{0} Nothing was loaded.")]
    Api(#[from] ApiError),
    /// The load could not be done.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The person may not do that any more, or the database can not be asked.
    #[error(transparent)]
    Database(#[from] crate::db::DbError),
    /// There is no table that we know.
    #[error(
        "{address} has no table that Storekeeper knows: {looked} addresses were looked at{documents}. Name them: --table orders=PATH. Nothing was loaded."
    )]
    NothingThere {
        /// Where was looked.
        address: String,
        /// How many addresses.
        looked: u32,
        /// What the server says of itself, in words.
        documents: String,
    },
    /// Rows would be removed because they did not come, and it is not known whether all came.
    #[error(
        "Replacing removes rows that do not come, and it can not be shown that all of {table} came: {why}. Nothing was loaded; use --mode upsert."
    )]
    ReplaceByPart {
        /// The table.
        table: &'static str,
        /// Why not.
        why: String,
    },
    /// Rows that were read can not be read again.
    #[error(transparent)]
    Rows(#[from] crate::etl::source::SourceError),
    /// Corrected rows can not be had.
    #[error(transparent)]
    Corrected(#[from] crate::service::import::ImportError),
    /// The files can not be written.
    #[error("{place} can not be written: {cause}. Nothing was saved.")]
    Write {
        /// Where.
        place: String,
        /// What the system said.
        cause: std::io::Error,
    },
}

/// Does the work, and hands on what is told of it.
async fn told_on<T: Clone + Send + Sync, R>(
    mut told: watch::Receiver<T>,
    hand_on: impl Fn(T),
    work: impl Future<Output = R>,
) -> R {
    let mut work = std::pin::pin!(work);
    let done = loop {
        tokio::select! {
            biased;
            done = &mut work => break done,
            changed = told.changed() => match changed {
                Ok(()) => hand_on(told.borrow_and_update().clone()),
                Err(_) => break work.await,
            },
        }
    };
    hand_on(told.borrow().clone());
    done
}
