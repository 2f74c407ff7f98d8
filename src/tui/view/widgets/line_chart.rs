//! A line through values over time, in braille dots: two to a column of the terminal, four to a row.

use super::{columns, put, rows};
use crate::tui::view::text::width;
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The first braille sign, without a dot; each of the eight dots is a bit above it (Unicode 15, 21.1).
const BLANK: u32 = 0x2800;
/// The bits of the dots, from the top, left and right.
const DOTS: [[u32; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// What stands beside a line: its least and its greatest value, in words.
#[derive(Debug, Clone, Copy)]
pub struct Scale<'a> {
    /// At the bottom.
    pub least: &'a str,
    /// At the top.
    pub greatest: &'a str,
}

/// Draws the line through `parts`, each 0 at the bottom to 1 at the top, spread over the width; where there is nothing the
/// line has a gap.
pub fn line_chart(
    parts: &[Option<f64>],
    scale: Scale,
    style: Style,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
) {
    let label = width(scale.least).max(width(scale.greatest));
    let beside = columns(area, 0, label);
    put(Line::from(Span::styled(scale.greatest, theme.muted)).right_aligned(), 0, beside, buffer);
    if area.height > 1 {
        let least = Line::from(Span::styled(scale.least, theme.muted)).right_aligned();
        put(least, area.height - 1, beside, buffer);
    }
    let plot = columns(area, label + 1, u16::MAX);
    let levels = levels(parts, usize::from(plot.width) * 2, usize::from(plot.height) * 4);
    for row in 0..plot.height {
        let line: String = levels.chunks(2).map(|pair| sign(pair, usize::from(row) * 4)).collect();
        put(Span::styled(line, style), 0, rows(plot, row, 1), buffer);
    }
}

/// For each column of dots, the dots that are set, from the top one to the lowest; a step between two columns is filled, so
/// that the line holds together.
fn levels(parts: &[Option<f64>], across: usize, down: usize) -> Vec<Option<(usize, usize)>> {
    let mut before = None;
    (0..across)
        .map(|column| {
            let level = at(parts, column, across)
                .map(|part| ((1.0 - part.clamp(0.0, 1.0)) * down.saturating_sub(1) as f64).round() as usize);
            let last = std::mem::replace(&mut before, level);
            level.map(|level| match last {
                Some(last) if last < level => (last + 1, level),
                Some(last) if last > level => (level, last - 1),
                _ => (level, level),
            })
        })
        .collect()
}

/// The height of the line at a column of dots, between the two values it lies between.
fn at(parts: &[Option<f64>], column: usize, across: usize) -> Option<f64> {
    let place = column as f64 * parts.len().saturating_sub(1) as f64 / across.saturating_sub(1).max(1) as f64;
    let (left, between) = (place.floor() as usize, place.fract());
    let from = (*parts.get(left)?)?;
    if between == 0.0 {
        return Some(from);
    }
    let to = (*parts.get(left + 1)?)?;
    Some(from + (to - from) * between)
}

fn sign(pair: &[Option<(usize, usize)>], top: usize) -> char {
    let mut bits = 0;
    for (side, level) in pair.iter().enumerate() {
        let Some((from, to)) = level else { continue };
        for (dot, dots) in (top..).zip(DOTS) {
            if (*from..=*to).contains(&dot) {
                bits |= dots.get(side).copied().unwrap_or_default();
            }
        }
    }
    // A space, and not the sign without a dot, which some fonts draw.
    if bits == 0 { ' ' } else { char::from_u32(BLANK + bits).unwrap_or(' ') }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(parts: &[Option<f64>], size: (u16, u16)) -> Vec<String> {
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buffer = Buffer::empty(area);
        let scale = Scale { least: "0", greatest: "9" };
        line_chart(parts, scale, Style::new(), area, &mut buffer, &Theme::MONO);
        let lines = buffer.content().chunks(size.0.into());
        lines.map(|line| line.iter().map(|cell| cell.symbol()).collect()).collect()
    }

    #[test]
    fn a_line_rises_and_holds_together() {
        assert_eq!(drawn(&[Some(0.0), Some(1.0)], (6, 2)), ["9   ⡠⠊", "0 ⡠⠊  "]);
        assert_eq!(drawn(&[Some(0.0), Some(0.0), Some(1.0), Some(1.0)], (4, 2)), ["9  ⡏", "0 ⣀⠇"]);
    }

    #[test]
    fn nothing_is_a_gap_and_no_values_are_no_line() {
        assert_eq!(drawn(&[Some(1.0), None, None, Some(1.0)], (4, 1)), ["9 ⠁⠈"]);
        assert_eq!(drawn(&[], (4, 1)), ["9   "]);
        assert_eq!(drawn(&[Some(f64::NAN)], (1, 1)).len(), 1);
    }
}
