//! File names that begin with what was typed.

use crate::domain::clean;
use std::path::{Path, PathBuf};

/// The most names offered: more is no help.
const MOST: usize = 200;

/// The path that was typed, with `~` for the home folder.
pub(super) fn path(typed: &str) -> PathBuf {
    match (typed.strip_prefix('~'), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
            Path::new(&home).join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(typed),
    }
}

/// The paths that begin with `typed`, written as it was, folders with a `/` at their end; none where the folder can not
/// be read. A name that would not survive cleaning is left out: what is shown must be what is opened.
pub(super) fn names(typed: &str) -> Vec<String> {
    let (folder, beginning) = typed.rsplit_once('/').map_or(("", typed), |(folder, rest)| (folder, rest));
    let prefix = typed.get(..typed.len() - beginning.len()).unwrap_or_default();
    let place = match (prefix.is_empty(), folder.is_empty()) {
        (true, _) => PathBuf::from("."),
        (false, true) => PathBuf::from("/"),
        (false, false) => path(folder),
    };
    let Ok(entries) = std::fs::read_dir(place) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_meant =
                name.starts_with(beginning) && (!name.starts_with('.') || beginning.starts_with('.'));
            let slash = if entry.path().is_dir() { "/" } else { "" };
            (is_meant && clean(&name) == name).then(|| format!("{prefix}{name}{slash}"))
        })
        .collect();
    names.sort_unstable();
    names.truncate(MOST);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_completed_as_they_were_begun() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["orders.csv", "order_items.csv", ".hidden", "evil\u{202e}.csv"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("old")).unwrap();
        let at = |end: &str| format!("{}/{end}", folder.path().display());
        assert_eq!(names(&at("o")), [at("old/"), at("order_items.csv"), at("orders.csv")]);
        assert_eq!(names(&at("orders")), [at("orders.csv")]);
        assert_eq!(names(&at("")), [at("old/"), at("order_items.csv"), at("orders.csv")]);
        assert_eq!(names(&at(".h")), [at(".hidden")]);
        assert_eq!(names("/no/such/folder/x"), [""; 0]);
    }
}
