//! Who may sign in to a demo.

use crate::domain::Role;

/// An account of the demo chain. It is made up, and its password is no secret: the sign-in screen of a demo shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoUser {
    /// The name to sign in with.
    pub username: &'static str,
    /// The password, as the sign-in screen shows it.
    pub password: &'static str,
    /// What the user may do.
    pub role: Role,
}

/// The three accounts, one a role.
pub const fn users() -> [DemoUser; 3] {
    [
        DemoUser { username: "employee", password: "Ring-the-8ell", role: Role::Employee },
        DemoUser { username: "manager", password: "Pump-up-2-bar", role: Role::Manager },
        DemoUser { username: "admin", password: "Keep-it-1n-gear", role: Role::Administrator },
    ]
}
