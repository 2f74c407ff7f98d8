//! Pages as they are laid out, before they are bytes: texts and areas at their places, in points from the top left.

use super::face::Face;

/// Something set on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub(super) left: f32,
    pub(super) baseline: f32,
    pub(super) face: Face,
    pub(super) size: u8,
    pub(super) ink: Ink,
    pub(super) words: String,
}

/// A rectangle filled with an ink; a rule is a thin one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) ink: Ink,
}

/// The few colours of a report. All of them are told apart in grey as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// What is read.
    Black,
    /// What is read last.
    Grey,
    /// Rules between rows.
    Faint,
    /// Behind a heading.
    Pale,
    /// The chain's own numbers as bars, and the line under its name.
    Blue,
}

impl Ink {
    /// Red, green and blue.
    pub(super) fn rgb(self) -> (u8, u8, u8) {
        match self {
            Ink::Black => (0x1c, 0x1f, 0x24),
            Ink::Grey => (0x63, 0x6b, 0x75),
            Ink::Faint => (0xd5, 0xd9, 0xde),
            Ink::Pale => (0xf1, 0xf4, 0xf7),
            Ink::Blue => (0x2f, 0x5d, 0x8c),
        }
    }
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub(super) texts: Vec<Text>,
    pub(super) areas: Vec<Area>,
}

/// A document that is laid out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Laid {
    /// Its title, as a window of a reader shows it.
    pub(super) title: String,
    /// Width and height of its pages, in points.
    pub(super) paper: (f32, f32),
    pub(super) pages: Vec<Page>,
}
