//! Who did something, as it is recorded.

use super::{Origin, Role, UserId, Username};
use std::fmt;

/// The doer of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Whoever may read the configuration and runs a command in the shell.
    Operator,
    /// Whoever administers without signing in (`storekeeper --direct`).
    Direct,
    /// Somebody who has not said who they are, or not so that it could be believed.
    Nobody,
    /// A person who signed in.
    User(UserId, Username),
}

impl Actor {
    /// The number of the user, where it is one.
    pub fn user_id(&self) -> Option<UserId> {
        match self {
            Actor::User(id, _) => Some(*id),
            Actor::Operator | Actor::Direct | Actor::Nobody => None,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // No username has a parenthesis, so that nobody can be taken for one of these.
            Actor::Operator => f.pad("(operator)"),
            Actor::Direct => f.pad("(direct)"),
            Actor::Nobody => f.pad("(nobody)"),
            Actor::User(_, name) => name.fmt(f),
        }
    }
}

/// Who does something, as what, and from where: what each entry of the audit log begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doer {
    /// Who.
    pub actor: Actor,
    /// As what; `None` for somebody without a role here.
    pub role: Option<Role>,
    /// From where.
    pub origin: Origin,
}

impl Doer {
    /// Somebody who has not signed in yet.
    pub fn nobody(origin: Origin) -> Doer {
        Doer { actor: Actor::Nobody, role: None, origin }
    }
}
