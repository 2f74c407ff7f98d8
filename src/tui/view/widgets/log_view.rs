//! What goes on, line by line, the newest lowest.

use super::put;
use super::toast::look;
use crate::tui::model::widgets::log_view::LogView;
use crate::tui::view::text::{fit, width};
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws the lines there is room for; answers how many that are.
pub fn log_view(log: &LogView, area: Rect, buffer: &mut Buffer, theme: &Theme) -> u16 {
    for (row, entry) in (0..).zip(log.seen(area.height.into())) {
        let (sign, style) = look(entry.mood, theme);
        let used = width(&entry.time) + 3;
        let line = Line::from(vec![
            Span::styled(entry.time.clone(), theme.muted),
            Span::styled(format!(" {sign} "), style),
            Span::styled(fit(&entry.words, area.width.saturating_sub(used)), style),
        ]);
        put(line, row, area, buffer);
    }
    if log.newer() > 0 {
        let newer = Span::styled(format!(" ↓ {} newer ", log.newer()), theme.focus);
        put(Line::from(newer).right_aligned(), area.height.saturating_sub(1), area, buffer);
    }
    area.height
}
