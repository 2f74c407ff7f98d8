//! What can be done now, and with which key.

use super::command::{self, Command, Entry};
use super::key::Key;
use super::place::Place;
use super::{App, Hint, Popup, Screen};
use std::collections::HashSet;

impl App {
    /// The commands this person may give now: what the hint bar and the help show.
    pub fn commands(&self) -> impl Iterator<Item = &'static Entry> {
        self.commands_at(&self.places()).into_iter()
    }

    /// The commands this person may give at these places now. Where two places have the same one, the more particular says
    /// what it does.
    pub(super) fn commands_at(&self, places: &[Place]) -> Vec<&'static Entry> {
        let mut named = HashSet::new();
        command::at(places)
            .filter(|entry| named.insert(entry.command))
            .filter(|entry| entry.permission.is_none_or(|needed| self.may(needed)))
            .filter(|entry| !self.is_where_it_leads(entry.command))
            .filter(|entry| self.has_use_for(entry) && self.is_of_use_at_desk(entry.command))
            .collect()
    }

    /// What the hint bar shows: the chief commands, each with the first of its keys that means it now.
    pub fn hints(&self) -> impl Iterator<Item = Hint> {
        self.commands().filter(|entry| entry.hint).filter_map(|entry| {
            let key = self.key_of(entry)?;
            Some(Hint { command: entry.command, key, label: entry.label })
        })
    }

    /// The key that gives this command now, for a sentence that tells what to press.
    pub fn key_for(&self, command: Command) -> String {
        let mut keys = self.commands().filter(|entry| entry.command == command);
        keys.find_map(|entry| self.key_of(entry)).map(|key| key.to_string()).unwrap_or_default()
    }

    /// The keys of the row as a list of them shows them: on the screen below, those that mean another command there are
    /// left out.
    pub fn keys_shown(&self, entry: &'static Entry) -> String {
        let places = self.places_below();
        let is_here = places.contains(&entry.place);
        let means_it =
            |key: &&Key| self.keymap.find(&places, **key).is_some_and(|found| found.id() == entry.id());
        let keys = self.keymap.keys(entry).iter().filter(|key| !is_here || means_it(key));
        keys.map(ToString::to_string).collect::<Vec<_>>().join("  ")
    }

    /// The first key of the row that means it now.
    fn key_of(&self, entry: &'static Entry) -> Option<Key> {
        let places = self.places();
        let means_it = |key: &&Key| {
            let is_text = self.is_typing() && key.typed().is_some();
            let found = self.keymap.find(&places, **key);
            !is_text && found.is_some_and(|found| found.command == entry.command)
        };
        self.keymap.keys(entry).iter().find(means_it).copied()
    }

    /// Whether the command would open what is open.
    fn is_where_it_leads(&self, command: Command) -> bool {
        match command {
            Command::OpenDashboard => self.screen == Screen::Dashboard,
            Command::OpenLoad => self.screen == Screen::Load,
            Command::OpenSecurity => self.screen == Screen::Security,
            Command::OpenUsers => self.screen == Screen::Users,
            Command::OpenAudit => self.screen == Screen::Audit,
            Command::OpenRuns => self.screen == Screen::Runs,
            Command::OpenExport => self.screen == Screen::Export,
            Command::OpenRecords => self.screen == Screen::Records,
            Command::OpenDatabase => self.screen == Screen::Database,
            Command::OpenPlate(plate) => self.gallery.as_ref().is_some_and(|gallery| gallery.plate == plate),
            Command::Palette => matches!(self.popup, Some(Popup::Palette(_))),
            _ => false,
        }
    }
}
