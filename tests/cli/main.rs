//! The real binary, as typed in a shell: what it prints, what it leaves behind, and its exit codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod as_somebody;
mod database;
mod importing;
mod keys;
mod migrating;
mod shell;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

const ADMIN_PASSWORD: &str = "Str0ng!Passw0rd-42";

/// A data folder, and the commands that are run on it.
struct Shop {
    folder: TempDir,
}

impl Shop {
    /// A folder with nothing in it.
    fn empty() -> Shop {
        Shop { folder: tempfile::Builder::new().prefix("sk-").tempdir().unwrap() }
    }

    /// A chain with its first administrator, copied from one that is made once.
    fn ready() -> Shop {
        static MADE: OnceLock<Shop> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let shop = Shop::empty();
            let told = shop.run_with_input(&["init", "--admin", "boss", "--password-stdin"], ADMIN_PASSWORD);
            assert_eq!(told.code, 0, "{told:?}");
            shop
        });
        let shop = Shop::empty();
        let copied = Command::new("cp").arg("-a").arg(made.data_dir()).arg(shop.data_dir()).status().unwrap();
        assert!(copied.success());
        shop
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn data_dir(&self) -> PathBuf {
        self.path().join("data")
    }

    /// The command with this folder's data, away from the environment and configuration of whoever runs the tests.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_storekeeper"));
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("STOREKEEPER_"))
        {
            command.env_remove(name);
        }
        command
            .env("STOREKEEPER__SERVER__PROGRAM", support::program().path())
            .env("HOME", self.path())
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .current_dir(self.path())
            .arg("--data-dir")
            .arg(self.data_dir())
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Told {
        Told::of(self.command(arguments).output().unwrap())
    }

    fn run_with_input(&self, arguments: &[&str], input: &str) -> Told {
        Told::with_input(self.command(arguments), input)
    }

    /// A file in this folder.
    fn write(&self, name: &str, text: &str) -> String {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

/// What a command printed, and its exit code.
#[derive(Debug)]
struct Told {
    code: i32,
    out: String,
    err: String,
}

impl Told {
    fn with_input(mut command: Command, input: &str) -> Told {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().unwrap();
        // A command that does not ask leaves its input unread.
        let _ = running.stdin.take().unwrap().write_all(format!("{input}\n").as_bytes());
        Told::of(running.wait_with_output().unwrap())
    }

    fn of(output: Output) -> Told {
        Told {
            code: output.status.code().expect("an end of its own"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
