//! One's own second factor: switching it on, showing it again, switching it off, new backup codes.

use super::auth::{self, CodeError, Owed, PasswordError, PendingSignIn, SignInError, Step, Whose};
use super::authorized::Oneself;
use super::backup_codes::BackupCodes;
use super::passwords::HashError;
use super::policy::{ISSUER, Policy};
use super::vault::{SecretError, Vault};
use crate::db::second_factor::{self as table, Slot};
use crate::db::write::{Recorded, Transient, Tx};
use crate::db::{Db, DbError, Proof};
use crate::domain::audit::{Action, Entry};
use crate::domain::{Actor, Role, TotpSecret, UserId, Username};
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

/// A second factor that was switched on in the middle of a sign-in.
#[derive(Debug)]
pub struct Enrolled {
    /// To be shown, once, before the sign-in goes on.
    pub backup_codes: BackupCodes,
    /// What comes next.
    pub next: Step,
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

impl Enrolment {
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
    db.write(by, |_| {
        let entry = entry.clone();
        async move { Ok::<_, FactorError>(Recorded::with((), entry)) }.boxed()
    })
    .await?;
    Ok(Enrolment { secret, username: account.username })
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
