//! A demo chain of the test's own, and the way into it.
#![allow(dead_code, reason = "each test program uses a part of it")]

use crate::terminal::Terminal;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// A demo chain in a folder of its own, whose server ends with its last client.
pub(crate) struct Demo {
    pub(crate) dir: tempfile::TempDir,
}

impl Demo {
    pub(crate) fn new() -> Demo {
        static MADE: OnceLock<(PathBuf, File)> = OnceLock::new();
        let (made, _lock) = MADE.get_or_init(make);
        let dir = tempfile::tempdir().unwrap();
        let copied = Command::new("cp").arg("-a").arg(made.join(".")).arg(dir.path()).status();
        assert!(copied.unwrap().success());
        Demo { dir }
    }

    pub(crate) fn storekeeper(&self, arguments: &[&str]) -> Output {
        storekeeper(self.dir.path(), arguments)
    }

    pub(crate) fn open(&self, columns: u16, rows: u16) -> Terminal {
        self.open_with(&[], columns, rows)
    }

    /// Opens it with these environment variables.
    pub(crate) fn open_with(&self, environment: &[(&str, &str)], columns: u16, rows: u16) -> Terminal {
        let arguments = ["--data-dir", self.path()];
        Terminal::run(env!("CARGO_BIN_EXE_storekeeper"), &arguments, environment, (columns, rows))
    }

    /// Opens it with the files of a person's own, each by its name.
    pub(crate) fn open_with_files(&self, files: &[(&str, &str)], columns: u16, rows: u16) -> Terminal {
        let folder = self.dir.path().join("own");
        fs::create_dir(&folder).unwrap();
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
        let config = folder.join("config.toml");
        let arguments = ["--data-dir", self.path(), "--config", config.to_str().unwrap()];
        Terminal::run(env!("CARGO_BIN_EXE_storekeeper"), &arguments, &[], (columns, rows))
    }

    pub(crate) fn path(&self) -> &str {
        self.dir.path().to_str().unwrap()
    }

    /// Whether the chain's server is up.
    pub(crate) fn has_server(&self) -> bool {
        self.server().is_some()
    }

    /// Waits until the chain's server is gone, if it has to be told so and takes a moment; nobody is in any more.
    pub(crate) fn assert_server_ends(&self) {
        // Where it has ended since, there is no process to open.
        let Some(process) = self.server().and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok()) else {
            return;
        };
        let patience = Timespec { tv_sec: 60, tv_nsec: 0 };
        let ended = poll(&mut [PollFd::new(&process, PollFlags::IN)], Some(&patience)).unwrap();
        assert_eq!(ended, 1, "nobody is in, and the server still runs");
    }

    fn server(&self) -> Option<Pid> {
        let pid = fs::read_to_string(self.dir.path().join("server/mysqld.pid")).ok()?;
        Pid::from_raw(pid.trim().parse().ok()?)
    }

    pub(crate) fn kpi(&self, arguments: &[&str]) -> serde_json::Value {
        let told = self.storekeeper(&[&["kpi", "--json"], arguments].concat());
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        serde_json::from_slice(&told.stdout).unwrap()
    }
}

/// Makes the demo chain that the others are copied from, in the build folder, for there it is made anew by the next run.
/// The lock keeps a second run off it.
fn make() -> (PathBuf, File) {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let lock = File::create(base.join("demo.lock")).unwrap();
    flock(&lock, FlockOperation::LockExclusive).unwrap();
    let dir = base.join("demo");
    let _ = fs::remove_dir_all(&dir);
    let made = storekeeper(&dir, &["demo", "--orders", "400", "--seed", "3", "--no-open"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (dir, lock)
}

fn storekeeper(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_storekeeper"));
    command.arg("--data-dir").arg(dir).args(arguments).output().unwrap()
}

pub(crate) fn sign_in(terminal: &mut Terminal, name: &str, password: &str) {
    terminal.wait_for("Username");
    terminal.paste(name);
    terminal.press("\t");
    terminal.paste(password);
    terminal.press("\r");
}

/// Types the path of what to load, and begins, without a preview.
pub(crate) fn load(terminal: &mut Terminal, path: &Path) {
    terminal.press("\x1bOR");
    terminal.wait_for("After the columns");
    if !terminal.screen().contains("the load, at once") {
        // The last of the choices is one field back from the path.
        terminal.press("\x1b[Z ");
        terminal.wait_for("the load, at once");
        terminal.press("\t");
    }
    // From the beginning of the path to its end: nothing of an earlier one stays.
    terminal.press("\x05\x15");
    terminal.paste(path.to_str().unwrap());
    terminal.wait_for(path.file_name().unwrap().to_str().unwrap());
    terminal.press("\r");
    terminal.wait_for("Column of the file");
    terminal.press("\r");
}

/// A file of so many brands that its load takes far longer than a person, or a test, to stop it.
pub(crate) fn long(folder: &Path) -> PathBuf {
    let file = folder.join("brands.csv");
    let mut writer = BufWriter::new(File::create(&file).unwrap());
    writer.write_all(b"brand_id,brand_name\n").unwrap();
    for id in 9_000_000..12_000_000 {
        writeln!(writer, "{id},Never Kept {id}").unwrap();
    }
    writer.flush().unwrap();
    file
}
