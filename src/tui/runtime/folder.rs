//! What is in a folder, for somebody who chooses files.

use super::runner::{Context, failure};
use crate::domain::clean;
use crate::etl::source::csv;
use crate::tui::model::load::folder::{Entry, Kind, Listing};
use crate::tui::model::message::Failure;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The most entries told: more are not looked through but found by their names.
const MOST: usize = 5_000;

/// The path that was typed, where it may be read.
pub(super) fn to_read(context: &Context, typed: &str) -> Result<PathBuf, Failure> {
    let path = path(typed);
    context.files.fence.may_read(&path).map_err(failure)?;
    Ok(path)
}

/// The path that was typed, where something new may be written to it.
pub(super) fn to_write(context: &Context, typed: &str) -> Result<PathBuf, Failure> {
    let path = path(typed);
    context.files.fence.may_write(&path).map_err(failure)?;
    Ok(path)
}

/// The path that was typed, with `~` for the home folder.
fn path(typed: &str) -> PathBuf {
    match (typed.strip_prefix('~'), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
            Path::new(&home).join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(typed),
    }
}

/// What is in the folder that is written like this, nothing for the working folder. A name that would not survive cleaning
/// is left out: what is shown must be what is opened.
///
/// # Errors
/// What the file system said.
pub(super) fn listing(typed: &str) -> io::Result<Listing> {
    let place = if typed.is_empty() { PathBuf::from(".") } else { path(typed) };
    let mut entries: Vec<Entry> = fs::read_dir(&place)?.flatten().filter_map(|found| entry(&found)).collect();
    entries.sort_by(|one, other| {
        let rank = |entry: &Entry| (entry.kind != Kind::Folder, entry.name.to_lowercase());
        rank(one).cmp(&rank(other))
    });
    let more = entries.len().saturating_sub(MOST);
    entries.truncate(MOST);
    let whole = fs::canonicalize(&place)?;
    let up = whole.parent().and_then(Path::to_str).filter(|up| clean(up) == **up).map(with_slash);
    Ok(Listing { entries, more, place: clean(&whole.display().to_string()), up })
}

fn with_slash(folder: &str) -> String {
    if folder.ends_with('/') { folder.to_owned() } else { format!("{folder}/") }
}

fn entry(found: &fs::DirEntry) -> Option<Entry> {
    let name = found.file_name().into_string().ok()?;
    let path = found.path();
    // What a link leads to counts, and not the link.
    let data = fs::metadata(&path).ok()?;
    let kind = match data.is_dir() {
        true => Kind::Folder,
        false => Kind::File { size: data.len(), table: csv::table_of(&path) },
    };
    (clean(&name) == name).then_some(Entry { name, kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Table;

    #[test]
    fn folders_come_first_and_files_say_which_table_they_are_for() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["orders.csv", "Notes.txt", "evil\u{202e}.csv"] {
            fs::write(folder.path().join(name), "12345").unwrap();
        }
        fs::create_dir(folder.path().join("old")).unwrap();
        let listing = listing(&format!("{}/", folder.path().display())).unwrap();
        let named = |name: &str, kind| Entry { name: name.to_owned(), kind };
        assert_eq!(
            listing.entries,
            [
                named("old", Kind::Folder),
                named("Notes.txt", Kind::File { size: 5, table: None }),
                named("orders.csv", Kind::File { size: 5, table: Some(Table::Orders) }),
            ]
        );
        assert!(listing.up.is_some_and(|up| up.ends_with('/')));
        assert!(super::listing("/no/such/folder/").is_err());
    }
}
