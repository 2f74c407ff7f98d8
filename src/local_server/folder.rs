//! The folder that holds everything of one private server, and the proofs that it is ours.

use std::fs::{self, DirBuilder, Metadata, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::LocalServerError;
use super::program::{Flavour, Program, Version};

/// The longest path a Unix socket can have: `sun_path` in unix(7) less the closing zero.
const LONGEST_SOCKET: usize = 107;
const SOCKET: &str = "mysqld.sock";
const MARKER: &str = "storekeeper-server";

/// A folder that is ours; the path is absolute and free of links, so that every client calls the server by one name.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder, or takes it where it is ours already.
    pub(super) fn claim(path: &Path) -> Result<Self, LocalServerError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(LocalServerError::io("can not make the folder", path))?;
        let path = path.canonicalize().map_err(LocalServerError::io("can not read", path))?;
        let folder = Self { path };
        folder.check()?;
        Ok(folder)
    }

    /// The folder, where there is one that has been claimed before.
    pub(super) fn claimed(path: &Path) -> Result<Option<Self>, LocalServerError> {
        match path.canonicalize() {
            Ok(path) => Ok(Some(Self { path }).filter(|folder| folder.gate().exists())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(LocalServerError::io("can not read", path)(error)),
        }
    }

    fn check(&self) -> Result<(), LocalServerError> {
        let path = &self.path;
        let metadata = fs::metadata(path).map_err(LocalServerError::io("can not read", path))?;
        if !is_mine(&metadata) {
            return Err(not_ours(path, "it belongs to another user"));
        }
        let mut inside = fs::read_dir(path).map_err(LocalServerError::io("can not read", path))?;
        if inside.next().is_some() && !self.gate().exists() {
            return Err(not_ours(path, "it holds files that are not Storekeeper's"));
        }
        if is_open_to_others(&metadata) {
            fs::set_permissions(path, Permissions::from_mode(0o700))
                .map_err(LocalServerError::io("can not close to others", path))?;
        }
        Ok(())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn gate(&self) -> PathBuf {
        self.path.join("gate.lock")
    }

    pub(super) fn clients(&self) -> PathBuf {
        self.path.join("clients.lock")
    }

    pub(super) fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    /// Where the data directory is made, until it is whole.
    pub(super) fn partial(&self) -> PathBuf {
        self.path.join("data.partial")
    }

    /// The server's temporary files. Never a folder shared with another server: MariaDB, when it starts, removes every
    /// temporary table it finds there, whosever it is.
    pub(super) fn temporary(&self) -> Result<PathBuf, LocalServerError> {
        let path = self.path.join("tmp");
        private(&path)?;
        Ok(path)
    }

    pub(super) fn error_log(&self) -> PathBuf {
        self.path.join("error.log")
    }

    pub(super) fn initialise_log(&self) -> PathBuf {
        self.path.join("initialise.log")
    }

    pub(super) fn init_file(&self) -> PathBuf {
        self.path.join("init.sql")
    }

    pub(super) fn pid_file(&self) -> PathBuf {
        self.path.join("mysqld.pid")
    }

    /// Whether a server ended without taking its file of the process id along, as a crash leaves it.
    pub(super) fn was_left_behind(&self) -> bool {
        self.pid_file().exists()
    }

    /// Who made the data directory; `None` where there is none yet.
    pub(super) fn marker(&self) -> Result<Option<Marker>, LocalServerError> {
        let data = self.data();
        if !data.exists() {
            return Ok(None);
        }
        let text = fs::read_to_string(data.join(MARKER))
            .map_err(|_| not_ours(&data, "it lacks the mark of one that Storekeeper made"))?;
        let marker = Marker::parse(&text).ok_or_else(|| not_ours(&data, "its mark can not be read"))?;
        Ok(Some(marker))
    }

    /// Errs where fewer than this many MiB are free. The server itself would wait for room without end.
    pub(super) fn require_free(&self, needed_mib: u64) -> Result<(), LocalServerError> {
        let path = &self.path;
        let disk = rustix::fs::statvfs(path)
            .map_err(|errno| LocalServerError::io("can not measure", path)(errno.into()))?;
        let free_mib = disk.f_bavail.saturating_mul(disk.f_frsize) >> 20;
        if free_mib < needed_mib {
            return Err(LocalServerError::DiskFull { path: path.clone(), needed_mib, free_mib });
        }
        Ok(())
    }

    /// Where the server is to listen: in the folder, or where that path is too long for a socket, in a short private
    /// folder named for the user and this one.
    pub(super) fn socket(&self) -> Result<PathBuf, LocalServerError> {
        let socket = self.path.join(SOCKET);
        if socket.as_os_str().len() <= LONGEST_SOCKET {
            return Ok(socket);
        }
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|dir| dir.is_dir());
        let digest = Sha256::digest(self.path.as_os_str().as_bytes());
        let name: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let uid = rustix::process::geteuid().as_raw();
        let short = |base: PathBuf| base.join(format!("storekeeper-{uid}-{name}"));
        let folder = runtime
            .map(short)
            .filter(|folder| folder.join(SOCKET).as_os_str().len() <= LONGEST_SOCKET)
            .unwrap_or_else(|| short(PathBuf::from("/tmp")));
        private(&folder)?;
        Ok(folder.join(SOCKET))
    }

    /// Removes the short folder of a socket that could not be in ours.
    pub(super) fn forget_socket(&self, socket: &Path) {
        if let Some(folder) = socket.parent().filter(|folder| *folder != self.path) {
            // Fails where something else is in it, and then it should stay.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Makes a folder only we can enter, or makes sure that the one there is such.
fn private(folder: &Path) -> Result<(), LocalServerError> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(LocalServerError::io("can not make the folder", folder)(error))
        }
        _ => {
            let metadata =
                fs::symlink_metadata(folder).map_err(LocalServerError::io("can not read", folder))?;
            if !metadata.is_dir() || !is_mine(&metadata) || is_open_to_others(&metadata) {
                return Err(not_ours(folder, "others can reach it"));
            }
            Ok(())
        }
    }
}

