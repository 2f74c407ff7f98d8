//! The keys that secrets in the database are encrypted with: `keys.toml`, mode 0600, apart from the database so that neither
//! alone gives a secret away.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rustix::fs::{FlockOperation, flock};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use zeroize::Zeroizing;

use super::private_file::{self, Exposed, NotPlaced, Opened};

/// Bytes of a key.
const KEY_BYTES: usize = 32;

/// The number of a key: eight random bytes, so that keys made on different hosts are never taken for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyId(pub [u8; 8]);

/// The keys of a chain, the newest last. It alone encrypts; the others read what they encrypted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    key: Vec<Entry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    made: Timestamp,
    #[serde(serialize_with = "expose")]
    secret: SecretString,
}

/// A key, for as long as it is used.
pub struct Key {
    /// Its number.
    pub id: KeyId,
    /// When it was made.
    pub made: Timestamp,
    /// Its bytes.
    pub bytes: Zeroizing<[u8; KEY_BYTES]>,
}

fn expose<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

/// Why the keys could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// Others may read the file or change its folder.
    #[error(transparent)]
    Exposed(#[from] Exposed),
    /// The file is there but not to be read.
    #[error("{} cannot be read: {source}. It holds the keys of this chain's secrets; restore it from a copy.", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not what was written.
    #[error("{} is damaged. It holds the keys of this chain's secrets; restore it from a copy.", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
    },
    /// The keys could not be kept.
    #[error("{} cannot be written: {source}. Check that the folder is yours and the disk has room.", file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Key {
    /// A new key of the system's randomness.
    #[must_use]
    pub fn generate(made: Timestamp) -> Key {
        Key { id: KeyId(rand::random()), made, bytes: Zeroizing::new(rand::random()) }
    }
}

impl KeyFile {
    /// The keys in this file; `None` where there is no file.
    ///
    /// # Errors
    /// [`KeyFileError`] where the file is exposed to others, unreadable or damaged.
    pub fn load(file: &Path) -> Result<Option<KeyFile>, KeyFileError> {
        let opened = match Opened::read(file) {
            Ok(opened) => opened,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(KeyFileError::Read { file: file.to_owned(), source }),
        };
        opened.require_private()?;
        let text = Zeroizing::new(opened.text);
        // toml's error quotes the line, key and all.
        let read: Option<KeyFile> = toml::from_str(&text).ok();
        read.filter(|read| !read.key.is_empty() && read.key.iter().all(|entry| entry.read().is_some()))
            .map(Some)
            .ok_or_else(|| KeyFileError::Damaged { file: file.to_owned() })
    }

    /// The keys in this file, or a new one where there is no file. Of two programs that come first at once, one keeps its key
    /// and the other takes it over.
    ///
    /// # Errors
    /// [`KeyFileError`] where the file is exposed to others, unreadable, damaged, or cannot be written.
    pub fn load_or_make(file: &Path, now: Timestamp) -> Result<KeyFile, KeyFileError> {
        if let Some(there) = KeyFile::load(file)? {
            return Ok(there);
        }
        let made = KeyFile { key: vec![Entry::of(&Key::generate(now))] };
        match made.place(file, |draft, file| fs::hard_link(draft, file)) {
            Err(KeyFileError::Write { source, file }) if source.kind() == ErrorKind::AlreadyExists => {
                KeyFile::load(&file)?.ok_or(KeyFileError::Damaged { file })
            }
            kept => kept.map(|()| made),
        }
    }

    /// Every key, the oldest first.
    #[must_use]
    pub fn keys(&self) -> Vec<Key> {
        self.key.iter().filter_map(Entry::read).collect()
    }

    /// The key that encrypts.
    #[must_use]
    pub fn newest(&self) -> Option<Key> {
        self.key.last().and_then(Entry::read)
    }

    /// The key of this number.
    #[must_use]
    pub fn find(&self, id: KeyId) -> Option<Key> {
        self.keys().into_iter().find(|key| key.id == id)
    }

    /// The same with a new key that encrypts from now on.
    fn with(mut self, key: &Key) -> KeyFile {
        self.key.push(Entry::of(key));
        self
    }

