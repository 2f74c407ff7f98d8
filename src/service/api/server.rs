//! A server as a person names it: an address, or a source of the configuration.

use super::{ApiLoadError, ApiProgress, told_on};
use crate::db::{Db, Proof};
use crate::domain::Table;
use crate::etl::Mapping;
use crate::etl::source::api::{
    self as source, ApiError, Asking, Auth, Base, Client, Credentials, Discovery, Envelope, Known, Manners,
    Paging, Said,
};
use crate::service::authorized::{Authorized, ImportData};
use crate::settings::{Api, ApiSource, Settings, SettingsError, secret_in};
use secrecy::SecretString;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{oneshot, watch};
use tokio_util::sync::CancellationToken;

/// What a person said of a server.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// An address, or the name of a source of the configuration.
    pub address: String,
    /// How to sign in, where that is not in the configuration.
    pub auth: Option<Auth>,
    /// The variable of the environment that has the secret.
    pub secret_env: Option<String>,
    /// The secret itself, where a person typed it. It goes before what is written elsewhere.
    pub secret: Option<SecretString>,
    /// Whether a name may lead into this machine's network.
    pub allow_private: bool,
    /// What was said of tables.
    pub tables: HashMap<Table, Said>,
    /// Only these, where any are named.
    pub only: Vec<Table>,
    /// Other names of columns.
    pub mapping: Mapping,
}

/// A server that can not be asked as was said.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address can not be used.
    #[error(transparent)]
    Address(ApiError),
    /// Neither an address nor a source.
    #[error("{name} is neither an address nor a source of the configuration ({known}).")]
    Unknown {
        /// What was said.
        name: String,
        /// The sources there are, in words.
        known: String,
    },
    /// What is written of it in the configuration can not be used.
    #[error("[sources.{name}] in the configuration: {why}.")]
    Source {
        /// Which.
        name: String,
        /// Why not.
        why: String,
    },
    /// The secret is not there.
    #[error("The secret for {0} is missing: {1}.")]
    Secret(String, String),
    /// The file with the secret can not be used.
    #[error(transparent)]
    SecretFile(#[from] SettingsError),
}

/// A server, ready to be asked.
pub(super) struct Server {
    pub(super) client: Arc<Client>,
    pub(super) known: Known,
    /// The address, as receipts have it.
    pub(super) address: String,
    /// How its days are written, where the configuration says it.
    pub(super) dates: Option<String>,
}

impl Server {
    pub(super) fn open(
        settings: &Settings,
        target: &Target,
        told: watch::Sender<Asking>,
        cancel: &CancellationToken,
    ) -> Result<Server, ServerError> {
        let name = target.address.trim();
        let named = settings.sources.get(name);
        if named.is_none() && !name.contains(['.', ':', '/']) && name != "localhost" {
            let known: Vec<&str> = settings.sources.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "there are none".to_owned() } else { known.join(", ") };
            return Err(ServerError::Unknown { name: crate::domain::clean(name), known });
        }
        let base = Base::typed(named.map_or(name, |named| &named.url)).map_err(ServerError::Address)?;
        let address = base.url().to_string();
        let credentials = credentials(target, name, named)?;
        let allow = target.allow_private || named.is_some_and(|named| named.allow_private);
        let mut tables = target.tables.clone();
        if let Some(named) = named {
            for (table, said) in tables_of(name, named)? {
                tables.entry(table).or_insert(said);
            }
        }
        let mut only = target.only.clone();
        if only.is_empty() && named.is_some_and(|named| !named.tables.is_empty()) {
            // What is written down is what is meant.
            only = tables.keys().copied().collect();
            only.sort();
        }
        let known = Known { mapping: target.mapping.clone(), tables, only };
        let client = Client::new(base, credentials, allow, manners(&settings.api), told, cancel);
        let dates = named.and_then(|named| named.dates.clone());
        Ok(Server { client: Arc::new(client), known, address, dates })
    }
}

fn manners(api: &Api) -> Manners {
    let seconds = |seconds: u32| Duration::from_secs(u64::from(seconds));
    Manners {
        rate: api.rate,
        concurrency: api.concurrency,
        attempts: api.attempts,
        first_wait: Duration::from_millis(u64::from(api.first_wait_ms)),
        patience: seconds(api.patience_seconds),
        reply_time: seconds(api.reply_seconds),
        reply_bytes: u64::from(api.reply_mib) << 20,
        pages: api.pages,
        rows: api.rows,
    }
}

