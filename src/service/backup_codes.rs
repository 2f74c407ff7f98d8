//! Backup codes: made, shown once, kept in a file, counted.

use super::authorized::Oneself;
use super::passwords::{self, HashError};
use crate::db::second_factor::{self as table, Slot};
use crate::db::{Db, DbError};
use crate::domain::BackupCode;
use futures_util::future::try_join_all;
use secrecy::{ExposeSecret, SecretString};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Unused codes at which a person is warned.
pub const FEW: u8 = 2;

/// A person's new backup codes, for the one time that they are shown.
#[derive(Debug)]
pub struct BackupCodes(Vec<BackupCode>);

/// The codes could not be kept in a file.
#[derive(Debug, thiserror::Error)]
#[error("{} can not be made: {cause}. Name a file that is not there yet, in a folder of yours.", file.display())]
pub struct NotSaved {
    file: PathBuf,
    cause: io::Error,
}

impl BackupCodes {
    /// New codes, one a slot, of the system's randomness.
    pub(super) fn generate() -> BackupCodes {
        BackupCodes(BackupCode::SLOTS.map(|slot| BackupCode::new(slot, rand::random())).collect())
    }

    /// The codes as they are shown, `N-XXXXX-XXXXX`, the first slot first.
    pub fn lines(&self) -> Vec<SecretString> {
        self.0.iter().map(BackupCode::text).collect()
    }

    /// Keeps the codes in a new file that only its owner may read. A file that is there is never written over.
    ///
    /// # Errors
    /// [`NotSaved`] where the file is there, or can not be made.
    pub fn save(&self, file: &Path) -> Result<(), NotSaved> {
        let mut text = Zeroizing::new(String::from("Backup codes for Storekeeper. Each works once.\n\n"));
        for line in self.lines() {
            text.push_str(line.expose_secret());
            text.push('\n');
        }
        let kept =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).and_then(|mut made| {
                made.write_all(text.as_bytes())?;
                made.sync_all()
            });
        kept.map_err(|cause| NotSaved { file: file.to_owned(), cause })
    }

    /// The hash of each code with its slot.
    pub(super) async fn hashes(&self) -> Result<Vec<(u8, String)>, HashError> {
        try_join_all(self.0.iter().map(async |code| {
            let hash = passwords::hash(code.body(), passwords::BACKUP_CODE_COST).await?;
            Ok((code.slot(), hash))
        }))
        .await
    }
}

/// The slots of one's own backup codes: which are left, and when and from where the others were used.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the session has ended.
pub async fn slots(by: &Oneself, db: &Db) -> Result<Vec<Slot>, DbError> {
    db.read(by, table::slots(db, by.user())).await
}
