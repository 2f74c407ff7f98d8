//! A sign-in that is not finished.

use super::tries::Account;
use crate::domain::{Actor, Doer, Origin, Role, UserId, Username};
use crate::service::policy::Policy;
use std::fmt;

/// What a sign-in still takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owed {
    /// A code of the second factor.
    Code,
    /// A second factor, which is not there yet.
    Enrolment,
    /// A new password.
    NewPassword,
}

/// Somebody whose password was right, and who owes another step. It opens nothing else.
#[derive(Clone)]
pub struct PendingSignIn {
    pub(super) user: UserId,
    pub(super) username: Username,
    pub(super) role: Role,
    pub(super) origin: Origin,
    /// On the database's clock, in microseconds since 1970.
    pub(super) began: i64,
    /// The hash that the password was held against: another one means that the password was changed.
    pub(super) password_hash: String,
    /// How the second factor was proved, for the audit log.
    pub(super) proved: Option<String>,
    pub(super) owed: Option<Owed>,
    pub(super) must_change_password: bool,
}

/// What an account owes before a session may begin: the second factor first, so that nobody with a password alone can set
/// another one.
pub(super) fn owed(
    policy: &Policy,
    role: Role,
    has_second_factor: bool,
    proved: bool,
    must_change_password: bool,
) -> Option<Owed> {
    if has_second_factor && !proved {
        Some(Owed::Code)
    } else if policy.demands_second_factor(role) && !has_second_factor {
        Some(Owed::Enrolment)
    } else {
        must_change_password.then_some(Owed::NewPassword)
    }
}

impl PendingSignIn {
    pub(super) fn of(account: Account, origin: &Origin, policy: &Policy) -> PendingSignIn {
        let owed = owed(policy, account.role, account.has_second_factor, false, account.must_change_password);
        PendingSignIn {
            user: account.user,
            username: account.username,
            role: account.role,
            origin: origin.clone(),
            began: account.now_micros,
            password_hash: account.password_hash,
            proved: None,
            owed,
            must_change_password: account.must_change_password,
        }
    }

    /// The same after the second factor was proved, in these words.
    pub(in crate::service) fn proved(&self, how: &str) -> PendingSignIn {
        let owed = self.must_change_password.then_some(Owed::NewPassword);
        PendingSignIn { proved: Some(how.to_owned()), owed, ..self.clone() }
    }

    /// The same after the password was changed to one of this hash.
    pub(in crate::service) fn changed(&self, password_hash: String) -> PendingSignIn {
        PendingSignIn { password_hash, owed: None, must_change_password: false, ..self.clone() }
    }

    /// Who is signing in.
    pub fn username(&self) -> &Username {
        &self.username
    }

    /// What comes next; `None` where nothing does.
    pub fn owed(&self) -> Option<Owed> {
        self.owed
    }

    pub(in crate::service) fn user(&self) -> UserId {
        self.user
    }

    pub(in crate::service) fn password_hash(&self) -> &str {
        &self.password_hash
    }

    /// Who does what the steps do, for the audit log.
    pub(in crate::service) fn doer(&self) -> Doer {
        Doer {
            actor: Actor::User(self.user, self.username.clone()),
            role: Some(self.role),
            origin: self.origin.clone(),
        }
    }
}

impl fmt::Debug for PendingSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingSignIn")
            .field("username", &self.username)
            .field("owed", &self.owed)
            .finish_non_exhaustive()
    }
}
