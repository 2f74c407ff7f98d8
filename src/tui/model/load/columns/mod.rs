//! The second step of a load: how each file is written, and what each of its columns is for.
//!
//! The step knows heads ([`Head`]) and what was said of them, and nothing of where they come from: whatever has a head can
//! go through it.

mod dialog;
mod said;

pub use dialog::Dialog;
pub use said::Said;

use super::ask::Looked;
use super::choices::turned;
use crate::etl::source::csv::{Header, Quote, encoding};
use crate::etl::{ColumnHead, DateOrder, Days, Head, Meaning};
use crate::tui::model::command::{Command, Place};
use crate::tui::model::message::Failure;

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing that others have to know of.
    Done,
    /// What was said is another now: the files are to be looked at again.
    Changed,
}

/// The step.
#[derive(Debug, Default)]
pub struct Columns {
    /// The files.
    pub files: Vec<Looked>,
    /// Which of them is shown, from 0.
    pub file: usize,
    /// Which of its columns has the cursor, from 0.
    pub cursor: usize,
    /// What was said.
    pub said: Said,
    /// What lies over the columns.
    pub dialog: Option<Dialog>,
    /// Of a server, the number under which these tables were read; nothing before they were.
    pub reading: Option<u64>,
}

impl Columns {
    /// The file that is shown.
    pub fn shown(&self) -> Option<&Looked> {
        self.files.get(self.file)
    }

    /// Whether what is shown is an address of a server.
    pub fn is_of_server(&self) -> bool {
        self.shown().is_some_and(|shown| shown.part.endpoint.is_some())
    }

    /// What its beginning tells, where it could be read.
    pub fn head(&self) -> Option<&Head> {
        self.shown()?.told.as_ref().ok()
    }

    /// The column with the cursor.
    pub fn column(&self) -> Option<&ColumnHead> {
        self.head()?.columns.get(self.cursor)
    }

    /// Takes in what the files tell.
    pub(super) fn take(&mut self, files: Vec<Looked>) {
        self.files = files;
        self.file = self.file.min(self.files.len().saturating_sub(1));
        self.go_to_column(self.cursor);
    }

    /// Where commands can be given, the most particular place first.
    pub(super) fn places(&self) -> Vec<Place> {
        match &self.dialog {
            Some(dialog) => dialog.places().to_vec(),
            None => vec![Place::LoadColumns, Place::Rows],
        }
    }

    fn go_to_column(&mut self, to: usize) {
        let last = self.head().map_or(0, |head| head.columns.len()).saturating_sub(1);
        self.cursor = to.min(last);
    }

    /// Goes to a column or another file.
    pub(super) fn go(&mut self, command: Command, room: u16) {
        let page = usize::from(room.saturating_sub(1).max(1));
        let count = self.files.len().max(1);
        match command {
            Command::Up => self.cursor = self.cursor.saturating_sub(1),
            Command::Down => self.go_to_column(self.cursor + 1),
            Command::PageUp => self.cursor = self.cursor.saturating_sub(page),
            Command::PageDown => self.go_to_column(self.cursor + page),
            Command::First => self.cursor = 0,
            Command::Last => self.go_to_column(usize::MAX),
            Command::NextField => (self.file, self.cursor) = ((self.file + 1) % count, 0),
            Command::PreviousField => (self.file, self.cursor) = ((self.file + count - 1) % count, 0),
            _ => {}
        }
    }

    /// A row that is seen was clicked; tells whether that chooses something.
    pub(in crate::tui::model) fn choose_row(&mut self, row: usize, room: u16) -> bool {
        if let Some(dialog) = &mut self.dialog {
            return dialog.go_to(row);
        }
        self.go_to_column(self.first_seen(room.into()) + row);
        false
    }

    /// The first column that is seen where there is room for so many.
    pub fn first_seen(&self, room: usize) -> usize {
        (self.cursor + 1).saturating_sub(room)
    }

    /// Says what the column with the cursor is for.
    fn mean(&mut self, meaning: Meaning) -> Outcome {
        let (Some(head), Some(column)) = (self.head(), self.column()) else {
            return Outcome::Done;
        };
        let key = (head.table, column.name.clone());
        self.said.columns.insert(key, meaning);
        Outcome::Changed
    }

    /// Carries out a command that says something of a column or a file.
    pub(super) fn say(&mut self, command: Command) -> Outcome {
        match command {
            Command::SetColumn => {
                let dialog = self.head().zip(self.column());
                self.dialog = dialog.map(|(head, column)| Dialog::meaning(&column.name, head.table));
            }
            Command::TakeNear => {
                if let Some(near) = self.column().and_then(|column| column.near) {
                    return self.mean(Meaning::Column(near));
                }
            }
            Command::LeaveOutColumn => return self.mean(Meaning::Ignored),
            Command::PickTable => self.dialog = Some(Dialog::table()),
            Command::PickEncoding => self.dialog = Some(Dialog::encoding()),
            Command::NextSeparator | Command::NextQuote | Command::NextHeader => {
                return self.turn_reading(command);
            }
            Command::NextDays => return self.turn_days(),
            _ => {}
        }
        Outcome::Done
    }

