//! Servers that have a name in the configuration: which there are, and one more.

use super::Target;
use crate::db::{Db, DbError, Proof};
use crate::domain::audit::{Action, Entry, Outcome};
use crate::domain::clean;
use crate::etl::source::api::{Auth, Endpoint};
use crate::service::authorized::{Authorized, SystemSettings};
use crate::settings::{ApiSource, ApiTable, NewSource, NotWritten, Settings, write_source};

/// A server of the configuration, as screens show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSource {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// How it is signed in to, and where the secret comes from; never the secret.
    pub signs_in: String,
    /// How many of its tables are written down.
    pub tables: usize,
}

/// The servers that have a name.
pub fn named(settings: &Settings) -> Vec<NamedSource> {
    let of = |(name, source): (&String, &ApiSource)| NamedSource {
        name: clean(name),
        url: clean(&source.url),
        signs_in: clean(&signs_in(source)),
        tables: source.tables.len(),
    };
    settings.sources.iter().map(of).collect()
}

fn signs_in(source: &ApiSource) -> String {
    let Some(auth) = source.auth.as_deref().filter(|auth| *auth != "none") else {
        return "no credentials".to_owned();
    };
    match (&source.secret_env, &source.secret_file, &source.secret) {
        (Some(variable), ..) => format!("{auth}, secret in {variable}"),
        (None, Some(file), _) => format!("{auth}, secret in {}", file.display()),
        (None, None, Some(_)) => format!("{auth}, secret in the configuration"),
        (None, None, None) => format!("{auth}, without its secret"),
    }
}

/// What was found of a server, to be written down under a name. The secret is no part of it.
pub fn as_new(name: &str, url: &str, target: &Target, endpoints: &[Endpoint]) -> NewSource {
    let table = |endpoint: &Endpoint| {
        let path = match endpoint.url.query() {
            Some(query) => format!("{}?{query}", endpoint.url.path()),
            None => endpoint.url.path().to_owned(),
        };
        let (rows, paging) = (Some(endpoint.rows_at.to_string()), Some(endpoint.paging.to_string()));
        (endpoint.table.name().to_owned(), ApiTable { path, rows, paging })
    };
    let scope = match &target.auth {
        Some(Auth::OAuth2 { scope, .. }) => scope.clone(),
        _ => None,
    };
    NewSource {
        name: name.to_owned(),
        url: url.trim().to_owned(),
        auth: target.auth.as_ref().map(ToString::to_string),
        scope,
        secret_env: target.secret_env.clone(),
        allow_private: target.allow_private,
        tables: endpoints.iter().map(table).collect(),
    }
}

/// Why a server was not written down.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The file can not be written, or not safely.
    #[error(transparent)]
    File(#[from] NotWritten),
    /// The person may not do that any more, or the database can not be asked.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Writes a server into the user's file; answers it as a later start reads it. The audit log has it before it is written.
///
/// # Errors
/// [`KeepError`]; the file is as it was then.
pub async fn keep(
    by: &Authorized<SystemSettings>,
    db: &Db,
    settings: &Settings,
    source: &NewSource,
) -> Result<ApiSource, KeepError> {
    db.recheck(by as &dyn Proof).await?;
    let entry = Entry::done(Action::SettingsChanged, format!("source {}", source.name)).detail(&source.url);
    db.note(by, entry.clone()).await?;
    let (file, wanted) = (settings.file.clone(), source.clone());
    let writing = tokio::task::spawn_blocking(move || write_source(file.as_deref(), &wanted)).await;
    let written = writing.unwrap_or(Err(NotWritten::NoPlace));
    if written.is_err() {
        db.note(by, entry.ended(Outcome::Failed)).await?;
    }
    Ok(written?)
}
