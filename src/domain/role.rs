//! Roles, and what each may do.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a user is to the chain. Each role may do all that the one before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Works in a store.
    Employee,
    /// Runs one.
    Manager,
    /// Looks after people and the database.
    Administrator,
}

/// One thing a user may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each name says it all")]
pub enum Permission {
    ViewDashboard,
    ViewData,
    ExportData,
    ImportData,
    ModifyData,
    ViewUsers,
    ViewLogs,
    DeleteData,
    ManageDatabase,
    CreateUsers,
    ModifyUsers,
    DeleteUsers,
    SystemSettings,
}

impl Role {
    /// All roles, the least first.
    pub const EACH: [Role; 3] = [Role::Employee, Role::Manager, Role::Administrator];

    /// The word in the database, in commands and on screens.
    pub fn word(self) -> &'static str {
        match self {
            Role::Employee => "employee",
            Role::Manager => "manager",
            Role::Administrator => "administrator",
        }
    }

    /// The role a word stands for.
    pub fn from_word(word: &str) -> Option<Role> {
        Role::EACH.into_iter().find(|role| role.word() == word)
    }

    /// Whether this role may do that: the whole table of permissions.
    pub fn allows(self, permission: Permission) -> bool {
        self >= permission.least_role()
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl Permission {
    /// The least role that has it.
    pub fn least_role(self) -> Role {
        use Permission::*;
        match self {
            ViewDashboard | ViewData | ExportData => Role::Employee,
            ImportData | ModifyData | ViewUsers | ViewLogs => Role::Manager,
            DeleteData | ManageDatabase | CreateUsers | ModifyUsers | DeleteUsers | SystemSettings => {
                Role::Administrator
            }
        }
    }

    /// What it lets one do, to follow "may not".
    pub fn verb(self) -> &'static str {
        use Permission::*;
        match self {
            ViewDashboard => "see the dashboard",
            ViewData => "look at records",
            ExportData => "export data",
            ImportData => "load data",
            ModifyData => "change records",
            ViewUsers => "see the users",
            ViewLogs => "see the logs",
            DeleteData => "delete records",
            ManageDatabase => "manage the database",
            CreateUsers => "create users",
            ModifyUsers => "change users",
            DeleteUsers => "delete users",
            SystemSettings => "change the settings of the system",
        }
    }
}
