//! Who is at the gate and who is in.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::LocalServerError;
use super::folder::Folder;

/// How often somebody who waits looks whether the gate is free.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// The right to come or go, held by one process at a time.
#[derive(Debug)]
pub(super) struct Gate {
    file: File,
}

impl Gate {
    /// Waits until nobody else comes or goes; tells `waiting` once where that takes time.
    ///
    /// Polls instead of blocking in flock(2): another's first start takes seconds, its recovery maybe minutes, and a
    /// thread blocked in the kernel could neither be cancelled nor let the runtime end.
    pub(super) async fn enter(folder: &Folder, waiting: impl FnOnce()) -> Result<Self, LocalServerError> {
        let path = folder.gate();
        let file = open(&path)?;
        let mut waiting = Some(waiting);
        while !try_lock(&file, FlockOperation::NonBlockingLockExclusive, &path)? {
            if let Some(tell) = waiting.take() {
                tell();
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Ok(Self { file })
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        // Said aloud, for a child between fork and exec may hold the same open file a moment longer than we do.
        let _ = flock(&self.file, FlockOperation::Unlock);
    }
}

/// One client's presence. Taken and given back only behind the [`Gate`].
#[derive(Debug)]
pub(super) struct Share {
    file: File,
}

impl Share {
    pub(super) fn take(folder: &Folder) -> Result<Self, LocalServerError> {
        let path = folder.clients();
        let file = open(&path)?;
        // Nobody holds this lock alone without holding the gate, so behind the gate it is always to be had.
        flock(&file, FlockOperation::LockShared)
            .map_err(|errno| LocalServerError::io("can not lock", &path)(errno.into()))?;
        Ok(Self { file })
    }

    /// Gives the share back and tells whether it was the last.
    pub(super) fn give_back(self) -> Result<bool, LocalServerError> {
        try_lock(&self.file, FlockOperation::NonBlockingLockExclusive, Path::new("clients.lock"))
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let _ = flock(&self.file, FlockOperation::Unlock);
    }
}

/// How many clients are in, as the kernel lists them in proc_locks(5).
pub(super) fn clients(folder: &Folder) -> Result<usize, LocalServerError> {
    let path = folder.clients();
    let inode = match fs::metadata(&path) {
        Ok(metadata) => metadata.ino().to_string(),
        Err(_) => return Ok(0),
    };
    // The kernel hands the list out page by page, each from a place by its number: where other locks come or go meanwhile,
    // a line is told twice or not at all. Two lists that agree are taken as true.
    let mut counted = listed(&inode);
    for _ in 0..MOST_LISTS {
        let again = listed(&inode);
        if again == counted {
            break;
        }
        counted = again;
    }
    Ok(counted)
}

/// How often the list of locks is read until two agree.
const MOST_LISTS: usize = 20;

fn listed(inode: &str) -> usize {
    let listed = fs::read_to_string("/proc/locks").unwrap_or_default();
    let held = listed.lines().filter(|line| {
        let mut words = line.split_whitespace().skip(1);
        // A line with an arrow is one who waits.
        words.next() == Some("FLOCK")
            && words.any(|word| word.rsplit_once(':').is_some_and(|(_, found)| found == inode))
    });
    held.count()
}

fn try_lock(file: &File, how: FlockOperation, path: &Path) -> Result<bool, LocalServerError> {
    match flock(file, how) {
        Ok(()) => Ok(true),
        Err(Errno::WOULDBLOCK) => Ok(false),
        Err(errno) => Err(LocalServerError::io("can not lock", path)(errno.into())),
    }
}

fn open(path: &Path) -> Result<File, LocalServerError> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(LocalServerError::io("can not open", path))
}
