//! Reading and writing files that may hold secrets, and refusing those that others can read.

use std::borrow::Cow;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rand::RngExt;

/// A file with a secret that is not its owner's alone. The words tell the command that mends it.
#[derive(Debug, thiserror::Error)]
pub enum Exposed {
    /// Group or others have some right to it.
    #[error("{} holds a password and others may use it (mode {mode:04o}). Run: chmod 600 {}", file.display(), shell_word(file))]
    Mode {
        /// The file.
        file: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It belongs to neither this user nor root.
    #[error("{} holds a password but belongs to another user (uid {owner}). Keep a copy of your own: chmod 600 it and name that.", file.display())]
    Owner {
        /// The file.
        file: PathBuf,
        /// The owner's number.
        owner: u32,
    },
    /// A folder that is to hold secrets can be changed by group or others.
    #[error("{} is to hold passwords and others may write in it (mode {mode:04o}). Run: chmod 700 {}", folder.display(), shell_word(folder))]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
}

/// A file's text with who may read it, both taken from one open file so that they cannot be of two different ones.
pub(super) struct Opened {
    pub(super) text: String,
    path: PathBuf,
    mode: u32,
    owner: u32,
}

impl Opened {
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        Ok(Self { text, path: path.to_owned(), mode: metadata.mode() & 0o7777, owner: metadata.uid() })
    }

    pub(super) fn mode(&self) -> u32 {
        self.mode
    }

    /// Whose it is, where that is not this user.
    pub(super) fn foreign_owner(&self) -> Option<u32> {
        (self.owner != rustix::process::geteuid().as_raw()).then_some(self.owner)
    }

    /// Refuses the file unless only this user, or root, may touch it.
    pub(super) fn require_private(&self) -> Result<(), Exposed> {
        if self.owner != 0 && self.owner != rustix::process::geteuid().as_raw() {
            return Err(Exposed::Owner { file: self.path.clone(), owner: self.owner });
        }
        if self.mode & 0o077 != 0 {
            return Err(Exposed::Mode { file: self.path.clone(), mode: self.mode });
        }
        Ok(())
    }
}

/// A file with a secret could not be put in its place.
#[derive(Debug)]
pub(super) enum NotPlaced {
    Exposed(Exposed),
    Io(io::Error),
}

impl From<io::Error> for NotPlaced {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Writes a file with a secret, mode 0600, its folder made with mode 0700 where missing. `put` takes the finished draft to
/// its place, so that a reader sees the old file or the new one, whole; so does the next start after a power cut.
pub(super) fn place(
    file: &Path,
    text: &str,
    put: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> Result<(), NotPlaced> {
    let folder = file.parent().unwrap_or(Path::new("/"));
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    require_own_folder(folder, fs::metadata(folder)?.mode()).map_err(NotPlaced::Exposed)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{:016x}", rand::rng().random::<u64>()));
    let placed = write_new(&draft, text).and_then(|()| put(&draft, file));
    // A renamed draft is gone, and one that was never made cannot be removed: the failure to tell is the other one.
    let _ = fs::remove_file(&draft);
    placed?;
    Ok(File::open(folder)?.sync_all()?)
}

fn require_own_folder(folder: &Path, mode: u32) -> Result<(), Exposed> {
    if mode & 0o022 == 0 {
        return Ok(());
    }
    Err(Exposed::Folder { folder: folder.to_owned(), mode: mode & 0o7777 })
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The path as one word of a shell, so that the command can be pasted.
#[must_use]
pub fn shell_word(path: &Path) -> Cow<'_, str> {
    let text = path.to_string_lossy();
    if text.chars().all(|c| c.is_alphanumeric() || "/._-+".contains(c)) {
        text
    } else {
        Cow::Owned(format!("'{}'", text.replace('\'', r"'\''")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_a_shell() {
        for (path, word) in [
            ("/etc/a.toml", "/etc/a.toml"),
            ("/My Shop/a.toml", "'/My Shop/a.toml'"),
            ("/it's/$x", r"'/it'\''s/$x'"),
        ] {
            assert_eq!(shell_word(Path::new(path)), word);
        }
    }
}
