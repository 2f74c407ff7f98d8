use std::io;
use std::path::{Path, PathBuf};

use super::package;
use super::program::{Flavour, Version};

/// Why the private server could not be started, joined or stopped.
#[derive(Debug, thiserror::Error)]
pub enum LocalServerError {
    /// No server program is installed in any of the usual places.
    #[error("No MariaDB or MySQL server program is installed. {}", package::advice())]
    NoProgram,
    /// The program that the settings name can not be run.
    #[error("{} is not a MariaDB or MySQL server program that runs here: {reason}. Check the setting server.program.", .path.display())]
    BadProgram {
        /// What was tried.
        path: PathBuf,
        /// What came of it.
        reason: String,
    },
    /// The program that makes MariaDB's first tables is missing beside the server program.
    #[error("{} is there, but mariadb-install-db is not. {}", .server.display(), package::advice())]
    NoInstaller {
        /// The server program.
        server: PathBuf,
    },
    /// The folder, or the data directory in it, was made by something or somebody else.
    #[error("{} is not a folder of Storekeeper's: {reason}. Nothing was changed; name another with --data-dir.", .path.display())]
    NotOurs {
        /// The folder.
        path: PathBuf,
        /// What gives it away.
        reason: String,
    },
    /// The data directory belongs to the other of the two kinds of server.
    #[error("The data in {} was made by {made_by}, and the server program here is {found}. Nothing was changed; set server.program to a {made_by} server.", .path.display())]
    OtherFlavour {
        /// The folder.
        path: PathBuf,
        /// Who made the data.
        made_by: Flavour,
        /// What would be run.
        found: Flavour,
    },
    /// The data directory was last used by a newer release, which the one here can not read.
    #[error("The data in {} was last used by {flavour} {made_by}, and the server program here is the older {found}. Nothing was changed; install {flavour} {made_by} or newer.", .path.display())]
    NewerData {
        /// The folder.
        path: PathBuf,
        /// Which kind of server.
        flavour: Flavour,
        /// The release that last used the data.
        made_by: Version,
        /// The release that would be run.
        found: Version,
    },
    /// Too little room on the disk.
    #[error("The disk of {} is full: the private database needs {needed_mib} MiB free there and finds {free_mib}. Make room, or name another folder with --data-dir.", .path.display())]
    DiskFull {
        /// The folder.
        path: PathBuf,
        /// What is needed, in MiB.
        needed_mib: u64,
        /// What is free, in MiB.
        free_mib: u64,
    },
    /// The first tables could not be made.
    #[error("The private database could not be set up: {reason} (more in {}). It is set up anew at the next start.", .log.display())]
    Initialise {
        /// The last error the server told of.
        reason: String,
        /// Where the rest is.
        log: PathBuf,
    },
    /// The server ended instead of taking connections.
    #[error("The private database did not start: {reason} (more in {}).", .log.display())]
    Start {
        /// The last error the server told of.
        reason: String,
        /// Where the rest is.
        log: PathBuf,
    },
    /// The server is up but takes no connections yet.
    #[error("The private database takes no connections after {seconds} s; it may still be repairing itself. Try again later, and see {}.", .log.display())]
    NotReady {
        /// How long it was awaited, in seconds.
        seconds: u64,
        /// Where the server tells what it does.
        log: PathBuf,
    },
    /// The server was told to end and has not.
    #[error(
        "The private database (process {pid}) has not ended after {seconds} s. It finishes by itself, or look at what holds it up."
    )]
    StillRunning {
        /// The server's process.
        pid: u32,
        /// How long it was awaited, in seconds.
        seconds: u64,
    },
    /// Somebody is using the server that should be stopped.
    #[error("The private database is in use by {}. Close it there first.", people(*.clients))]
    InUse {
        /// How many clients are in.
        clients: usize,
    },
    /// The root password can not be given to a server.
    #[error("The database's root password holds a control character, which no server takes. Choose another.")]
    BadPassword,
    /// A file, a lock or a process could not be reached.
    #[error("{doing} {}: {source}.", .path.display())]
    Io {
        /// What was tried, as in "can not open".
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl LocalServerError {
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}

fn people(clients: usize) -> String {
    match clients {
        0 | 1 => "another Storekeeper".to_owned(),
        n => format!("{n} other Storekeepers"),
    }
}
