//! The server program: where it is, which kind, which release.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::LocalServerError;

/// The two kinds of server, which do the same under other names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// MariaDB.
    MariaDb,
    /// Oracle's MySQL.
    MySql,
}

impl fmt::Display for Flavour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MariaDb => "MariaDB",
            Self::MySql => "MySQL",
        })
    }
}

/// A server's release, as in 10.11.14.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u16,
    minor: u16,
    patch: u16,
}

impl Version {
    /// Reads `10.11.14`, whatever follows the last digit.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.splitn(3, '.').map(|part| {
            let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            part.get(..digits)?.parse().ok()
        });
        Some(Self { major: numbers.next()??, minor: numbers.next()??, patch: numbers.next()?? })
    }

    /// Whether data of `self` can not be read by `other`: servers keep their files alike within `major.minor`.
    pub(super) fn is_newer_series_than(self, other: Self) -> bool {
        (self.major, self.minor) > (other.major, other.minor)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// A server program that runs here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    path: PathBuf,
    flavour: Flavour,
    version: Version,
}

impl Program {
    /// Takes the given program, or searches for `mariadbd`, then `mysqld`, in the `PATH`, in the folders where
    /// distributions put servers, and in the user's cache, where `scripts/server.sh` unpacks one without root.
    ///
    /// # Errors
    /// [`LocalServerError::NoProgram`] or [`LocalServerError::BadProgram`].
    pub fn find(given: Option<&Path>) -> Result<Self, LocalServerError> {
        if let Some(path) = given {
            return Self::examine(path);
        }
        let found = folders().into_iter().find_map(|folder| {
            ["mariadbd", "mysqld"].map(|name| folder.join(name)).into_iter().find(|path| is_program(path))
        });
        Self::examine(&found.ok_or(LocalServerError::NoProgram)?)
    }

    /// Where the program is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Which kind of server it is.
    #[must_use]
    pub fn flavour(&self) -> Flavour {
        self.flavour
    }

    /// Which release it is.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// MariaDB's program that makes the first tables, from beside the server or from the `PATH`.
    ///
    /// # Errors
    /// [`LocalServerError::NoInstaller`].
    pub fn installer(&self) -> Result<PathBuf, LocalServerError> {
        let beside = self.path.parent().map(Path::to_owned);
        let bin = beside.as_ref().and_then(|folder| Some(folder.parent()?.join("bin")));
        [beside, bin]
            .into_iter()
            .flatten()
            .chain(folders())
            .map(|folder| folder.join("mariadb-install-db"))
            .find(|path| is_program(path))
            .ok_or_else(|| LocalServerError::NoInstaller { server: self.path.clone() })
    }

    fn examine(path: &Path) -> Result<Self, LocalServerError> {
        let bad = |reason: String| LocalServerError::BadProgram { path: path.to_owned(), reason };
        let output = Command::new(path)
            .args(["--no-defaults", "--version"])
            .stdin(Stdio::null())
            .output()
            .map_err(|error| bad(error.to_string()))?;
        let told = String::from_utf8_lossy(&output.stdout);
        let (flavour, version) = parse(&told).ok_or_else(|| {
            let first = format!("{told}{}", String::from_utf8_lossy(&output.stderr));
            bad(format!("it says {:?} to --version", first.lines().next().unwrap_or_default()))
        })?;
        Ok(Self { path: path.to_owned(), flavour, version })
    }
}

/// Reads what a server says to `--version`, as in `mariadbd  Ver 10.11.14-MariaDB-0+deb12u2 for debian-linux-gnu`.
fn parse(told: &str) -> Option<(Flavour, Version)> {
    let (_, release) = told.split_once("Ver ")?;
    let flavour = if told.contains("MariaDB") { Flavour::MariaDb } else { Flavour::MySql };
    Some((flavour, Version::parse(release)?))
}

fn folders() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let system = ["/usr/sbin", "/usr/libexec", "/usr/local/sbin"].map(PathBuf::from);
    env::split_paths(&path).chain(system).chain(cache()).collect()
}

fn cache() -> Option<PathBuf> {
    let named = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = named.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache")))?;
    Some(cache.join("storekeeper/server/bin"))
}

fn is_program(path: &Path) -> bool {
    path.is_file() && rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_flavour_and_release_from_what_servers_say() {
        for (told, flavour, version) in [
            (
                "mariadbd  Ver 10.11.14-MariaDB-0+deb12u2 for debian-linux-gnu on x86_64 (Debian 12)",
                Flavour::MariaDb,
                "10.11.14",
            ),
            ("/usr/sbin/mysqld  Ver 9.7.0-1 for Linux on x86_64 ((Debian))", Flavour::MySql, "9.7.0"),
            ("mysqld  Ver 8.0.43-0ubuntu0.24.04.1 for Linux on x86_64 ((Ubuntu))", Flavour::MySql, "8.0.43"),
        ] {
            let (found, release) = parse(told).expect(told);
            assert_eq!((found, release.to_string().as_str()), (flavour, version));
        }
        assert_eq!(parse("bash: nothing of the kind"), None);
    }

    #[test]
    fn patch_releases_share_their_files() {
        let newer = |a, b| Version::parse(a).unwrap().is_newer_series_than(Version::parse(b).unwrap());
        assert!(newer("10.11.1", "10.6.20"));
        assert!(!newer("10.11.14", "10.11.2"));
        assert!(!newer("8.4.9", "9.0.0"));
    }
}
