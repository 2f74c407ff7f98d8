//! How a load is done: the choices a person has, each with its words.

use crate::etl::{DateOrder, Mode, OnDuplicate, OnReject};

/// What comes after the look at the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Course {
    /// A preview, and then the question whether to load.
    #[default]
    Preview,
    /// The load.
    AtOnce,
    /// A preview, and nothing more.
    DryRun,
}

/// How a load is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices {
    /// How rows meet what is there.
    pub mode: Mode,
    /// What a rejected row means for the others.
    pub on_reject: OnReject,
    /// Which of several rows with one key is taken.
    pub on_duplicate: OnDuplicate,
    /// In which order days are written, in every column.
    pub dates: DateOrder,
    /// Rows that are stored at a time, where it is not everything at once.
    pub chunk: Option<u64>,
    /// What comes after the look at the columns.
    pub course: Course,
}

/// One of the choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields of Choices")]
pub enum Choice {
    Mode,
    OnReject,
    OnDuplicate,
    Dates,
    Chunk,
    Course,
}

impl Choice {
    /// All of them, as they are shown.
    pub const EACH: [Choice; 6] =
        [Choice::Mode, Choice::OnReject, Choice::OnDuplicate, Choice::Dates, Choice::Chunk, Choice::Course];

    /// What is chosen, in a few words.
    pub fn label(self) -> &'static str {
        match self {
            Choice::Mode => "Rows there already",
            Choice::OnReject => "A rejected row",
            Choice::OnDuplicate => "Rows with one key",
            Choice::Dates => "Days with the year last",
            Choice::Chunk => "Stored",
            Choice::Course => "After the columns",
        }
    }
}

const MODES: [(Mode, &str); 4] = [
    (Mode::Upsert, "are brought up to date; nothing is removed"),
    (Mode::Append, "stay as they are; only new ones are added"),
    (Mode::Insert, "are rejected; only new ones are taken"),
    (Mode::Replace, "are replaced: what the files do not have is removed"),
];
const REJECTS: [(OnReject, &str); 2] = [
    (OnReject::Abort, "stops everything: all or nothing"),
    (OnReject::Skip, "is left out, and the others are loaded"),
];
const DUPLICATES: [(OnDuplicate, &str); 3] = [
    (OnDuplicate::Reject, "are a fault, but for the first"),
    (OnDuplicate::First, "the first is taken"),
    (OnDuplicate::Last, "the last is taken"),
];
const DATES: [(DateOrder, &str); 4] = [
    (DateOrder::Unknown, "told by the values, else asked"),
    (DateOrder::DayFirst, "day, month, year"),
    (DateOrder::MonthFirst, "month, day, year"),
    (DateOrder::YearFirst, "are not taken: 2018-04-30 only"),
];
const CHUNKS: [(Option<u64>, &str); 4] = [
    (None, "all together, or not at all"),
    (Some(50_000), "50,000 rows at a time: not all or nothing"),
    (Some(250_000), "250,000 rows at a time: not all or nothing"),
    (Some(1_000_000), "1,000,000 rows at a time: not all or nothing"),
];
const COURSES: [(Course, &str); 3] = [
    (Course::Preview, "a preview, then the question"),
    (Course::AtOnce, "the load, at once"),
    (Course::DryRun, "a preview and no more: a dry run"),
];

impl Choices {
    /// What is chosen, in words.
    pub fn words(&self, choice: Choice) -> &'static str {
        match choice {
            Choice::Mode => word(&MODES, self.mode),
            Choice::OnReject => word(&REJECTS, self.on_reject),
            Choice::OnDuplicate => word(&DUPLICATES, self.on_duplicate),
            Choice::Dates => word(&DATES, self.dates),
            Choice::Chunk => word(&CHUNKS, self.chunk),
            Choice::Course => word(&COURSES, self.course),
        }
    }

    /// Takes the next of what can be chosen, or the one before.
    pub fn turn(&mut self, choice: Choice, back: bool) {
        match choice {
            Choice::Mode => self.mode = turned(&MODES, self.mode, back),
            Choice::OnReject => self.on_reject = turned(&REJECTS, self.on_reject, back),
            Choice::OnDuplicate => self.on_duplicate = turned(&DUPLICATES, self.on_duplicate, back),
            Choice::Dates => self.dates = turned(&DATES, self.dates, back),
            Choice::Chunk => self.chunk = turned(&CHUNKS, self.chunk, back),
            Choice::Course => self.course = turned(&COURSES, self.course, back),
        }
    }
}

fn word<T: PartialEq>(all: &[(T, &'static str)], chosen: T) -> &'static str {
    all.iter().find(|(one, _)| *one == chosen).map_or("", |(_, words)| words)
}

/// The one after, or before, that is chosen; around at the ends.
pub(super) fn turned<T: PartialEq + Copy>(all: &[(T, &str)], chosen: T, back: bool) -> T {
    let at = all.iter().position(|(one, _)| *one == chosen).unwrap_or_default();
    let to = if back { at.checked_sub(1).unwrap_or(all.len() - 1) } else { at + 1 };
    all.get(to % all.len()).map_or(chosen, |(one, _)| *one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_goes_round_and_always_has_words() {
        for choice in Choice::EACH {
            let mut choices = Choices::default();
            let mut turns = 0;
            loop {
                assert!(!choices.words(choice).is_empty(), "{choice:?}");
                choices.turn(choice, false);
                turns += 1;
                if choices == Choices::default() {
                    break;
                }
            }
            assert!(turns > 1, "{choice:?}");
            choices.turn(choice, true);
            choices.turn(choice, false);
            assert_eq!(choices, Choices::default());
        }
    }
}
