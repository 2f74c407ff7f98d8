//! Where typed text goes: the one thing that has the keys now.

use super::key::Key;
use super::message::Effect;
use super::users::ids;
use super::{App, Popup, Screen};

impl App {
    /// Whether a key with a character is text now, and no command.
    pub fn is_typing(&self) -> bool {
        match &self.popup {
            Some(
                Popup::Palette(_) | Popup::Stores(_) | Popup::Reports(_) | Popup::Search(_) | Popup::Into(_),
            ) => return true,
            Some(Popup::Help(help)) => return help.find.is_typing(),
            Some(Popup::Question(question)) => return question.is_for_text(),
            Some(Popup::Explain(_)) => return false,
            None => {}
        }
        if let Some(gallery) = &self.gallery {
            return gallery.is_typing();
        }
        if self.lock.is_some() {
            return true;
        }
        match self.screen {
            Screen::SignIn => self.sign_in.step.is_for_text(),
            Screen::Security => self.security.is_for_text(),
            Screen::Load => self.load.is_typing(),
            Screen::Users => self.users.is_typing(),
            Screen::Audit => self.audit.is_typing(),
            Screen::Runs => self.runs.is_typing(),
            Screen::Export => self.export.is_typing(),
            Screen::Dashboard => self.dashboard.dialog.is_some(),
            Screen::Records => self.records.is_typing(),
            Screen::Database => false,
        }
    }

    /// Whether going back a step would lose text that somebody typed.
    pub(super) fn has_unsaved_text(&self) -> bool {
        let dialog = self.users.dialog.as_ref().filter(|_| self.screen == Screen::Users);
        let board = self.dashboard.dialog.as_ref().filter(|_| self.screen == Screen::Dashboard);
        let record = self.records.dialog.as_ref().filter(|_| self.screen == Screen::Records);
        self.gallery.as_ref().is_some_and(|gallery| gallery.has_unsaved_text())
            || dialog.is_some_and(|dialog| dialog.has_unsaved_text())
            || board.is_some_and(|dialog| dialog.has_unsaved_text())
            || record.is_some_and(|dialog| dialog.has_unsaved_text())
            || (self.screen == Screen::Load && self.load.has_unsaved_text())
    }

    pub(super) fn type_key(&mut self, key: Key) -> Vec<Effect> {
        match &mut self.popup {
            Some(Popup::Palette(list)) => list.type_key(key),
            Some(Popup::Stores(list)) => list.type_key(key),
            Some(Popup::Reports(list)) => list.type_key(key),
            Some(Popup::Into(into)) => into.form.type_key(key),
            Some(Popup::Search(search)) => return search.type_key(key, ids(&mut self.last_id)()),
            Some(Popup::Help(help)) => help.type_key(key),
            Some(Popup::Question(question)) => question.confirm.type_key(key),
            Some(Popup::Explain(_)) => {}
            None => return self.type_below(key),
        }
        Vec::new()
    }

    fn type_below(&mut self, key: Key) -> Vec<Effect> {
        if let Some(gallery) = &mut self.gallery {
            return gallery.type_key(key);
        }
        if let Some(lock) = &mut self.lock {
            lock.password.press(key);
            lock.message = None;
            return Vec::new();
        }
        match self.screen {
            Screen::SignIn => self.sign_in.type_key(key),
            Screen::Security => self.security.type_key(key),
            Screen::Load => return self.load.type_key(key, &mut self.last_id),
            Screen::Users => return self.users.type_key(key, &mut self.last_id),
            Screen::Audit => self.audit.type_key(key),
            Screen::Runs => self.runs.type_key(key),
            Screen::Records => return self.type_in_records(key),
            Screen::Database => {}
            Screen::Export => {
                if let Some(field) = self.export.typed() {
                    field.press(key);
                }
            }
            Screen::Dashboard => {
                if let Some(dialog) = &mut self.dashboard.dialog {
                    dialog.form_mut().type_key(key);
                }
            }
        }
        Vec::new()
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if !self.is_typing() || self.is_checking() {
            return Vec::new();
        }
        // The line end that comes along with a copied line is no part of it.
        let text = text.trim_end_matches(['\r', '\n']);
        match &mut self.popup {
            Some(Popup::Palette(list)) => list.paste(text),
            Some(Popup::Stores(list)) => list.paste(text),
            Some(Popup::Reports(list)) => list.paste(text),
            Some(Popup::Into(into)) => into.form.paste(text),
            Some(Popup::Search(search)) => return search.paste(text, ids(&mut self.last_id)()),
            Some(Popup::Help(help)) => help.insert(text),
            Some(Popup::Question(question)) => question.confirm.paste(text),
            Some(Popup::Explain(_)) => {}
            None => return self.paste_below(text),
        }
        Vec::new()
    }

    fn paste_below(&mut self, text: &str) -> Vec<Effect> {
        if let Some(gallery) = &mut self.gallery {
            return gallery.paste(text);
        }
        if let Some(lock) = &mut self.lock {
            lock.password.insert(text);
            return Vec::new();
        }
        match self.screen {
            Screen::SignIn => self.sign_in.paste(text),
            Screen::Security => self.security.paste(text),
            Screen::Load => return self.load.paste(text, &mut self.last_id),
            Screen::Users => return self.users.paste(text, &mut self.last_id),
            Screen::Audit => self.audit.paste(text),
            Screen::Runs => self.runs.table.paste(text),
            Screen::Records => return self.paste_in_records(text),
            Screen::Database => {}
            Screen::Export => {
                if let Some(field) = self.export.typed() {
                    field.insert(text);
                }
            }
            Screen::Dashboard => {
                if let Some(dialog) = &mut self.dashboard.dialog {
                    dialog.form_mut().paste(text);
                }
            }
        }
        Vec::new()
    }
}
