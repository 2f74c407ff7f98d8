//! Choosing a new password.

use super::{HashError, hash, matches};
use crate::db::write::{Recorded, Transient, Tx};
use crate::db::{Db, DbError, sessions, users};
use crate::domain::audit::{Action, Entry};
use crate::domain::password::{self, BrokenRules};
use crate::domain::session::Ended;
use crate::domain::{UserId, Username};
use crate::service::auth::{self, Owed, PasswordError, PendingSignIn, SignInError, Step};
use crate::service::authorized::Oneself;
use crate::service::policy::Policy;
use futures_util::FutureExt;
use secrecy::{ExposeSecret, SecretString};

/// How many passwords before the present one are kept, so that none of the last five is taken again.
pub(in crate::service) const REMEMBERED: u32 = 4;

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The old password is wrong, or the account is locked.
    #[error("The old password is not right, or the account is locked. Nothing was changed.")]
    Refused,
    /// The new one breaks a rule.
    #[error(transparent)]
    Rules(#[from] BrokenRules),
    /// The new one is not new.
    #[error("That is one of your last five passwords. Choose another one.")]
    UsedBefore,
    /// The sign-in can not go on.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// It could not be stored.
    #[error(transparent)]
    Database(#[from] DbError),
    /// It could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl Transient for ChangeError {
    fn is_transient(&self) -> bool {
        match self {
            ChangeError::Database(error) => error.is_transient(),
            ChangeError::SignIn(error) => error.is_transient(),
            _ => false,
        }
    }
}

impl From<PasswordError> for ChangeError {
    fn from(error: PasswordError) -> ChangeError {
        match error {
            PasswordError::Refused => ChangeError::Refused,
            PasswordError::Database(error) => ChangeError::Database(error),
            PasswordError::Hash(error) => ChangeError::Hash(error),
        }
    }
}

/// Changes one's own password, and ends one's other sessions. A wrong old password counts as at the sign-in.
///
/// # Errors
/// [`ChangeError`]; nothing was changed.
pub async fn change(
    by: &Oneself,
    db: &Db,
    policy: &Policy,
    old: SecretString,
    new: SecretString,
) -> Result<(), ChangeError> {
    db.recheck(by).await?;
    let account = auth::password_of(by, db, policy, old).await?;
    let chosen = choose(db, policy, account.user, &account.username, new).await?;
    db.write(by, |tx| {
        let (chosen, old, name) = (chosen.clone(), account.password_hash.clone(), account.username.clone());
        let (user, token) = (by.user(), by.pass().token.clone());
        async move {
            store(tx, user, &old, &chosen).await?;
            sessions::end_all(tx, user, Some(&token), Ended::PasswordChanged).await?;
            Ok(Recorded::with((), Entry::done(Action::PasswordChanged, format!("user {name}"))))
        }
        .boxed()
    })
    .await
}

/// The step of a sign-in at which a new password is due: the old one was proved moments ago.
///
/// # Errors
/// [`ChangeError`]; nothing was changed. After [`ChangeError::Rules`] and [`ChangeError::UsedBefore`] another may be tried.
pub async fn change_at_sign_in(
    db: &Db,
    policy: &Policy,
    pending: &PendingSignIn,
    new: SecretString,
) -> Result<Step, ChangeError> {
    if pending.owed() != Some(Owed::NewPassword) {
        return Err(SignInError::Over.into());
    }
    let chosen = choose(db, policy, pending.user(), pending.username(), new).await?;
    db.write_signing_in(&pending.doer(), |tx| {
        let (pending, chosen) = (pending.clone(), chosen.clone());
        async move {
            auth::recheck(tx, &pending).await?;
            store(tx, pending.user(), pending.password_hash(), &chosen).await?;
            sessions::end_all(tx, pending.user(), None, Ended::PasswordChanged).await?;
            Ok::<_, ChangeError>(Recorded::with((), auth::entry(Action::PasswordChanged, &pending)))
        }
        .boxed()
    })
    .await?;
    Ok(auth::advance(db, policy, pending.changed(chosen)).await?)
}

/// The hash of a new password that breaks no rule.
async fn choose(
    db: &Db,
    policy: &Policy,
    user: UserId,
    username: &Username,
    new: SecretString,
) -> Result<String, ChangeError> {
    password::check(new.expose_secret(), username.as_str(), policy.password_length)?;
    for before in users::passwords_before(db, user, REMEMBERED).await? {
        if matches(new.clone(), Some(before), policy.bcrypt_cost).await? {
            return Err(ChangeError::UsedBefore);
        }
    }
    Ok(hash(new, policy.bcrypt_cost).await?)
}

async fn store(tx: &mut Tx, user: UserId, old: &str, new: &str) -> Result<(), ChangeError> {
    users::remember_password(tx, user, REMEMBERED).await?;
    // Of two changes at once one is stored; the other proved a password that is no more.
    if users::set_password(tx, user, old, new).await? { Ok(()) } else { Err(ChangeError::Refused) }
}
