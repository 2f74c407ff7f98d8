//! What the screens of loads ask of the outside, and what they are told.

use super::folder::Listing;
use super::job::Part;
use crate::domain::history::{PastRun, RunDetail};
use crate::domain::receipt::Undone;
use crate::domain::{RunId, Table};
use crate::etl::source::api::Discovery;
use crate::etl::{Dates, Head, Mapping, Rejected};
use crate::service::api::{NamedSource, Target, Tested};
use crate::settings::NewSource;

/// A question of these screens.
#[derive(Debug, Clone)]
pub enum Question {
    /// What is in the folder that is written like this?
    Folder(String),
    /// What do the beginnings of these files tell?
    Look(Box<Look>),
    /// Which mappings are saved?
    Mappings,
    /// What is in that saved mapping?
    OpenMapping(String),
    /// Save how these files are understood under a name.
    SaveMapping(String, Vec<Head>),
    /// Which rows did a run reject? The place is the one its receipt names.
    Rejects(String, Box<Mapping>),
    /// Which number can a new row of that table have?
    NextNumber(Table),
    /// Add a row with these cells.
    AddRow(Table, Vec<(String, String)>),
    /// Which servers have a name in the configuration?
    Sources,
    /// Is this server there, and what does it speak?
    Test(Box<Target>),
    /// What does this server have? How far that is comes as [`Msg::Asking`](crate::tui::model::message::Msg::Asking).
    Discover(Box<Target>),
    /// Write this server into the configuration.
    SaveSource(Box<NewSource>),
    /// Which runs were there?
    Runs,
    /// What is known of that run?
    Run(RunId),
    /// Undo that run, or only tell what that would do.
    Undo {
        /// The run.
        run: RunId,
        /// Only tell.
        dry_run: bool,
    },
}

/// Files to look at, and what is known of them.
#[derive(Debug, Clone)]
pub struct Look {
    /// The files, or folders of them.
    pub parts: Vec<Part>,
    /// What is said of columns.
    pub mapping: Mapping,
    /// What is said of days.
    pub dates: Dates,
}

/// A file that was looked at.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The file.
    pub part: Part,
    /// What its beginning tells.
    pub told: Result<Head, Unread>,
}

/// Why a file tells nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// In words.
    pub words: String,
    /// Whether it would do to say which table it is for.
    pub lacks_table: bool,
}

/// An answer. Whoever makes one has cleaned its text, but for cells that are to be corrected.
#[derive(Debug, Clone)]
pub enum Answer {
    /// What is in a folder.
    Folder(Listing),
    /// What files tell.
    Looked(Vec<Looked>),
    /// The names of saved mappings.
    Mappings(Vec<String>),
    /// A saved mapping.
    Mapping(String, Box<Mapping>),
    /// A mapping was saved at this place.
    MappingSaved(String),
    /// Rejected rows, their cells as they stood in the file.
    Rejects(Box<Rejected>),
    /// A number for a new row, and the column it goes to.
    NextNumber(Option<(&'static str, u32)>),
    /// A row was added, by this run.
    Added(RunId),
    /// A row was not added; why.
    Refused(String),
    /// The servers that have a name.
    Sources(Vec<NamedSource>),
    /// What a first word with a server showed.
    Tested(Box<Tested>),
    /// What a server has. Its text is the server's, and cleaned where it is drawn.
    Discovered(Box<Discovery>),
    /// A server was written into this file.
    SourceSaved {
        /// The name.
        name: String,
        /// The file.
        place: String,
    },
    /// A server was not written; what would be, where, and why it was not.
    SourceText {
        /// What would stand there.
        text: String,
        /// Where.
        place: String,
        /// Why it was not written.
        why: String,
    },
    /// The newest runs.
    Runs(Vec<PastRun>),
    /// A run; nothing where there is none of that number.
    Run(Option<Box<RunDetail>>),
    /// What undoing a run did, or would do.
    Undone(Box<Undone>),
}
