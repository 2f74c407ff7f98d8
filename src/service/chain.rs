//! Opening a chain: finding its server, its accounts and its schema, and making what is missing.

use super::schema::bring_up_to_date;
use crate::db::accounts::{self, Accounts, Ownership, Provided};
use crate::db::{Address, Db, DbError, Target, migrations};
use crate::domain::Doer;
use crate::local_server::{self, Lease, LocalServerError};
use crate::settings::{Account, Credentials, CredentialsError, Database, Settings, generate_password};
use secrecy::SecretString;
use std::time::Duration;

/// The longest account name of MySQL is 32 characters (MySQL manual, 8.2.1); the suffix takes 8 of them.
const ACCOUNT_STEM: usize = 24;

/// An open chain.
#[derive(Debug)]
pub struct Chain {
    /// Its database.
    pub db: Db,
    /// What was said while opening it that a person should know.
    pub notes: Vec<String>,
    lease: Option<Lease>,
}

/// Why a chain can not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The private server.
    #[error(transparent)]
    Server(#[from] LocalServerError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The file with the accounts.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
}

/// What may be done to open a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prepare {
    /// Make a private chain ready; of a configured server, take what is there and say what is missing.
    WhatIsOurs,
    /// As before, and take a configured server's schema of whatever version.
    AsItIs,
    /// Make databases, accounts and schema wherever they belong.
    Everything,
}

impl Chain {
    /// Opens the chain that the settings name.
    ///
    /// `progress` is told in words what takes time; where the schema is made or changed, `by` has done it.
    ///
    /// # Errors
    /// [`OpenError`] in words for the person who asked; nothing is damaged.
    pub async fn open(
        settings: &Settings,
        prepare: Prepare,
        by: &Doer,
        progress: &(dyn Fn(&str) + Send + Sync),
    ) -> Result<Chain, OpenError> {
        if settings.database.is_configured() {
            open_configured(settings, prepare, by, progress).await
        } else {
            open_private(settings, by, progress).await
        }
    }

    /// Ends the connections, and the private server where nobody else is in.
    pub async fn close(self) {
        self.db.close().await;
        if let Some(lease) = self.lease
            && let Err(cause) = lease.close().await
        {
            tracing::warn!(%cause, "the private database was not stopped");
        }
    }
}

/// How long connections, and then the private server, are waited for by a program in haste.
const GOODBYE: Duration = Duration::from_millis(200);
const SERVER_END: Duration = Duration::from_millis(500);

impl Chain {
    /// As [`Chain::close`], for a program that has to be gone at once: it waits neither for a statement under way nor,
    /// once told to end, for the private server, which takes back what was not committed.
    pub async fn close_in_haste(self) {
        if tokio::time::timeout(GOODBYE, self.db.close()).await.is_err() {
            tracing::warn!("a statement was still under way at the end");
        }
        let Some(lease) = self.lease else { return };
        match tokio::time::timeout(SERVER_END, lease.close()).await {
            Ok(Ok(_)) => {}
            Ok(Err(cause)) => tracing::warn!(%cause, "the private database was not stopped"),
            Err(_) => tracing::info!("the private database was left while it ended"),
        }
    }
}

async fn open_private(
    settings: &Settings,
    by: &Doer,
    progress: &(dyn Fn(&str) + Send + Sync),
) -> Result<Chain, OpenError> {
    let credentials = match Credentials::load(&settings.data_dir)? {
        Some(kept) => kept,
        None => generated("private", &settings.database.name, true).load_or_keep(&settings.data_dir)?,
    };
    let root = credentials.root.clone().unwrap_or_else(root);
    let request = server_request(settings, &root);
    let lease = local_server::open(&request, |stage| progress(&stage.to_string())).await?;
    let target = private_target(settings, &lease, &credentials);
    match prepared(&target, credentials, &root, by, progress).await {
        Ok(db) => Ok(Chain { db, notes: Vec::new(), lease: Some(lease) }),
        Err(error) => {
            // A server nobody uses is not left running; the first failure is the one to tell.
            let _ = lease.close().await;
            Err(error.into())
        }
    }
}

/// How the private server is asked for.
pub(super) fn server_request(settings: &Settings, root: &Account) -> local_server::Request {
    local_server::Request {
        dir: settings.data_dir.join("server"),
        program: settings.server.program.clone(),
        buffer_pool_mib: settings.server.buffer_pool_mib,
        root_password: root.password.clone(),
    }
}

/// The private server's database, as `app`.
pub(super) fn private_target(settings: &Settings, lease: &Lease, credentials: &Credentials) -> Target {
    Target {
        address: Address::Socket(lease.socket().to_owned()),
        database: settings.database.name.clone(),
        account: credentials.app.clone(),
        connect_timeout: timeout(&settings.database),
    }
}

