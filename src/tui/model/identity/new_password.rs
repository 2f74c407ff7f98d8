//! A new password, with the rules it meets so far beside it.

use super::ask::{Ask, Rules};
use crate::domain::password::{Checklist, checklist};
use crate::tui::model::command::Command;
use crate::tui::model::key::Key;
use crate::tui::model::widgets::form::{Form, Line, Outcome};
use secrecy::SecretString;

/// The form, and how the password in it stands.
#[derive(Debug)]
pub struct NewPassword {
    /// The present password where it is asked for, the new one, and the new one again.
    pub form: Form,
    /// How the new one stands.
    pub checklist: Checklist,
    rules: Rules,
    takes_old: bool,
}

impl NewPassword {
    /// The step of a sign-in that owes a new password: the present one was typed a moment ago.
    pub fn at_sign_in(rules: Rules) -> NewPassword {
        NewPassword::with(rules, false)
    }

    /// The same for who is signed in.
    pub fn of_old(rules: Rules) -> NewPassword {
        NewPassword::with(rules, true)
    }

    fn with(rules: Rules, takes_old: bool) -> NewPassword {
        let old = takes_old.then(|| Line::secret("Present password", typed));
        let again: fn(&str, &Form) -> Result<(), String> = same_as_before;
        let new = [Line::secret("New password", typed), Line::secret("The same again", again)];
        NewPassword {
            form: Form::new(old.into_iter().chain(new).collect()),
            checklist: checklist("", &rules.username, rules.shortest),
            rules,
            takes_old,
        }
    }

    /// Whether the present password is asked for.
    pub fn takes_old(&self) -> bool {
        self.takes_old
    }

    fn new_line(&self) -> usize {
        usize::from(self.takes_old)
    }

    pub(in crate::tui::model) fn type_key(&mut self, key: Key) {
        self.form.type_key(key);
        self.look();
    }

    pub(in crate::tui::model) fn paste(&mut self, text: &str) {
        self.form.paste(text);
        self.look();
    }

    fn look(&mut self) {
        self.checklist =
            checklist(self.form.value(self.new_line()), &self.rules.username, self.rules.shortest);
    }

    /// What to ask where the command sends the password off; a password that breaks a rule goes nowhere.
    pub(in crate::tui::model) fn command(&mut self, command: Command) -> Option<Ask> {
        if self.form.command(command) != Outcome::Submit {
            return None;
        }
        if !self.checklist.is_met() {
            self.form.go_to(self.new_line());
            return None;
        }
        let value = |line| SecretString::from(self.form.value(line));
        let new = value(self.new_line());
        Some(if self.takes_old { Ask::ChangePassword { old: value(0), new } } else { Ask::NewPassword(new) })
    }

    /// It was refused: all of it is typed anew.
    pub(in crate::tui::model) fn refused(&mut self) {
        self.form.begin_again();
        self.look();
    }
}

pub(super) fn typed(text: &str, _: &Form) -> Result<(), String> {
    if text.is_empty() { Err("It is asked for.".to_owned()) } else { Ok(()) }
}

fn same_as_before(text: &str, form: &Form) -> Result<(), String> {
    let before = form.lines().len().saturating_sub(2);
    if text == form.value(before) { Ok(()) } else { Err("Not the same as above.".to_owned()) }
}
