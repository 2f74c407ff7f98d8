//! The overlay of commands and their keys.

use super::popups::{MEASURE, scrolled};
use super::theme::Theme;
use super::widgets::field::typed;
use super::widgets::popup::popup;
use super::widgets::table::aligned;
use super::widgets::{columns, put, rows};
use crate::tui::model::App;
use crate::tui::model::help::Help;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Columns the keys take.
const KEYS: u16 = 18;

/// Draws it; answers where the cursor belongs while what is looked for is typed.
pub(super) fn draw(
    app: &App,
    state: &Help,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    // As high as the whole list would be, so that it stands still while it is narrowed.
    let whole = u16::try_from(lines(app, "", theme).len()).unwrap_or(u16::MAX);
    let inside = popup("Keys", (MEASURE, whole), area, buffer, theme);
    let filter = state.filter();
    if !state.is_typing() && filter.is_empty() {
        scrolled(lines(app, "", theme), state.scroll, theme, inside, buffer);
        return None;
    }
    let line = columns(rows(inside, 0, 1), 2, u16::MAX);
    put(Span::styled("/", theme.accent.bold()), 0, inside, buffer);
    let cursor = typed(filter, line, buffer, theme);
    let found = lines(app, filter.text(), theme);
    let below = rows(inside, 2, u16::MAX);
    if found.is_empty() {
        put(Span::styled("No key or command has that in its name.", theme.muted), 0, below, buffer);
    }
    scrolled(found, state.scroll, theme, below, buffer);
    state.is_typing().then_some(cursor)
}

fn lines(app: &App, wanted: &str, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (place, entries) in app.help(wanted) {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::from(Span::styled(place.heading(), theme.accent.bold())));
        for entry in entries {
            let keys = app.keys_shown(entry);
            let keys = Span::styled(aligned(&keys, KEYS - 2, false), theme.strong);
            lines.push(Line::from(vec![keys, Span::raw("  "), Span::styled(entry.words, theme.text)]));
        }
    }
    lines
}
