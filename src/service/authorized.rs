//! Proof that somebody may do something.

use crate::db::Proof;
use crate::domain::{Actor, Permission, Role, UserId, Username};
use std::marker::PhantomData;

/// Who is at work, since they signed in.
#[derive(Debug, Clone)]
pub struct Session {
    actor: Actor,
    role: Role,
}

/// Proof that somebody may do `P`. Only [`Session::require`] makes one; writing services have it checked again in
/// their own transaction.
#[derive(Debug, Clone)]
pub struct Authorized<P> {
    actor: Actor,
    permission: PhantomData<P>,
}

/// A permission as a type, so that a function can say which proof it takes.
pub trait Grant: Send + Sync {
    /// The permission.
    const PERMISSION: Permission;
}

macro_rules! grants {
    ($($name:ident),+ $(,)?) => {$(
        #[doc = concat!("[`Permission::", stringify!($name), "`] as a type.")]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Grant for $name {
            const PERMISSION: Permission = Permission::$name;
        }
    )+};
}

grants!(ViewDashboard, ExportData, ImportData, ViewLogs, ManageDatabase, CreateUsers);

/// Somebody asked for what their role may not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{actor} may not {}: that takes the role {}.", .permission.verb(), .permission.least_role())]
pub struct NotAllowed {
    actor: Actor,
    permission: Permission,
}

impl Session {
    /// Whoever runs a command in the shell: they may read the configuration, and so could do anything anyway.
    pub fn operator() -> Session {
        Session { actor: Actor::Operator, role: Role::Administrator }
    }

    pub(super) fn of_user(id: UserId, name: Username, role: Role) -> Session {
        Session { actor: Actor::User(id, name), role }
    }

    /// Who.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What they are.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Proof that they may do that.
    ///
    /// # Errors
    /// [`NotAllowed`] where their role may not.
    pub fn require<P: Grant>(&self, _permission: P) -> Result<Authorized<P>, NotAllowed> {
        if self.role.allows(P::PERMISSION) {
            Ok(Authorized { actor: self.actor.clone(), permission: PhantomData })
        } else {
            Err(NotAllowed { actor: self.actor.clone(), permission: P::PERMISSION })
        }
    }
}

impl<P: Grant> Proof for Authorized<P> {
    fn actor(&self) -> &Actor {
        &self.actor
    }

    fn permission(&self) -> Permission {
        P::PERMISSION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(role: Role) -> Session {
        Session::of_user(UserId(1), "ann".parse().unwrap(), role)
    }

    #[test]
    fn proof_is_given_by_role() {
        assert!(session(Role::Employee).require(ViewDashboard).is_ok());
        assert!(session(Role::Manager).require(ImportData).is_ok());
        assert!(session(Role::Administrator).require(CreateUsers).is_ok());
        let refused = session(Role::Employee).require(ImportData).unwrap_err();
        assert_eq!(refused.to_string(), "ann may not load data: that takes the role manager.");
        assert!(session(Role::Manager).require(CreateUsers).is_err());
    }
}
