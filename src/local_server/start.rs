//! Starts the server on a data directory that is whole.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use secrecy::{ExposeSecret, SecretString};
use tokio::process::{Child, Command};

use super::folder::{Folder, Marker};
use super::program::{Flavour, Program};
use super::{LocalServerError, Request, process};

/// Temporary tables and a redo log of the usual size.
const NEEDED_MIB: u64 = 64;
const LOOK_AGAIN: Duration = Duration::from_millis(10);
/// A start takes 0.3 s; one after a crash in the midst of a large load has minutes of work to redo.
const READY_TIMEOUT: Duration = Duration::from_secs(600);

/// Starts the server and returns its socket once it takes connections.
pub(super) async fn server(
    request: &Request,
    program: &Program,
    folder: &Folder,
) -> Result<PathBuf, LocalServerError> {
    folder.require_free(NEEDED_MIB)?;
    let socket = folder.socket()?;
    let init_file = folder.init_file();
    write_init_file(&init_file, &request.root_password)?;
    let mut starting = Starting::spawn(command(request, program, folder, &socket)?, program.path())?;
    let ready = until_ready(folder, &socket, || starting.has_ended()).await;
    // By now the server has read the password, or never will.
    let _ = fs::remove_file(&init_file);
    match ready? {
        true => starting.let_run(),
        false => return Err(ended(folder)),
    }
    Marker::of(program).write(&folder.data())?;
    Ok(socket)
}

/// Waits until a server greets whoever connects; `false` where it ended instead.
pub(super) async fn until_ready(
    folder: &Folder,
    socket: &Path,
    mut has_ended: impl FnMut() -> Result<bool, LocalServerError>,
) -> Result<bool, LocalServerError> {
    let ready = async {
        loop {
            if process::answers(socket).await {
                return Ok(true);
            }
            if has_ended()? {
                return Ok(false);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    };
    tokio::time::timeout(READY_TIMEOUT, ready).await.unwrap_or_else(|_| {
        Err(LocalServerError::NotReady { seconds: READY_TIMEOUT.as_secs(), log: folder.error_log() })
    })
}

/// A server that is not ready yet. Dropped before it is, it is told to end: nobody would be there to stop it.
struct Starting {
    child: Option<Child>,
}

impl Starting {
    fn spawn(mut command: Command, program: &Path) -> Result<Self, LocalServerError> {
        let child = command.spawn().map_err(LocalServerError::io("can not run", program))?;
        Ok(Self { child: Some(child) })
    }

    fn has_ended(&mut self) -> Result<bool, LocalServerError> {
        let Some(child) = &mut self.child else {
            return Ok(true);
        };
        let ended =
            child.try_wait().map_err(LocalServerError::io("can not wait for", Path::new("the server")))?;
        Ok(ended.is_some())
    }

    /// The runtime reaps a child that is let go, when it ends.
    fn let_run(mut self) {
        self.child = None;
    }
}

impl Drop for Starting {
    fn drop(&mut self) {
        let pid = self.child.as_ref().and_then(Child::id).and_then(|pid| i32::try_from(pid).ok());
        if let Some(pid) = pid.and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::TERM);
        }
    }
}

fn command(
    request: &Request,
    program: &Program,
    folder: &Folder,
    socket: &Path,
) -> Result<Command, LocalServerError> {
    let error_log = folder.error_log();
    // The log of this start alone, so that the last error in it is the one to tell of.
    log_file(&error_log)?;
    let mut command = Command::new(program.path());
    command
        .arg("--no-defaults")
        .arg(option("--datadir=", &folder.data()))
        .arg(option("--socket=", socket))
        .arg(option("--pid-file=", &folder.pid_file()))
        .arg(option("--log-error=", &error_log))
        .arg(option("--tmpdir=", &folder.temporary()?))
        .arg(option("--init-file=", &folder.init_file()))
        .arg(format!("--innodb-buffer-pool-size={}M", request.buffer_pool_mib))
        .args(["--skip-networking", "--skip-name-resolve", "--skip-log-bin", "--performance-schema=OFF"])
        .args(["--local-infile=1", "--character-set-server=utf8mb4", "--key-buffer-size=1M"])
        .args(of_flavour(program.flavour()))
        .args(user())
        .current_dir(folder.path())
        // A group of its own: Ctrl-C and a closed terminal reach the foreground group only.
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Ok(command)
}

fn of_flavour(flavour: Flavour) -> &'static [&'static str] {
    match flavour {
        Flavour::MariaDb => &["--innodb-log-file-size=32M", "--aria-pagecache-buffer-size=8M"],
        // MySQL's packages name a folder for server-side files that need not exist; nobody reads or writes such here.
        Flavour::MySql => &["--innodb-redo-log-capacity=64M", "--mysqlx=OFF", "--secure-file-priv=NULL"],
    }
}

/// The server runs as whoever started it; root has to say that this is meant.
pub(super) fn user() -> Option<&'static str> {
    rustix::process::geteuid().is_root().then_some("--user=root")
}

/// An option that holds a path, which need not be UTF-8.
pub(super) fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}

/// The server runs this file before it takes connections, so root is never without a password, and the password never
/// in an argument.
fn write_init_file(path: &Path, password: &SecretString) -> Result<(), LocalServerError> {
    let password = password.expose_secret();
    if password.chars().any(char::is_control) {
        return Err(LocalServerError::BadPassword);
    }
    let quoted = password.replace('\\', "\\\\").replace('\'', "''");
    let mut file = log_file(path)?;
    writeln!(file, "ALTER USER 'root'@'localhost' IDENTIFIED BY '{quoted}';")
        .map_err(LocalServerError::io("can not write", path))
}

/// An empty file that only we can read.
pub(super) fn log_file(path: &Path) -> Result<File, LocalServerError> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .map_err(LocalServerError::io("can not write", path))
}

fn ended(folder: &Folder) -> LocalServerError {
    let log = folder.error_log();
    let reason = last_error(&log).unwrap_or_else(|| "the server ended without a word".to_owned());
    LocalServerError::Start { reason, log }
}

/// The last error in a server's log, without its time and thread.
pub(super) fn last_error(log: &Path) -> Option<String> {
    let text = fs::read(log).ok()?;
    let text = String::from_utf8_lossy(&text);
    let mut errors =
        text.lines().filter_map(|line| Some(line.split_once("ERROR")?.1.trim_start_matches([']', ':', ' '])));
    // "Aborting" follows the error that tells why.
    errors.rfind(|error| !error.ends_with("Aborting")).map(str::to_owned)
}
