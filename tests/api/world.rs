//! A chain to load into, and the program that does it.

use crate::support;
use mysql_async::prelude::{FromRow, Queryable};
use serde_json::Value;
use std::process::{Command, Stdio};
use storekeeper::db::Db;
use tempfile::TempDir;

/// A chain in a database of its own.
pub struct World {
    pub db: Db,
    pub folder: TempDir,
    /// Variables for the program, besides how to reach the chain.
    pub env: Vec<(String, String)>,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// What it printed, as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// What it says of one table of a server.
    pub fn table(&self, name: &str) -> Value {
        let all = self.json();
        let found = all["api"].as_array().unwrap().iter().find(|table| table["table"] == name);
        found.unwrap_or_else(|| panic!("no {name} in {all}")).clone()
    }
}

impl World {
    pub async fn new() -> World {
        World { db: support::chain().await, folder: tempfile::tempdir().unwrap(), env: Vec::new() }
            // Nobody has to wait for a test: the waits are scaled, and the rate is no matter.
            .set("API__RATE", "100000")
            .set("API__FIRST_WAIT_MS", "1")
            .set("API__ATTEMPTS", "3")
    }

    /// A setting of the program.
    pub fn set(mut self, name: &str, value: &str) -> World {
        self.env.push((format!("STOREKEEPER__{name}"), value.to_owned()));
        self
    }

    /// Any other variable.
    pub fn env(mut self, name: &str, value: &str) -> World {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_storekeeper"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("STOREKEEPER__DATABASE__SOCKET", self.db.target().address.to_string())
            .env("STOREKEEPER__DATABASE__NAME", self.db.name())
            .env("STOREKEEPER__DATABASE__USER", "root")
            .env("STOREKEEPER__DATABASE__PASSWORD", support::PASSWORD)
            .envs(self.env.iter().cloned())
            .current_dir(self.folder.path())
            .arg("--data-dir")
            .arg(self.folder.path().join("data"))
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program.
    pub fn run(&self, words: &[&str]) -> Ran {
        let output = self.command(words).output().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts the program.
    pub fn start(&self, words: &[&str]) -> std::process::Child {
        self.command(words).spawn().unwrap()
    }

    /// Loads from a server, with the receipt as JSON.
    pub fn load(&self, url: &str, more: &[&str]) -> Ran {
        self.run(&[&["api", "load", url, "--json"], more].concat())
    }

    pub async fn one<T: FromRow + Send + 'static>(&self, question: &str) -> T {
        self.db.conn().await.unwrap().query_first(question).await.unwrap().expect("a row")
    }

    pub async fn count(&self, table: &str) -> u64 {
        self.one(&format!("SELECT COUNT(*) FROM {table}")).await
    }

    /// That nothing of a load is left but what the history tells.
    pub async fn is_untouched(&self) {
        for table in storekeeper::domain::Table::EACH {
            assert_eq!(self.count(table.name()).await, 0, "{table}");
        }
        let staged: u64 = self
            .one(&format!(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '{}_staging'",
                self.db.name()
            ))
            .await;
        assert_eq!(staged, 0);
        assert_eq!(self.count("api_marks").await, 0);
    }
}
