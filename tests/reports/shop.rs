//! A chain on the test's server, and the command that prints its reports.

use crate::chain::Chain;
use crate::support;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A chain, and where its reports go.
pub struct Shop {
    pub chain: Chain,
    folder: tempfile::TempDir,
}

/// What a command printed, and its exit code.
#[derive(Debug)]
pub struct Told {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Told {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The files of a receipt.
    pub fn files(&self) -> Vec<PathBuf> {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.json()["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| file["file"].as_str().unwrap().into())
            .collect()
    }
}

impl Shop {
    /// A chain with the files of this folder in it.
    pub async fn with(folder: &Path) -> Shop {
        let shop = Shop::over(Chain::new().await);
        shop.chain.load(folder).await.unwrap();
        shop
    }

    /// Two stores, two customers with an order each.
    pub async fn small() -> Shop {
        Shop::over(Chain::stocked().await)
    }

    fn over(chain: Chain) -> Shop {
        Shop { chain, folder: tempfile::tempdir().unwrap() }
    }

    /// Where reports go.
    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// What is there, by name.
    pub fn names(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.out()) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub fn run(&self, words: &str) -> Told {
        self.run_with(words, None, &[])
    }

    /// Prints one report; answers its file.
    pub fn print(&self, words: &str) -> PathBuf {
        self.print_with(words, &[])
    }

    pub fn print_with(&self, words: &str, settings: &[(&str, &str)]) -> PathBuf {
        let files = self
            .run_with(&format!("report {words} --json --out {}", self.out().display()), None, settings)
            .files();
        assert_eq!(files.len(), 1);
        files.into_iter().next().unwrap()
    }

    /// Runs a command, as somebody or as the operator, with settings from the environment.
    pub fn run_with(&self, words: &str, person: Option<&str>, settings: &[(&str, &str)]) -> Told {
        let mut command = Command::new(env!("CARGO_BIN_EXE_storekeeper"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("STOREKEEPER__DATABASE__SOCKET", self.chain.db.target().address.to_string())
            .env("STOREKEEPER__DATABASE__NAME", self.chain.db.name())
            .env("STOREKEEPER__DATABASE__USER", "root")
            .env("STOREKEEPER__DATABASE__PASSWORD", support::PASSWORD)
            .env("STOREKEEPER__SECURITY__BCRYPT_COST", support::people::COST.to_string())
            .envs(settings.iter().copied())
            .current_dir(self.folder.path())
            .arg("--data-dir")
            .arg(self.folder.path().join("data"));
        if let Some(person) = person {
            command.args(["--as", person, "--password-stdin"]);
        }
        command.args(words.split(' ')).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().unwrap();
        // A command that does not ask leaves its input unread.
        let _ = std::io::Write::write_all(
            &mut running.stdin.take().unwrap(),
            format!("{}\n", support::people::PASSWORD).as_bytes(),
        );
        let output = running.wait_with_output().unwrap();
        Told {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
