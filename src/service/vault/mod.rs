//! Secrets at rest: XChaCha20-Poly1305 under a key from the key file, bound to the user they belong to.
//!
//! What is stored is a version byte, the number of the key (8 bytes), the nonce (24 bytes, random) and the encrypted secret
//! with its tag. The user's number is authenticated with it, so that a secret copied to another user's row does not open.

mod rotation;

pub use rotation::{KeyInUse, RotateError, Rotated, keys, rotate};

use crate::db::{Db, DbError, second_factor as table};
use crate::domain::totp::SECRET_BYTES;
use crate::domain::{TotpSecret, UserId};
use crate::settings::{Key, KeyFile, KeyFileError, KeyId};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const ID_BYTES: usize = 8;
const NONCE_BYTES: usize = 24;

/// Why a secret could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The key is not in the file, or there is no file.
    #[error(
        "The key file {} is not the one this chain's secrets were made with. Restore that one, or name it with security.key_file.",
        .0.display()
    )]
    OtherKeys(PathBuf),
    /// The stored secret was altered, or belongs to another user.
    #[error(
        "The stored secret is damaged. An administrator can reset the second factor; it is then set up anew."
    )]
    Damaged,
    /// The key file can not be read or kept.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// It could not be found out whether there are secrets already.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// The keys, and what they open.
#[derive(Debug, Clone)]
pub(super) struct Vault {
    file: PathBuf,
    keys: KeyFile,
}

impl Vault {
    /// The keys that are there.
    pub(super) fn open(file: &Path) -> Result<Vault, SecretError> {
        let keys = KeyFile::load(file)?.ok_or_else(|| SecretError::OtherKeys(file.to_owned()))?;
        Ok(Vault { file: file.to_owned(), keys })
    }

    /// The keys that are there, or a first one. Where the database holds secrets and there is no file, none is made: on a
    /// second host, or after a loss, a new key would hide that the right one is missing.
    pub(super) async fn for_sealing(db: &Db, file: &Path, now: Timestamp) -> Result<Vault, SecretError> {
        let keys = match KeyFile::load(file)? {
            Some(keys) => keys,
            None if table::any_secret(db).await? => return Err(SecretError::OtherKeys(file.to_owned())),
            None => KeyFile::load_or_make(file, now)?,
        };
        Ok(Vault { file: file.to_owned(), keys })
    }

    /// A secret of this user, encrypted under the newest key.
    pub(super) fn seal(&self, user: UserId, secret: &TotpSecret) -> Result<Vec<u8>, SecretError> {
        let key = self.keys.newest().ok_or_else(|| self.other_keys())?;
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let sealed = cipher(&key)
            .encrypt(&XNonce::from(nonce), Payload { msg: secret.bytes(), aad: &bound_to(user) })
            .map_err(|_| SecretError::Damaged)?;
        Ok([&[VERSION][..], &key.id.0, &nonce, &sealed].concat())
    }

    /// The secret of this user.
    pub(super) fn unseal(&self, user: UserId, stored: &[u8]) -> Result<TotpSecret, SecretError> {
        let (id, nonce, sealed) = parts(stored).ok_or(SecretError::Damaged)?;
        let key = self.keys.find(id).ok_or_else(|| self.other_keys())?;
        let opened = cipher(&key)
            .decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: &bound_to(user) })
            .map(Zeroizing::new)
            .map_err(|_| SecretError::Damaged)?;
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        if opened.len() != SECRET_BYTES {
            return Err(SecretError::Damaged);
        }
        bytes.copy_from_slice(&opened);
        Ok(TotpSecret::new(bytes))
    }

    /// The number of the key that a stored secret is encrypted under.
    fn key_of(stored: &[u8]) -> Option<KeyId> {
        parts(stored).map(|(id, _, _)| id)
    }

    fn other_keys(&self) -> SecretError {
        SecretError::OtherKeys(self.file.clone())
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*key.bytes).into())
}

/// What is authenticated with a secret: what it is, and whose.
fn bound_to(user: UserId) -> Vec<u8> {
    [b"storekeeper totp secret of user ".as_slice(), &user.0.to_be_bytes()].concat()
}

fn parts(stored: &[u8]) -> Option<(KeyId, [u8; NONCE_BYTES], &[u8])> {
    let (&version, rest) = stored.split_first()?;
    let (id, rest) = rest.split_first_chunk::<ID_BYTES>()?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>()?;
    (version == VERSION).then_some((KeyId(*id), *nonce, sealed))
}
