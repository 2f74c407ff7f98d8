//! What goes on, line by line: it follows the newest until the person looks back.

use super::find::{Back, Find};
use super::toast::Mood;
use crate::domain::clean;
use crate::tui::model::command::{Command, Place};
use crate::tui::model::key::Key;
use std::collections::VecDeque;

/// Lines kept; the log on disk has them all.
const MOST: usize = 2000;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, as it is shown.
    pub time: String,
    /// How it went.
    pub mood: Mood,
    /// What was said.
    pub words: String,
}

/// The lines, and how far back the person looks.
#[derive(Debug, Default)]
pub struct LogView {
    entries: VecDeque<Entry>,
    find: Find,
    /// Lines below the last one seen; none while it follows.
    newer: usize,
    height: usize,
}

impl LogView {
    /// Adds a line; who looks back goes on seeing the same lines.
    pub fn push(&mut self, time: &str, mood: Mood, words: &str) {
        let entry = Entry { time: clean(time), mood, words: clean(words) };
        if self.newer > 0 && self.has(&entry) {
            self.newer += 1;
        }
        self.entries.push_back(entry);
        if self.entries.len() > MOST {
            self.entries.pop_front();
        }
        self.look(0);
    }

    /// Takes in how many lines the last frame had room for.
    pub fn resize(&mut self, height: u16) {
        self.height = height.into();
        self.look(0);
    }

    /// Where its commands can be given now, the most particular place first.
    pub fn places(&self) -> &'static [Place] {
        if self.find.is_typing() { &[Place::Find, Place::Log] } else { &[Place::Log, Place::Rows] }
    }

    /// Carries out a command of one of these places.
    pub fn command(&mut self, command: Command) {
        let page = isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1);
        match command {
            Command::Filter => self.find.start(),
            Command::Accept => self.find.stop(),
            Command::Up => self.look(1),
            Command::Down => self.look(-1),
            Command::PageUp => self.look(page),
            Command::PageDown => self.look(-page),
            Command::First => self.look(isize::MAX),
            Command::Last => self.newer = 0,
            _ => {}
        }
    }

    /// Esc: leaves what is looked for, then shows every line again. Tells whether there was anything to leave.
    pub fn step_back(&mut self) -> bool {
        let back = self.find.step_back();
        if back == Back::Cleared {
            self.newer = 0;
        }
        back != Back::Nothing
    }

    /// Does what `key` means in what is looked for.
    pub fn type_key(&mut self, key: Key) {
        if self.find.press(key) {
            self.newer = 0;
        }
    }

    /// Pastes into what is looked for, if it is being typed.
    pub fn paste(&mut self, text: &str) {
        if self.find.is_typing() {
            self.find.insert(text);
            self.newer = 0;
        }
    }

    /// What is looked for.
    pub fn find(&self) -> &Find {
        &self.find
    }

    fn has(&self, entry: &Entry) -> bool {
        let words = self.find.words().text();
        entry.words.contains(words) || entry.time.contains(words)
    }

    /// The lines that have what is looked for.
    fn found(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| self.has(entry))
    }

    fn look(&mut self, back: isize) {
        let most = self.found().count().saturating_sub(self.height);
        self.newer = self.newer.saturating_add_signed(back).min(most);
    }

    /// The lines seen where there is room for `height` of them, the newest last.
    pub fn seen(&self, height: usize) -> Vec<&Entry> {
        let most = self.found().count().saturating_sub(height);
        let mut seen: Vec<&Entry> = self.found().rev().skip(self.newer.min(most)).take(height).collect();
        seen.reverse();
        seen
    }

    /// How many lines are below those seen.
    pub fn newer(&self) -> usize {
        self.newer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(log: &LogView) -> Vec<&str> {
        log.seen(3).into_iter().map(|entry| entry.words.as_str()).collect()
    }

    #[test]
    fn it_follows_the_newest_until_one_looks_back() {
        let mut log = LogView::default();
        log.resize(3);
        let tell = |log: &mut LogView, number: usize| log.push("08:31:12", Mood::Plain, &number.to_string());
        (1..=5).for_each(|number| tell(&mut log, number));
        assert_eq!(seen(&log), ["3", "4", "5"]);
        log.command(Command::Up);
        tell(&mut log, 6);
        assert_eq!((seen(&log), log.newer()), (vec!["2", "3", "4"], 2));
        log.command(Command::First);
        assert_eq!(seen(&log), ["1", "2", "3"]);
        log.command(Command::Last);
        tell(&mut log, 7);
        assert_eq!((seen(&log), log.newer()), (vec!["5", "6", "7"], 0));
    }

    #[test]
    fn a_log_that_is_full_loses_its_oldest_lines() {
        let mut log = LogView::default();
        (0..=MOST).for_each(|number| log.push("", Mood::Plain, &number.to_string()));
        log.command(Command::First);
        assert_eq!(seen(&log), ["1", "2", "3"]);
    }

    #[test]
    fn a_word_is_found_among_the_lines() {
        let mut log = LogView::default();
        log.resize(3);
        (8..=19).for_each(|number| log.push("", Mood::Plain, &number.to_string()));
        log.command(Command::Filter);
        assert_eq!(log.places(), [Place::Find, Place::Log]);
        log.paste("8");
        assert_eq!(seen(&log), ["8", "18"]);
        assert!(log.step_back() && log.step_back() && !log.step_back());
        assert_eq!(seen(&log), ["17", "18", "19"]);
    }
}
