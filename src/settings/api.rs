//! How other systems' servers are asked, and the ones that have a name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::Deserialize;

use super::SettingsError;
use super::private_file::Opened;

/// How servers are asked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Requests a second.
    pub rate: u32,
    /// Requests at the same time.
    pub concurrency: u32,
    /// Tries of one request before it is given up.
    pub attempts: u32,
    /// Milliseconds of the wait after the first failure; it doubles with each.
    pub first_wait_ms: u32,
    /// Seconds that a server may ask us to wait.
    pub patience_seconds: u32,
    /// Seconds that a reply may take.
    pub reply_seconds: u32,
    /// MiB of a reply, unpacked, at the most.
    pub reply_mib: u32,
    /// Pages of a table at the most.
    pub pages: u64,
    /// Rows of a table at the most.
    pub rows: u64,
}

/// A server with a name, `[sources.NAME]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiSource {
    /// Its address.
    pub url: String,
    /// How to sign in: `none`, `bearer`, `header:NAME`, `query:NAME`, `basic:USER`, `oauth2:CLIENT@TOKEN-URL`.
    #[serde(default)]
    pub auth: Option<String>,
    /// What an OAuth 2 token is to be good for.
    #[serde(default)]
    pub scope: Option<String>,
    /// The key, token or password itself; the file must then be its owner's alone.
    #[serde(default)]
    pub secret: Option<SecretString>,
    /// The variable of the environment that has it.
    #[serde(default)]
    pub secret_env: Option<String>,
    /// The file that has it, its owner's alone. A full path.
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    /// Whether its name may lead into this machine's network.
    #[serde(default)]
    pub allow_private: bool,
    /// How its days are written where the year comes last: `dmy` or `mdy`.
    #[serde(default)]
    pub dates: Option<String>,
    /// Its tables, where they are not to be looked for.
    #[serde(default)]
    pub tables: BTreeMap<String, ApiTable>,
}

/// A table of such a server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiTable {
    /// Its path below the address.
    pub path: String,
    /// Where the rows are in a reply, as in `data.items`.
    #[serde(default)]
    pub rows: Option<String>,
    /// How it is paged, as `storekeeper api discover` writes it.
    #[serde(default)]
    pub paging: Option<String>,
}

/// Servers by name.
pub type ApiSources = BTreeMap<String, ApiSource>;

/// Takes the named servers out of a document.
pub(super) fn taken_out(
    table: &mut toml::Table,
    opened: &Opened,
    file: &Path,
) -> Result<ApiSources, SettingsError> {
    let Some(value) = table.remove("sources") else {
        return Ok(ApiSources::new());
    };
    let sources: ApiSources = value.try_into().map_err(|error: toml::de::Error| SettingsError::Sources {
        file: file.to_owned(),
        message: told(error.message()),
    })?;
    if sources.values().any(|source| source.secret.is_some()) {
        opened.require_private()?;
    }
    Ok(sources)
}

/// The parser's word without the value, which may be a secret.
fn told(message: &str) -> String {
    if message.starts_with("unknown field") || message.starts_with("missing field") {
        return message.to_owned();
    }
    message.rsplit(", ").next().unwrap_or_default().to_owned()
}

/// Reads a secret that has a file of its own.
///
/// # Errors
/// [`SettingsError`] where it can not be read, or where others may read it too.
pub fn secret_in(file: &Path) -> Result<SecretString, SettingsError> {
    let opened =
        Opened::read(file).map_err(|source| SettingsError::Read { file: file.to_owned(), source })?;
    opened.require_private()?;
    Ok(opened.text.trim_end_matches(['\r', '\n']).into())
}
