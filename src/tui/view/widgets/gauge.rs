//! A bar that fills from the left.

use super::put;
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Fills the top row of `area` by `ratio`, 0 to 1; more fills it whole. A line and not a block, so that it keeps its
/// distance from the text above and below.
pub fn gauge(ratio: f64, style: Style, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let halves = (ratio.clamp(0.0, 1.0) * f64::from(area.width) * 2.0).round() as usize;
    let half = if halves % 2 == 1 { "╸" } else { "" };
    let used = halves.div_ceil(2);
    let line = Line::from(vec![
        Span::styled("━".repeat(halves / 2), style),
        Span::styled(half, style),
        Span::styled("·".repeat(usize::from(area.width).saturating_sub(used)), theme.faint),
    ]);
    put(line, 0, area, buffer);
}
