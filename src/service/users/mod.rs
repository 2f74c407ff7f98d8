//! Looking after users: who may sign in, and as what.
//!
//! Whatever could leave the chain without an administrator first takes the one lock of the chain (`chain::hold`): of two
//! administrators who demote each other at once, the second finds that the first is gone already.

mod change;
mod temporary;

pub use change::{change_role, end_sessions, link_staff, remove, reset_second_factor, set_active, unlock};
pub use temporary::{TEMPORARY_HOURS, Temporary, create, reset_password};

use super::authorized::{Authorized, ViewUsers};
use super::passwords::HashError;
use crate::db::write::Transient;
use crate::db::{Db, DbError, administration, audit};
use crate::domain::audit::Logged;
use crate::domain::user::User;
use crate::domain::{StaffId, Username};

/// Why a user was not changed.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// There is no such user.
    #[error("There is no user \"{0}\". `storekeeper users list` shows who there is.")]
    Unknown(Username),
    /// The name is in use.
    #[error("There is a user \"{0}\" already. Choose another name.")]
    Taken(Username),
    /// The name was somebody's.
    #[error(
        "There was a user \"{0}\" before, of whom the audit log tells by that name. Choose another name."
    )]
    WasRemoved(Username),
    /// Without this one, nobody could administer.
    #[error("\"{0}\" is the last active administrator. Make somebody else an administrator first.")]
    LastAdministrator(Username),
    /// People do not do this to themselves.
    #[error("Nobody does that to their own account. Ask another administrator.")]
    Oneself,
    /// There is no such member of staff.
    #[error("There is no member of staff with the number {0}.")]
    UnknownStaff(StaffId),
    /// The member of staff has an account.
    #[error("{name} is linked to the user \"{user}\" already.")]
    StaffTaken {
        /// The member of staff.
        name: String,
        /// Whose account it is.
        user: String,
    },
    /// Records of the chain name the user.
    #[error(
        "Records of the chain name \"{0}\", who can therefore not be removed. Deactivate the account instead."
    )]
    HasRecords(Username),
    /// The temporary password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl Transient for UserError {
    fn is_transient(&self) -> bool {
        matches!(self, UserError::Database(error) if error.is_transient())
    }
}

/// Every user, by name.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone.
pub async fn list(by: &Authorized<ViewUsers>, db: &Db) -> Result<Vec<User>, DbError> {
    db.read(by, administration::users(db)).await
}

/// One user.
///
/// # Errors
/// [`UserError::Unknown`] where there is none of that name; [`UserError::Database`] where the database can not be asked.
pub async fn find(by: &Authorized<ViewUsers>, db: &Db, who: &Username) -> Result<User, UserError> {
    let found = list(by, db).await?.into_iter().find(|user| user.username == *who);
    found.ok_or_else(|| UserError::Unknown(who.clone()))
}

/// What a user did, and what was done to their account, the newest first. Answers for users who are removed too.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone.
pub async fn history(
    by: &Authorized<super::authorized::ViewLogs>,
    db: &Db,
    who: &Username,
    limit: u32,
) -> Result<Vec<Logged>, DbError> {
    db.read(by, audit::history(db, &subject(who), who.as_str(), limit)).await
}

/// How the audit log calls a user.
fn subject(who: &Username) -> String {
    format!("user {who}")
}