/// Connects to the private server as `app`, after making accounts and schema where they are missing.
async fn prepared(
    target: &Target,
    credentials: Credentials,
    root: &Account,
    by: &Doer,
    progress: &(dyn Fn(&str) + Send + Sync),
) -> Result<Db, DbError> {
    match ready(target).await {
        Err(missing) if can_be_made(&missing) => {
            progress("preparing the database");
            let owned = Accounts { migrate: credentials.migrate, app: credentials.app };
            accounts::provide(&target.with_account(root.clone()), &owned, Ownership::Ours).await?;
            bring_up_to_date(&target.with_account(owned.migrate), Some(&owned.app), by).await?;
            ready(target).await
        }
        other => other,
    }
}

/// Connects, and makes sure that the schema is this program's.
async fn ready(target: &Target) -> Result<Db, DbError> {
    let db = Db::connect(target).await?;
    match migrations::check_version(&db).await {
        Ok(()) => Ok(db),
        Err(error) => {
            db.close().await;
            Err(error)
        }
    }
}

fn can_be_made(missing: &DbError) -> bool {
    matches!(missing, DbError::Refused { .. } | DbError::NoDatabase { .. } | DbError::SchemaOlder { .. })
}

async fn open_configured(
    settings: &Settings,
    prepare: Prepare,
    by: &Doer,
    progress: &(dyn Fn(&str) + Send + Sync),
) -> Result<Chain, OpenError> {
    let given = configured_target(&settings.database);
    let identity = identity(&given);
    let kept = Credentials::load(&settings.data_dir)?.filter(|kept| kept.server == identity);
    if prepare != Prepare::Everything {
        let target = kept.map_or_else(|| given.clone(), |kept| given.with_account(kept.app));
        let db = match prepare {
            Prepare::AsItIs => Db::connect(&target).await?,
            _ => ready(&target).await?,
        };
        return Ok(Chain { db, notes: Vec::new(), lease: None });
    }
    progress("preparing the database");
    let (owner, app, notes) = match kept {
        Some(kept) => (kept.migrate, Some(kept.app), Vec::new()),
        None => provide(settings, &given, &identity).await?,
    };
    bring_up_to_date(&given.with_account(owner), app.as_ref(), by).await?;
    let target = app.map_or_else(|| given.clone(), |app| given.with_account(app));
    Ok(Chain { db: ready(&target).await?, notes, lease: None })
}

/// Makes databases and accounts on somebody's server as far as the given account may: who owns the schema, who works
/// with the rows, and what a person should know.
async fn provide(
    settings: &Settings,
    given: &Target,
    identity: &str,
) -> Result<(Account, Option<Account>, Vec<String>), OpenError> {
    let fresh = generated(identity, &given.database, false);
    let accounts = Accounts { migrate: fresh.migrate.clone(), app: fresh.app.clone() };
    match accounts::provide(given, &accounts, Ownership::Shared).await? {
        Provided::Separate => {
            fresh.store(&settings.data_dir)?;
            Ok((accounts.migrate, Some(accounts.app), Vec::new()))
        }
        Provided::Single(why) => Ok((given.account.clone(), None, vec![why])),
    }
}

/// What the accounts of a configured server are kept under.
pub(super) fn identity(target: &Target) -> String {
    format!("{}/{}", target.address, target.database)
}

/// The configured server's database, as the account that was given.
pub(super) fn configured_target(database: &Database) -> Target {
    let address = match (&database.socket, &database.host) {
        (Some(socket), _) => Address::Socket(socket.clone()),
        (None, host) => Address::Tcp {
            host: host.clone().unwrap_or_else(|| "localhost".to_owned()),
            port: database.port,
            tls: database.requires_tls(),
        },
    };
    let password = database.password.clone().unwrap_or_else(|| SecretString::from(""));
    Target {
        address,
        database: database.name.clone(),
        account: Account { user: database.user.clone().unwrap_or_default(), password },
        connect_timeout: timeout(database),
    }
}

fn timeout(database: &Database) -> Duration {
    Duration::from_secs(database.connect_timeout_seconds.into())
}

fn generated(server: &str, database: &str, with_root: bool) -> Credentials {
    let stem: String = database.chars().take(ACCOUNT_STEM).collect();
    let account = |suffix| Account { user: format!("{stem}_{suffix}"), password: generate_password() };
    Credentials {
        server: server.to_owned(),
        root: with_root.then(root),
        migrate: account("migrate"),
        app: account("app"),
    }
}

fn root() -> Account {
    Account { user: "root".to_owned(), password: generate_password() }
}
