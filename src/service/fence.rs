//! Which files of the machine the screens may name.
//!
//! Everybody who signs in works by one account of the system, to which the program's own files belong: the configuration,
//! the keys, the private server's data. The system keeps nobody from them, so this does. The same holds for the files with
//! a dot that tell a shell, or the server people sign in to, what to run. Whoever types commands into a shell of that
//! account has all of them anyway, so the command line has no fence.

use crate::settings::Settings;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// What is not to be read or written from the screens.
#[derive(Debug, Clone, Default)]
pub struct Fence {
    home: Option<PathBuf>,
    own: Vec<PathBuf>,
    /// What may be read although it is the program's own: rejected rows.
    readable: Vec<PathBuf>,
}

/// Why a file is not touched.
#[derive(Debug, thiserror::Error)]
pub enum Fenced {
    /// It is one of the program's own.
    #[error("{0} belongs to Storekeeper itself and is not opened from here. Choose another place.")]
    Own(String),
    /// It tells another program what to do.
    #[error(
        "{0}: files and folders of the home folder whose names begin with a dot are not opened from here. Choose another place."
    )]
    Hidden(String),
    /// It would be written over.
    #[error("There is a file {0} already, and nothing is written over. Give another name.")]
    There(String),
    /// The system does not say what it is.
    #[error("{0} can not be opened: {1}.")]
    Unknown(String, io::Error),
}

impl Fence {
    /// Around the files of this installation.
    pub fn of(settings: &Settings) -> Fence {
        let mut own = settings.own_files.clone();
        own.extend(settings.security.key_file.clone());
        own.extend(settings.screen.themes_dir.clone());
        own.push(settings.data_dir.clone());
        let real = |path: PathBuf| resolved(&path).unwrap_or(path);
        Fence {
            home: std::env::var_os("HOME").map(|home| real(home.into())),
            own: own.into_iter().map(real).collect(),
            readable: vec![real(settings.data_dir.join("rejects"))],
        }
    }

    /// Answers whether a file or folder may be read.
    ///
    /// # Errors
    /// [`Fenced`], with the path as it was given.
    pub fn may_read(&self, path: &Path) -> Result<(), Fenced> {
        let real = self.real(path)?;
        if self.readable.iter().any(|folder| real.starts_with(folder)) {
            return Ok(());
        }
        self.is_outside(path, &real)
    }

    /// Answers whether a new file or folder may be written. A folder that is there may be filled, if it is empty: that is for
    /// the writer to see.
    ///
    /// # Errors
    /// [`Fenced`], with the path as it was given.
    pub fn may_write(&self, path: &Path) -> Result<(), Fenced> {
        let real = self.real(path)?;
        self.is_outside(path, &real)?;
        match fs::symlink_metadata(path) {
            Ok(there) if !there.is_dir() => Err(Fenced::There(path.display().to_string())),
            _ => Ok(()),
        }
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Fenced> {
        resolved(path).map_err(|cause| Fenced::Unknown(path.display().to_string(), cause))
    }

    fn is_outside(&self, path: &Path, real: &Path) -> Result<(), Fenced> {
        if self.own.iter().any(|own| real.starts_with(own)) {
            return Err(Fenced::Own(path.display().to_string()));
        }
        let at_home = self.home.as_ref().and_then(|home| real.strip_prefix(home).ok());
        let is_hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
        if at_home.is_some_and(|within| within.components().any(is_hidden)) {
            return Err(Fenced::Hidden(path.display().to_string()));
        }
        Ok(())
    }
}

/// The path without links and dots, as far as it is there already.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let full = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut there = full.as_path();
    loop {
        match fs::canonicalize(there) {
            Ok(real) => return Ok(missing.iter().rev().fold(real, |path, name| path.join(name))),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                match (there.parent(), there.file_name()) {
                    (Some(parent), Some(name)) => {
                        missing.push(name.to_owned());
                        there = parent;
                    }
                    // `..` behind something that is not there leads nowhere.
                    _ => return Err(cause),
                }
            }
            Err(cause) => return Err(cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    struct Place {
        folder: tempfile::TempDir,
        fence: Fence,
    }

    impl Place {
        fn new() -> Place {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().canonicalize().unwrap();
            for name in ["home/.ssh", "home/.local/data/rejects", "home/reports", "etc"] {
                fs::create_dir_all(root.join(name)).unwrap();
            }
            for name in [
                "home/.local/data/keys.toml",
                "home/.local/data/rejects/run_1.csv",
                "home/sales.csv",
                "etc/config.toml",
            ] {
                fs::write(root.join(name), "x").unwrap();
            }
            let fence = Fence {
                home: Some(root.join("home")),
                own: vec![root.join("home/.local/data"), root.join("etc/config.toml")],
                readable: vec![root.join("home/.local/data/rejects")],
            };
            Place { folder, fence }
        }

        fn at(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }
    }

    #[test]
    fn the_programs_own_files_and_hidden_ones_are_neither_read_nor_written() {
        let place = Place::new();
        symlink(place.at("home/.local/data/keys.toml"), place.at("home/reports/keys.csv")).unwrap();
        symlink(place.at("home/.ssh"), place.at("home/reports/link")).unwrap();
        for name in [
            "home/.local/data/keys.toml",
            "home/.local/data/new.csv",
            "home/reports/../.local/data/keys.toml",
            "home/reports/keys.csv",
            "home/reports/link/authorized_keys",
            "home/.bashrc",
            "home/.ssh/authorized_keys",
            "home/.new/file.csv",
            "etc/config.toml",
        ] {
            assert!(place.fence.may_read(&place.at(name)).is_err(), "{name}");
            assert!(place.fence.may_write(&place.at(name)).is_err(), "{name}");
        }
        assert!(place.fence.may_write(&place.at("home/.local/data/rejects/run_1.csv")).is_err());
    }

    #[test]
    fn everything_else_is_free_and_nothing_is_written_over() {
        let place = Place::new();
        for name in [
            "home/sales.csv",
            "home/reports",
            "home/.local/data/rejects/run_1.csv",
            "etc/other.csv",
            "none/x.csv",
        ] {
            assert!(place.fence.may_read(&place.at(name)).is_ok(), "{name}");
        }
        for name in ["home/new.csv", "home/reports", "home/reports/new.csv", "etc/new.csv"] {
            assert!(place.fence.may_write(&place.at(name)).is_ok(), "{name}");
        }
        symlink(place.at("nowhere"), place.at("home/dangling.csv")).unwrap();
        for name in ["home/sales.csv", "home/dangling.csv"] {
            assert!(matches!(place.fence.may_write(&place.at(name)), Err(Fenced::There(_))), "{name}");
        }
    }
}
