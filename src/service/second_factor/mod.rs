//! One's own second factor: switching it on, showing it again, switching it off, new backup codes.

mod change;
mod enrolment;

pub use change::{disable, prove_code, regenerate_backup_codes, show_again};
pub use enrolment::{Enrolled, Enrolment, begin, begin_at_sign_in, confirm, confirm_at_sign_in};

use super::auth::{CodeError, PasswordError, SignInError};
use super::authorized::Oneself;
use super::passwords::HashError;
use super::policy::Policy;
use super::vault::SecretError;
use crate::db::second_factor::{self as table, Slot};
use crate::db::write::Transient;
use crate::db::{Db, DbError, Proof};
use crate::domain::Role;

/// One's own second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Whether it is on.
    pub on: bool,
    /// Whether the role must have it: it can then not be switched off.
    pub mandatory: bool,
    /// The backup codes: which are left, and when and from where the others were used.
    pub backup_codes: Vec<Slot>,
}

/// Why a second factor was not changed or shown.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// The password is wrong, or the account is locked.
    #[error("The password is not right, or the account is locked. Nothing was changed.")]
    Refused,
    /// The code is wrong, or used, or locked.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// It is on.
    #[error(
        "The second factor is on already. To move it to another phone, show it again, or switch it off first."
    )]
    AlreadyOn,
    /// It is off.
    #[error("The second factor is not on.")]
    NotOn,
    /// The role must have it.
    #[error("The role {0} must have a second factor. An administrator can reset it; it is then set up anew.")]
    Mandatory(Role),
    /// The secret can not be read or kept.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The rest of the sign-in did not go through.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// It could not be stored.
    #[error(transparent)]
    Database(#[from] DbError),
    /// It could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl Transient for FactorError {
    fn is_transient(&self) -> bool {
        match self {
            FactorError::Database(error) => error.is_transient(),
            FactorError::SignIn(error) => error.is_transient(),
            _ => false,
        }
    }
}

impl From<PasswordError> for FactorError {
    fn from(error: PasswordError) -> FactorError {
        match error {
            PasswordError::Refused => FactorError::Refused,
            PasswordError::Database(error) => FactorError::Database(error),
            PasswordError::Hash(error) => FactorError::Hash(error),
        }
    }
}

/// Whether one's own second factor is on, and what is left of the backup codes.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the session has ended.
pub async fn status(by: &Oneself, db: &Db, policy: &Policy) -> Result<Status, DbError> {
    let reading = async { tokio::try_join!(table::stored(db, by.user()), table::slots(db, by.user())) };
    let (stored, backup_codes) = db.read(by, reading).await?;
    Ok(Status {
        on: stored.is_some_and(|stored| stored.on),
        mandatory: by.warrant().doer.role.is_some_and(|role| policy.demands_second_factor(role)),
        backup_codes,
    })
}
