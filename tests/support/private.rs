//! Private servers that are made once and copied, so that a test does not wait for the first start.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, Signal, kill_process};
use storekeeper::local_server::{self, Request};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// What the root of a private server signs in with.
pub const PASSWORD: &str = "Private-root-1";

/// A folder for one private server, gone at the end of the test together with a server that a failed test has left.
pub struct Home {
    folder: TempDir,
}

impl Home {
    /// A folder with nothing in it.
    pub fn empty() -> Self {
        Self { folder: tempfile::Builder::new().prefix("sk-").tempdir().expect("a folder") }
    }

    /// A folder whose `server` has been started and stopped once.
    pub async fn initialised() -> Self {
        static MADE: OnceCell<(PathBuf, File)> = OnceCell::const_new();
        let (made, _lock) = MADE.get_or_init(initialise).await;
        let home = Self::empty();
        let copied = Command::new("cp").arg("-a").arg(made).arg(home.server()).status();
        assert!(copied.expect("cp").success());
        home
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of the private server.
    pub fn server(&self) -> PathBuf {
        self.folder.path().join("server")
    }
}

/// Makes the private server that the others are copied from, in the build folder, for there it is made anew by the next
/// run; nothing ends a test process but its exit, so nobody could remove it. The lock keeps a second run off it.
async fn initialise() -> (PathBuf, File) {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let name = format!("{}-{}", env!("CARGO_CRATE_NAME"), super::program().flavour());
    let lock = File::create(base.join(format!("{name}.lock"))).expect("a lock");
    flock(&lock, FlockOperation::LockExclusive).expect("a lock");
    let dir = base.join(name);
    let _ = fs::remove_dir_all(&dir);
    let lease = local_server::open(&request(&dir), |_| ()).await.expect("a private server");
    lease.close().await.expect("its end");
    (dir, lock)
}

impl Drop for Home {
    fn drop(&mut self) {
        let name = self.folder.path().to_string_lossy().into_owned();
        for pid in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let pid = pid.file_name().to_string_lossy().parse::<i32>();
            let Some(pid) = pid.ok().and_then(Pid::from_raw) else {
                continue;
            };
            let command = fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).unwrap_or_default();
            if String::from_utf8_lossy(&command).contains(&format!("--datadir={name}/")) {
                let _ = kill_process(pid, Signal::KILL);
            }
        }
    }
}

/// A request for the private server in this folder, of the engine under test.
pub fn request(dir: &Path) -> Request {
    Request {
        dir: dir.to_owned(),
        program: Some(super::program().path().to_owned()),
        buffer_pool_mib: 32,
        root_password: PASSWORD.into(),
    }
}
