//! The settings as the rest of the program reads them.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use crate::domain::Role;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tracing::level_filters::LevelFilter;

/// Every setting, after all layers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The profile whose values were laid over the user's file.
    pub profile: Profile,
    /// Folder of everything a private database keeps, and of the logs. A full path.
    pub data_dir: PathBuf,
    /// The database server to use, where one is configured.
    pub database: Database,
    /// The private database server.
    pub server: Server,
    /// How passwords are kept.
    pub security: Security,
    /// The log files.
    pub log: Log,
    /// How files are loaded.
    pub load: Load,
    /// How other systems' servers are asked.
    pub api: super::Api,
    /// Servers that have a name. They come from the user's file alone.
    #[serde(skip)]
    pub sources: super::ApiSources,
    /// The files that these settings were read from, or would be.
    #[serde(skip)]
    pub own_files: Vec<PathBuf>,
    /// How reports look on paper.
    pub report: super::Report,
    /// How the screens look.
    pub screen: Screen,
    /// The user's file, or where it would be.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

/// A set of values for one kind of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Working on the program itself.
    Development,
    /// A real chain.
    Production,
    /// Test runs.
    Testing,
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Development => "development",
            Self::Production => "production",
            Self::Testing => "testing",
        })
    }
}

/// Where the database is and how to sign in there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// Name or address of the server. Never set together with [`Self::socket`].
    pub host: Option<String>,
    /// TCP port, used with [`Self::host`].
    pub port: u16,
    /// Unix socket of a server on this machine.
    pub socket: Option<PathBuf>,
    /// The database: letters, digits and `_`, at most 56 bytes, so that `<name>_staging` fits MySQL's 64.
    pub name: String,
    /// Account to sign in with; present whenever a server is configured.
    pub user: Option<String>,
    /// Password of that account.
    pub password: Option<SecretString>,
    /// Whether the connection must be encrypted.
    pub tls: Tls,
    /// Seconds to wait for a connection.
    pub connect_timeout_seconds: u32,
}

impl Database {
    /// Whether a server is named, so that no private one is to be started.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        self.host.is_some() || self.socket.is_some()
    }

    /// Whether the connection has to be encrypted, with [`Tls::Auto`] decided by the host.
    #[must_use]
    pub fn requires_tls(&self) -> bool {
        match self.tls {
            Tls::Required => true,
            Tls::Off => false,
            Tls::Auto => self.host.as_deref().is_some_and(|host| !is_loopback(host)),
        }
    }
}

/// Whether a host is this machine itself.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether a connection must be encrypted. There is no "preferred": whoever sits between could refuse it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Required for TCP to anything but this machine.
    Auto,
    /// Always required.
    Required,
    /// Never used.
    Off,
}

/// The private database server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// The program to run; looked for on the PATH where not given.
    pub program: Option<PathBuf>,
    /// Memory for cached data, in MiB.
    pub buffer_pool_mib: u32,
}

/// How passwords are kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Security {
    /// bcrypt's cost: the work is two to this power. 10 to 14.
    pub bcrypt_cost: u32,
    /// Wrong passwords, or wrong codes, before a user is locked out.
    pub sign_in_attempts: u32,
    /// Minutes a lock-out lasts.
    pub lockout_minutes: u32,
    /// The shortest password, in characters.
    pub password_length: u32,
    /// The least role that must have a second factor.
    pub second_factor_for: Role,
    /// Minutes without a key after which a session ends.
    pub idle_minutes: u32,
    /// Hours after which a session ends, idle or not.
    pub session_hours: u32,
    /// The file with the keys that secrets are encrypted with; `<data_dir>/keys.toml` where not given.
    pub key_file: Option<PathBuf>,
    /// Whether `--direct` may be used outside the development profile.
    pub direct_administration: bool,
}

/// The log files.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// The least important event that is written.
    pub level: Level,
    /// Days a log file is kept.
    pub keep_days: u16,
}

/// Importance of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something failed.
    Error,
    /// Something is not as it should be.
    Warn,
    /// What was done.
    Info,
    /// How it was done.
    Debug,
    /// Every step.
    Trace,
}

impl From<Level> for LevelFilter {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::ERROR,
            Level::Warn => Self::WARN,
            Level::Info => Self::INFO,
            Level::Debug => Self::DEBUG,
            Level::Trace => Self::TRACE,
        }
    }
}

/// How files are loaded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// Whether LOAD DATA LOCAL may be used.
    pub infile: bool,
}

/// How the screens look.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// The name of the theme to begin with; the one used last goes before it.
    pub theme: String,
    /// Whether lines, bars and marks are drawn with ASCII alone.
    pub ascii: bool,
    /// Whether clicks and the wheel come to the program, in place of the terminal's own selecting.
    pub mouse: bool,
    /// Whether what moves by itself, a load's progress, does so once a second at the most.
    pub reduced_motion: bool,
    /// The folder with themes of the person's own. Not a setting: it is where the user's file is.
    #[serde(skip)]
    pub themes_dir: Option<std::path::PathBuf>,
}
