//! Which database, where, and as whom.

use crate::settings::Account;
use mysql_async::{OptsBuilder, PoolConstraints, PoolOpts, SslOpts};
use secrecy::ExposeSecret;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Said at each connect, so that no server's own settings change what a statement means: strict mode and UTC (MySQL
/// manual, 7.1.11 "Server SQL Modes"), and `READ COMMITTED`, because nothing here leans on `REPEATABLE READ`.
const SESSION: [&str; 3] = [
    "SET NAMES utf8mb4",
    "SET sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION', \
     time_zone = '+00:00'",
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
];

/// Connections a program holds at the most: a screen's tiles load side by side, and a load needs two.
const MOST_CONNECTIONS: usize = 8;

/// How a server is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// By a Unix socket of this machine.
    Socket(PathBuf),
    /// By TCP.
    Tcp {
        /// Name or address.
        host: String,
        /// Port.
        port: u16,
        /// Whether the connection must be encrypted; it is never downgraded.
        tls: bool,
    },
}

impl Address {
    /// From where the server sees us come: the host part of our accounts.
    pub fn client_host(&self) -> &'static str {
        match self {
            Address::Socket(_) => "localhost",
            Address::Tcp { .. } => "%",
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Socket(path) => path.display().fmt(f),
            Address::Tcp { host, port, .. } => write!(f, "{host}:{port}"),
        }
    }
}

/// Everything needed to connect.
#[derive(Debug, Clone)]
pub struct Target {
    /// Where the server is.
    pub address: Address,
    /// The chain's database.
    pub database: String,
    /// As whom.
    pub account: Account,
    /// How long a connection may take to come about.
    pub connect_timeout: Duration,
}

impl Target {
    /// The same server and database as somebody else.
    pub fn with_account(&self, account: Account) -> Target {
        Target { account, ..self.clone() }
    }

    /// The name of the database for staging tables.
    pub fn staging(&self) -> String {
        format!("{}_staging", self.database)
    }

    /// What the driver is told; `database` is left out where it may not exist yet.
    pub(super) fn options(&self, database: Option<&str>) -> OptsBuilder {
        let pool = PoolOpts::default()
            .with_constraints(PoolConstraints::new(0, MOST_CONNECTIONS).unwrap_or_default());
        let options = OptsBuilder::default()
            .user(Some(&self.account.user))
            .pass(Some(self.account.password.expose_secret()))
            .db_name(database)
            .prefer_socket(false)
            .setup(SESSION.to_vec())
            .pool_opts(pool);
        match &self.address {
            Address::Socket(path) => options.socket(Some(path.to_string_lossy())),
            Address::Tcp { host, port, tls } => options
                .ip_or_hostname(host.as_str())
                .tcp_port(*port)
                .tcp_nodelay(true)
                .ssl_opts(tls.then(SslOpts::default)),
        }
    }
}
