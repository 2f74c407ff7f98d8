//! What is open over a record or a table to change it: a form, two people's changes of one record, what became of it.

mod act;
pub mod ask;
pub mod clash;
pub mod form;
#[cfg(test)]
mod tests;

pub use clash::Clash;
pub use form::EditForm;

use crate::domain::records::RowId;
use crate::domain::records::history::History;
use crate::tui::model::command::Place;
use crate::tui::model::fresh::Fresh;
use crate::tui::model::key::Key;
use crate::tui::model::message::RequestId;

/// It.
#[derive(Debug)]
pub enum Dialog {
    /// The form of a record that there is, or is to be.
    Form(Box<EditForm>),
    /// What became of a record.
    Past(Past),
    /// Why something is not done, where that takes more than a line.
    Told(&'static str, String),
}

/// What became of a record.
#[derive(Debug)]
pub struct Past {
    /// Of which.
    pub row: RowId,
    /// It, once it is known.
    pub history: Fresh<Box<History>>,
    /// How far it is scrolled, in lines.
    pub scroll: u16,
}

impl Dialog {
    /// Where commands can be given, the most particular place first.
    pub fn places(&self) -> &'static [Place] {
        match self {
            Dialog::Form(form) if form.list.is_some() => &[Place::List],
            Dialog::Form(form) if form.clash.is_some() => &[Place::EditClash, Place::Rows],
            Dialog::Form(_) => &[Place::EditForm, Place::Form],
            Dialog::Past(_) | Dialog::Told(..) => &[Place::RecordText, Place::Rows],
        }
    }

    /// Whether leaving it would lose what was typed.
    pub fn has_unsaved_text(&self) -> bool {
        matches!(self, Dialog::Form(form) if form.form.is_changed())
    }

    /// Whether what the keys are for is on its way.
    pub fn is_waiting(&self) -> bool {
        matches!(self, Dialog::Form(form) if form.waiting.is_some())
    }

    /// Whether that question is its own.
    pub(super) fn awaits(&self, id: RequestId) -> bool {
        match self {
            Dialog::Form(form) => form.waiting == Some(id),
            Dialog::Past(past) => past.history.awaits(id),
            Dialog::Told(..) => false,
        }
    }

    /// Does what `key` means where text is typed.
    pub(super) fn type_key(&mut self, key: Key) {
        if let Dialog::Form(form) = self {
            match &mut form.list {
                Some(list) => list.type_key(key),
                None if form.clash.is_none() => form.form.type_key(key),
                None => {}
            }
        }
    }

    /// Pastes where text is typed.
    pub(super) fn paste(&mut self, text: &str) {
        if let Dialog::Form(form) = self {
            match &mut form.list {
                Some(list) => list.paste(text),
                None if form.clash.is_none() => form.form.paste(text),
                None => {}
            }
        }
    }

    /// A row was clicked; tells whether that chooses it.
    pub(super) fn go_to(&mut self, row: usize) -> bool {
        let Dialog::Form(form) = self else { return false };
        match (&mut form.list, &mut form.clash) {
            (Some(list), _) => {
                list.go_to(row);
                true
            }
            (None, Some(clash)) => {
                clash.go_to(row);
                false
            }
            (None, None) => false,
        }
    }

    /// One step back within it; tells whether there was one.
    pub(super) fn step_back(&mut self) -> bool {
        let Dialog::Form(form) = self else { return false };
        form.list.take().is_some() || form.clash.take().is_some()
    }
}
