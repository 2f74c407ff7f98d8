//! The second factor's codes: counted, checked, used up.

use super::pending::{Owed, PendingSignIn};
use super::tries::Refusal;
use super::{SignInError, Step, advance, wait};
use crate::db::second_factor::{self as table, Stored};
use crate::db::write::{Recorded, Transient};
use crate::db::{Db, DbError};
use crate::domain::audit::Action;
use crate::domain::{BackupCode, Origin, UserId, Username};
use crate::service::passwords::{self, HashError};
use crate::service::policy::Policy;
use crate::service::vault::{SecretError, Vault};
use futures_util::FutureExt;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;
use tokio::time::Instant;

/// Clocks that are further apart than this, in seconds, are told as the likely cause of wrong codes.
const APART: i64 = 5;

/// Why a code was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// It is no code of this time.
    #[error("That code is not right. Type the one the app shows now.{}", clocks(*.apart_seconds))]
    Wrong {
        /// How far the database's clock, which codes are held against, is ahead of this machine's, where it is more than
        /// five seconds.
        apart_seconds: Option<i64>,
    },
    /// Its half minute was used.
    #[error("That code was used already. Wait for the next one in the app: up to 30 seconds.")]
    Used,
    /// It is no backup code that is left.
    #[error(
        "That is no backup code of yours, or it was used already. Each works once; take another one from the list."
    )]
    WrongBackupCode,
    /// Too many were wrong; the sign-in is over.
    #[error("Too many codes were wrong. {} An administrator can unlock the account.", wait(*.0))]
    Locked(Duration),
    /// There is no second factor to check.
    #[error("The second factor is not on any more. Sign in again.")]
    Off,
    /// The secret can not be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The rest of the sign-in did not go through.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// It could not be found out.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The code could not be checked.
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl Transient for CodeError {
    fn is_transient(&self) -> bool {
        matches!(self, CodeError::Database(error) if error.is_transient())
    }
}

fn clocks(apart_seconds: Option<i64>) -> String {
    apart_seconds.map_or_else(String::new, |seconds| {
        let seconds = seconds.abs();
        format!(
            " The clocks of this machine and of the database are {seconds} seconds apart, which is the likely cause: have them set."
        )
    })
}

/// How far the database's clock is ahead of a host's, in seconds, where it is too far.
pub(in crate::service) fn apart(database_micros: i64, host: Timestamp) -> Option<i64> {
    let seconds = (database_micros - host.as_microsecond()) / 1_000_000;
    (seconds.abs() > APART).then_some(seconds)
}

/// Whose code is checked.
pub(in crate::service) struct Whose<'a> {
    pub(in crate::service) user: UserId,
    pub(in crate::service) username: &'a Username,
    pub(in crate::service) origin: &'a Origin,
}

/// The second step of signing in: a code of the app. `now` is this machine's clock; it is only compared with the database's,
/// which alone decides, to explain why codes are wrong.
///
/// # Errors
/// [`CodeError`]: after [`CodeError::Wrong`] and [`CodeError::Used`] another may be tried, after any other the sign-in has to
/// begin again.
pub async fn with_code(
    db: &Db,
    policy: &Policy,
    pending: &PendingSignIn,
    code: &SecretString,
    now: Timestamp,
) -> Result<Step, CodeError> {
    let whose = pending.owing_code()?;
    check_code(db, policy, &whose, code, now).await?;
    Ok(advance(db, policy, pending.proved("with a code of the app")).await?)
}

