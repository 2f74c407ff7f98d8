//! A row of small bars: the shape of a number over time, without a scale.

use super::bars::bars;
use super::rows;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws the newest values that fit into the top row of `area`, one a column, the greatest of them full.
pub fn sparkline(values: &[f64], style: Style, area: Rect, buffer: &mut Buffer) {
    let seen = values.get(values.len().saturating_sub(area.width.into())..).unwrap_or_default();
    let most = seen.iter().copied().fold(0.0, f64::max);
    let parts = seen.iter().map(|value| if most > 0.0 { value / most } else { 0.0 });
    bars(parts, 1, style, rows(area, 0, 1), buffer);
}
