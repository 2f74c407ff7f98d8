//! A user as administrators see them.

use super::{Role, StaffId, UserId, Username};
use jiff::Timestamp;
use serde::Serialize;

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// The number.
    pub id: UserId,
    /// The name to sign in with.
    pub username: Username,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether they have a second factor.
    pub second_factor: bool,
    /// Whether the password has to be changed at the next sign-in.
    pub must_change_password: bool,
    /// Until when they are locked out, if they are.
    pub locked_until: Option<Timestamp>,
    /// When they last signed in.
    pub last_sign_in_at: Option<Timestamp>,
    /// Since when there is the account.
    pub created_at: Timestamp,
    /// Who of the staff they are.
    pub staff: Option<StaffMember>,
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaffMember {
    /// The number.
    pub id: StaffId,
    /// The whole name.
    pub name: String,
    /// Where they work.
    pub store: String,
}
