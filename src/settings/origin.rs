//! Where a value came from.

use std::fmt;
use std::path::PathBuf;

use serde::{Serialize, Serializer};

use super::Profile;

/// The layer that set a value last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// `config/default.toml`, or worked out by the program.
    BuiltIn,
    /// The user's file.
    File(PathBuf),
    /// One of the profiles built into the program.
    Profile(Profile),
    /// A line of an env file.
    EnvFile {
        /// The file.
        file: PathBuf,
        /// The line's name.
        variable: String,
    },
    /// An environment variable.
    Environment(String),
    /// A flag of the command line, dashes included.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("built in"),
            Self::File(file) => write!(f, "file {}", file.display()),
            Self::Profile(profile) => write!(f, "profile {profile}"),
            Self::EnvFile { file, variable } => write!(f, "env file {} ({variable})", file.display()),
            Self::Environment(variable) => write!(f, "environment {variable}"),
            Self::Flag(flag) => write!(f, "flag {flag}"),
        }
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
