//! Signing in.

use super::authorized::Session;
use super::passwords::{self, HashError};
use crate::db::{Db, DbError, users};
use crate::domain::Username;
use secrecy::SecretString;

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown, inactive, or a wrong password: one message for all.
    #[error(
        "That username and password do not go together, or the account is not active. Check both and try again."
    )]
    Refused,
    /// It could not be found out.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The password could not be checked.
    #[error(transparent)]
    Hash(#[from] HashError),
}

/// Signs somebody in by name and password.
///
/// `cost` is the setting's bcrypt cost: an unknown name takes one verification of that cost too.
///
/// # Errors
/// [`SignInError::Refused`] with one message for every reason a person could learn something from.
pub async fn sign_in(
    db: &Db,
    username: &str,
    password: SecretString,
    cost: u32,
) -> Result<Session, SignInError> {
    let name = username.parse::<Username>().ok();
    let found = match &name {
        Some(name) => users::credentials(db, name.as_str()).await?,
        None => None,
    };
    let stored = found.as_ref().map(|user| user.password_hash.clone());
    let matched = passwords::matches(password, stored, cost).await?;
    let session = name
        .zip(found)
        .filter(|(_, user)| matched && user.active)
        .and_then(|(name, user)| user.role.map(|role| (user.id, Session::of_user(user.id, name, role))));
    let Some((id, session)) = session else {
        tracing::info!("a sign-in was refused");
        return Err(SignInError::Refused);
    };
    users::note_sign_in(db, id).await?;
    tracing::info!(user = %session.actor(), "signed in");
    Ok(session)
}
