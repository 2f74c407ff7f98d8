//! The parts of a tile that can be chosen: where they are, and which has the focus.

use super::Look;
use crate::tui::model::dashboard::Tile;
use crate::tui::model::hits::HitMap;
use crate::tui::view::widgets::rows;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Notes that a part was drawn there, and shows whether it has the focus.
pub(super) fn part(
    look: Look,
    tile: Tile,
    number: usize,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) {
    if area.is_empty() {
        return;
    }
    hits.add_part(area, tile, number);
    if look.board.part_in(tile) == Some(number) {
        buffer.set_style(area, look.theme.focus);
    }
}

/// The same of the rows of a list.
pub(super) fn each_row(look: Look, tile: Tile, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    for (number, row) in (0..area.height).enumerate() {
        part(look, tile, number, rows(area, row, 1), buffer, hits);
    }
}
