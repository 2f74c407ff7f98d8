//! What has the focus: a tile, or a part of one.

use super::{Dashboard, Tile};
use crate::tui::model::hits::Direction;

/// How the parts of a tile lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lie {
    /// Side by side: bars, and what a sum is held against.
    Across,
    /// Below each other: rows.
    Down,
}

impl Tile {
    fn lie(self) -> Lie {
        if matches!(self, Tile::Net | Tile::Days) { Lie::Across } else { Lie::Down }
    }
}

impl Dashboard {
    /// The focus goes to a tile as a whole.
    pub(in crate::tui::model) fn focus_on(&mut self, tile: Tile) {
        (self.focus, self.part) = (tile, None);
    }

    /// The focus goes to a part of a tile; tells whether it had it.
    pub(in crate::tui::model) fn focus_on_part(&mut self, tile: Tile, part: usize) -> bool {
        let before = (self.focus, self.part);
        (self.focus, self.part) = (tile, Some(part));
        before == (self.focus, self.part)
    }

    /// The part that has the focus; nothing for the whole tile, and where the part is not there any more.
    pub fn part(&self) -> Option<usize> {
        self.part.filter(|part| *part < self.parts_of(self.focus))
    }

    /// The part of this tile that has the focus.
    pub fn part_in(&self, tile: Tile) -> Option<usize> {
        self.part().filter(|_| self.focus == tile)
    }

    /// Whether the tile has the focus as a whole.
    pub fn is_whole(&self, tile: Tile) -> bool {
        self.focus == tile && self.part().is_none()
    }

    /// Takes the focus from the part to the tile; tells whether a part had it.
    pub(in crate::tui::model) fn leave_part(&mut self) -> bool {
        self.part.take().is_some()
    }

    /// The focus goes from part to part among those that are `drawn`; tells whether there was one that way.
    pub(super) fn step_part(&mut self, way: Direction, drawn: usize) -> bool {
        let parts = self.parts_of(self.focus).min(drawn);
        let forward = match (self.focus.lie(), way) {
            (Lie::Across, Direction::Right) | (Lie::Down, Direction::Down) => true,
            (Lie::Across, Direction::Left) | (Lie::Down, Direction::Up) => false,
            _ => return false,
        };
        let next = match (self.part(), forward) {
            (None, true) => 0,
            // The newest day is nearest to what is looked for.
            (None, false) if self.focus == Tile::Days && parts > 0 => parts - 1,
            (None, false) => return false,
            (Some(part), true) => part + 1,
            (Some(0), false) => {
                self.part = None;
                return true;
            }
            (Some(part), false) => part - 1,
        };
        let is_there = next < parts;
        if is_there {
            self.part = Some(next);
        }
        // Bars end at the edge of the screen; below the last row there is another tile.
        is_there || (self.focus.lie() == Lie::Across && parts > 0)
    }
}
