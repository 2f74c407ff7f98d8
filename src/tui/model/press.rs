//! From a key to a command, or to typed text; and the keys that come too early.

use super::command::{Command, Place};
use super::help::Help;
use super::identity::step::Step;
use super::key::{Code, Key};
use super::message::Effect;
use super::widgets::pick_list::PickList;
use super::{App, Popup, Screen, TYPE_AHEAD};
use jiff::Timestamp;

impl App {
    pub(super) fn press(&mut self, key: Key, now: Timestamp) -> Vec<Effect> {
        if self.comes_too_early(key) {
            self.keep_for_later(key);
            return Vec::new();
        }
        // What was printed is told until a key that is not about it.
        let printed = self.reports.printed.take();
        self.clear_words();
        let is_typing = self.is_typing();
        let about_it = [Place::Printed];
        if printed.is_some()
            && !(is_typing && key.typed().is_some())
            && self.popup.is_none()
            && let Some(entry) = self.keymap.find(&about_it, key)
            && self.is_of_use_at_desk(entry.command)
        {
            self.reports.printed = printed;
            return self.ask(entry, now);
        }
        if is_typing && key.typed().is_some() {
            return self.type_key(key);
        }
        match self.keymap.find(&self.places(), key) {
            Some(entry) => self.ask(entry, now),
            None if is_typing => self.type_key(key),
            None => Vec::new(),
        }
    }

    /// What was said has been seen.
    pub(super) fn clear_words(&mut self) {
        self.notice = None;
        self.told = None;
        if let Some(gallery) = &mut self.gallery {
            gallery.toasts.dismiss();
        }
    }

    /// Whether an answer is being checked: what is typed then is for what comes after.
    pub(super) fn is_checking(&self) -> bool {
        match &self.popup {
            Some(Popup::Question(question)) => question.checking.is_some(),
            Some(_) => false,
            None => match &self.lock {
                Some(lock) => lock.checking.is_some(),
                None => {
                    let is_asked = self.sign_in.checking.is_some() || self.security.checking.is_some();
                    let is_saving = self.screen == Screen::Dashboard && self.dashboard.is_saving();
                    let is_editing = self.screen == Screen::Records && self.records.is_waiting();
                    is_asked
                        || is_saving
                        || is_editing
                        || self.is_waiting_in_users()
                        || self.is_waiting_in_load()
                }
            },
        }
    }

    /// Whether a key is for something that is still on its way. The keys after it then wait too, so that they happen in
    /// the order they were typed.
    fn comes_too_early(&self, key: Key) -> bool {
        let is_first = self.is_checking() || self.needs_what_is_on_its_way(key);
        (is_first || !self.typed_ahead.is_empty()) && !self.acts_at_once(key)
    }

    fn needs_what_is_on_its_way(&self, key: Key) -> bool {
        if let Some(Popup::Search(search)) = &self.popup {
            let found = self.keymap.find(&self.places(), key).map(|entry| entry.command);
            return search.is_asked() && key.typed().is_none() && found == Some(Command::Accept);
        }
        if self.popup.is_some() || self.gallery.is_some() || (self.is_typing() && key.typed().is_some()) {
            return false;
        }
        let Some(entry) = self.keymap.find(&self.places(), key) else {
            return false;
        };
        match self.screen {
            Screen::Dashboard => {
                entry.place == Place::Dashboard && self.dashboard.is_too_early_for(entry.command)
            }
            // What can be chosen is not here yet; going elsewhere needs nothing of it.
            Screen::Load => self.is_too_early_for_load(entry.command),
            Screen::Users | Screen::Audit | Screen::Records => self.is_for_rows_on_their_way(entry),
            Screen::SignIn | Screen::Security | Screen::Runs | Screen::Export | Screen::Database => false,
        }
    }

