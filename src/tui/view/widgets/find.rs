//! The line in which a word to find is typed, or stands while it narrows what is shown.

use super::field::typed;
use super::{columns, put, rows};
use crate::tui::model::widgets::find::Find;
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

/// Draws it in the top row of `area`; answers where the terminal's cursor belongs, while it is typed.
pub fn find(find: &Find, area: Rect, buffer: &mut Buffer, theme: &Theme) -> Option<Position> {
    let line = rows(area, 0, 1);
    put(Span::styled("/", theme.accent.bold()), 0, line, buffer);
    let cursor = typed(find.words(), columns(line, 2, u16::MAX), buffer, theme);
    (find.is_typing() && !line.is_empty()).then_some(cursor)
}
