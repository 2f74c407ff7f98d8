//! The step of a sign-in that takes a code, of the app or of paper.

use super::ask::Ask;
use crate::tui::model::command::Command;
use crate::tui::model::widgets::form::{Form, Line, Outcome};
use secrecy::SecretString;

/// Digits of a code of the app (RFC 6238 as authenticators show it).
const DIGITS: usize = 6;
/// Letters and digits of a backup code: its slot, and 50 bits in base 32.
const OF_PAPER: usize = 11;

/// The step.
#[derive(Debug)]
pub struct CodeStep {
    /// The line for the code.
    pub form: Form,
    /// Whether it is a backup code.
    pub is_backup: bool,
}

impl CodeStep {
    /// Ready for a code of the app, or of paper.
    pub fn new(is_backup: bool) -> CodeStep {
        let line = if is_backup { Line::text("Backup code", of_paper) } else { code_line() };
        CodeStep { form: Form::new(vec![line]), is_backup }
    }

    /// What to ask where the command sends the code off.
    pub(in crate::tui::model) fn command(&mut self, command: Command) -> Option<Ask> {
        match self.form.command(command) {
            Outcome::Submit if self.is_backup => {
                Some(Ask::BackupCode(SecretString::from(self.form.value(0))))
            }
            Outcome::Submit => Some(Ask::Code(code_of(&self.form, 0))),
            Outcome::Done | Outcome::Ignored => None,
        }
    }
}

/// A line for a code of the app.
pub(super) fn code_line() -> Line {
    Line::text("Code", six_digits)
}

/// The code typed in a line. People copy codes with the space or the dash they are shown with.
pub(super) fn code_of(form: &Form, line: usize) -> SecretString {
    let mut digits = String::with_capacity(DIGITS);
    digits.extend(form.value(line).chars().filter(char::is_ascii_digit).take(DIGITS));
    SecretString::from(digits)
}

fn six_digits(text: &str, _: &Form) -> Result<(), String> {
    let is_code = text.chars().filter(char::is_ascii_digit).count() == DIGITS
        && text.chars().all(|character| character.is_ascii_digit() || " -".contains(character));
    if is_code { Ok(()) } else { Err("Six digits, as the app shows them.".to_owned()) }
}

fn of_paper(text: &str, _: &Form) -> Result<(), String> {
    let is_code = text.chars().filter(char::is_ascii_alphanumeric).count() == OF_PAPER;
    if is_code { Ok(()) } else { Err("One of the eight, like 3-7K2QM-XD4PA.".to_owned()) }
}
