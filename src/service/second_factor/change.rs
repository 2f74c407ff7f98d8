//! Looking after a second factor that is on. Each takes the password, and what changes it takes a code too.

use super::{Enrolment, FactorError};
use crate::db::second_factor as table;
use crate::db::write::Recorded;
use crate::db::{Db, Proof};
use crate::domain::audit::{Action, Entry};
use crate::domain::{Actor, Username};
use crate::service::Policy;
use crate::service::auth::{self, CodeError, Whose};
use crate::service::authorized::Oneself;
use crate::service::backup_codes::BackupCodes;
use crate::service::vault::Vault;
use futures_util::FutureExt;
use jiff::Timestamp;
use secrecy::SecretString;

/// Shows one's own secret again, for another phone.
///
/// # Errors
/// [`FactorError`]: the password is wrong, or there is nothing to show.
pub async fn show_again(
    by: &Oneself,
    db: &Db,
    policy: &Policy,
    password: SecretString,
) -> Result<Enrolment, FactorError> {
    db.recheck(by).await?;
    let account = auth::password_of(by, db, policy, password).await?;
    let stored = table::stored(db, account.user).await?.filter(|stored| stored.on);
    let sealed = stored.and_then(|stored| stored.secret).ok_or(FactorError::NotOn)?;
    let secret = Vault::open(&policy.key_file)?.unseal(account.user, &sealed)?;
    let entry = Entry::done(Action::SecondFactorShown, format!("user {}", account.username));
    db.note(by, entry).await?;
    Ok(Enrolment::of(secret, account.username))
}

/// Switches one's own second factor off, where the role may do without.
///
/// # Errors
/// [`FactorError`]; nothing was changed.
pub async fn disable(
    by: &Oneself,
    db: &Db,
    policy: &Policy,
    password: SecretString,
    code: &SecretString,
    now: Timestamp,
) -> Result<(), FactorError> {
    if let Some(role) = by.warrant().doer.role.filter(|role| policy.demands_second_factor(*role)) {
        return Err(FactorError::Mandatory(role));
    }
    let name = prove(by, db, policy, password, code, now).await?;
    db.write(by, |tx| {
        let (user, name) = (by.user(), name.clone());
        async move {
            if !table::disable(tx, user).await? {
                return Err(FactorError::NotOn);
            }
            Ok(Recorded::with((), Entry::done(Action::SecondFactorDisabled, format!("user {name}"))))
        }
        .boxed()
    })
    .await
}

/// Makes new backup codes; the old ones work no more.
///
/// # Errors
/// [`FactorError`]; the old ones then still work.
pub async fn regenerate_backup_codes(
    by: &Oneself,
    db: &Db,
    policy: &Policy,
    password: SecretString,
    code: &SecretString,
    now: Timestamp,
) -> Result<BackupCodes, FactorError> {
    let name = prove(by, db, policy, password, code, now).await?;
    let codes = BackupCodes::generate();
    let hashes = codes.hashes().await?;
    db.write(by, |tx| {
        let (user, name, hashes) = (by.user(), name.clone(), hashes.clone());
        async move {
            table::replace_backup_codes(tx, user, &hashes).await?;
            Ok::<_, FactorError>(Recorded::with(
                (),
                Entry::done(Action::BackupCodesMade, format!("user {name}")),
            ))
        }
        .boxed()
    })
    .await?;
    Ok(codes)
}

/// A code of who is signed in, before they do what takes one.
///
/// # Errors
/// [`FactorError`]; after a wrong or used code another may be tried.
pub async fn prove_code(
    by: &Oneself,
    db: &Db,
    policy: &Policy,
    code: &SecretString,
    now: Timestamp,
) -> Result<(), FactorError> {
    db.recheck(by).await?;
    let Actor::User(user, username) = &by.warrant().doer.actor else {
        return Err(FactorError::NotOn);
    };
    let whose = Whose { user: *user, username, origin: &by.warrant().doer.origin };
    match auth::check_code(db, policy, &whose, code, now).await {
        Err(CodeError::Off) => Err(FactorError::NotOn),
        checked => Ok(checked?),
    }
}

/// Password and code of who is signed in.
async fn prove(
    by: &Oneself,
    db: &Db,
    policy: &Policy,
    password: SecretString,
    code: &SecretString,
    now: Timestamp,
) -> Result<Username, FactorError> {
    db.recheck(by).await?;
    let account = auth::password_of(by, db, policy, password).await?;
    prove_code(by, db, policy, code, now).await?;
    Ok(account.username)
}
