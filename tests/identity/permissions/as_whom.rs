//! Every command is either walked with each role, or says that nobody signs in for it.

use super::commands;
use clap::CommandFactory;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Commands that nobody signs in for.
const NOT_AS_SOMEBODY: [&str; 9] = [
    "init",
    "demo",
    "db stop",
    "doctor",
    "config show",
    "config keymap",
    "completions bash",
    "man",
    "gallery",
];

#[test]
fn no_command_is_forgotten() {
    let words: Vec<String> = commands(Path::new("")).into_iter().map(|(words, _)| words.join(" ")).collect();
    let known = |name: &str| {
        let mut all = words.iter().map(String::as_str).chain(NOT_AS_SOMEBODY);
        all.any(|words| words == name || words.starts_with(&format!("{name} ")))
    };
    let mut left = vec![(String::new(), storekeeper::cli::Cli::command())];
    let mut leaves = 0;
    while let Some((name, command)) = left.pop() {
        for sub in command.get_subcommands() {
            left.push((format!("{name} {}", sub.get_name()).trim().to_owned(), sub.clone()));
        }
        if !command.is_subcommand_required_set() && !name.is_empty() {
            leaves += 1;
            assert!(known(&name), "{name} is not walked");
        }
    }
    assert!(leaves > 30, "{leaves}");
}

#[test]
fn what_nobody_signs_in_for_says_so() {
    let folder = TempDir::new().unwrap();
    for words in NOT_AS_SOMEBODY.iter().copied().chain([""]) {
        let told = Command::new(env!("CARGO_BIN_EXE_storekeeper"))
            .env("HOME", folder.path())
            .args(["--as", "ann"])
            .args(words.split_whitespace())
            .output()
            .unwrap();
        assert_eq!(told.status.code(), Some(2), "{words}");
        let why = String::from_utf8_lossy(&told.stderr);
        assert!(why.contains("--as") && told.stdout.is_empty(), "{words}: {why}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}
