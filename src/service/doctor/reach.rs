//! Finding the database the way opening a chain does, but making nothing.

use crate::db::{Db, DbError, Target};
use crate::local_server::{self, Lease};
use crate::service::chain::{configured_target, identity, private_target, server_request};
use crate::settings::{Account, Credentials, Settings};
use std::time::Duration;

/// How long a private server may take to start; after a crash it repairs itself first.
const START: Duration = Duration::from_secs(60);
/// How long one question may take.
pub(super) const PROBE: Duration = Duration::from_secs(5);

/// A database that was reached.
pub(super) struct Reached {
    pub(super) db: Db,
    /// The account that owns the schema; `None` where one account does everything.
    pub(super) migrate: Option<Account>,
    /// Keeps a private server up.
    lease: Option<Lease>,
}

/// Why there is no database to look at.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotReached {
    /// Nobody made one yet.
    #[error("No database was made yet. `storekeeper init` makes one, and `storekeeper demo` one to try.")]
    NotMade,
    /// It did not answer in time.
    #[error(
        "The database did not answer within {0} seconds. Look whether the server hangs; `storekeeper db stop` stops a private one."
    )]
    Silent(u64),
    /// The private server, or its accounts, in their own words.
    #[error("{0}")]
    Private(String),
    /// The database, in its own words.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Connects as a screen would.
pub(super) async fn reach(settings: &Settings) -> Result<Reached, NotReached> {
    if settings.database.is_configured() {
        let given = configured_target(&settings.database);
        // A file that can not be read or trusted has a line of its own among the files.
        let kept = Credentials::load(&settings.data_dir).ok().flatten();
        let kept = kept.filter(|kept| kept.server == identity(&given));
        let target = kept.as_ref().map_or_else(|| given.clone(), |kept| given.with_account(kept.app.clone()));
        let db = connect(&target).await?;
        return Ok(Reached { db, migrate: kept.map(|kept| kept.migrate), lease: None });
    }
    let private = |error: &dyn std::fmt::Display| NotReached::Private(error.to_string());
    let credentials = Credentials::load(&settings.data_dir).map_err(|error| private(&error))?;
    let made = settings.data_dir.join("server").join("data").is_dir();
    let Some((credentials, root)) =
        credentials.and_then(|kept| kept.root.clone().map(|root| (kept, root))).filter(|_| made)
    else {
        return Err(NotReached::NotMade);
    };
    let request = server_request(settings, &root);
    let lease = tokio::time::timeout(START, local_server::open(&request, |_| ()))
        .await
        .map_err(|_| NotReached::Silent(START.as_secs()))?
        .map_err(|error| private(&error))?;
    match connect(&private_target(settings, &lease, &credentials)).await {
        Ok(db) => Ok(Reached { db, migrate: Some(credentials.migrate), lease: Some(lease) }),
        Err(error) => {
            give_back(lease).await;
            Err(error)
        }
    }
}

/// Connects; a server that takes the connection and then says nothing is given up on.
pub(super) async fn connect(target: &Target) -> Result<Db, NotReached> {
    let limit = target.connect_timeout + PROBE;
    let connecting = tokio::time::timeout(limit, Db::connect(target));
    Ok(connecting.await.map_err(|_| NotReached::Silent(limit.as_secs()))??)
}

/// Says goodbye, no longer than a question may take.
pub(super) async fn leave(db: Db) {
    if tokio::time::timeout(PROBE, db.close()).await.is_err() {
        tracing::debug!("the database did not say goodbye");
    }
}

impl Reached {
    /// Whether the server is a private one.
    pub(super) fn is_private(&self) -> bool {
        self.lease.is_some()
    }

    /// Ends the connections, and a private server where nobody else is in.
    pub(super) async fn close(self) {
        leave(self.db).await;
        if let Some(lease) = self.lease {
            give_back(lease).await;
        }
    }
}

async fn give_back(lease: Lease) {
    match tokio::time::timeout(START, lease.close()).await {
        Ok(Ok(_)) => {}
        Ok(Err(cause)) => tracing::warn!(%cause, "the private database was not stopped"),
        Err(_) => tracing::warn!("the private database takes long to stop"),
    }
}
