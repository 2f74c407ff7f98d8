//! The overlay of commands and their keys.

use super::popups::{MEASURE, scrolled};
use super::theme::Theme;
use super::widgets::find::find;
use super::widgets::popup::popup;
use super::widgets::table::aligned;
use super::widgets::{put, rows};
use crate::tui::model::App;
use crate::tui::model::help::Help;
use crate::tui::model::hits::HitMap;
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
    hits: &mut HitMap,
) -> Option<Position> {
    // As high as the whole list would be, so that it stands still while it is narrowed.
    let whole = u16::try_from(lines(app, "", theme).len()).unwrap_or(u16::MAX);
    let inside = popup("Keys", (MEASURE, whole), area, buffer, theme);
    let words = state.find.words();
    if !state.find.is_typing() && words.is_empty() {
        list(lines(app, "", theme), state.scroll, theme, inside, buffer, hits);
        return None;
    }
    let cursor = find(&state.find, inside, buffer, theme);
    let below = rows(inside, 2, u16::MAX);
    let found = lines(app, words.text(), theme);
    if found.is_empty() {
        put(Span::styled("No key or command has that in its name.", theme.muted), 0, below, buffer);
    }
    list(found, state.scroll, theme, below, buffer, hits);
    cursor
}

/// A line, with which command it is, from 0, if it is one.
type Numbered = (Option<usize>, Line<'static>);

fn list(
    numbered: Vec<Numbered>,
    scroll: u16,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) {
    let (numbers, lines): (Vec<_>, Vec<_>) = numbered.into_iter().unzip();
    let first = scrolled(lines, scroll, theme, area, buffer, hits);
    for (row, number) in (0..area.height).zip(numbers.into_iter().skip(first.into())) {
        if let Some(number) = number {
            hits.add_row(rows(area, row, 1), number);
        }
    }
}

fn lines(app: &App, wanted: &str, theme: &Theme) -> Vec<Numbered> {
    let mut lines = Vec::new();
    let mut next = 0..;
    for (place, entries) in app.help(wanted) {
        if !lines.is_empty() {
            lines.push((None, Line::default()));
        }
        lines.push((None, Line::from(Span::styled(place.heading(), theme.accent.bold()))));
        for entry in entries {
            let keys = app.keys_shown(entry);
            let keys = Span::styled(aligned(&keys, KEYS - 2, false), theme.strong);
            let line = Line::from(vec![keys, Span::raw("  "), Span::styled(entry.words, theme.text)]);
            lines.push((next.next(), line));
        }
    }
    lines
}
