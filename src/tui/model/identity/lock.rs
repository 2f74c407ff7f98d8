//! The locked screen: all is hidden, and kept, until the password is typed.

use super::ask::Ask;
use crate::tui::model::Popup;
use crate::tui::model::command::Command;
use crate::tui::model::field::Field;
use crate::tui::model::message::{Failure, RequestId};

/// The lock, and what it hides beside the screen.
#[derive(Debug, Default)]
pub struct Lock {
    /// The password being typed.
    pub password: Field,
    /// The check under way.
    pub checking: Option<RequestId>,
    /// Why it did not open.
    pub message: Option<Failure>,
    /// What lay over the screen.
    pub(in crate::tui::model) popup: Option<Popup>,
}

impl Lock {
    /// What to ask after this command.
    pub(in crate::tui::model) fn command(&mut self, command: Command, id: RequestId) -> Option<Ask> {
        if command != Command::Accept || self.checking.is_some() {
            return None;
        }
        if self.password.is_empty() {
            self.message = Some(Failure::new("Type your password."));
            return None;
        }
        self.message = None;
        self.checking = Some(id);
        Some(Ask::Unlock(self.password.secret()))
    }

    /// It stays locked.
    pub(in crate::tui::model) fn refused(&mut self, why: Failure) {
        self.checking = None;
        self.password.clear();
        self.message = Some(why);
    }
}
