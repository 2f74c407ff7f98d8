//! The screen of past loads: what was loaded, and taking it back.

mod act;
mod rows;

pub(super) use act::undoing;
pub use rows::{COLUMNS, ending, moment};

use super::command::Place;
use super::fresh::Fresh;
use super::key::Key;
use super::load::ask::Question;
use super::load::{ask, next};
use super::message::{Effect, RequestId};
use super::widgets::data_table::RowKey;
use super::widgets::local_table::LocalTable;
use crate::domain::RunId;
use crate::domain::history::{PastRun, RunDetail};
use crate::domain::receipt::Undone;
use jiff::Timestamp;

/// What is open over the table.
#[derive(Debug)]
pub enum Dialog {
    /// One run with its files, and how far it is scrolled.
    Run(Fresh<Box<RunDetail>>, u16),
    /// What undoing a run would do, and how far it is scrolled.
    Undo(Box<Undone>, u16),
}

/// An undoing under way, or the look at what it would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undoing {
    /// The question.
    pub id: RequestId,
    /// The run.
    pub run: RunId,
    /// Only a look.
    pub dry_run: bool,
}

/// The state of the screen.
#[derive(Debug)]
pub struct Runs {
    /// The runs, newest first.
    pub table: LocalTable,
    /// What is open over them.
    pub dialog: Option<Dialog>,
    /// When they were asked for.
    pub as_of: Option<Timestamp>,
    /// The undoing under way.
    pub undoing: Option<Undoing>,
    /// Why the runs could not be told.
    pub failure: Option<super::message::Failure>,
    asked: Option<RequestId>,
    known: Vec<PastRun>,
    /// The run that is to have the cursor once it is here.
    sought: Option<RunId>,
}

impl Default for Runs {
    fn default() -> Self {
        Runs {
            table: LocalTable::new(COLUMNS, Vec::new()),
            dialog: None,
            as_of: None,
            undoing: None,
            failure: None,
            asked: None,
            known: Vec::new(),
            sought: None,
        }
    }
}

impl Runs {
    /// Asks for the runs anew.
    pub(super) fn refresh(&mut self, last: &mut u64) -> Vec<Effect> {
        let id = next(last);
        self.asked = Some(id);
        vec![ask(id, Question::Runs)]
    }

    /// The cursor is to be on this run once it is here.
    pub(super) fn look_for(&mut self, run: Option<RunId>) {
        self.sought = run;
    }

    fn go_to_sought(&mut self) {
        if let Some(run) = self.sought.take() {
            self.table.go_to(&RowKey(run.to_string()));
        }
    }

    /// The run the cursor is on.
    pub fn current(&self) -> Option<&PastRun> {
        let key = self.table.current()?;
        self.known.iter().find(|run| key_of(run) == *key)
    }

    /// Whether the runs are on their way for the first time: keys for one of them wait.
    pub(super) fn is_waiting(&self) -> bool {
        self.asked.is_some() && self.as_of.is_none()
    }

    /// Whether the runs are on their way.
    pub fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// Where commands can be given, the most particular place first.
    pub(super) fn places(&self) -> Vec<Place> {
        match &self.dialog {
            Some(Dialog::Run(..)) => vec![Place::RunDetails, Place::Rows],
            Some(Dialog::Undo(..)) => vec![Place::RunUndo, Place::Rows],
            None => self.table.places_with(Place::Runs),
        }
    }

    /// Whether a key with a character is text now, and no command.
    pub fn is_typing(&self) -> bool {
        self.dialog.is_none() && self.table.is_typing()
    }

    pub(super) fn type_key(&mut self, key: Key) {
        self.table.type_key(key);
    }
}

fn key_of(run: &PastRun) -> RowKey {
    RowKey(run.run_id.to_string())
}
