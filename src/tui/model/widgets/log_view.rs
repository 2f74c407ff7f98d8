//! What goes on, line by line: it follows the newest until the person looks back.

use super::toast::Mood;
use crate::domain::clean;
use crate::tui::model::key::{Code, Key};
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
#[derive(Debug, Clone, Default)]
pub struct LogView {
    entries: VecDeque<Entry>,
    /// Lines below the last one seen; none while it follows.
    newer: usize,
    height: usize,
}

impl LogView {
    /// Adds a line; who looks back goes on seeing the same lines.
    pub fn push(&mut self, time: &str, mood: Mood, words: &str) {
        self.entries.push_back(Entry { time: clean(time), mood, words: clean(words) });
        if self.newer > 0 {
            self.newer += 1;
        }
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

    /// Does what `key` means. Tells whether it meant anything.
    pub fn press(&mut self, key: Key) -> bool {
        let page = isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1);
        match key.code {
            Code::Up | Code::Char('k') => self.look(1),
            Code::Down | Code::Char('j') => self.look(-1),
            Code::PageUp => self.look(page),
            Code::PageDown => self.look(-page),
            Code::Home | Code::Char('g') => self.look(isize::MAX),
            Code::End | Code::Char('G') => self.newer = 0,
            _ => return false,
        }
        true
    }

    fn look(&mut self, back: isize) {
        let most = self.entries.len().saturating_sub(self.height);
        self.newer = self.newer.saturating_add_signed(back).min(most);
    }

    /// The lines seen where there is room for `height` of them, the newest last.
    pub fn seen(&self, height: usize) -> impl Iterator<Item = &Entry> {
        let end =
            self.entries.len().saturating_sub(self.newer.min(self.entries.len().saturating_sub(height)));
        self.entries.iter().take(end).skip(end.saturating_sub(height))
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
        log.seen(3).map(|entry| entry.words.as_str()).collect()
    }

    #[test]
    fn it_follows_the_newest_until_one_looks_back() {
        let mut log = LogView::default();
        log.resize(3);
        let tell = |log: &mut LogView, number: usize| log.push("08:31:12", Mood::Plain, &number.to_string());
        (1..=5).for_each(|number| tell(&mut log, number));
        assert_eq!(seen(&log), ["3", "4", "5"]);
        log.press(Key::plain(Code::Up));
        tell(&mut log, 6);
        assert_eq!((seen(&log), log.newer()), (vec!["2", "3", "4"], 2));
        log.press(Key::plain(Code::Home));
        assert_eq!(seen(&log), ["1", "2", "3"]);
        log.press(Key::plain(Code::End));
        tell(&mut log, 7);
        assert_eq!((seen(&log), log.newer()), (vec!["5", "6", "7"], 0));
    }

    #[test]
    fn a_log_that_is_full_loses_its_oldest_lines() {
        let mut log = LogView::default();
        (0..=MOST).for_each(|number| log.push("", Mood::Plain, &number.to_string()));
        log.press(Key::plain(Code::Home));
        assert_eq!(seen(&log), ["1", "2", "3"]);
    }
}
