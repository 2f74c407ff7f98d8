//! What comes in and what goes out of the model.

use super::dashboard::ask as board;
use super::database::ask::{DatabaseJob, DatabaseNews};
use super::desk;
use super::export::{ExportJob, ExportNews};
use super::hits::Direction;
use super::identity::ask::{Ask, Told, Welcome};
use super::key::Key;
use super::load::ask as load;
pub use super::load::job::LoadJob;
use super::progress::LoadProgress;
use super::records::ask as records;
use super::records::edit::ask as editing;
use super::reports::ask::{ReportJob, ReportNews};
use super::widgets::data_table::{Page, Rows};
use crate::domain::session::Ended;
use crate::domain::{Receipt, clean};
use crate::etl::source::api::Asking;
use crate::service::api::TableLoad;
use secrecy::SecretString;
use std::path::PathBuf;

/// Names one question to the outside, so that an answer that comes too late can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RequestId(pub(super) u64);

/// Names one job that runs behind the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JobId(pub(super) u64);

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, as the terminal gave it.
    Paste(String),
    /// The mouse was clicked at this column and row of the screen, from 0.
    Click(u16, u16),
    /// The mouse's wheel was turned up, or down.
    Wheel(Direction),
    /// A question was answered.
    Reply(RequestId, Result<Reply, Failure>),
    /// A job tells of itself.
    Job(JobId, JobEvent),
    /// How far the asking of a server is, for this question.
    Asking(RequestId, Box<Asking>),
    /// A check of the audit log tells of itself.
    Check(JobId, desk::CheckNews),
    /// An export tells of itself.
    Export(JobId, ExportNews),
    /// Reports tell of themselves.
    Report(JobId, ReportNews),
    /// Work on the database tells of itself.
    Database(JobId, DatabaseNews),
    /// A task ended in a panic, without an answer.
    TaskDied(Task),
    /// It is the time that [`App::wake_at`](super::App::wake_at) named, or the program was asleep.
    Tick,
    /// The terminal could not be handed back to a shell, for there is none.
    NoShell,
}

/// A task behind the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// It was answering this.
    Query(RequestId),
    /// It was this job.
    Job(JobId),
}

/// Something the model wants done.
#[derive(Debug)]
pub enum Effect {
    /// Ask, and bring the answer back as [`Msg::Reply`].
    Query(RequestId, Query),
    /// Start a load.
    Start(JobId, Box<LoadJob>),
    /// Nobody waits for the answer to this any more: what works on it can stop.
    GiveUp(RequestId),
    /// Start an export.
    Export(JobId, ExportJob),
    /// Do this with the database.
    Database(JobId, DatabaseJob),
    /// Print reports.
    Report(JobId, Box<ReportJob>),
    /// Open a file, or a folder, with what the person's desktop has for it.
    Open(PathBuf),
    /// Offer this folder for reports the next time.
    RememberFolder(String),
    /// Start a check of the audit log.
    CheckLog(JobId),
    /// Stop a load or a check; it still tells of its end.
    Cancel(JobId),
    /// End the session for this reason, and forget who was signed in.
    SignOut(Ended),
    /// Forget what is not needed any more: a sign-in between its steps, a secret or codes that were on the screen.
    Forget,
    /// Put this on the clipboard of the person's own machine. Never a secret: anything may read it there.
    Copy(String),
    /// The same with something secret. Only after the person was told what that means, and wants it.
    CopySecret(SecretString),
    /// Begin with this theme the next time.
    RememberTheme(String),
    /// Give the terminal back to the shell until it brings the program to the front again.
    Suspend,
    /// End the program.
    Quit,
}

/// A question to the outside.
#[derive(Debug, Clone)]
pub enum Query {
    /// May this person come in?
    SignIn {
        /// The name, as typed.
        username: String,
        /// The password, as typed.
        password: SecretString,
    },
    /// Is this code of the second factor right? A yes holds for the one action it was asked before.
    SecondFactor(SecretString),
    /// What the dashboard asks.
    Board(board::Question),
    /// Something about who is at the keyboard.
    Identity(Ask),
    /// Which rows does this page of a table have?
    Rows(Source, Page),
    /// What the screens of users and of the audit log ask.
    Desk(desk::Question),
    /// What the screens of loads ask.
    Load(load::Question),
    /// What the screens of records ask.
    Records(records::Question),
    /// What the forms of records ask.
    Editing(editing::Question),
}

/// Where the rows of a table come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Nowhere: the gallery makes them up.
    Gallery,
}

/// An answer. Whoever makes one has cleaned its text ([`clean`]).
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each answers the question of its name")]
pub enum Reply {
    SignedIn(Welcome),
    Identity(Told),
    SecondFactorIsRight,
    Board(board::Answer),
    Rows(Rows),
    Desk(desk::Answer),
    Load(load::Answer),
    Records(records::Answer),
    Editing(editing::Answer),
}

/// News of a job.
#[derive(Debug)]
pub enum JobEvent {
    /// How far it is.
    Progress(LoadProgress),
    /// A server's tables were read, and there is this to say besides; nothing is loaded yet.
    Read(Vec<TableLoad>, Vec<String>),
    /// It ended.
    Finished(Result<Receipt, Failure>),
}

/// Why something did not work, in words for the person at the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    words: String,
    ended: Option<Ended>,
}

impl Failure {
    /// The words, cleaned: they may quote a file or a server.
    pub fn new(words: &str) -> Failure {
        Failure { words: clean(words), ended: None }
    }

    /// The same where the session has ended, which is why.
    #[must_use]
    pub fn because_of(self, ended: Option<Ended>) -> Failure {
        Failure { ended, ..self }
    }

    /// The words.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Why the session has ended, where that is what did not work.
    pub fn ended(&self) -> Option<Ended> {
        self.ended
    }
}
