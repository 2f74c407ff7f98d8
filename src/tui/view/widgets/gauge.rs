//! A bar that fills from the left.

use super::put;
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Fills the top row of `area` by `ratio`, 0 to 1; more fills it whole.
pub fn gauge(ratio: f64, style: Style, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let eighths = (ratio.clamp(0.0, 1.0) * f64::from(area.width) * 8.0).round() as usize;
    let whole = eighths / 8;
    let part = EIGHTHS.get(eighths % 8).copied().unwrap_or_default();
    let used = whole + usize::from(!part.is_empty());
    let line = Line::from(vec![
        Span::styled("█".repeat(whole), style),
        Span::styled(part, style),
        Span::styled(
            "·".repeat(usize::from(area.width).saturating_sub(used)),
            theme.faint,
        ),
    ]);
    put(line, 0, area, buffer);
}
