//! Looking at the users.

use super::authorized::{Authorized, ModifyUsers, ViewUsers};
use crate::db::user_list::{self as list, Place, UserPage};
use crate::db::{Db, DbError};
use crate::domain::user::{StaffMember, User};

/// Users, each with where they stand in the order asked for.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone.
pub async fn page(
    by: &Authorized<ViewUsers>,
    db: &Db,
    page: &UserPage,
) -> Result<Vec<(Place, User)>, DbError> {
    db.read(by, list::page(db, page)).await
}

/// Everybody of the staff whom a user may be linked to, by name.
///
/// # Errors
/// [`DbError`] where the database can not be asked, or the right is gone.
pub async fn staff(by: &Authorized<ModifyUsers>, db: &Db) -> Result<Vec<StaffMember>, DbError> {
    db.read(by, list::staff(db)).await
}
