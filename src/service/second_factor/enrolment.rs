//! Switching the second factor on: a secret for the app, a code that confirms it, backup codes.

use super::FactorError;
use crate::db::Db;
use crate::db::second_factor as table;
use crate::db::write::{Recorded, Tx};
use crate::domain::audit::{Action, Entry};
use crate::domain::{TotpSecret, UserId, Username};
use crate::service::Policy;
use crate::service::auth::{self, CodeError, Owed, PendingSignIn, SignInError, Step};
use crate::service::authorized::Oneself;
use crate::service::backup_codes::BackupCodes;
use crate::service::policy::ISSUER;
use crate::service::vault::Vault;
use futures_util::FutureExt;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// A secret to be taken into an authenticator app. Not stored before a code confirms that it was.
#[derive(Debug, Clone)]
pub struct Enrolment {
    secret: TotpSecret,
    username: Username,
}

/// A second factor that was switched on in the middle of a sign-in.
#[derive(Debug)]
pub struct Enrolled {
    /// To be shown, once, before the sign-in goes on.
    pub backup_codes: BackupCodes,
    /// What comes next.
    pub next: Step,
}

impl Enrolment {
    pub(super) fn of(secret: TotpSecret, username: Username) -> Enrolment {
        Enrolment { secret, username }
    }

    fn new(username: Username) -> Enrolment {
        Enrolment { secret: TotpSecret::new(Zeroizing::new(rand::random())), username }
    }

    /// What a QR code says to the app; under 100 bytes.
    pub fn uri(&self) -> SecretString {
        self.secret.uri(ISSUER, self.username.as_str())
    }

    /// The secret to be typed by hand: base32 in eight groups of four.
    pub fn groups(&self) -> SecretString {
        self.secret.groups()
    }
}

/// Begins to switch the second factor on, in the middle of a sign-in.
///
/// # Errors
/// [`SignInError::Over`] where that is not what the sign-in owes.
pub fn begin_at_sign_in(pending: &PendingSignIn) -> Result<Enrolment, SignInError> {
    match pending.owed() {
        Some(Owed::Enrolment) => Ok(Enrolment::new(pending.username().clone())),
        _ => Err(SignInError::Over),
    }
}

/// Switches the second factor on, in the middle of a sign-in, with a code of the app. `now` is this machine's clock, only
/// compared with the database's to explain a wrong code.
///
/// # Errors
/// [`FactorError`]; after a wrong or used code another may be tried.
pub async fn confirm_at_sign_in(
    db: &Db,
    policy: &Policy,
    pending: &PendingSignIn,
    enrolment: &Enrolment,
    code: &SecretString,
    now: Timestamp,
) -> Result<Enrolled, FactorError> {
    if pending.owed() != Some(Owed::Enrolment) {
        return Err(SignInError::Over.into());
    }
    let new = New::prepare(db, policy, pending.user(), enrolment, code, now).await?;
    db.write_signing_in(&pending.doer(), |tx| {
        let (pending, new) = (pending.clone(), new.row.clone());
        async move {
            auth::recheck(tx, &pending).await?;
            new.store(tx, pending.username()).await
        }
        .boxed()
    })
    .await?;
    let next = auth::advance(db, policy, pending.proved("with a second factor set up just now")).await?;
    Ok(Enrolled { backup_codes: new.codes, next })
}

/// Begins to switch one's own second factor on. Takes the password: whoever finds a terminal open must not be able to put a
/// phone of their own in front of somebody's account.
///
/// # Errors
/// [`FactorError`]; nothing was changed.
pub async fn begin(
    by: &Oneself,
    db: &Db,
    policy: &Policy,
    password: SecretString,
) -> Result<Enrolment, FactorError> {
    db.recheck(by).await?;
    let account = auth::password_of(by, db, policy, password).await?;
    match table::stored(db, account.user).await? {
        Some(stored) if stored.on => Err(FactorError::AlreadyOn),
        _ => Ok(Enrolment::new(account.username)),
    }
}

/// Switches one's own second factor on with a code of the app.
///
/// # Errors
/// [`FactorError`]; after a wrong or used code another may be tried.
pub async fn confirm(
    by: &Oneself,
    db: &Db,
    policy: &Policy,
    enrolment: &Enrolment,
    code: &SecretString,
    now: Timestamp,
) -> Result<BackupCodes, FactorError> {
    let new = New::prepare(db, policy, by.user(), enrolment, code, now).await?;
    db.write(by, |tx| {
        let (name, new) = (enrolment.username.clone(), new.row.clone());
        async move { new.store(tx, &name).await }.boxed()
    })
    .await?;
    Ok(new.codes)
}

/// A second factor that a code has confirmed, ready to be stored.
struct New {
    codes: BackupCodes,
    row: Row,
}

#[derive(Clone)]
struct Row {
    user: UserId,
    sealed: Vec<u8>,
    step: u64,
    hashes: Vec<(u8, String)>,
}

impl New {
    async fn prepare(
        db: &Db,
        policy: &Policy,
        user: UserId,
        enrolment: &Enrolment,
        code: &SecretString,
        now: Timestamp,
    ) -> Result<New, FactorError> {
        let stored = table::stored(db, user).await?.ok_or(SignInError::Over)?;
        if stored.on {
            return Err(FactorError::AlreadyOn);
        }
        let step = enrolment
            .secret
            .step_of(code.expose_secret(), auth::seconds(stored.now_micros))
            .ok_or(CodeError::Wrong { apart_seconds: auth::apart(stored.now_micros, now) })?;
        let sealed = Vault::for_sealing(db, &policy.key_file, now).await?.seal(user, &enrolment.secret)?;
        let codes = BackupCodes::generate();
        let hashes = codes.hashes().await?;
        Ok(New { codes, row: Row { user, sealed, step, hashes } })
    }
}

impl Row {
    async fn store(&self, tx: &mut Tx, name: &Username) -> Result<Recorded<()>, FactorError> {
        if !table::enrol(tx, self.user, &self.sealed, self.step).await? {
            return Err(CodeError::Used.into());
        }
        table::replace_backup_codes(tx, self.user, &self.hashes).await?;
        let subject = format!("user {name}");
        let entries = [Action::SecondFactorEnrolled, Action::BackupCodesMade];
        Ok(Recorded::with_all((), entries.map(|action| Entry::done(action, &subject)).to_vec()))
    }
}
