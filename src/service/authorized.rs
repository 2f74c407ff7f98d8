//! Proof that somebody may do something.

use super::sessions::OpenedSession;
use crate::db::warrant::Pass;
use crate::db::{Proof, Warrant};
use crate::domain::{Actor, Doer, Origin, Permission, Role, SessionId, UserId, Username};
use std::marker::PhantomData;

/// Who is at work, since they signed in.
#[derive(Debug, Clone)]
pub struct Session {
    doer: Doer,
    role: Role,
    own: Option<Own>,
}

/// What a person who signed in has of their own.
#[derive(Debug, Clone)]
struct Own {
    user: UserId,
    session: SessionId,
    pass: Pass,
}

/// Proof that somebody may do `P`. Only [`Session::require`] makes one; services have it checked again beside what they
/// read, and in the transaction of what they write.
#[derive(Debug, Clone)]
pub struct Authorized<P> {
    warrant: Warrant,
    permission: PhantomData<P>,
}

/// Proof that a person who signed in looks after their own account: their password, second factor and sessions. It takes no
/// permission, and is good also while a password has to be changed.
#[derive(Debug, Clone)]
pub struct Oneself {
    warrant: Warrant,
    own: Own,
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

grants!(
    ViewDashboard,
    ViewData,
    ExportData,
    ImportData,
    ModifyData,
    ViewUsers,
    ViewLogs,
    DeleteData,
    ManageDatabase,
    CreateUsers,
    ModifyUsers,
    DeleteUsers,
    SystemSettings,
);

/// Somebody asked for what they may not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAllowed {
    /// Their role may not.
    #[error("{actor} may not {}: that takes the role {}.", .permission.verb(), .permission.least_role())]
    Role {
        /// Who asked.
        actor: Actor,
        /// For what.
        permission: Permission,
    },
    /// They have no account.
    #[error("{0} has no account of their own. Sign in for that.")]
    NoAccount(Actor),
}

impl Session {
    /// Whoever runs a command in the shell: they may read the configuration, and so could do anything anyway.
    pub fn operator() -> Session {
        Session::unattended(Actor::Operator, Origin::default())
    }

    /// The same from there.
    #[must_use]
    pub fn at(self, origin: Origin) -> Session {
        Session { doer: Doer { origin, ..self.doer }, ..self }
    }

    /// Somebody who administers without signing in. Whether that is allowed is asked elsewhere.
    pub(super) fn direct(origin: Origin) -> Session {
        Session::unattended(Actor::Direct, origin)
    }

    fn unattended(actor: Actor, origin: Origin) -> Session {
        let role = Role::Administrator;
        Session { doer: Doer { actor, role: Some(role), origin }, role, own: None }
    }

    /// A person who has just signed in.
    pub(super) fn of_user(opened: OpenedSession, name: Username, role: Role) -> Session {
        let OpenedSession { id, user, token, limits, origin } = opened;
        Session {
            doer: Doer { actor: Actor::User(user, name), role: Some(role), origin },
            role,
            own: Some(Own { user, session: id, pass: Pass { token, idle_minutes: limits.idle_minutes } }),
        }
    }

    /// Who.
    pub fn actor(&self) -> &Actor {
        &self.doer.actor
    }

    /// What they are.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Who, as what, from where.
    pub fn doer(&self) -> &Doer {
        &self.doer
    }

    /// From where.
    pub fn origin(&self) -> &Origin {
        &self.doer.origin
    }

    /// Proof that they may do that.
    ///
    /// # Errors
    /// [`NotAllowed`] where their role may not.
    pub fn require<P: Grant>(&self, _permission: P) -> Result<Authorized<P>, NotAllowed> {
        if !self.role.allows(P::PERMISSION) {
            return Err(NotAllowed::Role { actor: self.doer.actor.clone(), permission: P::PERMISSION });
        }
        let pass = self.own.as_ref().map(|own| own.pass.clone());
        let warrant = Warrant { doer: self.doer.clone(), permission: Some(P::PERMISSION), pass };
        Ok(Authorized { warrant, permission: PhantomData })
    }

    /// Proof that they look after their own account.
    ///
    /// # Errors
    /// [`NotAllowed`] where they have none.
    pub fn oneself(&self) -> Result<Oneself, NotAllowed> {
        let own = self.own.clone().ok_or_else(|| NotAllowed::NoAccount(self.doer.actor.clone()))?;
        let warrant = Warrant { doer: self.doer.clone(), permission: None, pass: Some(own.pass.clone()) };
        Ok(Oneself { warrant, own })
    }
}

impl Oneself {
    /// Which user.
    pub fn user(&self) -> UserId {
        self.own.user
    }

    /// Which of their sessions.
    pub fn session(&self) -> SessionId {
        self.own.session
    }

    /// What the session is known by.
    pub(super) fn pass(&self) -> &Pass {
        &self.own.pass
    }
}

impl Proof for Oneself {
    fn warrant(&self) -> &Warrant {
        &self.warrant
    }
}

impl<P: Grant> Proof for Authorized<P> {
    fn warrant(&self) -> &Warrant {
        &self.warrant
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::session::{Limits, Token};

    fn session(role: Role) -> Session {
        let opened = OpenedSession {
            id: SessionId(1),
            user: UserId(1),
            token: Token::of([7; 16]),
            limits: Limits { idle_minutes: 30, hours: 12 },
            origin: Origin::default(),
        };
        Session::of_user(opened, "ann".parse().unwrap(), role)
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

    #[test]
    fn only_who_signed_in_has_an_account_of_their_own() {
        assert_eq!(session(Role::Employee).oneself().unwrap().user(), UserId(1));
        for nobody in [Session::operator(), Session::direct(Origin::default())] {
            assert!(matches!(nobody.oneself(), Err(NotAllowed::NoAccount(_))));
        }
    }
}
