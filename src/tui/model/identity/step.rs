//! The steps of a sign-in after the password.

use super::ask::{Ask, Next, Told};
use super::backup_list::BackupList;
use super::code_step::CodeStep;
use super::enrolment::Enrolment;
use super::new_password::NewPassword;
use crate::tui::model::command::{Command, Place};
use crate::tui::model::key::Key;
use crate::tui::model::widgets::form::Form;

/// Where a sign-in is. Name and password are the first step; they have their fields beside this.
#[derive(Debug, Default)]
pub enum Step {
    /// Name and password.
    #[default]
    Password,
    /// A code.
    Code(CodeStep),
    /// A second factor is set up.
    Enrol(Enrolment),
    /// Its backup codes are shown.
    Codes(BackupList),
    /// A new password is chosen.
    NewPassword(NewPassword),
}

impl Step {
    /// The step that an answer leads to; `None` where it leads to none.
    pub(in crate::tui::model) fn of(told: Told) -> Option<Step> {
        match told {
            Told::Next(Next::Code) => Some(Step::Code(CodeStep::new(false))),
            Told::Next(Next::Enrol(secret)) => Some(Step::Enrol(Enrolment::new(&secret))),
            Told::Next(Next::NewPassword(rules)) => Some(Step::NewPassword(NewPassword::at_sign_in(rules))),
            Told::BackupCodes(codes) => Some(Step::Codes(BackupList::new(codes))),
            _ => None,
        }
    }

    /// Where commands can be given.
    pub(in crate::tui::model) fn place(&self) -> Place {
        match self {
            Step::Password => Place::SignIn,
            Step::Codes(list) if list.file.is_none() => Place::BackupCodes,
            _ => Place::Step,
        }
    }

    /// The form with the focus.
    pub(in crate::tui::model) fn form(&self) -> Option<&Form> {
        match self {
            Step::Password => None,
            Step::Code(step) => Some(&step.form),
            Step::Enrol(enrolment) => Some(&enrolment.form),
            Step::Codes(list) => list.file.as_ref(),
            Step::NewPassword(step) => Some(&step.form),
        }
    }

    /// Whether keys are text now.
    pub fn is_for_text(&self) -> bool {
        match self {
            Step::Codes(list) => list.file.is_some(),
            _ => true,
        }
    }

    pub(in crate::tui::model) fn type_key(&mut self, key: Key) {
        match self {
            Step::Password => {}
            Step::Code(step) => step.form.type_key(key),
            Step::Enrol(enrolment) => enrolment.form.type_key(key),
            Step::Codes(list) => list.file.iter_mut().for_each(|form| form.type_key(key)),
            Step::NewPassword(step) => step.type_key(key),
        }
    }

    pub(in crate::tui::model) fn paste(&mut self, text: &str) {
        match self {
            Step::Password => {}
            Step::Code(step) => step.form.paste(text),
            Step::Enrol(enrolment) => enrolment.form.paste(text),
            Step::Codes(list) => list.file.iter_mut().for_each(|form| form.paste(text)),
            Step::NewPassword(step) => step.paste(text),
        }
    }

    /// Takes the focus to a line.
    pub(in crate::tui::model) fn go_to(&mut self, line: usize) {
        if let Step::NewPassword(step) = self {
            step.form.go_to(line);
        }
    }

    /// What to ask after this command.
    pub(in crate::tui::model) fn command(&mut self, command: Command) -> Option<Ask> {
        match self {
            Step::Password => None,
            Step::Code(step) if command == Command::UseBackupCode => {
                *step = CodeStep::new(true);
                None
            }
            Step::Code(step) => step.command(command),
            Step::Enrol(enrolment) => enrolment.command(command),
            Step::Codes(list) => match command {
                Command::SaveCodes => {
                    list.name_a_file();
                    None
                }
                Command::GoOn => Some(Ask::GoOn),
                other => list.command(other),
            },
            Step::NewPassword(step) => step.command(command),
        }
    }

    /// Esc: whether the step went back within itself.
    pub(in crate::tui::model) fn step_back(&mut self) -> bool {
        match self {
            Step::Code(step) if step.is_backup => {
                *step = CodeStep::new(false);
                true
            }
            Step::Codes(list) => {
                // The codes are not shown again: Esc closes the line, and never them.
                list.file = None;
                true
            }
            _ => false,
        }
    }

    /// What was sent off was refused, and may be tried again.
    pub(in crate::tui::model) fn refused(&mut self) {
        match self {
            Step::Code(step) => step.form.begin_again(),
            Step::Enrol(enrolment) => enrolment.form.begin_again(),
            Step::NewPassword(step) => step.refused(),
            Step::Password | Step::Codes(_) => {}
        }
    }
}
