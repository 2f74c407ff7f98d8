//! Lays things out one below the other, from page to page.

use super::face::{Face, drawable};
use super::page::{Area, Ink, Laid, Page, Text};

/// Left and right of everything, in points as all here.
const SIDE: f32 = 52.0;
/// Where a page begins that is not the first: below its running head.
const TOP: f32 = 74.0;
/// Where the first page begins.
const FIRST_TOP: f32 = 50.0;
/// Kept free below, for the foot.
const BOTTOM: f32 = 58.0;
/// From one line to the next, in sizes.
pub(super) const LEADING: f32 = 1.38;

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Set {
    pub(super) face: Face,
    pub(super) size: u8,
    pub(super) ink: Ink,
}

impl Set {
    pub(super) const TITLE: Set = Set { face: Face::Bold, size: 16, ink: Ink::Black };
    pub(super) const HEADING: Set = Set { face: Face::Bold, size: 11, ink: Ink::Black };
    pub(super) const LETTER: Set = Set { face: Face::Regular, size: 10, ink: Ink::Black };
    pub(super) const BODY: Set = Set { face: Face::Regular, size: 9, ink: Ink::Black };
    pub(super) const STRONG: Set = Set { face: Face::Bold, size: 9, ink: Ink::Black };
    pub(super) const SMALL: Set = Set { face: Face::Regular, size: 8, ink: Ink::Grey };

    /// The same in another ink.
    pub(super) const fn in_ink(self, ink: Ink) -> Set {
        Set { ink, ..self }
    }

    /// How wide a text is.
    pub(super) fn width(self, text: &str) -> f32 {
        self.face.width(text, self.size)
    }

    /// From one line to the next.
    pub(super) fn leading(self) -> f32 {
        f32::from(self.size) * LEADING
    }

    /// The text in lines of this width. A word that is wider than a line is broken where it has to be.
    pub(super) fn wrapped(self, text: &str, width: f32) -> Vec<String> {
        if self.width(text) <= width {
            return vec![text.to_owned()];
        }
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = self.broken(word, width, &mut lines);
        }
        lines.push(line);
        lines
    }

    /// Breaks a word into lines; answers the rest, which fits.
    fn broken(self, word: &str, width: f32, lines: &mut Vec<String>) -> String {
        let mut line = String::new();
        for character in drawable(word) {
            line.push(character);
            if line.chars().nth(1).is_some() && self.width(&line) > width {
                line.pop();
                lines.push(std::mem::replace(&mut line, character.to_string()));
            }
        }
        line
    }
}

/// A document while it is laid out.
#[derive(Debug)]
pub(super) struct Flow {
    laid: Laid,
    /// How far down the page it is.
    y: f32,
    /// What stands at the head of each page but the first.
    running: String,
}

impl Flow {
    pub(super) fn new(paper: (f32, f32), title: &str, running: &str) -> Flow {
        let laid = Laid { title: title.to_owned(), paper, pages: vec![Page::default()] };
        Flow { laid, y: FIRST_TOP, running: running.to_owned() }
    }

    pub(super) fn left(&self) -> f32 {
        SIDE
    }

    pub(super) fn width(&self) -> f32 {
        self.laid.paper.0 - 2.0 * SIDE
    }

    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// Goes on there.
    pub(super) fn go_to(&mut self, y: f32) {
        self.y = y;
    }

    pub(super) fn space(&mut self, height: f32) {
        self.y += height;
    }

    /// What is left of the page.
    pub(super) fn room(&self) -> f32 {
        self.laid.paper.1 - BOTTOM - self.y
    }

    /// Goes to a new page where less than this is left; answers whether it did.
    pub(super) fn need(&mut self, height: f32) -> bool {
        let breaks = self.room() < height;
        if breaks {
            self.turn();
        }
        breaks
    }

    /// Goes to a new page.
    pub(super) fn turn(&mut self) {
        self.laid.pages.push(Page::default());
        let running = std::mem::take(&mut self.running);
        self.text(SIDE, 42.0, Set::SMALL, &running);
        self.area(Area { left: SIDE, top: 49.0, width: self.width(), height: 0.5, ink: Ink::Faint });
        self.running = running;
        self.y = TOP;
    }

