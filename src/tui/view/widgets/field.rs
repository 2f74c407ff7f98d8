//! A line of text being typed.

use super::{columns, put};
use crate::tui::model::field::Field;
use crate::tui::view::text::{end, fit, width};
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// How a field looks.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// What stands before it.
    pub label: &'a str,
    /// Columns the label takes.
    pub label_width: u16,
    /// Whether it has the focus.
    pub focused: bool,
    /// Whether it hides what is typed.
    pub masked: bool,
}

/// Draws the field in the top row of `area`; answers where the terminal's cursor belongs, if it has the focus.
pub fn field(
    field: &Field,
    look: Look<'_>,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Option<Position> {
    let (mark, style) = if look.focused { ("›", theme.accent) } else { (" ", theme.text) };
    let label = Line::from(vec![
        Span::styled(mark, style),
        Span::raw(" "),
        Span::styled(look.label.to_owned(), style),
    ]);
    put(label, 0, columns(area, 0, look.label_width), buffer);
    let input = columns(area, look.label_width, u16::MAX);
    if input.is_empty() {
        return None;
    }
    let (cursor, used) = text(field, look.masked, input, buffer, theme);
    if !look.focused {
        return None;
    }
    let rest = columns(input, used, u16::MAX);
    put(Span::styled("_".repeat(rest.width.into()), theme.faint), 0, rest, buffer);
    Some(cursor)
}

/// Draws what is being typed, without a label; answers where the terminal's cursor belongs.
pub fn typed(field: &Field, area: Rect, buffer: &mut Buffer, theme: &Theme) -> Position {
    text(field, false, area, buffer, theme).0
}

/// Draws the text; answers where the cursor belongs, and how many columns it took.
fn text(field: &Field, masked: bool, input: Rect, buffer: &mut Buffer, theme: &Theme) -> (Position, u16) {
    let mask = |text: &str| {
        if masked { "•".repeat(text.graphemes(true).count()) } else { text.to_owned() }
    };
    let whole = mask(field.text());
    let before = mask(field.before_cursor());
    // One column is left for the cursor behind the text.
    let room = input.width.saturating_sub(1);
    let shown_before = end(&before, room);
    let after = whole.get(before.len()..).unwrap_or_default();
    let column = width(&shown_before);
    let shown_after = fit(after, room - column);
    let used = column + width(&shown_after);
    put(Span::styled(shown_before, theme.text), 0, input, buffer);
    put(Span::styled(shown_after, theme.text), 0, columns(input, column, u16::MAX), buffer);
    (Position::new(input.x + column, input.y), used)
}
