//! How much room there is.

use ratatui::layout::Rect;

/// The sizes the screens are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breakpoint {
    /// Below 60x16: only a polite word.
    TooSmall,
    /// From 60x16; 80x24 is fully usable.
    Compact,
    /// From 100x30.
    Normal,
    /// From 160x45.
    Wide,
}

impl Breakpoint {
    /// The one for a screen of this size.
    pub fn of(area: Rect) -> Breakpoint {
        match (area.width, area.height) {
            (160.., 45..) => Breakpoint::Wide,
            (100.., 30..) => Breakpoint::Normal,
            (60.., 16..) => Breakpoint::Compact,
            _ => Breakpoint::TooSmall,
        }
    }
}
