//! Upright bars side by side.

use super::put;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Columns each of `count` bars takes in `width` columns, the gap to the next one included; at least one.
pub fn step(width: u16, count: u16) -> u16 {
    (width / count.max(1)).clamp(1, 6)
}

/// Draws bars of the given parts, each 0 to 1, from the left; one that is not nothing is always seen.
pub fn bars(parts: impl IntoIterator<Item = f64>, step: u16, style: Style, area: Rect, buffer: &mut Buffer) {
    let thick = if step > 1 { step - 1 } else { 1 };
    for (position, part) in (0u16..).zip(parts) {
        let left = position.saturating_mul(step);
        if left >= area.width {
            break;
        }
        let bar = super::columns(area, left, thick);
        let most = f64::from(area.height) * 8.0;
        let mut eighths = (part.clamp(0.0, 1.0) * most).round() as usize;
        if part > 0.0 {
            eighths = eighths.max(1);
        }
        for row in 0..area.height {
            let below = usize::from(area.height - 1 - row) * 8;
            let full = eighths.saturating_sub(below).min(8);
            // Where there is nothing of a bar, what is behind it shows.
            if let Some(glyph) = EIGHTHS.get(full).filter(|_| full > 0) {
                put(Span::styled(glyph.repeat(bar.width.into()), style), row, bar, buffer);
            }
        }
    }
}

/// Draws what stands behind bars of the same step: shades, a row of cells exact.
pub fn shadows(
    parts: impl IntoIterator<Item = f64>,
    step: u16,
    style: Style,
    area: Rect,
    buffer: &mut Buffer,
) {
    let thick = if step > 1 { step - 1 } else { 1 };
    for (position, part) in (0u16..).zip(parts) {
        let left = position.saturating_mul(step);
        if left >= area.width {
            break;
        }
        let bar = super::columns(area, left, thick);
        let high = (part.clamp(0.0, 1.0) * f64::from(area.height)).round() as u16;
        for row in area.height.saturating_sub(high)..area.height {
            put(Span::styled("░".repeat(bar.width.into()), style), row, bar, buffer);
        }
    }
}
