//! Where commands can be given: a screen, a state of one, or what lies over it.

use crate::domain::Permission;

/// Where a command can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is a screen, a state of one, or what lies over it")]
pub enum Place {
    Everywhere,
    SignedIn,
    SignIn,
    Dashboard,
    LoadForm,
    LoadRunning,
    LoadDone,
    StoreList,
    Question,
    Text,
    Help,
    Palette,
}

impl Place {
    /// All of them, in the order the help shows them.
    pub const EACH: [Place; 12] = [
        Place::SignIn,
        Place::Dashboard,
        Place::LoadForm,
        Place::LoadRunning,
        Place::LoadDone,
        Place::SignedIn,
        Place::Everywhere,
        Place::StoreList,
        Place::Question,
        Place::Text,
        Place::Help,
        Place::Palette,
    ];

    /// Its name in `keymap.toml`.
    pub fn section(self) -> &'static str {
        match self {
            Place::Everywhere => "everywhere",
            Place::SignedIn => "signed-in",
            Place::SignIn => "sign-in",
            Place::Dashboard => "dashboard",
            Place::LoadForm => "load-form",
            Place::LoadRunning => "load-running",
            Place::LoadDone => "load-done",
            Place::StoreList => "store-list",
            Place::Question => "question",
            Place::Text => "text",
            Place::Help => "help",
            Place::Palette => "palette",
        }
    }

    /// What one must be allowed to do to come there at all.
    pub fn permission(self) -> Option<Permission> {
        match self {
            Place::Dashboard | Place::SignedIn | Place::StoreList | Place::Text => {
                Some(Permission::ViewDashboard)
            }
            Place::LoadForm | Place::LoadRunning | Place::LoadDone => Some(Permission::ImportData),
            Place::Everywhere | Place::SignIn | Place::Question | Place::Help | Place::Palette => None,
        }
    }

    /// Whether a key with a character is always text there.
    pub fn is_for_text(self) -> bool {
        matches!(self, Place::SignIn | Place::Palette)
    }

    /// Its name as a heading of the help.
    pub fn heading(self) -> &'static str {
        match self {
            Place::Everywhere => "Everywhere",
            Place::SignedIn => "On every screen",
            Place::SignIn => "Sign in",
            Place::Dashboard => "Dashboard",
            Place::LoadForm => "Load data",
            Place::LoadRunning => "While data is loaded",
            Place::LoadDone => "After a load",
            Place::StoreList => "List of stores",
            Place::Question => "Question",
            Place::Text => "What a figure means",
            Place::Help => "Help",
            Place::Palette => "Commands",
        }
    }
}
