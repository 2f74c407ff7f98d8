//! What the screens of an office ask of the outside, and what they are told: users, and the audit log.

use super::command::{Command, Entry, Place};
use super::message::{Effect, Failure, RequestId};
use super::widgets::data_table::{Page, RowKey};
use super::{App, Screen, users};
use crate::domain::audit::{Action, Linked, Logged};
use crate::domain::user::{StaffMember, User};
use crate::domain::{Role, StaffId, Table, Username};
use jiff::Timestamp;
use secrecy::SecretString;

/// A question of these screens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Which users?
    Users(Page),
    /// Who of the staff may be linked to a user?
    Staff,
    /// Make this user.
    Create(NewUser),
    /// Change this user.
    Change(Username, Change),
    /// Which entries of the log?
    Log(LogFilter, Page),
    /// What is in this entry?
    Entry(u64),
    /// Write these entries to this file.
    Export(LogFilter, String),
}

/// A user to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it all")]
pub struct NewUser {
    pub username: Username,
    pub role: Role,
    pub staff: Option<StaffId>,
}

/// What is done to a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it all")]
pub enum Change {
    Role(Role),
    Activate,
    Deactivate,
    Unlock,
    ResetPassword,
    ResetSecondFactor,
    Link(Option<StaffId>),
    EndSessions,
    Remove,
}

/// Which entries of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogFilter {
    /// Those that one person made, and those about them.
    pub person: Option<String>,
    /// Those of one action.
    pub action: Option<Action>,
    /// Those from this moment on.
    pub from: Option<Timestamp>,
    /// Those before this moment.
    pub to: Option<Timestamp>,
}

/// An answer. Whoever makes one has cleaned its text.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Users, from the top, each with the key of their row.
    Users {
        /// The users.
        rows: Vec<(RowKey, User)>,
        /// Whether there are more that way.
        more: bool,
    },
    /// The staff.
    Staff(Vec<StaffMember>),
    /// It was done; in words.
    Done(String),
    /// It was done, and this password is to be handed on. It is shown this once.
    Temporary(TemporaryPassword),
    /// Entries, from the top.
    Log {
        /// The entries.
        rows: Vec<Logged>,
        /// Whether there are more that way.
        more: bool,
    },
    /// An entry.
    Entry(Box<Linked>),
    /// How many entries were written to the file.
    Exported(u64, String),
}

/// A password that somebody has to change at their next sign-in.
#[derive(Debug, Clone)]
pub struct TemporaryPassword {
    /// Whose.
    pub username: Username,
    /// The password.
    pub password: SecretString,
    /// How long it is good, in hours.
    pub hours: u32,
}

/// News of a check of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckNews {
    /// So many entries were checked, of so many.
    Checked(u64, u64),
    /// It ended.
    Ended(Result<Verdict, Failure>),
}

/// What a check of the log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The chain is whole, and has so many entries.
    Whole(u64),
    /// It is broken; in words.
    Broken(String),
    /// The check was stopped.
    Stopped,
}

impl App {
    /// Takes in how many rows the last frame had room for.
    pub(super) fn resize_tables(&mut self) {
        if self.popup.is_some() {
            return;
        }
        match self.screen {
            Screen::Users if self.users.dialog.is_none() => self.users.table.resize(self.hits.rows),
            Screen::Audit if self.audit.dialog.is_none() => self.audit.table.resize(self.hits.rows),
            Screen::Load => self.load.resize(self.hits.rows),
            Screen::Runs if self.runs.dialog.is_none() => self.runs.table.table.resize(self.hits.rows),
            Screen::Records => self.resize_records(),
            _ => {}
        }
    }

    /// Where commands can be given on the screen of users.
    pub(super) fn places_of_users(&self) -> Vec<Place> {
        let is_choice = self.users.dialog.as_ref().is_some_and(|dialog| !dialog.is_to_look_at());
        of_screen(self.users.places(), is_choice)
    }

    /// Where commands can be given on the screen of the audit log.
    pub(super) fn places_of_audit(&self) -> Vec<Place> {
        of_screen(self.audit.places(), self.audit.is_typing())
    }

