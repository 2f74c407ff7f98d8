//! The box to find any record by.

use crate::tui::model::hits::HitMap;
use crate::tui::model::records::Search;
use crate::tui::view::text::{fit, width, wrap};
use crate::tui::view::theme::Theme;
use crate::tui::view::widgets::field::typed;
use crate::tui::view::widgets::popup::popup;
use crate::tui::view::widgets::{columns, put, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Columns of the box, and rows of what was found: it stands still while one types.
const SIZE: (u16, u16) = (68, 16);
/// Rows above what was found.
const HEADING: u16 = 2;
/// Columns of the kind of a record.
const KIND: u16 = 10;
const HELP: &str =
    "A name, an e-mail address, digits of a telephone number, a product, the number of an order.";

/// Draws it; answers where the terminal's cursor belongs.
pub(in crate::tui::view) fn draw(
    search: &Search,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    let inside = popup("Search", SIZE, area, buffer, theme);
    let line = rows(inside, 0, 1);
    put(Span::styled("›", theme.accent), 0, line, buffer);
    let state = if search.is_asked() { "asking…" } else { "" };
    put(Line::from(Span::styled(state, theme.muted)).right_aligned(), 0, line, buffer);
    let cursor = typed(&search.words, columns(line, 2, line.width.saturating_sub(11)), buffer, theme);
    let below = rows(inside, HEADING, u16::MAX);
    let words = match &search.failure {
        Some(failure) => Some((failure.words(), theme.bad)),
        None if search.words.is_empty() => Some((HELP, theme.muted)),
        None if search.is_answered && search.found.is_empty() => Some(("Nothing is called so.", theme.muted)),
        None => None,
    };
    if let Some((words, style)) = words {
        for (row, line) in (0..).zip(wrap(words, below.width)) {
            put(Span::styled(line, style), row, below, buffer);
        }
        return Some(cursor);
    }
    let first = (search.cursor + 1).saturating_sub(below.height.into());
    let seen = search.found.iter().enumerate().skip(first);
    for (row, (position, found)) in (0..below.height).zip(seen) {
        let (plain, muted) =
            if position == search.cursor { (theme.focus, theme.focus) } else { (theme.text, theme.muted) };
        let place = rows(below, row, 1);
        hits.add_row(place, position);
        put(Span::styled(" ".repeat(place.width.into()), plain), 0, place, buffer);
        put(Span::styled(super::kind(found.id).to_lowercase(), muted), 0, columns(place, 0, KIND), buffer);
        let detail = fit(&found.detail, place.width / 2);
        let from = place.width.saturating_sub(width(&detail));
        put(Span::styled(detail, muted), 0, columns(place, from, u16::MAX), buffer);
        let room = from.saturating_sub(KIND + 1);
        put(Span::styled(fit(&found.name, room), plain), 0, columns(place, KIND, room), buffer);
    }
    Some(cursor)
}
