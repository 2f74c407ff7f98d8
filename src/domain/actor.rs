//! Who did something, as it is recorded.

use super::{UserId, Username};
use std::fmt;

/// The doer of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Whoever may read the configuration and runs a command in the shell.
    Operator,
    /// A person who signed in.
    User(UserId, Username),
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Operator => f.write_str("operator"),
            Actor::User(_, name) => name.fmt(f),
        }
    }
}
