//! The sign-in screen.

use super::command::Command;
use super::field::Field;
use super::message::{Effect, Failure, Query, RequestId};
use crate::domain::Role;

/// How to get into the demo chain: shown on its sign-in screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoHint {
    /// One user a role.
    pub users: Vec<DemoUser>,
}

/// A user of the demo chain.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is what it is called")]
pub struct DemoUser {
    pub username: String,
    pub password: String,
    pub role: Role,
}

/// Which field has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the two fields there are")]
pub enum Focus {
    #[default]
    Username,
    Password,
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct SignIn {
    /// The name being typed.
    pub username: Field,
    /// The password being typed.
    pub password: Field,
    /// Which of them has the focus.
    pub focus: Focus,
    /// The check under way.
    pub checking: Option<RequestId>,
    /// Why it did not work, or what is missing.
    pub message: Option<Failure>,
    /// How to get into the demo, where this is one.
    pub demo: Option<DemoHint>,
    /// Whether the chain has no user at all.
    pub nobody_yet: bool,
}

impl SignIn {
    /// The field that has the focus.
    pub fn field(&mut self) -> &mut Field {
        match self.focus {
            Focus::Username => &mut self.username,
            Focus::Password => &mut self.password,
        }
    }

    /// Whether the password looks as if Caps Lock were on: three or more letters, all of them capitals.
    pub fn looks_like_caps_lock(&self) -> bool {
        let letters = || self.password.text().chars().filter(|letter| letter.is_alphabetic());
        letters().count() >= 3 && letters().all(char::is_uppercase)
    }

    /// Carries out what a key of this screen asks for.
    pub fn command(&mut self, command: Command, id: RequestId) -> Vec<Effect> {
        match command {
            Command::NextField | Command::PreviousField => self.focus = self.other_field(),
            Command::Accept => return self.accept(id),
            Command::Back => self.step_back(),
            _ => {}
        }
        Vec::new()
    }

    /// The answer was no, or none: the password is typed anew, the name stays.
    pub fn refused(&mut self, failure: Failure) {
        self.checking = None;
        self.password.clear();
        self.focus = Focus::Password;
        self.message = Some(failure);
    }

    /// The answer was yes: nothing of the password stays.
    pub fn accepted(&mut self) {
        self.checking = None;
        self.password.clear();
        self.message = None;
    }

    fn other_field(&self) -> Focus {
        match self.focus {
            Focus::Username => Focus::Password,
            Focus::Password => Focus::Username,
        }
    }

    fn accept(&mut self, id: RequestId) -> Vec<Effect> {
        if self.focus == Focus::Username && self.password.is_empty() && !self.username.is_empty() {
            self.focus = Focus::Password;
            return Vec::new();
        }
        if self.username.is_empty() || self.password.is_empty() {
            self.focus = if self.username.is_empty() { Focus::Username } else { Focus::Password };
            self.message = Some(Failure::new("Type your username and your password."));
            return Vec::new();
        }
        self.checking = Some(id);
        self.message = None;
        let username = self.username.text().trim().to_owned();
        vec![Effect::Query(id, Query::SignIn { username, password: self.password.secret() })]
    }

    fn step_back(&mut self) {
        self.message = None;
        match self.focus {
            Focus::Password => self.focus = Focus::Username,
            Focus::Username => {}
        }
    }
}
