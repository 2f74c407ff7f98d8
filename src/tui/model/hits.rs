//! Where things are on the screen, as the last frame drew them.

use super::command::Command;
use super::dashboard::Tile;
use ratatui::layout::{Position, Rect};

/// The places that can have the focus, with where they were drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HitMap {
    /// How many rows the table, list or text with the focus had room for.
    pub rows: u16,
    /// How far the text with the focus can be scrolled, in lines.
    pub furthest: u16,
    places: Vec<(Rect, Tile)>,
    targets: Vec<(Rect, Target)>,
}

/// What a click can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A part of the dashboard.
    Tile(Tile),
    /// A part of such a part, from 0: a row, a bar.
    Part(Tile, usize),
    /// A row of the list or table with the focus, from 0: of a list among all that were found, of a table among those
    /// seen.
    Row(usize),
    /// A field of a form, from 0.
    Field(usize),
    /// A command of the hint bar.
    Hint(Command),
}

/// A way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it all")]
pub enum Direction {
    Up,
    Down,
    Left,
    Right,
}

impl HitMap {
    /// Notes where `tile` was drawn.
    pub fn add(&mut self, area: Rect, tile: Tile) {
        if !area.is_empty() {
            self.places.push((area, tile));
            self.targets.push((area, Target::Tile(tile)));
        }
    }

    /// Notes where a part of a tile was drawn.
    pub fn add_part(&mut self, area: Rect, tile: Tile, part: usize) {
        self.targets.push((area, Target::Part(tile, part)));
    }

    /// How many parts of the tile were drawn.
    pub fn parts_of(&self, tile: Tile) -> usize {
        let parts = self.targets.iter().filter_map(|(_, target)| match target {
            Target::Part(of, part) if *of == tile => Some(part + 1),
            _ => None,
        });
        parts.max().unwrap_or(0)
    }

    /// Notes where a row of a list or table was drawn.
    pub fn add_row(&mut self, area: Rect, row: usize) {
        self.targets.push((area, Target::Row(row)));
    }

    /// Notes where a field of a form was drawn.
    pub fn add_field(&mut self, area: Rect, field: usize) {
        self.targets.push((area, Target::Field(field)));
    }

    /// Notes where the hint bar tells of a command.
    pub fn add_hint(&mut self, area: Rect, command: Command) {
        self.targets.push((area, Target::Hint(command)));
    }

    /// Something was drawn over the screen: a click does not reach what is below it. The arrow keys still find their
    /// way there, for it may be gone before the next frame.
    pub fn cover(&mut self) {
        self.targets.retain(|(_, target)| matches!(target, Target::Hint(_)));
        self.rows = 0;
        self.furthest = 0;
    }

    /// What is at this cell of the screen.
    pub fn at(&self, column: u16, row: u16) -> Option<Target> {
        let mut hit = self.targets.iter().filter(|(area, _)| area.contains(Position::new(column, row)));
        // A tile is below its parts.
        let first = hit.next()?.1;
        let is_tile = matches!(first, Target::Tile(_));
        let part = hit.find(|(_, target)| is_tile && matches!(target, Target::Part(..)));
        Some(part.map_or(first, |(_, part)| *part))
    }

    /// Whether the tile was drawn.
    pub fn has(&self, tile: Tile) -> bool {
        self.places.iter().any(|(_, drawn)| *drawn == tile)
    }

    /// The tile nearest to `from` that way, if there is one.
    pub fn towards(&self, from: Tile, way: Direction) -> Option<Tile> {
        let (start, _) = self.places.iter().find(|(_, tile)| *tile == from)?;
        self.places
            .iter()
            .filter_map(|(area, tile)| Some((distance(start, area, way)?, *tile)))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, tile)| tile)
    }
}

/// How far `to` is from `from` that way: along the way first, then how far it is off it.
fn distance(from: &Rect, to: &Rect, way: Direction) -> Option<(u16, u16)> {
    let along = match way {
        Direction::Up => from.y.checked_sub(to.bottom())?,
        Direction::Down => to.y.checked_sub(from.bottom())?,
        Direction::Left => from.x.checked_sub(to.right())?,
        Direction::Right => to.x.checked_sub(from.right())?,
    };
    let aside = match way {
        Direction::Up | Direction::Down => from.x.abs_diff(to.x),
        Direction::Left | Direction::Right => from.y.abs_diff(to.y),
    };
    // A cell is about twice as high as it is wide.
    let share_a_line = match way {
        Direction::Up | Direction::Down => true,
        Direction::Left | Direction::Right => from.y < to.bottom() && to.y < from.bottom(),
    };
    share_a_line.then_some((along, aside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_to_the_nearest_tile_that_way() {
        let mut hits = HitMap::default();
        hits.add(Rect::new(0, 0, 80, 3), Tile::Net);
        hits.add(Rect::new(0, 4, 20, 2), Tile::Orders);
        hits.add(Rect::new(20, 4, 20, 2), Tile::Average);
        hits.add(Rect::new(0, 7, 80, 5), Tile::Days);
        let table = [
            (Tile::Net, Direction::Down, Some(Tile::Orders)),
            (Tile::Orders, Direction::Right, Some(Tile::Average)),
            (Tile::Average, Direction::Down, Some(Tile::Days)),
            (Tile::Average, Direction::Left, Some(Tile::Orders)),
            (Tile::Days, Direction::Up, Some(Tile::Orders)),
            (Tile::Net, Direction::Up, None),
            (Tile::Low, Direction::Up, None),
        ];
        for (from, way, to) in table {
            assert_eq!(hits.towards(from, way), to, "{from:?} {way:?}");
        }
    }

    #[test]
    fn a_click_does_not_go_through_what_lies_over_the_screen() {
        let mut hits = HitMap::default();
        hits.add(Rect::new(0, 0, 80, 3), Tile::Net);
        hits.add_hint(Rect::new(1, 23, 8, 1), Command::Help);
        assert_eq!(hits.at(79, 2), Some(Target::Tile(Tile::Net)));
        assert_eq!(hits.at(79, 3), None);
        hits.cover();
        hits.add_row(Rect::new(10, 1, 20, 1), 4);
        assert_eq!(hits.at(79, 2), None);
        assert_eq!(hits.at(10, 1), Some(Target::Row(4)));
        assert_eq!(hits.at(8, 23), Some(Target::Hint(Command::Help)));
    }
}
