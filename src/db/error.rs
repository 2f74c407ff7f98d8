//! What can go wrong between the program and its database, in words for the person who reads them.

use crate::domain::session::Ended;
use mysql_async::{DriverError, Error, IoError, ServerError};

/// A database that did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Nothing answers.
    #[error(
        "No database answers at {address}: {cause}. Check that the server runs there and that the address is right."
    )]
    Unreachable {
        /// Where.
        address: String,
        /// What the system said.
        cause: String,
    },
    /// Something answers that is no database.
    #[error("What answers at {address} is not MySQL or MariaDB. Check host and port in the configuration.")]
    NotADatabase {
        /// Where.
        address: String,
    },
    /// The server does not take the account.
    #[error(
        "The database at {address} refuses the account \"{user}\". Check user and password (DB_USER, DB_PASSWORD)."
    )]
    Refused {
        /// Where.
        address: String,
        /// As whom.
        user: String,
    },
    /// The server has no such database, or not for this account.
    #[error(
        "There is no database \"{database}\" at {address} that \"{user}\" may use. `storekeeper init` makes it."
    )]
    NoDatabase {
        /// Where.
        address: String,
        /// Which.
        database: String,
        /// As whom.
        user: String,
    },
    /// The account may not do that.
    #[error("The database account may not do that: {message}")]
    NotAllowed {
        /// What the server said.
        message: String,
    },
    /// The schema was made by a later version of the program.
    #[error(
        "The database has schema version {found}; this program knows up to {known}. Install the newer Storekeeper; nothing was changed."
    )]
    SchemaNewer {
        /// Version of the database.
        found: i32,
        /// Newest version of this program.
        known: i32,
    },
    /// The schema is not there or was made by an earlier version.
    #[error(
        "The database has schema version {found}; this program needs {known}. Run `storekeeper db migrate`."
    )]
    SchemaOlder {
        /// Version of the database; 0 where there is none.
        found: i32,
        /// Newest version of this program.
        known: i32,
    },
    /// A migration did not go through.
    #[error(
        "The schema could not be brought up to date: {message}. What was done stays; run `storekeeper db migrate` again."
    )]
    Migration {
        /// What the server said.
        message: String,
    },
    /// The connection ended in the middle of a change that was being stored.
    #[error(
        "The connection was lost while the change was being stored: it is not known whether it was. Look before doing it again."
    )]
    CommitUnknown,
    /// The connection ended.
    #[error("The connection to the database was lost: {message}. Nothing of this was stored; try again.")]
    Lost {
        /// What the driver said.
        message: String,
    },
    /// The server has nowhere to write.
    #[error("The database server's disk is full ({message}). Make room there, and try again.")]
    Full {
        /// What the server said.
        message: String,
    },
    /// The doer may not do that (any more).
    #[error("{0}")]
    Forbidden(String),
    /// The doer's session is over.
    #[error("Your session has ended: {0}. Sign in again.")]
    SignedOut(#[source] Ended),
    /// The end of the audit log's chain is gone, and nothing can be recorded.
    #[error(
        "The audit log has lost its head, so that nothing can be recorded, and therefore nothing changed. Run `storekeeper audit verify`."
    )]
    AuditHeadMissing,
    /// It was stopped, for nobody waits so long.
    #[error(
        "Nothing came within {seconds} seconds, so the question was stopped. Narrow it: by a number, a name, a city or a day."
    )]
    TooLong {
        /// How long it was waited for.
        seconds: u64,
    },
    /// Anything else.
    #[error("The database could not do that: {0}")]
    Other(#[source] Error),
}

/// Errors of the server for which the whole transaction is tried again: deadlock (1213), a snapshot that moved on
/// (MariaDB 1020), and a lock waited for too long (1205, after rolling back what it kept).
const TRY_AGAIN: [u16; 3] = [1213, 1020, 1205];

/// Two users were linked to one member of staff at once (1062): tried again, the later one is told who came first.
pub(super) fn is_of_staff(server: &ServerError) -> bool {
    server.code == 1062 && server.message.contains("users_by_staff")
}

/// Errors of the server that say the account lacks a right (MySQL "Server Error Message Reference").
pub(super) const NO_RIGHT: [u16; 6] = [1044, 1142, 1143, 1227, 1370, 1410];

impl DbError {
    /// Whether the whole transaction may be tried again.
    pub fn is_transient(&self) -> bool {
        match self {
            DbError::Other(Error::Server(server)) => TRY_AGAIN.contains(&server.code) || is_of_staff(server),
            _ => false,
        }
    }

    /// The number of the server's error, where it was the server that said no.
    pub fn code(&self) -> Option<u16> {
        match self {
            DbError::Other(Error::Server(server)) => Some(server.code),
            _ => None,
        }
    }
}

/// Whether the server ran out of room: "Disk full" (1021), "The table is full" (1114), or an error about a file whose
/// cause is the system's 28 (no space left on device) or the engine's 135 (no more room in record file).
fn is_full(error: &ServerError) -> bool {
    const CAUSES: [&str; 3] = ["errno: 28", "errno: 135", "No space left"];
    [1021, 1114].contains(&error.code) || CAUSES.iter().any(|cause| error.message.contains(cause))
}

impl From<Error> for DbError {
    fn from(error: Error) -> DbError {
        match error {
            Error::Server(server) if NO_RIGHT.contains(&server.code) => {
                DbError::NotAllowed { message: server.message }
            }
            Error::Server(server) if is_full(&server) => DbError::Full { message: server.message },
            // A server that is going down, or that ended the connection (1053, 1317 while shutting down, 4031).
            Error::Server(server) if [1053, 4031].contains(&server.code) => {
                DbError::Lost { message: server.message }
            }
            Error::Io(IoError::Io(cause)) => DbError::Lost { message: cause.to_string() },
            Error::Driver(DriverError::ConnectionClosed) => {
                DbError::Lost { message: "the server closed it".to_owned() }
            }
            other => DbError::Other(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_as_such_however_the_server_puts_it() {
        // The first as MariaDB 10.11 said it on a full file system, the others as the error references have them.
        for (code, message) in [
            (1005, "Can't create table `s`.`run_1_products` (errno: 135 \"No more room in record file\")"),
            (1114, "The table 'order_items' is full"),
            (3, "Error writing file '/d/tmp/ML' (Errcode: 28 \"No space left on device\")"),
        ] {
            let said = ServerError { code, message: message.to_owned(), state: "HY000".to_owned() };
            let told = DbError::from(Error::Server(said));
            assert!(matches!(told, DbError::Full { .. }), "{told:?}");
        }
        let other =
            ServerError { code: 1062, message: "Duplicate entry '28'".to_owned(), state: "23000".to_owned() };
        assert!(matches!(DbError::from(Error::Server(other)), DbError::Other(_)));
    }
}