/// The second step of signing in, for who has not the phone: a backup code.
///
/// # Errors
/// [`CodeError`]: after [`CodeError::WrongBackupCode`] another may be tried, after any other the sign-in has to begin again.
pub async fn with_backup_code(
    db: &Db,
    policy: &Policy,
    pending: &PendingSignIn,
    code: &SecretString,
) -> Result<Step, CodeError> {
    let whose = pending.owing_code()?;
    let tried = counted(db, policy, &whose).await?;
    let read = code.expose_secret().parse::<BackupCode>().ok();
    let stored = match &read {
        Some(code) => table::unused_code(db, whose.user, code.slot()).await?,
        None => None,
    };
    let body = read.as_ref().map_or_else(|| SecretString::from(""), BackupCode::body);
    let right = passwords::matches(body, stored.clone(), passwords::BACKUP_CODE_COST).await?;
    let (Some(code), Some(hash), true) = (read, stored, right) else {
        refuse(db, &whose, &tried, "wrong backup code").await?;
        return Err(CodeError::WrongBackupCode);
    };
    if !use_up(db, pending, code.slot(), &hash).await? {
        refuse(db, &whose, &tried, "a backup code that was used").await?;
        return Err(CodeError::WrongBackupCode);
    }
    let how = format!("with backup code {}", code.slot());
    Ok(advance(db, policy, pending.proved(&how)).await?)
}

async fn use_up(db: &Db, pending: &PendingSignIn, slot: u8, hash: &str) -> Result<bool, DbError> {
    let entry = super::entry(Action::BackupCodeUsed, pending).detail(format!("code {slot}"));
    db.write_signing_in(&pending.doer(), |tx| {
        let (entry, hash, pending) = (entry.clone(), hash.to_owned(), pending.clone());
        async move {
            Ok(match table::use_code(tx, pending.user, slot, &hash, &pending.origin).await? {
                true => Recorded::with(true, entry),
                false => Recorded::nothing(false),
            })
        }
        .boxed()
    })
    .await
}

/// Counts, checks and uses up a code of the app.
pub(in crate::service) async fn check_code(
    db: &Db,
    policy: &Policy,
    whose: &Whose<'_>,
    code: &SecretString,
    now: Timestamp,
) -> Result<(), CodeError> {
    let asked = Instant::now();
    let stored = counted(db, policy, whose).await?;
    let host = now.saturating_add(jiff::SignedDuration::try_from(asked.elapsed()).unwrap_or_default());
    let secret = stored.secret.as_deref().filter(|_| stored.on).ok_or(CodeError::Off)?;
    let secret = Vault::open(&policy.key_file)?.unseal(whose.user, secret)?;
    let Some(step) = secret.step_of(code.expose_secret(), seconds(stored.now_micros)) else {
        refuse(db, whose, &stored, "wrong code").await?;
        return Err(CodeError::Wrong {
            apart_seconds: host.ok().and_then(|host| apart(stored.now_micros, host)),
        });
    };
    if !table::burn_step(db, whose.user, step).await? {
        refuse(db, whose, &stored, "a code that was used").await?;
        return Err(CodeError::Used);
    }
    Ok(())
}

/// Seconds since 1970 of a time in microseconds.
pub(in crate::service) fn seconds(micros: i64) -> u64 {
    u64::try_from(micros / 1_000_000).unwrap_or(0)
}

async fn counted(db: &Db, policy: &Policy, whose: &Whose<'_>) -> Result<Stored, CodeError> {
    let (counted, stored) = table::try_code(db, whose.user, policy.lockout).await?;
    let stored = stored.ok_or(CodeError::Off)?;
    if counted {
        return Ok(stored);
    }
    if stored.locked.is_zero() {
        // Not locked, and yet not counted: the account is not active any more.
        return Err(SignInError::Over.into());
    }
    let refusal =
        Refusal { why: "the second factor is locked", name: Some(whose.username.clone()), locks: false };
    refusal.record(db, whose.origin).await?;
    Err(CodeError::Locked(stored.locked))
}

/// Records a wrong code; answers [`CodeError::Locked`] where it was the last before a lock.
async fn refuse(db: &Db, whose: &Whose<'_>, stored: &Stored, why: &'static str) -> Result<(), CodeError> {
    let locks = !stored.locked.is_zero();
    Refusal { why, name: Some(whose.username.clone()), locks }.record(db, whose.origin).await?;
    if locks { Err(CodeError::Locked(stored.locked)) } else { Ok(()) }
}

impl PendingSignIn {
    fn owing_code(&self) -> Result<Whose<'_>, CodeError> {
        if self.owed != Some(Owed::Code) {
            return Err(SignInError::Over.into());
        }
        Ok(Whose { user: self.user, username: &self.username, origin: &self.origin })
    }
}
