//! What can go wrong between us and somebody else's server, in words for the person who asked.

use crate::domain::clean;
use std::time::Duration;
use url::Url;

/// Why a server's rows can not be had. No variant ever carries a credential.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ApiError {
    /// The address can not be used.
    #[error("{0}")]
    Address(String),
    /// The name leads into this machine or its network, and nobody said that it may.
    #[error(
        "{host} leads to {address}, inside this machine's network. Where that is meant, give the address itself, or set allow_private = true for a source in the configuration."
    )]
    Private {
        /// The host.
        host: String,
        /// Where it leads.
        address: String,
    },
    /// No connection, or it broke off.
    #[error("{url} can not be reached: {cause}.")]
    Unreachable {
        /// What was asked for.
        url: String,
        /// Why not.
        cause: String,
    },
    /// The reply took longer than it may.
    #[error("{url} did not answer in {} s.", after.as_secs())]
    Slow {
        /// What was asked for.
        url: String,
        /// How long it had.
        after: Duration,
    },
    /// The server does not know us, or does not let us.
    #[error("{url} asks for credentials (status {status}){had}. {}", CREDENTIALS)]
    Credentials {
        /// What was asked for.
        url: String,
        /// 401 or 403.
        status: u16,
        /// Whether any were sent, in words.
        had: &'static str,
    },
    /// The server said no.
    #[error("{url} answered with status {status}{}.", meaning(*status))]
    Status {
        /// What was asked for.
        url: String,
        /// The status.
        status: u16,
    },
    /// What came is no JSON.
    #[error("{url} answered with {what}, not with JSON.")]
    NotJson {
        /// What was asked for.
        url: String,
        /// What it is instead.
        what: String,
    },
    /// The reply ends before it is whole.
    #[error("The reply of {url} is cut short: {cause}.")]
    Cut {
        /// What was asked for.
        url: String,
        /// How that was seen.
        cause: String,
    },
    /// More than we take.
    #[error("{0}")]
    TooMuch(String),
    /// A redirect or a next link leads to another server.
    #[error(
        "{from} leads on to {to}, which is another server. Nothing was asked there; where it is meant, give that address."
    )]
    Elsewhere {
        /// What was asked for.
        from: String,
        /// The other server.
        to: String,
    },
    /// Redirects without an end.
    #[error("{0} redirects in a circle.")]
    Circle(String),
    /// The server wants us to come back much later.
    #[error("{url} asks to wait {:.0} s, which is longer than the {} s a load waits. Try again then.", wait.as_secs_f64().ceil(), most.as_secs())]
    Later {
        /// What was asked for.
        url: String,
        /// How long.
        wait: Duration,
        /// How long we would.
        most: Duration,
    },
    /// The server failed too often in a row.
    #[error("{host} failed {failures} times in a row and is left alone. The last: {last}")]
    Broken {
        /// The host.
        host: String,
        /// How often.
        failures: u32,
        /// The last failure, in words.
        last: String,
    },
    /// What came is JSON, but has no rows where they should be.
    #[error("{url} has no rows {at}.")]
    NoRows {
        /// What was asked for.
        url: String,
        /// Where they should be, in words.
        at: String,
    },
    /// The rows can not be kept until they are loaded.
    #[error("The rows can not be kept in a temporary file: {0}.")]
    Keep(String),
    /// Somebody stopped it.
    #[error("The load was stopped.")]
    Cancelled,
}

const CREDENTIALS: &str =
    "Say how with --auth and --secret-env, or in a source of the configuration; see `storekeeper api --help`";

impl ApiError {
    /// Whether it may pass: the same question may be answered a little later.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            ApiError::Unreachable { .. } | ApiError::Slow { .. } | ApiError::Cut { .. } => true,
            ApiError::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..=599),
            _ => false,
        }
    }

    /// Whether it says that there is nothing at this address, so that another may be tried.
    pub(super) fn is_absence(&self) -> bool {
        match self {
            ApiError::Status { status, .. } => *status < 500 && *status != 429,
            ApiError::NotJson { .. } | ApiError::NoRows { .. } | ApiError::Elsewhere { .. } => true,
            _ => false,
        }
    }
}

/// An address as messages show it: cleaned, and not longer than a line bears.
pub(super) fn shown(url: &Url) -> String {
    const LONGEST: usize = 160;
    let text = clean(url.as_str());
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 | 422 => " (it does not take the question)",
        404 | 410 => " (there is nothing at this address)",
        405 => " (it does not let this be read)",
        408 | 504 => " (it took too long)",
        429 => " (too many questions)",
        500..=599 => " (the server failed)",
        _ => "",
    }
}