fn credentials(target: &Target, name: &str, named: Option<&ApiSource>) -> Result<Credentials, ServerError> {
    let wrong = |why: String| ServerError::Source { name: name.to_owned(), why };
    let mut auth = match (&target.auth, named.and_then(|named| named.auth.as_deref())) {
        (Some(auth), _) => auth.clone(),
        (None, Some(words)) => Auth::from_words(words).map_err(|why| wrong(format!("auth: {why}")))?,
        (None, None) => Auth::None,
    };
    if let (Auth::OAuth2 { scope: scope @ None, .. }, Some(named)) = (&mut auth, named) {
        scope.clone_from(&named.scope);
    }
    if !auth.needs_secret() {
        return Ok(Credentials::default());
    }
    let variable = target.secret_env.as_ref().or_else(|| named?.secret_env.as_ref());
    let secret: SecretString = if let Some(typed) = &target.secret {
        typed.clone()
    } else if let Some(variable) = variable {
        let value = std::env::var(variable).ok().filter(|value| !value.is_empty());
        let missing = format!("the variable {variable} is not set");
        value.ok_or_else(|| ServerError::Secret(name.to_owned(), missing))?.into()
    } else if let Some(file) = named.and_then(|named| named.secret_file.as_deref()) {
        secret_in(file)?
    } else if let Some(secret) = named.and_then(|named| named.secret.clone()) {
        secret
    } else {
        let how = "name the variable that has it with --secret-env".to_owned();
        return Err(ServerError::Secret(name.to_owned(), how));
    };
    Ok(Credentials { auth, secret })
}

fn tables_of(name: &str, named: &ApiSource) -> Result<Vec<(Table, Said)>, ServerError> {
    let wrong = |why: String| ServerError::Source { name: name.to_owned(), why };
    let said = named.tables.iter().map(|(word, table)| {
        let known = Table::from_name(word).ok_or_else(|| wrong(format!("there is no table {word}")))?;
        let paging = table.paging.as_deref().map(Paging::from_words).transpose();
        let paging = paging.map_err(|why| wrong(format!("paging of {word}: {why}")))?;
        let rows_at = table.rows.as_deref().map(Envelope::from_words);
        Ok((known, Said { path: Some(table.path.clone()), rows_at, paging }))
    });
    said.collect()
}

/// Works on a thread of its own, which a server that hangs can not keep the program from ending.
pub(super) async fn on_thread<T: Send + 'static>(
    cancel: &CancellationToken,
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let (done, back) = oneshot::channel();
    let begun = std::thread::Builder::new().name("api-reader".to_owned()).spawn(move || {
        // Nobody waits any more where it was stopped.
        let _ = done.send(work());
    });
    if let Err(cause) = begun {
        return Err(ApiError::Keep(format!("no thread to read with ({cause})")));
    }
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(ApiError::Cancelled),
        done = back => done.unwrap_or_else(|_| Err(ApiError::Keep("the reading broke off".to_owned()))),
    }
}

/// Finds out what a server has.
///
/// # Errors
/// [`ApiLoadError`] where it can not be asked.
pub async fn discover(
    by: &Authorized<ImportData>,
    db: &Db,
    settings: &Settings,
    target: &Target,
    progress: &watch::Sender<ApiProgress>,
    cancel: &CancellationToken,
) -> Result<Discovery, ApiLoadError> {
    db.recheck(by as &dyn Proof).await?;
    let told = watch::Sender::new(Asking::default());
    let server = Server::open(settings, target, told.clone(), cancel)?;
    let (client, known) = (server.client, server.known);
    let work = on_thread(cancel, move || source::discover(&client, &known));
    Ok(told_on(told.subscribe(), |asking| progress.send_modify(|all| all.asking = asking), work).await?)
}

/// What a first word with a server showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tested {
    /// The address, without credentials.
    pub address: String,
    /// From the question to the end of the answer, in milliseconds.
    pub milliseconds: u64,
    /// The status of the answer.
    pub status: u16,
    /// What came: `JSON`, or what it is instead.
    pub came: String,
    /// What the server calls itself.
    pub server: Option<String>,
}

/// Asks a server once.
///
/// # Errors
/// [`ApiLoadError`] where it can not be reached or does not let us.
pub async fn test(
    by: &Authorized<ImportData>,
    db: &Db,
    settings: &Settings,
    target: &Target,
    cancel: &CancellationToken,
) -> Result<Tested, ApiLoadError> {
    db.recheck(by as &dyn Proof).await?;
    let server = Server::open(settings, target, watch::Sender::new(Asking::default()), cancel)?;
    let begun = tokio::time::Instant::now();
    let client = server.client;
    let first = on_thread(cancel, move || source::first_word(&client)).await?;
    let milliseconds = begun.elapsed().as_millis() as u64;
    let source::FirstWord { status, came, server: calls } = first;
    Ok(Tested { address: server.address, milliseconds, status, came, server: calls })
}
