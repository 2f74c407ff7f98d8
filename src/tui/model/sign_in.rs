//! The sign-in screen.

use super::command::{Command, Place};
use super::field::Field;
use super::identity::ask::Told;
use super::identity::step::Step;
use super::key::Key;
use super::message::{Effect, Failure, Query, RequestId};
use crate::domain::Role;
use jiff::{SignedDuration, Timestamp};

/// How long a sign-in may take from the password on; the services give it no longer.
const WITHIN: SignedDuration = SignedDuration::from_mins(10);

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
    /// What comes after them.
    pub step: Step,
    /// When the steps after the password are given up.
    pub until: Option<Timestamp>,
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

    /// Where commands can be given.
    pub(super) fn place(&self) -> Place {
        self.step.place()
    }

    pub(super) fn type_key(&mut self, key: Key) {
        self.message = None;
        match &mut self.step {
            Step::Password => {
                self.field().press(key);
            }
            step => step.type_key(key),
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.message = None;
        match &mut self.step {
            Step::Password => self.field().insert(text),
            step => step.paste(text),
        }
    }

    /// Takes the focus to a line, from 0.
    pub(super) fn go_to(&mut self, line: usize) {
        match &mut self.step {
            Step::Password => self.focus = if line == 0 { Focus::Username } else { Focus::Password },
            step => step.go_to(line),
        }
    }

    /// Carries out what a key of this screen asks for.
    pub fn command(&mut self, command: Command, id: RequestId) -> Vec<Effect> {
        match (&mut self.step, command) {
            (_, Command::Back) => return self.step_back(),
            (Step::Password, Command::NextField | Command::PreviousField) => self.focus = self.other_field(),
            (Step::Password, Command::Accept) => return self.accept(id),
            (step, other) => {
                let asked = step.command(other);
                self.message = None;
                return asked.map_or_else(Vec::new, |ask| self.send(id, Query::Identity(ask)));
            }
        }
        Vec::new()
    }

    /// Takes an answer: the next step, or the end.
    pub(super) fn told(&mut self, told: Told, now: Timestamp) {
        self.checking = None;
        match (told, &mut self.step) {
            (Told::Saved(file), Step::Codes(list)) => list.saved(file),
            (Told::Over(why), _) => {
                self.begin_again(Some(why));
            }
            (told, _) => {
                if let Some(step) = Step::of(told) {
                    self.until = self.until.or(now.saturating_add(WITHIN).ok());
                    self.step = step;
                    self.password.clear();
                }
            }
        }
    }

    /// A clean sign-in again, but for the name. What was proved so far is forgotten.
    pub(super) fn begin_again(&mut self, why: Option<Failure>) -> Vec<Effect> {
        self.step = Step::Password;
        self.until = None;
        self.checking = None;
        self.password.clear();
        self.focus = if self.username.is_empty() { Focus::Username } else { Focus::Password };
        self.message = why;
        vec![Effect::Forget]
    }

    /// The answer was no, or none: what was typed is typed anew, the name stays.
    pub fn refused(&mut self, failure: Failure) {
        self.checking = None;
        match &mut self.step {
            Step::Password => {
                self.password.clear();
                self.focus = Focus::Password;
            }
            step => step.refused(),
        }
        self.message = Some(failure);
    }

    /// The answer was yes: nothing of what was typed stays.
    pub fn accepted(&mut self) {
        self.begin_again(None);
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
        let username = self.username.text().trim().to_owned();
        self.send(id, Query::SignIn { username, password: self.password.secret() })
    }

    fn send(&mut self, id: RequestId, query: Query) -> Vec<Effect> {
        self.checking = Some(id);
        self.message = None;
        vec![Effect::Query(id, query)]
    }

    fn step_back(&mut self) -> Vec<Effect> {
        self.message = None;
        if matches!(self.step, Step::Password) {
            self.focus = Focus::Username;
            return Vec::new();
        }
        if self.step.step_back() { Vec::new() } else { self.begin_again(None) }
    }
}
