//! What went wrong, and the exit code it has.

use super::output;
use crate::db::DbError;
use crate::service::NotAllowed;
use crate::service::chain::OpenError;
use crate::service::direct::DirectError;
use crate::telemetry::CorrelationId;
use std::fmt::Display;
use std::process::ExitCode;

pub(super) const EXIT_CODES: &str =
    "Exit codes: 0 done; 1 failed; 2 usage; 3 rows were rejected; 4 not allowed; 5 no database.";

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
    Rejected = 3,
    NotAllowed = 4,
    NoDatabase = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// A command that could not be carried out.
#[derive(Debug)]
pub(super) struct Failure {
    exit: Exit,
    message: String,
}

impl Failure {
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Failure {
        Failure { exit, message: message.into() }
    }

    /// A failure of no special kind.
    pub(super) fn of(error: impl Display) -> Failure {
        Failure::new(Exit::Failed, error.to_string())
    }

    /// Something that was given to the program is wrong.
    pub(super) fn usage(error: impl Display) -> Failure {
        Failure::new(Exit::Usage, error.to_string())
    }

    /// The code that the program ends with.
    pub(super) fn exit(&self) -> Exit {
        self.exit
    }

    /// What went wrong, in words.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Says it on standard error, with an id that finds it in the log.
    pub(super) fn tell(self, id: CorrelationId) -> ExitCode {
        tracing::error!(%id, exit = self.exit as u8, message = %self.message, "a command failed");
        output::note(&format!("storekeeper: {} [{id}]", self.message));
        self.exit.into()
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Failure {
        match error {
            OpenError::Database(error) => error.into(),
            OpenError::Server(_) => Failure::new(Exit::NoDatabase, error.to_string()),
            OpenError::Credentials(_) => Failure::of(error),
        }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Failure {
        let exit = match error {
            DbError::Unreachable { .. }
            | DbError::NotADatabase { .. }
            | DbError::Refused { .. }
            | DbError::NoDatabase { .. }
            | DbError::Lost { .. } => Exit::NoDatabase,
            DbError::Forbidden(_) | DbError::SignedOut(_) => Exit::NotAllowed,
            _ => Exit::Failed,
        };
        Failure::new(exit, error.to_string())
    }
}

impl From<DirectError> for Failure {
    fn from(error: DirectError) -> Failure {
        match error {
            DirectError::Off => Failure::new(Exit::NotAllowed, error.to_string()),
            DirectError::Database(error) => error.into(),
        }
    }
}

impl From<NotAllowed> for Failure {
    fn from(error: NotAllowed) -> Failure {
        Failure::new(Exit::NotAllowed, error.to_string())
    }
}
