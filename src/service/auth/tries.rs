//! A try at a password: counted, then checked, then recorded. Whoever asks for a password asks here.

use super::SignInError;
use crate::db::users::{self, Credentials};
use crate::db::write::Recorded;
use crate::db::{Db, DbError, Proof};
use crate::domain::audit::{Action, Entry};
use crate::domain::{Doer, Origin, Role, UserId, Username};
use crate::service::authorized::Oneself;
use crate::service::passwords::{self, HashError};
use crate::service::policy::Policy;
use futures_util::FutureExt;
use secrecy::SecretString;
use std::time::Duration;

/// An account whose password was right.
pub(in crate::service) struct Account {
    pub(in crate::service) user: UserId,
    pub(in crate::service) username: Username,
    pub(super) role: Role,
    pub(in crate::service) password_hash: String,
    pub(super) must_change_password: bool,
    pub(super) has_second_factor: bool,
    pub(super) codes_locked: Duration,
    pub(super) now_micros: i64,
}

/// Why a password was not found right.
#[derive(Debug, thiserror::Error)]
pub(in crate::service) enum PasswordError {
    #[error("refused")]
    Refused,
    #[error(transparent)]
    Database(#[from] DbError),
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl From<PasswordError> for SignInError {
    fn from(error: PasswordError) -> SignInError {
        match error {
            PasswordError::Refused => SignInError::Refused,
            PasswordError::Database(error) => SignInError::Database(error),
            PasswordError::Hash(error) => SignInError::Hash(error),
        }
    }
}

/// Checks the password of somebody who is signed in, before something that takes it.
pub(in crate::service) async fn password_of(
    by: &Oneself,
    db: &Db,
    policy: &Policy,
    password: SecretString,
) -> Result<Account, PasswordError> {
    let doer = &by.warrant().doer;
    self::password(db, policy, &doer.actor.to_string(), password, &doer.origin).await
}

/// Counts, checks and, where it is refused, records a try at a password.
///
/// Every way through costs one bcrypt of the setting's cost, and two statements before it.
pub(in crate::service) async fn password(
    db: &Db,
    policy: &Policy,
    username: &str,
    password: SecretString,
    origin: &Origin,
) -> Result<Account, PasswordError> {
    let name = username.parse::<Username>().ok();
    // What is no username is looked for all the same: it is nobody's, and must not be answered sooner.
    let asked = name.as_ref().map_or("", Username::as_str);
    let tried = users::try_password(db, asked, policy.lockout).await?;
    let stored = tried.credentials.as_ref().filter(|_| tried.counted).map(|user| user.password_hash.clone());
    let right = passwords::matches(password.clone(), stored, policy.bcrypt_cost).await?;
    let refusal = match (&tried.credentials, name) {
        (Some(user), Some(name)) => match refusal(user, tried.counted, right) {
            None => return accept(db, policy, user.clone(), name, password).await,
            Some(why) => Refusal { why, name: Some(name), locks: locks(policy, user, tried.counted) },
        },
        // What was typed is not repeated: it may be a password in the wrong field.
        _ => Refusal { why: "no such user", name: None, locks: false },
    };
    refusal.record(db, origin).await?;
    Err(PasswordError::Refused)
}

/// Why a try is refused, for the audit log; the person is not told.
fn refusal(user: &Credentials, counted: bool, right: bool) -> Option<&'static str> {
    if !counted {
        Some("the account is locked")
    } else if !right {
        Some("wrong password")
    } else if !user.active {
        Some("the account is not active")
    } else if user.role.is_none() {
        Some("the account has a role that this version does not know")
    } else if user.password_expired {
        Some("the temporary password is out of date")
    } else {
        None
    }
}

fn locks(policy: &Policy, user: &Credentials, counted: bool) -> bool {
    counted && user.failed_attempts >= policy.lockout.attempts
}

async fn accept(
    db: &Db,
    policy: &Policy,
    user: Credentials,
    username: Username,
    password: SecretString,
) -> Result<Account, PasswordError> {
    users::password_right(db, user.id).await?;
    let mut password_hash = user.password_hash;
    if passwords::is_cheaper_than(&password_hash, policy.bcrypt_cost) {
        let dearer = passwords::hash(password, policy.bcrypt_cost).await?;
        if users::rehash(db, user.id, &password_hash, &dearer).await? {
            password_hash = dearer;
        }
    }
    let role = user.role.ok_or(PasswordError::Refused)?;
    Ok(Account {
        user: user.id,
        username,
        role,
        password_hash,
        must_change_password: user.must_change_password,
        has_second_factor: user.has_second_factor,
        codes_locked: user.codes_locked,
        now_micros: user.now_micros,
    })
}

/// A try that was refused.
pub(super) struct Refusal {
    pub(super) why: &'static str,
    /// Whose account, where there is such a user.
    pub(super) name: Option<Username>,
    /// Whether it was the last try before a lock.
    pub(super) locks: bool,
}

impl Refusal {
    /// Records it, and keeps it in mind for the user.
    pub(super) async fn record(&self, db: &Db, origin: &Origin) -> Result<(), DbError> {
        tracing::info!(why = self.why, "a sign-in was refused");
        let subject =
            self.name.as_ref().map_or_else(|| "unknown user".to_owned(), |name| format!("user {name}"));
        let mut entries = vec![Entry::refused(Action::SignInRefused, &subject).detail(self.why)];
        if self.locks {
            entries.push(Entry::done(Action::LockedOut, &subject).detail(self.why));
        }
        db.write_signing_in(&Doer::nobody(origin.clone()), |tx| {
            let (name, entries) = (self.name.clone(), entries.clone());
            async move {
                if let Some(name) = name {
                    users::failure_to_tell(tx, name.as_str()).await?;
                }
                Ok::<_, DbError>(Recorded::with_all((), entries))
            }
            .boxed()
        })
        .await
    }
}
