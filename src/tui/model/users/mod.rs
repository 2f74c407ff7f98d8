//! The screen of the users.

mod act;
pub mod dialog;
mod rows;
#[cfg(test)]
mod tests;

pub(super) use act::{
    deactivating, ending_sessions, removing, resetting_the_password, resetting_the_second_factor,
};
pub use rows::COLUMNS;

use super::command::{Command, Place};
use super::desk::{Answer, Change, Question};
use super::key::Key;
use super::message::{Effect, Failure, Query, RequestId};
use super::widgets::data_table::{Ask, DataTable, From, Outcome, Row, RowKey, Rows};
use crate::domain::Username;
use crate::domain::user::User;
use dialog::Dialog;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// The state of the screen.
#[derive(Debug)]
pub struct Users {
    /// The users.
    pub table: DataTable,
    /// What is open over the table.
    pub dialog: Option<Dialog>,
    /// When the newest rows came.
    pub as_of: Option<Timestamp>,
    /// The change under way.
    pub doing: Option<RequestId>,
    /// The change a yes carries out.
    pub(super) pending: Option<(Username, Change)>,
    known: BTreeMap<RowKey, User>,
    /// Whether the rows on their way take the place of all.
    is_afresh: bool,
}

impl Default for Users {
    fn default() -> Self {
        Users {
            table: DataTable::new(COLUMNS),
            dialog: None,
            as_of: None,
            doing: None,
            pending: None,
            known: BTreeMap::new(),
            is_afresh: true,
        }
    }
}

/// The maker of ids for questions.
pub(super) fn ids(last: &mut u64) -> impl FnMut() -> RequestId {
    move || {
        *last += 1;
        RequestId(*last)
    }
}

impl Users {
    /// The user the cursor is on.
    pub fn current(&self) -> Option<&User> {
        self.known.get(&self.table.current()?.key)
    }

    /// Their name.
    pub(super) fn target(&self) -> Option<Username> {
        self.current().map(|user| user.username.clone())
    }

    /// Where commands can be given now, the most particular place first.
    pub fn places(&self) -> Vec<Place> {
        match &self.dialog {
            Some(dialog) => dialog.places().to_vec(),
            None if self.is_in_table() => [&[Place::Users], self.table.places()].concat(),
            None => self.table.places().to_vec(),
        }
    }

    /// Whether the keys are for the rows: not for what is looked for, nor for the choice of columns.
    fn is_in_table(&self) -> bool {
        self.table.places().first() == Some(&Place::Table)
    }

    /// Whether a key with a character is text now, and no command.
    pub fn is_typing(&self) -> bool {
        self.places().first().is_some_and(|place| place.is_for_text())
    }

    /// Whether what the keys are for is on its way.
    pub fn is_waiting(&self) -> bool {
        self.dialog.as_ref().is_some_and(Dialog::is_waiting)
    }

    /// Asks for the users anew.
    pub(super) fn refresh(&mut self, last: &mut u64) -> Vec<Effect> {
        let ask = self.table.refresh(ids(last));
        self.query(ask)
    }

    pub(super) fn query(&mut self, ask: Ask) -> Vec<Effect> {
        self.is_afresh = matches!(ask.page.from, From::Start | From::End);
        vec![Effect::Query(ask.id, Query::Desk(Question::Users(ask.page)))]
    }

    /// Carries out a command of the table.
    pub(super) fn in_table(&mut self, command: Command, last: &mut u64) -> Vec<Effect> {
        let outcome = self.table.command(command, ids(last));
        self.after(outcome)
    }

    fn after(&mut self, outcome: Outcome) -> Vec<Effect> {
        match outcome {
            Outcome::Ask(ask) => return self.query(ask),
            Outcome::Open(_) => self.dialog = Some(Dialog::Details { scroll: 0 }),
            Outcome::Ignored | Outcome::Done => {}
        }
        Vec::new()
    }

    /// Esc: one step back; `None` where there is none on this screen.
    pub(super) fn step_back(&mut self, last: &mut u64) -> Option<Vec<Effect>> {
        if let Some(dialog) = self.dialog.take() {
            self.dialog = dialog.before();
            return Some(Vec::new());
        }
        match self.table.step_back(ids(last)) {
            Outcome::Ignored => None,
            outcome => Some(self.after(outcome)),
        }
    }

    /// Does what `key` means where text is typed.
    pub(super) fn type_key(&mut self, key: Key, last: &mut u64) -> Vec<Effect> {
        if let Some(dialog) = &mut self.dialog {
            dialog.type_key(key);
            return Vec::new();
        }
        let outcome = self.table.type_key(key, ids(last));
        self.after(outcome)
    }

    /// Pastes where text is typed.
    pub(super) fn paste(&mut self, text: &str, last: &mut u64) -> Vec<Effect> {
        if let Some(dialog) = &mut self.dialog {
            dialog.paste(text);
            return Vec::new();
        }
        let outcome = self.table.paste(text, ids(last));
        self.after(outcome)
    }

    /// A row that is seen was clicked; tells whether it had the cursor already, and so is meant to be opened.
    pub(super) fn choose_row(&mut self, row: usize, last: &mut u64) -> (bool, Vec<Effect>) {
        if let Some(dialog) = &mut self.dialog {
            return (dialog.go_to(row), Vec::new());
        }
        let before = self.table.current().map(|row| row.key.clone());
        let outcome = self.table.go_to_seen(row, ids(last));
        let is_second = before.is_some() && before == self.table.current().map(|row| row.key.clone());
        (is_second, self.after(outcome))
    }

    /// Takes in rows.
    pub(super) fn take(
        &mut self,
        id: RequestId,
        answer: (Vec<(RowKey, User)>, bool),
        zone: &TimeZone,
        now: Timestamp,
        last: &mut u64,
    ) -> Vec<Effect> {
        if !self.table.awaits(id) {
            return Vec::new();
        }
        if self.is_afresh {
            self.known.clear();
        }
        self.as_of = Some(now);
        let (users, more) = answer;
        let rows = users.iter().map(|(key, user)| Row { key: key.clone(), cells: rows::cells(user, zone) });
        let rows = Rows { rows: rows.collect(), more, total: None };
        self.known.extend(users);
        match self.table.take(id, rows, ids(last)) {
            Some(ask) => self.query(ask),
            None => Vec::new(),
        }
    }

    /// Takes in that something could not be done or told. Answers the words for it, where the table does not show them.
    pub(super) fn fail(&mut self, id: RequestId, failure: &Failure) -> Option<Failure> {
        self.table.fail(id, failure.clone());
        let was_doing = self.doing.take_if(|doing| *doing == id).is_some();
        let was_asking = self.dialog.take_if(|dialog| dialog.awaits(id)).is_some();
        (was_doing || was_asking).then(|| failure.clone())
    }
}

/// Whether an answer is one of this screen's.
pub(super) fn is_of_users(answer: &Answer) -> bool {
    matches!(answer, Answer::Users { .. } | Answer::Staff(_) | Answer::Done(_) | Answer::Temporary(_))
}
