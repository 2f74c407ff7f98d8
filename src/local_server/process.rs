//! The server's process: which one it is, whether it lives, whether it answers, how it ends.
//!
//! A server is known by the data directory in its arguments, read from proc(5). A file with its process id would not
//! do: it is written late, outlives a crash, and by then the number may be somebody else's.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::AsyncReadExt;
use tokio::net::UnixStream;

use super::LocalServerError;

const LOOK_AGAIN: Duration = Duration::from_millis(10);
const GREETING_TIMEOUT: Duration = Duration::from_secs(2);
/// A clean stop takes 0.2 s here; one with a large pool of changed pages writes them all first.
const END_TIMEOUT: Duration = Duration::from_secs(120);

/// A server that runs.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) pid: u32,
    pub(super) socket: PathBuf,
}

/// The process that serves this data directory and no other.
pub(super) fn find(data: &Path) -> Result<Option<Running>, LocalServerError> {
    for pid in using(data)? {
        // One without a socket is a program that makes the first tables.
        if let Some(socket) = argument(pid, "--socket=") {
            return Ok(Some(Running { pid, socket }));
        }
    }
    Ok(None)
}

/// Every living process whose arguments name this data directory.
pub(super) fn using(data: &Path) -> Result<Vec<u32>, LocalServerError> {
    let proc = Path::new("/proc");
    let entries = fs::read_dir(proc).map_err(LocalServerError::io("can not read", proc))?;
    let pids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    Ok(pids.filter(|&pid| argument(pid, "--datadir=").as_deref() == Some(data) && is_alive(pid)).collect())
}

/// Whether a process runs. One that has ended but is not yet reaped by its parent does not.
pub(super) fn is_alive(pid: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let state = status.lines().find_map(|line| line.strip_prefix("State:")).map(str::trim_start);
    state.is_some_and(|state| !state.starts_with(['Z', 'X']))
}

/// Whether the folder a process works in has been removed: a server has its data directory for that.
pub(super) fn has_lost_its_folder(pid: u32) -> bool {
    fs::metadata(format!("/proc/{pid}/cwd")).is_ok_and(|folder| folder.nlink() == 0)
}

/// Whether a server greets whoever connects: a packet of four header bytes, then 10 for the protocol's version, or 255
/// for a server that is up and refuses (too many connections, for one).
pub(super) async fn answers(socket: &Path) -> bool {
    let greeting = async {
        let mut stream = UnixStream::connect(socket).await?;
        let mut start = [0_u8; 5];
        stream.read_exact(&mut start).await?;
        io::Result::Ok(matches!(start, [_, _, _, _, 10 | 255]))
    };
    matches!(tokio::time::timeout(GREETING_TIMEOUT, greeting).await, Ok(Ok(true)))
}

/// Tells a process to end and waits until it has.
pub(super) async fn terminate(pid: u32) -> Result<(), LocalServerError> {
    signal(pid, Signal::TERM)?;
    until_gone(pid).await
}

/// Ends a process at once and waits until it has.
pub(super) async fn kill(pid: u32) -> Result<(), LocalServerError> {
    signal(pid, Signal::KILL)?;
    until_gone(pid).await
}

async fn until_gone(pid: u32) -> Result<(), LocalServerError> {
    let gone = async {
        while is_alive(pid) {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    };
    tokio::time::timeout(END_TIMEOUT, gone)
        .await
        .map_err(|_| LocalServerError::StillRunning { pid, seconds: END_TIMEOUT.as_secs() })
}

fn signal(pid: u32, signal: Signal) -> Result<(), LocalServerError> {
    let Some(target) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
        return Ok(());
    };
    match kill_process(target, signal) {
        Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
        Err(errno) => {
            Err(LocalServerError::io("can not signal", Path::new(&format!("process {pid}")))(errno.into()))
        }
    }
}

/// The value of an argument of a process, as in `--datadir=/somewhere`.
fn argument(pid: u32, name: &str) -> Option<PathBuf> {
    let arguments = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    let value =
        arguments.split(|&byte| byte == 0).find_map(|argument| argument.strip_prefix(name.as_bytes()))?;
    Some(PathBuf::from(OsStr::from_bytes(value)))
}
