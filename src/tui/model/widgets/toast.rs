//! A word that something was done. It goes with the next key: that needs no timer, and nobody misses it.

use crate::domain::clean;

/// Words kept at a time; older ones make room.
const MOST: usize = 3;

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it all")]
pub enum Mood {
    Plain,
    Good,
    Bad,
}

/// The words in sight.
#[derive(Debug, Clone, Default)]
pub struct Toasts {
    words: Vec<(Mood, String)>,
}

impl Toasts {
    /// Says something.
    pub fn say(&mut self, mood: Mood, words: &str) {
        if self.words.len() == MOST {
            self.words.remove(0);
        }
        self.words.push((mood, clean(words)));
    }

    /// A key was pressed: what was said has been seen. Tells whether there was anything.
    pub fn dismiss(&mut self) -> bool {
        !std::mem::take(&mut self.words).is_empty()
    }

    /// The words, the newest last.
    pub fn words(&self) -> &[(Mood, String)] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_words_stay_until_the_next_key() {
        let mut toasts = Toasts::default();
        ["one", "two", "three", "four\x1b[31m"].iter().for_each(|words| toasts.say(Mood::Plain, words));
        let words: Vec<&str> = toasts.words().iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["two", "three", "four[31m"]);
        assert!(toasts.dismiss() && !toasts.dismiss());
    }
}
