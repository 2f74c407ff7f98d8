//! The help: every command with its keys, by place, as far as this person can come there.

use super::App;
use super::command::{Entry, Place, at};
use super::key::Key;
use super::widgets::find::{Back, Find};

/// The state of the overlay.
#[derive(Debug, Default)]
pub struct Help {
    /// Lines scrolled down.
    pub scroll: u16,
    /// What is looked for.
    pub find: Find,
}

impl Help {
    /// Where its commands can be given now, the most particular place first.
    pub fn places(&self) -> &'static [Place] {
        if self.find.is_typing() {
            &[Place::Find, Place::Help, Place::Everywhere]
        } else {
            &[Place::Help, Place::Rows, Place::Everywhere]
        }
    }

    /// Esc: leaves what is looked for, then shows everything again. Tells whether there was anything to leave.
    pub fn step_back(&mut self) -> bool {
        let back = self.find.step_back();
        if back == Back::Cleared {
            self.scroll = 0;
        }
        back != Back::Nothing
    }

    /// Does what `key` means in what is looked for.
    pub fn type_key(&mut self, key: Key) {
        if self.find.press(key) {
            self.scroll = 0;
        }
    }

    /// Types `text` into what is looked for.
    pub fn insert(&mut self, text: &str) {
        self.find.insert(text);
        self.scroll = 0;
    }
}

impl App {
    /// The commands by place: those of this screen, those of every screen, then the rest of what this person may use.
    /// Of them, those with every word of `wanted` in what they do, their keys or their place.
    pub fn help(&self, wanted: &str) -> Vec<(Place, Vec<&'static Entry>)> {
        let words: Vec<String> = wanted.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let here = &self.places_below();
        let elsewhere = Place::EACH.into_iter().filter(|place| !here.contains(place));
        here.iter()
            .copied()
            .chain(elsewhere.filter(|place| self.can_come_to(*place)))
            .map(|place| {
                let fits = |entry: &&'static Entry| self.fits(entry, &words);
                let may = |entry: &&'static Entry| entry.permission.is_none_or(|needed| self.may(needed));
                (place, at(&[place]).filter(may).filter(fits).collect::<Vec<_>>())
            })
            .filter(|(_, entries)| !entries.is_empty())
            .collect()
    }

    fn can_come_to(&self, place: Place) -> bool {
        // Who is in has no use for the keys of the sign-in, and few know of the gallery.
        let is_hidden = place == Place::SignIn || (place.is_of_the_gallery() && self.gallery.is_none());
        !is_hidden && place.permission().is_none_or(|needed| self.may(needed))
    }

    fn fits(&self, entry: &'static Entry, words: &[String]) -> bool {
        let whole = format!("{} {} {}", entry.place.heading(), entry.words, entry.label).to_lowercase();
        let keys = self.keys_shown(entry).to_lowercase();
        words
            .iter()
            .all(|word| whole.contains(word.as_str()) || keys.split_whitespace().any(|key| key == word))
    }
}
