//! What lies in the folder of the path being typed, narrowed by its last part.

use crate::domain::Table;
use crate::tui::model::message::{Failure, RequestId};
use crate::tui::model::widgets::pick_list::PickList;

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

/// What something in a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A folder.
    Folder,
    /// A file.
    File {
        /// In bytes.
        size: u64,
        /// The table its name says.
        table: Option<Table>,
    },
}

/// What is in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// Folders first, each kind by name.
    pub entries: Vec<Entry>,
    /// How many more there are than anybody looks through.
    pub more: usize,
    /// The folder in full.
    pub place: String,
    /// How the folder above it is written; nothing at the root.
    pub up: Option<String>,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// The folder itself, with so many files that are named after tables.
    Here(usize),
    /// The folder above.
    Up,
    /// Something in the folder.
    Entry(Entry),
}

/// The folder.
#[derive(Debug)]
pub struct Folder {
    /// The rows there are for what is typed.
    pub rows: PickList<Row>,
    /// How the folder that is shown is written: with a `/` at its end, or empty for the working folder.
    shown: Option<String>,
    listing: Result<Listing, Failure>,
    asked: Option<(RequestId, String)>,
    /// Whether somebody went to a row, rather than typed.
    moved: bool,
}

impl Default for Folder {
    fn default() -> Self {
        Folder {
            rows: PickList::new(Vec::new()),
            shown: None,
            listing: Ok(Listing::default()),
            asked: None,
            moved: false,
        }
    }
}

/// A path as the folder it is in, with the `/`, and the rest.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |at| at + 1))
}

impl Folder {
    /// What is typed is another path now. Tells which folder to ask for, if it is another.
    pub(super) fn follow(&mut self, path: &str, id: RequestId) -> Option<String> {
        let (folder, rest) = split(path);
        self.moved = false;
        let is_asked = self.asked.as_ref().is_some_and(|(_, asked)| asked == folder);
        if self.shown.as_deref() == Some(folder) {
            self.asked = None;
            self.narrow(rest);
            return None;
        }
        if is_asked {
            return None;
        }
        self.asked = Some((id, folder.to_owned()));
        Some(folder.to_owned())
    }

    /// Asks for the folder of the path anew.
    pub(super) fn ask(&mut self, path: &str, id: RequestId) -> String {
        let (folder, _) = split(path);
        self.asked = Some((id, folder.to_owned()));
        folder.to_owned()
    }

    /// Takes in what is in the folder. Tells whether it was asked for.
    pub(super) fn take(&mut self, id: RequestId, told: Result<Listing, Failure>, path: &str) -> bool {
        let Some((_, folder)) = self.asked.take_if(|(asked, _)| *asked == id) else {
            return false;
        };
        self.shown = Some(folder);
        self.listing = told;
        self.narrow(split(path).1);
        true
    }

    fn narrow(&mut self, rest: &str) {
        let listing = self.listing.as_ref();
        let entries = listing.map(|listing| listing.entries.as_slice()).unwrap_or_default();
        let is_shown = |entry: &&Entry| rest.starts_with('.') || !entry.name.starts_with('.');
        let mut rows: Vec<(Row, String)> = Vec::new();
        if rest.is_empty() {
            let is_named = |entry: &&Entry| matches!(entry.kind, Kind::File { table: Some(_), .. });
            let named = entries.iter().filter(is_named).count();
            if named > 0 {
                rows.push((Row::Here(named), "all of this folder".to_owned()));
            }
            if listing.is_ok_and(|listing| listing.up.is_some()) {
                rows.push((Row::Up, "..".to_owned()));
            }
        }
        let shown = entries.iter().filter(is_shown);
        rows.extend(shown.map(|entry| (Row::Entry(entry.clone()), entry.name.clone())));
        self.rows = PickList::new(rows);
        self.rows.paste(rest);
        // An exact name goes before all that are like it.
        let exact = self.rows.found().position(|row| matches!(row, Row::Entry(entry) if entry.name == rest));
        let first = self.rows.found().position(|row| !matches!(row, Row::Up));
        self.rows.go_to(exact.or(first).unwrap_or_default());
    }

    /// Somebody goes to another row.
    pub(super) fn moved(&mut self) {
        self.moved = true;
    }

    /// Whether somebody went to the row that has the cursor.
    pub(super) fn is_moved(&self) -> bool {
        self.moved
    }

    /// Whether what is in the folder is on its way.
    pub fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// Nobody waits for it any more.
    pub(super) fn give_up(&mut self) {
        self.asked = None;
    }

    /// What is in it, once that is known.
    pub fn listing(&self) -> Result<&Listing, &Failure> {
        self.listing.as_ref()
    }

    /// As much of `rest` as every name that begins with it goes on with; and whether that is one folder's whole name.
    pub(super) fn completed(&self, rest: &str) -> Option<(String, bool)> {
        let listing = self.listing.as_ref().ok()?;
        let is_meant = |entry: &&Entry| {
            entry.name.starts_with(rest) && (rest.starts_with('.') || !entry.name.starts_with('.'))
        };
        let meant: Vec<&Entry> = listing.entries.iter().filter(is_meant).collect();
        let (first, others) = meant.split_first()?;
        let mut common = first.name.as_str();
        for other in others {
            let pairs = common.chars().zip(other.name.chars());
            let same = pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
            common = common.get(..same).unwrap_or_default();
        }
        let is_folder = others.is_empty() && first.kind == Kind::Folder;
        Some((common.to_owned(), is_folder))
    }
}
