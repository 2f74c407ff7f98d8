//! New backup codes, on the screen for the one time that they are shown.

use super::ask::Ask;
use crate::tui::model::command::Command;
use crate::tui::model::widgets::form::{Form, Line, Outcome};
use secrecy::{ExposeSecret, SecretString};

/// Where the codes are kept if the person names no other file.
const FILE: &str = "~/storekeeper-backup-codes.txt";

/// The codes.
#[derive(Debug)]
pub struct BackupList {
    codes: Vec<SecretString>,
    /// The line for the file's name, while it is typed.
    pub file: Option<Form>,
    /// The file they were kept in.
    pub saved: Option<String>,
}

impl BackupList {
    /// Codes that have just been made.
    pub fn new(codes: Vec<SecretString>) -> BackupList {
        BackupList { codes, file: None, saved: None }
    }

    /// The codes as they are read, the first slot first.
    pub fn codes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.codes.iter().map(ExposeSecret::expose_secret)
    }

    /// All of them, a line each, for who means to put them on the clipboard.
    pub(in crate::tui::model) fn text(&self) -> SecretString {
        SecretString::from(self.codes().collect::<Vec<_>>().join("\n"))
    }

    /// Begins to ask for the name of a file.
    pub(in crate::tui::model) fn name_a_file(&mut self) {
        let mut form = Form::new(vec![Line::text("File", named)]);
        form.fill(0, FILE);
        self.file = Some(form);
    }

    /// What to ask where the command sends the name off.
    pub(in crate::tui::model) fn command(&mut self, command: Command) -> Option<Ask> {
        let form = self.file.as_mut()?;
        let sent = form.command(command) == Outcome::Submit;
        sent.then(|| Ask::SaveCodes(form.value(0).trim().to_owned()))
    }

    /// They are in that file now.
    pub(in crate::tui::model) fn saved(&mut self, file: String) {
        self.file = None;
        self.saved = Some(file);
    }
}

fn named(text: &str, _: &Form) -> Result<(), String> {
    if text.trim().is_empty() { Err("The name of a file that is not there yet.".to_owned()) } else { Ok(()) }
}
