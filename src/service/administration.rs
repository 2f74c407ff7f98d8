//! Making the first administrator.

use super::authorized::{Authorized, CreateUsers};
use super::passwords::{self, HashError};
use super::policy::Policy;
use crate::db::write::{Recorded, Transient};
use crate::db::{Db, DbError, chain, users};
use crate::domain::audit::{Action, Entry};
use crate::domain::password::{self, BrokenRules};
use crate::domain::{Role, Username};
use futures_util::FutureExt;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

/// What came of asking for a first administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// There is one now.
    Made,
    /// There was one already; nothing was changed.
    AlreadyThere,
}

/// Why there is no first administrator.
#[derive(Debug, thiserror::Error)]
pub enum FirstError {
    /// The password will not do.
    #[error(transparent)]
    Password(#[from] BrokenRules),
    /// A user of that name is there, and is no administrator.
    #[error("There is a user \"{0}\" already, and no administrator. Choose another name.")]
    Taken(Username),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// It could not be stored.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl Transient for FirstError {
    fn is_transient(&self) -> bool {
        matches!(self, FirstError::Database(error) if error.is_transient())
    }
}

/// Makes the first administrator. Where there is one, of whatever name, nothing happens.
///
/// # Errors
/// [`FirstError`]: the password breaks a rule, the name is taken, or it could not be stored.
pub async fn first_administrator(
    by: &Authorized<CreateUsers>,
    db: &Db,
    name: &Username,
    password: SecretString,
    policy: &Policy,
) -> Result<First, FirstError> {
    password::check(password.expose_secret(), name.as_str(), policy.password_length)?;
    let hash = passwords::hash(password, policy.bcrypt_cost).await?;
    db.write(by, |tx| {
        let (name, hash) = (name.clone(), hash.clone());
        async move {
            // No row of users can be locked before there is one.
            chain::hold(tx).await?;
            if users::administrators(tx).await? > 0 {
                Ok(Recorded::nothing(First::AlreadyThere))
            } else if users::create(tx, name.as_str(), &hash, Role::Administrator).await? {
                let made = Entry::done(Action::UserCreated, format!("user {name}"));
                let made =
                    made.after(&json!({ "role": Role::Administrator })).detail("the first administrator");
                Ok(Recorded::with(First::Made, made))
            } else {
                Err(FirstError::Taken(name))
            }
        }
        .boxed()
    })
    .await
}