    /// Whether a key is not for the screen that is on its way: one gives up waiting, or leaves.
    fn acts_at_once(&self, key: Key) -> bool {
        let found = self.keymap.find(&[Place::Everywhere], key).map(|entry| entry.command);
        match found {
            Some(Command::Back) => true,
            Some(Command::Quit | Command::Suspend | Command::LockScreen) => key.typed().is_none(),
            _ => false,
        }
    }

    /// What was typed too early happens now, as far as it is not too early still. Enter does not where it was
    /// refused: it would spend another of the attempts on half a password.
    pub(super) fn replay(&mut self, now: Timestamp) -> Vec<Effect> {
        let keys = std::mem::take(&mut self.typed_ahead);
        let refused = self.was_refused();
        keys.into_iter()
            .filter(|key| !(refused && key.code == Code::Enter))
            .flat_map(|key| self.press(key, now))
            .collect()
    }

    /// Whether a password or a code is to be typed anew.
    fn was_refused(&self) -> bool {
        let at_sign_in = matches!(self.sign_in.step, Step::Password) || self.sign_in.message.is_some();
        (self.user.is_none() && at_sign_in)
            || self.security.message.is_some()
            || self.lock.as_ref().is_some_and(|lock| lock.message.is_some())
    }

    fn keep_for_later(&mut self, key: Key) {
        if self.typed_ahead.len() < TYPE_AHEAD {
            self.typed_ahead.push_back(key);
        }
    }

    /// Esc: one step back, and never further.
    pub(super) fn step_back(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Some(Popup::Help(help)) = &mut self.popup
            && help.step_back()
        {
            return Vec::new();
        }
        if self.popup.take().is_some() {
            return Vec::new();
        }
        if let Some(gallery) = &mut self.gallery {
            return gallery.step_back();
        }
        if let Some(lock) = &mut self.lock {
            // Esc does not leave it, and what was typed is typed anew.
            lock.password.clear();
            lock.checking = None;
            return Vec::new();
        }
        match self.screen {
            Screen::SignIn if self.sign_in.checking.is_some() => {
                // The answer will be stale; what was typed meanwhile goes on.
                self.sign_in.checking = None;
                let mut effects = vec![Effect::Forget];
                effects.extend(self.replay(now));
                effects
            }
            Screen::Security => {
                self.typed_ahead.clear();
                self.step_back_from_security()
            }
            Screen::SignIn => {
                let id = super::RequestId(self.next_id());
                self.sign_in.command(Command::Back, id)
            }
            Screen::Dashboard => {
                if self.dashboard.dialog.take().is_none() {
                    self.dashboard.leave_part();
                }
                // What was typed for figures that did not come is not wanted any more.
                self.typed_ahead.clear();
                Vec::new()
            }
            Screen::Users | Screen::Audit => {
                self.typed_ahead.clear();
                self.step_back_at_desk()
            }
            Screen::Load => {
                self.typed_ahead.clear();
                self.step_back_from_load()
            }
            Screen::Records => {
                self.typed_ahead.clear();
                self.step_back_from_records()
            }
            Screen::Export | Screen::Database => {
                self.screen = Screen::Dashboard;
                Vec::new()
            }
            Screen::Runs => {
                self.typed_ahead.clear();
                self.step_back_from_runs()
            }
        }
    }

    pub(super) fn open_help(&mut self) {
        self.popup = match self.popup {
            Some(Popup::Help(_)) => None,
            _ => Some(Popup::Help(Help::default())),
        };
    }

    /// Offers what can be given on the screen below, whatever lies over it now; or offers no longer.
    pub(super) fn open_palette(&mut self) {
        if matches!(self.popup, Some(Popup::Palette(_))) {
            self.popup = None;
            return;
        }
        let offered =
            self.commands_at(&self.places_below()).into_iter().filter(|entry| entry.is_for_palette());
        let named = offered.map(|entry| (entry, entry.words.to_owned()));
        self.popup = Some(Popup::Palette(PickList::new(named.collect())));
    }
}
