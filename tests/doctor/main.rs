//! `storekeeper doctor` as it is typed: on a chain that is well, on what is not, on servers and terminals that never answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod database;
mod files;
mod impostor;
mod pty;
mod terminal;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A data folder of its own, away from the configuration of whoever runs the tests.
struct Place {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Place {
    fn empty() -> Place {
        let program = support::program().path().to_str().unwrap().to_owned();
        let folder = tempfile::Builder::new().prefix("sk-").tempdir().unwrap();
        let home = folder.path().to_str().unwrap().to_owned();
        let config = folder.path().join(".config").to_str().unwrap().to_owned();
        let environment = vec![
            ("STOREKEEPER__SERVER__PROGRAM".to_owned(), program),
            ("HOME".to_owned(), home),
            ("XDG_CONFIG_HOME".to_owned(), config),
        ];
        Place { folder, environment }
    }

    /// The same with a setting of the database.
    fn with(mut self, setting: &str, value: &str) -> Place {
        self.environment.push((format!("STOREKEEPER__DATABASE__{setting}"), value.to_owned()));
        self
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn data_dir(&self) -> PathBuf {
        self.path().join("data")
    }

    /// The folder of the user's own settings, made where it is not there.
    fn config(&self) -> PathBuf {
        let folder = self.path().join(".config/storekeeper");
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_storekeeper"));
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("STOREKEEPER_"))
        {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().cloned());
        command.arg("--data-dir").arg(self.data_dir()).args(arguments).stdin(Stdio::null());
        command
    }

    /// Makes the database, with two accounts where that may be.
    fn init(&self) {
        let made = self.command(&["init"]).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    fn examine(&self) -> Told {
        let output = self.command(&["doctor", "--json"]).output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(errors, "", "{told}");
        Told::new(output.status.code().expect("an end of its own"), &told)
    }
}

/// What `doctor --json` said.
#[derive(Debug)]
struct Told {
    code: i32,
    json: Value,
}

impl Told {
    fn new(code: i32, text: &str) -> Told {
        Told { code, json: serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}")) }
    }

    fn findings(&self) -> &[Value] {
        self.json["findings"].as_array().unwrap()
    }

    /// The status of a check, and what was found.
    fn of(&self, check: &str) -> (&str, &str) {
        let found = self.findings().iter().find(|finding| finding["check"] == check);
        let found = found.unwrap_or_else(|| panic!("no {check} in {:#}", self.json));
        (found["status"].as_str().unwrap(), found["found"].as_str().unwrap())
    }

    /// A check has this status and says this.
    fn assert(&self, check: &str, status: &str, said: &str) {
        let (is, found) = self.of(check);
        assert!(is == status && found.contains(said), "{check}: {is}, {found}; not {status}, {said}");
    }

    /// Whatever is not well says what to do, be it in the error's own words.
    fn assert_helpful(&self) {
        for finding in self.findings().iter().filter(|finding| finding["status"] != "pass") {
            let told = finding["next"].is_string() || finding["found"].as_str().unwrap().contains(". ");
            assert!(told, "{finding}");
        }
    }
}
