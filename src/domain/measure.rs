//! Which orders count.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Which orders a figure is made of. The definitions people read are in `docs/FIGURES.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Every order, the rejected ones too.
    All,
    /// Every order that was not rejected.
    #[default]
    Booked,
    /// Orders that have been shipped and not rejected.
    Shipped,
}

impl Measure {
    /// All measures, in the order in which a key steps through them.
    pub const EACH: [Measure; 3] = [Measure::Booked, Measure::Shipped, Measure::All];

    /// The word for it, in commands, JSON and on screens.
    pub fn word(self) -> &'static str {
        match self {
            Measure::All => "all",
            Measure::Booked => "booked",
            Measure::Shipped => "shipped",
        }
    }

    /// The measure of that word.
    pub fn from_word(word: &str) -> Option<Measure> {
        Measure::EACH.into_iter().find(|measure| measure.word() == word)
    }

    /// The one a key press steps to.
    pub fn next(self) -> Measure {
        match self {
            Measure::Booked => Measure::Shipped,
            Measure::Shipped => Measure::All,
            Measure::All => Measure::Booked,
        }
    }

    /// The one from which a key press steps to it.
    pub fn previous(self) -> Measure {
        self.next().next()
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
