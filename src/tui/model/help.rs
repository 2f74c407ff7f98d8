//! The help: every command with its keys, by place, as far as this person can come there.

use super::App;
use super::command::{Entry, Place, at};
use super::field::Field;
use super::key::Key;

/// The furthest it scrolls, in lines: past its end on the smallest screen.
const LONGEST_SCROLL: u16 = 90;

/// The state of the overlay.
#[derive(Debug, Default)]
pub struct Help {
    /// Lines scrolled down.
    pub scroll: u16,
    filter: Field,
    is_typing: bool,
}

impl Help {
    /// What is looked for; everything where it is empty.
    pub fn filter(&self) -> &Field {
        &self.filter
    }

    /// Whether what is looked for is being typed.
    pub fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// One line up.
    pub fn up(&mut self) {
        self.scroll = self.scroll.saturating_sub(1);
    }

    /// One line down.
    pub fn down(&mut self) {
        self.scroll = (self.scroll + 1).min(LONGEST_SCROLL);
    }

    /// What is looked for can be typed now.
    pub fn start_typing(&mut self) {
        self.is_typing = true;
    }

    /// Keeps what was found. Tells whether something was being typed.
    pub fn stop_typing(&mut self) -> bool {
        std::mem::take(&mut self.is_typing)
    }

    /// Shows everything again. Tells whether something was looked for.
    pub fn show_all(&mut self) -> bool {
        let was_narrow = self.is_typing || !self.filter.is_empty();
        *self = Help::default();
        was_narrow
    }

    /// Does what `key` means in what is looked for.
    pub fn press(&mut self, key: Key) {
        self.filter.press(key);
        self.scroll = 0;
    }

    /// Types `text` into what is looked for.
    pub fn insert(&mut self, text: &str) {
        self.filter.insert(text);
        self.scroll = 0;
    }
}

impl App {
    /// The commands by place: those of this screen, those of every screen, then the rest of what this person may use.
    /// Of them, those with every word of `wanted` in what they do, their keys or their place.
    pub fn help(&self, wanted: &str) -> Vec<(Place, Vec<&'static Entry>)> {
        let words: Vec<String> = wanted.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let here = self.places_below();
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
        // Who is in has no use for the keys of the sign-in.
        place != Place::SignIn && place.permission().is_none_or(|needed| self.may(needed))
    }

    fn fits(&self, entry: &'static Entry, words: &[String]) -> bool {
        let whole = format!("{} {} {}", entry.place.heading(), entry.words, entry.label).to_lowercase();
        let keys = self.keys_shown(entry).to_lowercase();
        words
            .iter()
            .all(|word| whole.contains(word.as_str()) || keys.split_whitespace().any(|key| key == word))
    }
}
