//! A secret on the screen, for an app to take in.

use super::ask::{Ask, Secret};
use super::code_step::{code_line, code_of};
use crate::tui::model::command::Command;
use crate::tui::model::widgets::form::{Form, Outcome};
use crate::tui::model::widgets::qr::Qr;
use secrecy::{ExposeSecret, SecretString};

/// The secret as a phone reads it and as a person types it over, and the code that shows it was taken in.
#[derive(Debug)]
pub struct Enrolment {
    /// What the phone reads.
    pub qr: Option<Qr>,
    /// What the person types over, in groups of four.
    pub groups: SecretString,
    /// The line for the code; no line where the secret is only shown again.
    pub form: Form,
}

impl Enrolment {
    /// A new secret, which takes a code to be kept.
    pub fn new(secret: &Secret) -> Enrolment {
        Enrolment { form: Form::new(vec![code_line()]), ..Enrolment::shown_again(secret) }
    }

    /// A secret that is kept already.
    pub fn shown_again(secret: &Secret) -> Enrolment {
        Enrolment {
            qr: Qr::of(secret.uri.expose_secret()),
            groups: secret.groups.clone(),
            form: Form::new(Vec::new()),
        }
    }

    /// Whether it takes a code.
    pub fn takes_a_code(&self) -> bool {
        !self.form.lines().is_empty()
    }

    /// What to ask where the command sends the code off.
    pub(in crate::tui::model) fn command(&mut self, command: Command) -> Option<Ask> {
        let sent = self.takes_a_code() && self.form.command(command) == Outcome::Submit;
        sent.then(|| Ask::Confirm(code_of(&self.form, 0)))
    }
}
