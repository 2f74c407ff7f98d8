//! What the settings are made from, gathered at the door so that loading them reads nothing global.

use std::collections::BTreeMap;
use std::path::PathBuf;

use etcetera::BaseStrategy;

use super::{Profile, SettingsError};

/// Everything [`load`](super::load) looks at besides the files themselves.
#[derive(Clone, Default)]
pub struct Request {
    /// `--config`: must exist when given.
    pub config: Option<PathBuf>,
    /// `--env-file`: must exist when given.
    pub env_file: Option<PathBuf>,
    /// `--profile`.
    pub profile: Option<Profile>,
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// Environment variables; only those that begin with `STOREKEEPER_` are read.
    pub environment: BTreeMap<String, String>,
    /// Any other setting given on the command line, as key and value (`log.level`, `debug`). Never a secret.
    pub flags: Vec<(String, String)>,
    /// The user's own folders; where there are none, `--config` and `--data-dir` stand in.
    pub home: Option<Home>,
}

/// The user's own folders, by the XDG base directory specification.
#[derive(Debug, Clone)]
pub struct Home {
    /// Where configuration is kept (`~/.config`).
    pub config: PathBuf,
    /// Where data is kept (`~/.local/share`).
    pub data: PathBuf,
}

impl Request {
    /// A request with this process's environment and home, and nothing from the command line.
    ///
    /// # Errors
    /// [`SettingsError::NotUtf8`] where one of our variables is not UTF-8.
    pub fn from_process() -> Result<Self, SettingsError> {
        let mut environment = BTreeMap::new();
        for (name, value) in std::env::vars_os() {
            let Some(name) = name.to_str().filter(|name| name.starts_with("STOREKEEPER_")) else {
                continue;
            };
            let value = value.into_string().map_err(|_| SettingsError::NotUtf8 { what: name.to_owned() })?;
            environment.insert(name.to_owned(), value);
        }
        let home = etcetera::choose_base_strategy().ok();
        let home = home.map(|home| Home { config: home.config_dir(), data: home.data_dir() });
        Ok(Self { environment, home, ..Self::default() })
    }
}
