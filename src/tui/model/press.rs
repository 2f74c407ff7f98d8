//! From a key to a command, or to typed text.

use super::command::{Command, Place};
use super::help::Help;
use super::key::{Code, Key};
use super::message::Effect;
use super::palette::Palette;
use super::{App, Popup, Screen, TYPE_AHEAD};
use jiff::Timestamp;

impl App {
    pub(super) fn press(&mut self, key: Key, now: Timestamp) -> Vec<Effect> {
        if self.sign_in.checking.is_some() && self.popup.is_none() && !self.acts_at_once(key) {
            self.keep_for_later(key);
            return Vec::new();
        }
        self.notice = None;
        self.told = None;
        if self.is_typing() && key.typed().is_some() {
            self.type_key(key);
            return Vec::new();
        }
        match self.keymap.find(self.places(), key) {
            Some(entry) => self.ask(entry, now),
            None => {
                if self.is_typing() {
                    self.type_key(key);
                }
                Vec::new()
            }
        }
    }

    /// Whether a key is not for the screen that a check of the sign-in leads to: one gives up waiting, or leaves.
    fn acts_at_once(&self, key: Key) -> bool {
        let found = self.keymap.find(&[Place::Everywhere], key).map(|entry| entry.command);
        match found {
            Some(Command::Back) => true,
            Some(Command::Quit | Command::Suspend) => key.typed().is_none(),
            _ => false,
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if !self.is_typing() || self.sign_in.checking.is_some() {
            return;
        }
        // The line end that comes along with a copied line is no part of it.
        let text = text.trim_end_matches(['\r', '\n']);
        match (&mut self.popup, self.screen) {
            (Some(Popup::Palette(palette)), _) => palette.insert(text),
            (Some(Popup::Help(help)), _) => help.insert(text),
            (_, Screen::SignIn) => self.sign_in.field().insert(text),
            (_, Screen::Load) => self.load.type_text(text),
            (_, Screen::Dashboard) => {}
        }
    }

    /// What was typed while the sign-in was being checked happens now. Enter does not where the check failed: it
    /// would spend another of the attempts on half a password.
    pub(super) fn replay(&mut self, now: Timestamp) -> Vec<Effect> {
        let keys = std::mem::take(&mut self.typed_ahead);
        let refused = self.user.is_none();
        keys.into_iter()
            .filter(|key| !(refused && key.code == Code::Enter))
            .flat_map(|key| self.press(key, now))
            .collect()
    }

    fn keep_for_later(&mut self, key: Key) {
        if self.typed_ahead.len() < TYPE_AHEAD {
            self.typed_ahead.push_back(key);
        }
    }

    fn type_key(&mut self, key: Key) {
        match (&mut self.popup, self.screen) {
            (Some(Popup::Palette(palette)), _) => palette.press(key),
            (Some(Popup::Help(help)), _) => help.press(key),
            (_, Screen::SignIn) => {
                self.sign_in.field().press(key);
                self.sign_in.message = None;
            }
            (_, Screen::Load) => {
                if self.load.path.press(key) {
                    self.load.path_changed();
                }
            }
            (_, Screen::Dashboard) => {}
        }
    }

    /// Esc: one step back, and never further.
    pub(super) fn step_back(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Some(Popup::Help(help)) = &mut self.popup
            && help.show_all()
        {
            return Vec::new();
        }
        if self.popup.take().is_some() {
            return Vec::new();
        }
        match self.screen {
            Screen::SignIn if self.sign_in.checking.is_some() => {
                // The answer will be stale; what was typed meanwhile goes on.
                self.sign_in.checking = None;
                self.replay(now)
            }
            Screen::SignIn => {
                let id = super::RequestId(self.next_id());
                self.sign_in.command(Command::Back, id)
            }
            Screen::Dashboard => Vec::new(),
            Screen::Load => {
                if matches!(self.load.stage, super::Stage::Done(..)) {
                    self.load.stage = super::Stage::Form;
                } else if self.load.running().is_some() || self.load.completions.is_empty() {
                    self.screen = Screen::Dashboard;
                } else {
                    self.load.completions.clear();
                }
                Vec::new()
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
        let offered = self.commands_at(self.places_below()).filter(|entry| entry.is_for_palette());
        self.popup = Some(Popup::Palette(Palette::new(offered.collect())));
    }
}
