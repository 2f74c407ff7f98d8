//! Signing in: a password, then a second factor, then a new password where one is due; only then a session.
//!
//! Between the steps there is a [`PendingSignIn`], which is no session and opens nothing but the next step. The last step
//! reads the account again, in the transaction that begins the session: what was true a minute ago does not count.

mod code;
mod complete;
mod pending;
mod tries;

pub use code::{CodeError, with_backup_code, with_code};
pub use pending::{Owed, PendingSignIn};

pub(super) use code::{Whose, apart, check_code, seconds};
pub(super) use complete::{advance, entry, recheck};
pub(super) use tries::{PasswordError, password_of};

use super::authorized::{Oneself, Session};
use super::passwords::HashError;
use super::policy::Policy;
use crate::db::write::Transient;
use crate::db::{Db, DbError};
use crate::domain::Origin;
use jiff::Timestamp;
use secrecy::SecretString;
use std::time::Duration;

/// What comes next in a sign-in.
#[derive(Debug)]
pub enum Step {
    /// Nothing: the person is signed in.
    Done(SignedIn),
    /// A code of the second factor, of the app ([`with_code`]) or of paper ([`with_backup_code`]).
    Code(PendingSignIn),
    /// A second factor, which the role must have and the person has not
    /// ([`second_factor::begin_at_sign_in`](super::second_factor::begin_at_sign_in)).
    Enrol(PendingSignIn),
    /// A new password ([`passwords::change_at_sign_in`](super::passwords::change_at_sign_in)).
    ChangePassword(PendingSignIn),
}

/// Somebody who is signed in, and what they should be told.
#[derive(Debug)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Failed tries at this account since the last sign-in, with the password or the second factor.
    pub failed_tries: u32,
    /// The sign-in before this one.
    pub last_sign_in: Option<Timestamp>,
    /// Backup codes that are left; `None` for a person without a second factor. Two or fewer are worth a warning
    /// ([`backup_codes::FEW`](super::backup_codes::FEW)).
    pub backup_codes_left: Option<u8>,
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown, inactive, locked, out of date, or a wrong password: one message for all.
    #[error(
        "That username and password do not go together, or the account is locked or not active. Check both; after several wrong tries wait, or ask an administrator."
    )]
    Refused,
    /// The password was right, but too many codes were wrong.
    #[error("Too many codes were wrong. {} An administrator can unlock the account.", wait(*.0))]
    CodesLocked(Duration),
    /// The account was changed while the sign-in went on, or it took longer than ten minutes.
    #[error("The sign-in took too long, or the account was changed meanwhile. Begin again.")]
    Over,
    /// It could not be found out.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The password could not be checked.
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl Transient for SignInError {
    fn is_transient(&self) -> bool {
        matches!(self, SignInError::Database(error) if error.is_transient())
    }
}

/// How long to wait, as a sentence.
fn wait(locked: Duration) -> String {
    match locked.as_secs().div_ceil(60) {
        0 | 1 => "Try again in a minute.".to_owned(),
        minutes => format!("Try again in {minutes} minutes."),
    }
}

/// The first step of signing in: name and password.
///
/// # Errors
/// [`SignInError::Refused`] with one message for every reason a person could learn something from;
/// [`SignInError::CodesLocked`] only to who knows the password.
pub async fn sign_in(
    db: &Db,
    policy: &Policy,
    username: &str,
    password: SecretString,
    origin: &Origin,
) -> Result<Step, SignInError> {
    let account = tries::password(db, policy, username, password, origin).await?;
    if account.has_second_factor && !account.codes_locked.is_zero() {
        let why = "the password was right, the second factor is locked";
        tries::Refusal { why, name: Some(account.username), locks: false }.record(db, origin).await?;
        return Err(SignInError::CodesLocked(account.codes_locked));
    }
    advance(db, policy, PendingSignIn::of(account, origin, policy)).await
}

/// Goes on with a session whose screen was locked: the password again. A wrong one counts as at the sign-in.
///
/// # Errors
/// [`SignInError::Refused`] for a wrong password or a locked account; [`SignInError::Database`] where the session has ended.
pub async fn unlock_screen(
    by: &Oneself,
    db: &Db,
    policy: &Policy,
    password: SecretString,
) -> Result<(), SignInError> {
    db.recheck(by).await?;
    password_of(by, db, policy, password).await.map(|_| ()).map_err(SignInError::from)
}
