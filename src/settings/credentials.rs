//! The accounts Storekeeper made for itself on a chain's database server: `<data-dir>/credentials.toml`.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

use super::private_file::{self, Exposed, NotPlaced, Opened};

const FILE: &str = "credentials.toml";

/// Generated accounts of one chain.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// Which server and database the accounts belong to, so that they are never tried on another.
    pub server: String,
    /// The server's own administrator; only a private server's is ours to know.
    pub root: Option<Account>,
    /// Owner of the schema.
    pub migrate: Account,
    /// The account of daily work: rows only, no schema.
    pub app: Account,
}

/// An account of the database server.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Its name.
    pub user: String,
    /// Its password.
    #[serde(serialize_with = "expose")]
    pub password: SecretString,
}

fn expose<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

/// Why the accounts could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// Others may read the file or change its folder.
    #[error(transparent)]
    Exposed(#[from] Exposed),
    /// The file is there but not to be read.
    #[error("{} cannot be read: {source}. It holds the accounts of this chain's database; restore it from a copy.", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not what was written.
    #[error("{} is damaged. It holds the accounts of this chain's database; restore it from a copy.", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
    },
    /// The accounts could not be kept.
    #[error("{} cannot be written: {source}. Check that the folder is yours and the disk has room.", file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Credentials {
    /// The accounts kept in this data folder; `None` where there are none yet.
    ///
    /// # Errors
    /// [`CredentialsError`] where the file is exposed to others, unreadable or damaged.
    pub fn load(data_dir: &Path) -> Result<Option<Self>, CredentialsError> {
        let file = data_dir.join(FILE);
        let opened = match Opened::read(&file) {
            Ok(opened) => opened,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(CredentialsError::Read { file, source }),
        };
        opened.require_private()?;
        // toml's error quotes the line, password and all.
        toml::from_str(&opened.text).map(Some).map_err(|_| CredentialsError::Damaged { file })
    }

    /// The accounts kept in this data folder, or these where there are none yet. Of two programs that come first at
    /// once, one keeps its accounts and the other takes them over.
    ///
    /// # Errors
    /// As [`load`](Self::load) and [`store`](Self::store).
    pub fn load_or_keep(self, data_dir: &Path) -> Result<Self, CredentialsError> {
        match self.place(data_dir, |draft, file| fs::hard_link(draft, file)) {
            Err(CredentialsError::Write { source, file }) if source.kind() == ErrorKind::AlreadyExists => {
                Self::load(data_dir)?.ok_or(CredentialsError::Damaged { file })
            }
            kept => kept.map(|()| self),
        }
    }

    /// Keeps the accounts in this data folder, made with mode 0700 where missing. A reader sees the old file or the
    /// new one, whole; so does the next start after a power cut.
    ///
    /// # Errors
    /// [`CredentialsError`] where others may write in the folder, or the file cannot be written.
    pub fn store(&self, data_dir: &Path) -> Result<(), CredentialsError> {
        self.place(data_dir, |draft, file| fs::rename(draft, file))
    }

    fn place(
        &self,
        data_dir: &Path,
        put: impl FnOnce(&Path, &Path) -> io::Result<()>,
    ) -> Result<(), CredentialsError> {
        let file = data_dir.join(FILE);
        let text = toml::to_string(self).map_err(|error| CredentialsError::Write {
            file: file.clone(),
            source: io::Error::other(error),
        })?;
        private_file::place(&file, &text, put).map_err(|error| match error {
            NotPlaced::Exposed(exposed) => CredentialsError::Exposed(exposed),
            NotPlaced::Io(source) => CredentialsError::Write { file, source },
        })
    }
}

/// A password of 32 characters from a generator seeded by the operating system: about 190 bits.
///
/// It has a capital, a small letter, a digit and a sign, for MySQL's `validate_password` may ask for all four, and
/// consists of `A-Z a-z 0-9 - _` only, so that it needs no quoting anywhere.
#[must_use]
pub fn generate_password() -> SecretString {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    loop {
        let bytes: [u8; 32] = rand::rng().random();
        // 64 divides 256, so every character is as likely as any other.
        let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 64)));
        let password: String = letters.map(|byte| char::from(*byte)).collect();
        if is_mixed(&password) {
            return SecretString::from(password);
        }
    }
}

fn is_mixed(password: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| password.as_bytes().iter().any(&kind);
    has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_punctuation)
}