    fn turn_reading(&mut self, command: Command) -> Outcome {
        let Some(file) = self.files.get_mut(self.file) else {
            return Outcome::Done;
        };
        let found = file.told.as_ref().ok().and_then(|head| head.dialect);
        let reading = &mut file.part.reading;
        match command {
            Command::NextSeparator => {
                const EACH: [(u8, &str); 5] = [(b',', ""), (b';', ""), (b'\t', ""), (b'|', ""), (b' ', "")];
                let now = reading.delimiter.or(found.map(|dialect| dialect.delimiter)).unwrap_or(b',');
                reading.delimiter = Some(turned(&EACH, now, false));
            }
            Command::NextQuote => {
                const EACH: [(Quote, &str); 3] =
                    [(Quote::Byte(b'"'), ""), (Quote::Byte(b'\''), ""), (Quote::Nothing, "")];
                let now = reading.quote.or(found.map(|dialect| dialect.quote)).unwrap_or(Quote::Byte(b'"'));
                reading.quote = Some(turned(&EACH, now, false));
            }
            _ => {
                const EACH: [(Header, &str); 3] =
                    [(Header::Named, ""), (Header::InOrder, ""), (Header::Numbered, "")];
                reading.header = turned(&EACH, reading.header, false);
            }
        }
        Outcome::Changed
    }

    /// Says how the days of the column with the cursor are written, or of the one that is not clear.
    fn turn_days(&mut self) -> Outcome {
        let asked = self.column().filter(|column| column.days.is_some()).or_else(|| self.unclear());
        let Some((Meaning::Column(column), _)) = asked.and_then(|column| column.meaning) else {
            return Outcome::Done;
        };
        const EACH: [(DateOrder, &str); 3] =
            [(DateOrder::DayFirst, ""), (DateOrder::MonthFirst, ""), (DateOrder::Unknown, "")];
        let next = match self.said.days.get(column) {
            None => DateOrder::DayFirst,
            Some(said) => turned(&EACH, *said, false),
        };
        self.said.days.insert(column, next);
        Outcome::Changed
    }

    /// The first column of the file that is shown whose days can be read two ways, with nobody having said which.
    fn unclear(&self) -> Option<&ColumnHead> {
        self.head()?.columns.iter().find(|column| self.is_unclear(column))
    }

    /// Whether somebody has to say how a column's days are written.
    pub fn is_unclear(&self, column: &ColumnHead) -> bool {
        let is_said = match column.meaning {
            Some((Meaning::Column(name), _)) => self.said.days.contains_key(name),
            _ => false,
        };
        matches!(column.days, Some(Days::Unclear(_))) && !is_said
    }

    /// What the choice that is open came to.
    pub(super) fn choose(&mut self) -> Outcome {
        let Some(dialog) = self.dialog.take() else {
            return Outcome::Done;
        };
        let file = self.files.get_mut(self.file);
        match (&dialog, file) {
            (Dialog::Meaning(_, list), _) => {
                if let Some(meaning) = list.current().copied() {
                    return self.mean(meaning);
                }
            }
            (Dialog::Table(list), Some(file)) => {
                if let Some(table) = list.current().copied() {
                    file.part.table = Some(table);
                    return Outcome::Changed;
                }
            }
            (Dialog::Encoding(list), Some(file)) => {
                if let Some(chosen) = list.current().copied() {
                    file.part.reading.encoding = chosen.and_then(encoding);
                    return Outcome::Changed;
                }
            }
            _ => {}
        }
        self.dialog = Some(dialog);
        Outcome::Done
    }

    /// The first thing that keeps the files from being loaded like this, with its place: the file and the column.
    pub(super) fn obstacle(&self) -> Option<(usize, usize, Failure)> {
        self.files.iter().enumerate().find_map(|(at, file)| {
            let (column, words) = match &file.told {
                Err(unread) if unread.lacks_table => {
                    (0, format!("{} is for a table that its name does not say. Say which.", file.part.path))
                }
                Err(unread) => (0, unread.words.clone()),
                Ok(head) => self.obstacle_in(head)?,
            };
            Some((at, column, Failure::new(&words)))
        })
    }

    fn obstacle_in(&self, head: &Head) -> Option<(usize, String)> {
        let unknown = head.columns.iter().enumerate().find(|(_, column)| column.meaning.is_none());
        if let Some((at, column)) = unknown {
            let near = column.near.map(|near| format!(" Is it {near}?")).unwrap_or_default();
            return Some((at, format!("It is not known what the column \"{}\" is for.{near}", column.name)));
        }
        let unclear = head.columns.iter().enumerate().find(|(_, column)| self.is_unclear(column));
        if let Some((at, column)) = unclear
            && let Some(Days::Unclear(cell)) = &column.days
        {
            let words =
                format!("\"{}\": is {cell} written day first, or month first? Say which.", column.name);
            return Some((at, words));
        }
        head.problems.as_ref().map(|problems| (self.cursor, format!("{}: {problems}.", head.table)))
    }

    /// Goes to what keeps the files from being loaded, and answers why it does.
    pub(super) fn go_to_obstacle(&mut self) -> Option<Failure> {
        let (file, column, why) = self.obstacle()?;
        self.file = file;
        self.go_to_column(column);
        Some(why)
    }
}