    /// A text with its baseline there.
    pub(super) fn text(&mut self, left: f32, baseline: f32, set: Set, words: &str) {
        let Set { face, size, ink } = set;
        let words = words.to_owned();
        self.page(|page| page.texts.push(Text { left, baseline, face, size, ink, words }));
    }

    /// A text that ends there.
    pub(super) fn text_to(&mut self, right: f32, baseline: f32, set: Set, words: &str) {
        self.text(right - set.width(words), baseline, set, words);
    }

    pub(super) fn area(&mut self, area: Area) {
        self.page(|page| page.areas.push(area));
    }

    fn page(&mut self, change: impl FnOnce(&mut Page)) {
        if let Some(page) = self.laid.pages.last_mut() {
            change(page);
        }
    }

    /// A rule over the whole width.
    pub(super) fn rule(&mut self, height: f32, ink: Ink) {
        self.area(Area { left: SIDE, top: self.y, width: self.width(), height, ink });
        self.y += height;
    }

    /// One line at the left.
    pub(super) fn line(&mut self, set: Set, words: &str) {
        self.need(set.leading());
        self.y += set.leading();
        self.text(SIDE, self.y - f32::from(set.size) * 0.34, set, words);
    }

    /// As many lines as it takes.
    pub(super) fn paragraph(&mut self, set: Set, words: &str) {
        for line in set.wrapped(words, self.width()) {
            self.line(set, &line);
        }
    }

    /// A heading, which stays with what follows.
    pub(super) fn heading(&mut self, words: &str, with: f32) {
        self.need(Set::HEADING.leading() + with);
        self.paragraph(Set::HEADING, words);
        self.space(3.0);
    }

    /// The document, with the foot of each page: who printed it and when, and how many pages there are.
    pub(super) fn finished(mut self, printed: &str) -> Laid {
        let count = self.laid.pages.len();
        let (left, right) = (SIDE, self.laid.paper.0 - SIDE);
        let baseline = self.laid.paper.1 - 30.0;
        for (number, page) in self.laid.pages.iter_mut().enumerate() {
            let number = format!("Page {} of {count}", number + 1);
            let Set { face, size, ink } = Set::SMALL;
            let beside = right - Set::SMALL.width(&number);
            for (left, words) in [(left, printed.to_owned()), (beside, number)] {
                page.texts.push(Text { left, baseline, face, size, ink, words });
            }
        }
        self.laid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_too_wide_and_no_character_is_lost() {
        let text = format!("A bicycle with a name {} and two more words", "Überlandrad".repeat(20));
        for width in [12.0, 60.0, 200.0] {
            let lines = Set::BODY.wrapped(&text, width);
            assert!(lines.iter().all(|line| Set::BODY.width(line) <= width), "{lines:?}");
            let kept = |text: &str| text.replace(' ', "");
            assert_eq!(kept(&lines.concat()), kept(&text));
        }
    }

    #[test]
    fn a_page_that_is_full_is_followed_by_another_with_a_head_and_every_foot_counts_them() {
        let mut flow = Flow::new((595.0, 842.0), "Title", "Running head");
        for _ in 0..100 {
            flow.line(Set::BODY, "A line");
        }
        let laid = flow.finished("Printed by ann");
        assert_eq!(laid.pages.len(), 2);
        let words =
            |page: usize| laid.pages[page].texts.iter().map(|text| text.words.as_str()).collect::<Vec<_>>();
        assert!(words(0).ends_with(&["Printed by ann", "Page 1 of 2"]), "{:?}", words(0));
        assert_eq!((words(1)[0], *words(1).last().unwrap()), ("Running head", "Page 2 of 2"));
        let lowest = laid.pages[0].texts.iter().rev().nth(2).unwrap().baseline;
        assert!(lowest < 842.0 - BOTTOM);
    }
}
