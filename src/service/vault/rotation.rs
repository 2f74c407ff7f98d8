//! New keys for old: every secret encrypted anew under a key made just now.

use super::{SecretError, Vault};
use crate::db::second_factor as table;
use crate::db::write::{Recorded, Transient, Tx};
use crate::db::{Db, DbError};
use crate::domain::UserId;
use crate::domain::audit::{Action, Entry};
use crate::service::Policy;
use crate::service::authorized::{Authorized, SystemSettings};
use crate::settings::{Key, KeyFile, KeyFileError, KeyId};
use futures_util::FutureExt;
use jiff::Timestamp;

/// Secrets that are encrypted anew in one transaction: few enough that nobody's sign-in waits for it.
const AT_ONCE: u32 = 200;

/// A key, without the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyInUse {
    /// Its number.
    pub id: KeyId,
    /// When it was made.
    pub made: Timestamp,
    /// Secrets that are encrypted under it.
    pub secrets: u64,
}

/// What a rotation did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotated {
    /// The key that everything is encrypted under now.
    pub key: KeyId,
    /// Whether it was made just now; else an earlier rotation was completed.
    pub is_new: bool,
    /// Secrets that were encrypted anew.
    pub secrets: u64,
}

/// Why keys were not rotated.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// One of the secrets can not be read.
    #[error(
        "The secret of user number {user} can not be read: nothing is lost, but the rotation stops there. {cause} Then run the command again."
    )]
    Unreadable {
        /// Whose.
        user: UserId,
        /// Why.
        cause: SecretError,
    },
    /// The keys can not be read or kept.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The change could not be stored. What was encrypted anew before stays so; the same command goes on from there.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl From<KeyFileError> for RotateError {
    fn from(error: KeyFileError) -> RotateError {
        RotateError::Secret(error.into())
    }
}

impl Transient for RotateError {
    fn is_transient(&self) -> bool {
        matches!(self, RotateError::Database(error) if error.is_transient())
    }
}

/// The keys of the chain, the oldest first, with what is encrypted under each.
///
/// # Errors
/// [`RotateError`] where file or database can not be read.
pub async fn keys(
    by: &Authorized<SystemSettings>,
    db: &Db,
    policy: &Policy,
) -> Result<Vec<KeyInUse>, RotateError> {
    db.recheck(by).await?;
    let Some(file) = KeyFile::load(&policy.key_file)? else {
        return Ok(Vec::new());
    };
    let used = db.read(by, table::all_secrets(db)).await?;
    let count = |id: KeyId| used.iter().filter(|(_, sealed)| Vault::key_of(sealed) == Some(id)).count();
    let in_use = |key: Key| KeyInUse {
        id: key.id,
        made: key.made,
        secrets: u64::try_from(count(key.id)).unwrap_or(u64::MAX),
    };
    Ok(file.keys().into_iter().map(in_use).collect())
}

/// Makes a new key and encrypts every secret anew under it; the old keys stay in the file, for backups of the database.
///
/// A rotation that was cut short is completed by the same call, under the key it had made. People sign in meanwhile.
///
/// # Errors
/// [`RotateError`]: what was encrypted anew stays so, and opens as well as the rest.
pub async fn rotate(
    by: &Authorized<SystemSettings>,
    db: &Db,
    policy: &Policy,
    now: Timestamp,
) -> Result<Rotated, RotateError> {
    db.recheck(by).await?;
    let old = Vault::for_sealing(db, &policy.key_file, now).await?;
    let newest = old.keys.newest().ok_or_else(|| old.other_keys())?;
    let stored = db.read(by, table::all_secrets(db)).await?;
    let is_complete = stored.iter().all(|(_, sealed)| Vault::key_of(sealed) == Some(newest.id));
    // Where there was no file, the key that was made with it is as new as can be.
    let (key, is_new) = match newest {
        first if first.made == now => (first, true),
        _ if is_complete => (Key::generate(now), true),
        of_the_one_cut_short => (of_the_one_cut_short, false),
    };
    if is_new {
        tell(by, db, key.id).await?;
        if old.keys.find(key.id).is_none() {
            KeyFile::add(&policy.key_file, &key)?;
        }
    }
    let key = key.id;
    let secrets = reseal_all(by, db, &Vault::open(&policy.key_file)?, key).await?;
    Ok(Rotated { key, is_new, secrets })
}

/// Tells the audit log of a new key, before there is one: where that can not be told, none is made.
async fn tell(by: &Authorized<SystemSettings>, db: &Db, key: KeyId) -> Result<(), DbError> {
    let entry = Entry::done(Action::KeysRotated, format!("key {key}")).detail("made");
    db.note(by, entry).await
}

async fn reseal_all(
    by: &Authorized<SystemSettings>,
    db: &Db,
    vault: &Vault,
    key: KeyId,
) -> Result<u64, RotateError> {
    let (mut done, mut after) = (0, Some(UserId(0)));
    while let Some(from) = after {
        let some = db.write(by, |tx| {
            let vault = vault.clone();
            async move { reseal_some(tx, &vault, key, from).await }.boxed()
        });
        let (resealed, last) = some.await?;
        done += resealed;
        after = last;
    }
    Ok(done)
}

/// Encrypts the next secrets anew; answers how many, and the last user looked at, `None` where there is nobody after.
async fn reseal_some(
    tx: &mut Tx,
    vault: &Vault,
    key: KeyId,
    after: UserId,
) -> Result<Recorded<(u64, Option<UserId>)>, RotateError> {
    let mut done = 0;
    let some = table::secrets(tx, after, AT_ONCE).await?;
    let last = some.last().map(|(user, _)| *user);
    for (user, sealed) in some.iter().filter(|(_, sealed)| Vault::key_of(sealed) != Some(key)) {
        let secret =
            vault.unseal(*user, sealed).map_err(|cause| RotateError::Unreadable { user: *user, cause })?;
        let anew = vault.seal(*user, &secret)?;
        done += u64::from(table::reseal(tx, *user, sealed, &anew).await?);
    }
    let entry = Entry::done(Action::KeysRotated, format!("key {key}"));
    Ok(match done {
        0 => Recorded::nothing((0, last)),
        _ => Recorded::with((done, last), entry.detail(format!("{done} secrets encrypted anew"))),
    })
}
