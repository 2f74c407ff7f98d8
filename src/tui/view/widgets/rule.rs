//! A line across.

use super::put;
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// A line across the top row of `area`.
pub fn rule(area: Rect, buffer: &mut Buffer, theme: &Theme) {
    put(Span::styled("─".repeat(area.width.into()), theme.faint), 0, area, buffer);
}
