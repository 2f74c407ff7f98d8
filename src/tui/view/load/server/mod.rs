//! The steps of a load from a server, from its address to its rows being here.

pub(super) mod endpoints;
pub(super) mod form;
pub(super) mod reading;
pub(super) mod whole;

use super::super::text::wrap;
use super::super::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

/// A text over as many rows as it takes; answers how many of the area's rows that were.
fn paragraph(words: &str, style: Style, area: Rect, buffer: &mut Buffer) -> u16 {
    let lines = wrap(words, area.width);
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    for (row, line) in (0..).zip(lines) {
        put(Span::styled(line, style), row, area, buffer);
    }
    count.min(area.height)
}