    /// Adds a new key, which encrypts from now on, and puts the keys in the place of those in the file. The others stay: a
    /// secret may still be stored under them, also in a backup of the database.
    ///
    /// # Errors
    /// [`KeyFileError`] where there is no such file, it can not be read or written, or another program adds a key just now.
    pub fn add(file: &Path, key: &Key) -> Result<KeyFile, KeyFileError> {
        let failed = |source: io::Error| KeyFileError::Write { file: file.to_owned(), source };
        let folder = File::open(file.parent().unwrap_or(Path::new("/"))).map_err(failed)?;
        // Of two that add a key at once, the later would write over the key of the other.
        flock(&folder, FlockOperation::NonBlockingLockExclusive).map_err(|error| failed(error.into()))?;
        let there = KeyFile::load(file)?.ok_or_else(|| failed(ErrorKind::NotFound.into()))?;
        let with_it = there.with(key);
        with_it.store(file)?;
        Ok(with_it)
    }

    /// Puts the keys in the place of those in the file.
    ///
    /// # Errors
    /// [`KeyFileError`] where others may write in the folder, or the file cannot be written.
    fn store(&self, file: &Path) -> Result<(), KeyFileError> {
        self.place(file, |draft, file| fs::rename(draft, file))
    }

    fn place(
        &self,
        file: &Path,
        put: impl FnOnce(&Path, &Path) -> io::Result<()>,
    ) -> Result<(), KeyFileError> {
        let failed = |source| KeyFileError::Write { file: file.to_owned(), source };
        let text = Zeroizing::new(toml::to_string(self).map_err(|error| failed(io::Error::other(error)))?);
        private_file::place(file, &text, put).map_err(|error| match error {
            NotPlaced::Exposed(exposed) => KeyFileError::Exposed(exposed),
            NotPlaced::Io(source) => failed(source),
        })
    }
}

impl Entry {
    fn of(key: &Key) -> Entry {
        let secret = Zeroizing::new(hex(&*key.bytes));
        Entry { id: key.id.to_string(), made: key.made, secret: secret.as_str().into() }
    }

    fn read(&self) -> Option<Key> {
        let mut key = Key { id: KeyId([0; 8]), made: self.made, bytes: Zeroizing::new([0; KEY_BYTES]) };
        from_hex(&self.id, &mut key.id.0)?;
        from_hex(self.secret.expose_secret(), &mut *key.bytes)?;
        Some(key)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads exactly as many bytes as there is room for.
fn from_hex(text: &str, bytes: &mut [u8]) -> Option<()> {
    if text.len() != bytes.len() * 2 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn keys_are_kept_for_their_owner_alone_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deeper/keys.toml");
        assert!(KeyFile::load(&file).unwrap().is_none());

        let made = KeyFile::load_or_make(&file, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600);
        let first = made.newest().unwrap();
        let second = Key::generate(Timestamp::UNIX_EPOCH);
        made.with(&second).store(&file).unwrap();

        let read = KeyFile::load_or_make(&file, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(read.newest().unwrap().bytes, second.bytes);
        assert_eq!(read.find(first.id).unwrap().bytes, first.bytes);
    }

    #[test]
    fn a_file_that_others_read_or_that_is_damaged_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys.toml");
        KeyFile::load_or_make(&file, Timestamp::UNIX_EPOCH).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(KeyFile::load(&file), Err(KeyFileError::Exposed(_))));

        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        for text in
            ["", "key = []\n", "[[key]]\nid = \"00\"\nmade = \"1970-01-01T00:00:00Z\"\nsecret = \"00\"\n"]
        {
            fs::write(&file, text).unwrap();
            assert!(matches!(KeyFile::load(&file), Err(KeyFileError::Damaged { .. })), "{text:?}");
        }
    }

    #[test]
    fn no_key_is_printed() {
        let key = Key::generate(Timestamp::UNIX_EPOCH);
        let file = KeyFile { key: vec![Entry::of(&key)] };
        let secret = hex(&*key.bytes);
        assert!(!format!("{key:?} {file:?}").contains(&secret));
    }
}