fn is_mine(metadata: &Metadata) -> bool {
    metadata.uid() == rustix::process::geteuid().as_raw()
}

fn is_open_to_others(metadata: &Metadata) -> bool {
    metadata.mode() & 0o077 != 0
}

fn not_ours(path: &Path, reason: &str) -> LocalServerError {
    LocalServerError::NotOurs { path: path.to_owned(), reason: reason.to_owned() }
}

/// The mark in a data directory: which server made it, or last used it. One line, as in `MariaDB 10.11.14`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Marker {
    flavour: Flavour,
    version: Version,
}

impl Marker {
    pub(super) fn of(program: &Program) -> Self {
        Self { flavour: program.flavour(), version: program.version() }
    }

    fn parse(text: &str) -> Option<Self> {
        let (flavour, version) = text.trim_end().split_once(' ')?;
        let flavour = [Flavour::MariaDb, Flavour::MySql].into_iter().find(|f| f.to_string() == flavour)?;
        Some(Self { flavour, version: Version::parse(version)? })
    }

    /// Errs where the program can not read the data this marks.
    pub(super) fn accept(&self, program: &Program, folder: &Folder) -> Result<(), LocalServerError> {
        let path = folder.data();
        if self.flavour != program.flavour() {
            return Err(LocalServerError::OtherFlavour {
                path,
                made_by: self.flavour,
                found: program.flavour(),
            });
        }
        if self.version.is_newer_series_than(program.version()) {
            return Err(LocalServerError::NewerData {
                path,
                flavour: self.flavour,
                made_by: self.version,
                found: program.version(),
            });
        }
        Ok(())
    }

    /// Writes the mark into a data directory. A rename puts it in place, so that it is never seen half-written.
    pub(super) fn write(&self, data: &Path) -> Result<(), LocalServerError> {
        let (path, new) = (data.join(MARKER), data.join("storekeeper-server.new"));
        fs::write(&new, format!("{} {}\n", self.flavour, self.version))
            .and_then(|()| fs::rename(&new, &path))
            .map_err(LocalServerError::io("can not write", &path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_reads_back() {
        let marker =
            Marker { flavour: Flavour::MariaDb, version: Version::parse("10.11.14").expect("version") };
        assert_eq!(Marker::parse("MariaDB 10.11.14\n"), Some(marker));
        assert_eq!(Marker::parse("something else\n"), None);
    }
}
