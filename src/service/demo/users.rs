//! Who may sign in to a demo.

use crate::domain::{Role, StaffId};

/// An account of the demo chain. It is made up, and its password is no secret: the sign-in screen of a demo shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoUser {
    /// The name to sign in with.
    pub username: &'static str,
    /// The password, as the sign-in screen shows it.
    pub password: &'static str,
    /// What the user may do.
    pub role: Role,
    /// Who of the demo's staff they are: the chief of the chain, and the first seller of the first store, who stays.
    pub staff: Option<StaffId>,
}

/// The three accounts, one a role.
pub const fn users() -> [DemoUser; 3] {
    [
        DemoUser {
            username: "employee",
            password: "Ring-the-8ell",
            role: Role::Employee,
            staff: Some(StaffId(3)),
        },
        DemoUser {
            username: "manager",
            password: "Pump-up-2-bar",
            role: Role::Manager,
            staff: Some(StaffId(1)),
        },
        DemoUser { username: "admin", password: "Keep-it-1n-gear", role: Role::Administrator, staff: None },
    ]
}
