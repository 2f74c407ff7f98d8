//! Signing in.

use super::authorized::Session;
use super::passwords::{self, HashError};
use super::sessions;
use crate::db::write::Recorded;
use crate::db::{Db, DbError, users};
use crate::domain::audit::{Action, Entry};
use crate::domain::session::Limits;
use crate::domain::{Actor, Doer, Origin, Role, UserId, Username};
use futures_util::FutureExt;
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
    let person = name
        .zip(found)
        .filter(|(_, user)| matched && user.active)
        .and_then(|(name, user)| user.role.map(|role| (user.id, name, role)));
    let Some((id, name, role)) = person else {
        tracing::info!("a sign-in was refused");
        return Err(SignInError::Refused);
    };
    Ok(begin(db, id, name, role).await?)
}

async fn begin(db: &Db, id: UserId, name: Username, role: Role) -> Result<Session, DbError> {
    const LIMITS: Limits = Limits { idle_minutes: 30, hours: 12 };
    let origin = Origin::default();
    let doer = Doer { actor: Actor::User(id, name.clone()), role: Some(role), origin: origin.clone() };
    let opened = db
        .write_signing_in(&doer, |tx| {
            let (origin, subject) = (origin.clone(), format!("user {name}"));
            async move {
                users::note_sign_in(tx, id).await?;
                let opened = sessions::open(tx, id, &origin, LIMITS).await?;
                Ok::<_, DbError>(Recorded::with(opened, Entry::done(Action::SignIn, subject)))
            }
            .boxed()
        })
        .await?;
    Ok(Session::of_user(opened, name, role))
}