    /// What this person may do with a user.
    pub fn commands_for_user(&self) -> impl Iterator<Item = &'static Entry> {
        self.commands_at(&[Place::Users]).into_iter().filter(|entry| entry.command != Command::NewUser)
    }

    /// Whether a command means anything for what is shown: entries of the log have one order, and marks lead nowhere here.
    pub(super) fn is_of_use_at_desk(&self, command: Command) -> bool {
        match command {
            Command::Toggle => {
                let is_without_marks = match self.screen {
                    Screen::Users | Screen::Audit => true,
                    // Letters can be printed for those that are marked.
                    Screen::Records => self.records.list().is_none_or(|list| list.table != Table::Customers),
                    _ => self.is_table_of_load(),
                };
                !is_without_marks || self.is_choosing_columns()
            }
            Command::Sort | Command::ReverseSort => self.screen != Screen::Audit,
            Command::Report => self.has_reports(),
            Command::ClearDemo => self.database.is_demo(),
            Command::MakeDemo => self.database.is_empty(),
            Command::OpenFile => self.reports.can_open,
            Command::GoBack => self.records.can_go_back(),
            Command::GoForward => self.records.can_go_forward(),
            _ if self.screen == Screen::Records => self.is_of_use_for_record(command),
            _ => true,
        }
    }

    fn is_choosing_columns(&self) -> bool {
        self.places_below().contains(&Place::Columns)
    }

    pub(super) fn open_users(&mut self) -> Vec<Effect> {
        self.screen = Screen::Users;
        self.users.refresh(&mut self.last_id)
    }

    pub(super) fn open_audit(&mut self) -> Vec<Effect> {
        self.screen = Screen::Audit;
        self.audit.refresh(&mut self.last_id)
    }

    /// Whether keys have to wait for what there is to choose from.
    pub(super) fn is_waiting_in_users(&self) -> bool {
        self.screen == Screen::Users && self.users.is_waiting()
    }

    /// Whether a command is for a row, while other rows than those seen are on their way: it would meet the wrong one.
    pub(super) fn is_for_rows_on_their_way(&self, entry: &Entry) -> bool {
        let is_on_its_way = match self.screen {
            Screen::Users => self.users.table.is_stale(),
            Screen::Audit => self.audit.table.is_stale(),
            Screen::Records => self.records.is_stale(),
            _ => false,
        };
        is_on_its_way && !self.is_choosing_columns() && is_for_a_row(entry)
    }

    pub(super) fn desk_reply(&mut self, id: RequestId, answer: Answer, now: Timestamp) -> Vec<Effect> {
        let is_rows = matches!(answer, Answer::Users { .. } | Answer::Log { .. });
        let mut effects = if users::is_of_users(&answer) {
            self.users_reply(id, answer, now)
        } else {
            self.audit_reply(id, answer, now)
        };
        if is_rows {
            effects.extend(self.replay(now));
        }
        effects
    }

    /// Takes in that something could not be done or told. What was typed for rows that did not come is not for those
    /// that are still there.
    pub(super) fn desk_fail(&mut self, id: RequestId, failure: &Failure) -> Vec<Effect> {
        if self.users.table.awaits(id) || self.audit.table.awaits(id) {
            self.typed_ahead.clear();
        }
        self.audit_fail(id, failure);
        self.users_fail(id, failure)
    }

    /// Esc on one of these screens: one step back, and from its table to the dashboard.
    pub(super) fn step_back_at_desk(&mut self) -> Vec<Effect> {
        let stepped = match self.screen {
            Screen::Users => self.users.step_back(&mut self.last_id),
            Screen::Audit => self.audit.step_back(&mut self.last_id),
            _ => None,
        };
        stepped.unwrap_or_else(|| {
            self.screen = Screen::Dashboard;
            Vec::new()
        })
    }

    pub(super) fn choose_row_at_desk(&mut self, row: usize, now: Timestamp) -> Vec<Effect> {
        let (opens, mut effects) = match self.screen {
            Screen::Users => self.users.choose_row(row, &mut self.last_id),
            Screen::Audit => self.audit.choose_row(row, &mut self.last_id),
            Screen::Load => (self.choose_row_of_load(row), Vec::new()),
            Screen::Runs => (self.runs.table.choose_row(row), Vec::new()),
            Screen::Records => self.choose_row_of_records(row),
            _ => (false, Vec::new()),
        };
        if opens {
            effects.extend(self.command(Command::Accept, now));
        }
        effects
    }
}

/// Whether a command of a table means the row under the cursor, or moves it. A new user needs none.
fn is_for_a_row(entry: &Entry) -> bool {
    match entry.place {
        Place::Rows => true,
        Place::Table => matches!(entry.command, Command::Accept | Command::Toggle),
        Place::Users => entry.command != Command::NewUser,
        Place::Records => matches!(
            entry.command,
            Command::Copy | Command::ModifyRecord | Command::DeleteRecord | Command::History
        ),
        Place::Record => matches!(entry.command, Command::Accept | Command::Copy),
        _ => false,
    }
}

fn of_screen(own: Vec<Place>, is_choice: bool) -> Vec<Place> {
    let around: &[Place] =
        if is_choice { &[Place::Everywhere] } else { &[Place::SignedIn, Place::Everywhere] };
    [own.as_slice(), around].concat()
}
