//! A box over a screen.

use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Block, BorderType, Clear, Padding, Widget};

/// Clears a box of that size in the middle of `area`, draws its border, and answers the room inside.
pub fn popup(title: &str, size: (u16, u16), area: Rect, buffer: &mut Buffer, theme: &Theme) -> Rect {
    let width = size.0.saturating_add(6).min(area.width);
    let height = size.1.saturating_add(2).min(area.height);
    let frame =
        Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    Clear.render(frame, buffer);
    buffer.set_style(frame.intersection(buffer.area), theme.text);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.accent)
        .title(Span::styled(format!(" {title} "), theme.strong))
        .padding(Padding::horizontal(2));
    let inside = block.inner(frame);
    block.render(frame, buffer);
    inside
}
