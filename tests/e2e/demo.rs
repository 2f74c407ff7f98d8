//! A demo chain of the test's own, and the way into it.
#![allow(dead_code, reason = "each test program uses a part of it")]

use crate::terminal::Terminal;
use std::fs;
use std::process::{Command, Output};

/// A demo chain in a folder of its own, whose server ends with its last client.
pub(crate) struct Demo {
    pub(crate) dir: tempfile::TempDir,
}

impl Demo {
    pub(crate) fn new() -> Demo {
        let demo = Demo { dir: tempfile::tempdir().unwrap() };
        let made = demo.storekeeper(&["demo", "--orders", "400", "--seed", "3", "--no-open"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        demo
    }

    pub(crate) fn storekeeper(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_storekeeper"));
        command.arg("--data-dir").arg(self.dir.path()).args(arguments).output().unwrap()
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

    pub(crate) fn kpi(&self, arguments: &[&str]) -> serde_json::Value {
        let told = self.storekeeper(&[&["kpi", "--json"], arguments].concat());
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        serde_json::from_slice(&told.stdout).unwrap()
    }
}

pub(crate) fn sign_in(terminal: &mut Terminal, name: &str, password: &str) {
    terminal.wait_for("Username");
    terminal.paste(name);
    terminal.press("\t");
    terminal.paste(password);
    terminal.press("\r");
}
