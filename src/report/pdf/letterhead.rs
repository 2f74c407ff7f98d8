//! What stands at the head of a document, and the words that several of them have.

use super::flow::{Flow, Set};
use super::page::{Area, Ink};
use crate::domain::report::StoreContact;
use jiff::Zoned;
use jiff::civil::Date;

/// When a report was printed, and by whom.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// When, in the time zone of who reads it.
    pub at: Zoned,
    /// By whom, to follow "by".
    pub by: String,
}

impl Stamp {
    pub(super) fn words(&self) -> String {
        format!("Printed {}, {} by {}", day(self.at.date()), self.at.strftime("%H:%M"), self.by)
    }
}

/// A day in a sentence: `3 January 2016`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A day in a column: `3 Jan 2016`.
pub(super) fn short_day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// A count with its word: `1 order`, `2 orders`.
pub(super) fn counted(count: &str, one: &str) -> String {
    let many = if count == "1" { "" } else { "s" };
    format!("{count} {one}{many}")
}

/// A name, and how the store is reached, where that is known.
pub(super) fn letterhead(flow: &mut Flow, name: &str, store: Option<&StoreContact>) {
    flow.paragraph(Set::TITLE, name);
    if let Some(store) = store {
        let other = (store.name != name).then_some(&store.name);
        let words: Vec<&str> =
            other.into_iter().chain(&store.address).chain(&store.reached).map(String::as_str).collect();
        flow.paragraph(Set::SMALL, &words.join("  ·  "));
    }
    flow.space(6.0);
    flow.rule(1.6, Ink::Blue);
}

/// The title of a list, what it is about, and the line below.
pub(super) fn title(flow: &mut Flow, business: Option<&str>, words: &str, about: &[String]) {
    if let Some(business) = business {
        flow.line(Set::SMALL, business);
    }
    flow.paragraph(Set::TITLE, words);
    for line in about {
        flow.paragraph(Set::BODY.in_ink(Ink::Grey), line);
    }
    flow.space(6.0);
    flow.rule(1.6, Ink::Blue);
    flow.space(14.0);
}

/// Figures side by side, each with its name above: `most` in a row.
pub(super) fn tiles(flow: &mut Flow, tiles: &[(String, String)], most: usize) {
    const GAP: f32 = 10.0;
    const HEIGHT: f32 = 44.0;
    let width = (flow.width() + GAP) / most as f32 - GAP;
    for row in tiles.chunks(most) {
        flow.need(HEIGHT);
        let top = flow.y();
        let mut left = flow.left();
        for (name, value) in row {
            flow.area(Area { left, top, width, height: HEIGHT, ink: Ink::Pale });
            flow.text(left + 9.0, top + 15.0, Set::SMALL, name);
            let sizes = [15, 13, 11, 9, 7];
            let set = sizes.map(|size| Set { size, ..Set::TITLE });
            let fits = set.iter().find(|set| set.width(value) <= width - 18.0).or(set.last());
            flow.text(left + 9.0, top + 34.0, *fits.unwrap_or(&Set::STRONG), value);
            left += width + GAP;
        }
        flow.space(HEIGHT + GAP);
    }
}
