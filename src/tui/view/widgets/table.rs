//! Rows in columns: text to the left, numbers to the right.

use super::put;
use crate::tui::view::text::{fit, width};
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its heading.
    pub title: &'static str,
    /// How wide it is, in columns of the terminal; 0 takes what the others leave.
    pub width: u16,
    /// Whether it holds numbers.
    pub is_number: bool,
}

impl Column {
    /// A column of text, `width` wide, or of all that is left for 0.
    pub const fn text(title: &'static str, width: u16) -> Column {
        Column { title, width, is_number: false }
    }

    /// A column of numbers.
    pub const fn number(title: &'static str, width: u16) -> Column {
        Column { title, width, is_number: true }
    }
}

/// A cell, with the style of what it says.
pub type Cell = (String, Style);

/// A heading and the rows that fit under it.
pub fn table(
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<Cell>>,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
) {
    let widths = widths(columns, area.width);
    let heading = columns.iter().map(|column| (column.title.to_owned(), theme.muted)).collect();
    put(line(columns, &widths, heading), 0, area, buffer);
    for (row, cells) in (1..area.height).zip(rows) {
        put(line(columns, &widths, cells), row, area, buffer);
    }
}

fn widths(columns: &[Column], room: u16) -> Vec<u16> {
    let gaps = 2 * u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let fixed: u16 = columns.iter().map(|column| column.width).sum();
    let left = room.saturating_sub(fixed).saturating_sub(gaps);
    columns.iter().map(|column| if column.width == 0 { left } else { column.width }).collect()
}

fn line(columns: &[Column], widths: &[u16], cells: Vec<Cell>) -> Line<'static> {
    let mut spans = Vec::with_capacity(cells.len() * 2);
    for (position, ((column, width), (text, style))) in columns.iter().zip(widths).zip(cells).enumerate() {
        if position > 0 {
            spans.push(Span::raw("  "));
        }
        spans.push(Span::styled(aligned(&text, *width, column.is_number), style));
    }
    Line::from(spans)
}

/// The text in exactly `room` columns.
pub fn aligned(text: &str, room: u16, to_the_right: bool) -> String {
    let fitted = fit(text, room);
    let space = " ".repeat(room.saturating_sub(width(&fitted)).into());
    if to_the_right { space + &fitted } else { fitted + &space }
}
