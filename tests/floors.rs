//! The house of the crate's documentation, kept by reading the source.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up; what shares a floor may not import each other.
const FLOORS: [&[&str]; 7] = [
    &["domain"],
    &["settings", "telemetry"],
    &["local_server"],
    &["db"],
    &["etl", "report"],
    &["service"],
    &["cli", "tui"],
];

/// The command line opens the screens, and that is all it may have of its neighbour.
const NEIGHBOURS: [(&str, &str); 1] = [("cli", "tui")];

/// Where a statement may stand in the code: staging and merging are built from table specs.
const SQL_BUILDERS: [&str; 2] = ["etl", "db"];

const LONGEST_FILE: usize = 400;

#[test]
fn a_module_imports_only_from_floors_below() {
    let mut broken = Vec::new();
    for file in sources() {
        let Some(from) = floor(&file.room) else {
            // The crate's own two files stand outside the house.
            assert!(["lib.rs", "main.rs"].contains(&file.room.as_str()), "{} is on no floor", file.room);
            continue;
        };
        for (number, to) in imported(&file.code()) {
            let allowed = to == file.room
                || NEIGHBOURS.contains(&(&file.room, to))
                || floor(to).is_some_and(|to| to < from);
            if !allowed {
                broken.push(format!("{}:{number}: {} may not import {to}", file.name, file.room));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn statements_live_in_sql_files() {
    let mut broken = Vec::new();
    for file in sources() {
        if SQL_BUILDERS.contains(&file.room.as_str()) {
            continue;
        }
        // What a test of the module says to an engine, or to nobody, is its own.
        let code = file.lines().take_while(|(_, line)| line.trim() != "#[cfg(test)]");
        for (number, line) in code.filter(|(_, line)| holds_statement(line)) {
            broken.push(format!("{}:{number}: {}", file.name, line.trim()));
        }
    }
    assert!(broken.is_empty(), "statements belong into sql/queries:\n{}", broken.join("\n"));
}

#[test]
fn the_model_and_the_views_know_no_outside_world() {
    let mut broken = Vec::new();
    for file in sources() {
        if !["src/tui/model", "src/tui/view"].iter().any(|pure| file.name.starts_with(pure)) {
            continue;
        }
        for (number, line) in file.lines() {
            for outside in ["tokio", "crossterm", "mysql_async"] {
                if words(line).any(|word| word == outside) {
                    broken.push(format!("{}:{number}: names {outside}", file.name));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_file_can_be_read_in_one_sitting() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|file| (file.text.lines().count(), file.name))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, name)| format!("{name} has {lines} lines"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn the_rules_see_what_they_forbid() {
    for (code, rooms) in [
        ("use crate::db::Pool;", &[(1, "db")][..]),
        ("let a =\n crate::tui::run(crate::domain::X);", &[(2, "tui"), (2, "domain")]),
        ("pub(crate) fn f() {}", &[]),
        ("use crate::{db::Pool, domain::Money};", &[(1, "db"), (1, "domain")]),
        ("use crate::{\n    etl::{a, b},\n    report,\n};", &[(1, "etl"), (1, "report")]),
    ] {
        assert_eq!(imported(code), rooms, "{code}");
    }
    assert!(holds_statement(r#"let q = "SELECT 1";"#));
    assert!(holds_statement(r#"    "INSERT INTO t VALUES (1)","#));
    assert!(!holds_statement("// SELECT what you like in a comment"));
    assert!(!holds_statement(r#"let label = "Select a store";"#));
}

struct Source {
    /// As in `src/db/pool.rs`.
    name: String,
    /// The module right below the crate, as in `db`; `lib.rs` for the crate itself.
    room: String,
    text: String,
}

impl Source {
    /// Lines of code with their numbers, comments left out.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The text with each line in its place, comments blanked.
    fn code(&self) -> String {
        let lines = self.text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(&root.join("src"), &mut found);
    assert!(found.len() > 8, "the source was not found");
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            let below = name.strip_prefix("src/").unwrap();
            let room = match below.split_once('/') {
                Some((room, _)) => room,
                None if FLOORS.iter().any(|floor| floor.contains(&below.trim_end_matches(".rs"))) => {
                    below.trim_end_matches(".rs")
                }
                None => below,
            };
            Source { room: room.to_owned(), text: fs::read_to_string(&path).unwrap(), name }
        })
        .collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

/// The rooms that code names by `crate::room` or `crate::{room::..., room}`, each with its line.
fn imported(code: &str) -> Vec<(usize, &str)> {
    let mut rooms = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let number = code[..at].matches('\n').count() + 1;
        let path = &code[at + start.len()..];
        let named = match path.strip_prefix('{') {
            Some(group) => heads(group),
            None => words(path).next().into_iter().collect(),
        };
        rooms.extend(named.into_iter().map(|room| (number, room)));
    }
    rooms
}

/// The first word of each path of a `use` group, as in `a::{b, c}, d}`, which has `a` and `d`.
fn heads(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut heads) = (0, 0, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                heads.extend(words(&group[start..at]).next());
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    heads
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_')
        .filter(|word| !word.is_empty())
}

/// Whether a string of a line begins like a statement.
fn holds_statement(line: &str) -> bool {
    let statements = [
        "SELECT ",
        "INSERT INTO ",
        "UPDATE ",
        "DELETE FROM ",
        "REPLACE INTO ",
        "CREATE TABLE ",
        "ALTER TABLE ",
        "DROP TABLE ",
        "LOAD DATA ",
    ];
    let code = !line.trim_start().starts_with("//");
    code && statements.iter().any(|statement| line.contains(&format!("\"{statement}")))
}
