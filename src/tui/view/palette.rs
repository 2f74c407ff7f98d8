//! The palette.

use super::popups::MEASURE;
use super::text::width;
use super::theme::Theme;
use super::widgets::field::typed;
use super::widgets::popup::popup;
use super::widgets::table::aligned;
use super::widgets::{columns, put, rows};
use crate::tui::model::App;
use crate::tui::model::hits::HitMap;
use crate::tui::model::palette::{Found, Palette};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// The most rows it takes: more are scrolled.
const MOST: usize = 14;

/// Draws it; answers where the cursor belongs.
pub(super) fn draw(
    app: &App,
    state: &Palette,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    // As high as all that is offered, so that it stands still while it is narrowed.
    let height = u16::try_from(state.offered().min(MOST)).unwrap_or(u16::MAX).saturating_add(2);
    let inside = popup("Commands", (MEASURE, height), area, buffer, theme);
    put(Span::styled(":", theme.accent.bold()), 0, inside, buffer);
    let cursor = typed(state.query(), columns(rows(inside, 0, 1), 2, u16::MAX), buffer, theme);
    let list = rows(inside, 2, u16::MAX);
    if state.found().is_empty() {
        put(Span::styled("No command has these letters in its name.", theme.muted), 0, list, buffer);
    }
    let room = usize::from(list.height.max(1));
    let first = (state.cursor() + 1).saturating_sub(room);
    for (row, (position, found)) in (0..).zip(state.found().iter().enumerate().skip(first).take(room)) {
        let line = rows(list, row, 1);
        hits.add_row(line, position);
        command(app, found, position == state.cursor(), theme, line, buffer);
    }
    Some(cursor)
}

/// A command at the left, its keys at the right.
fn command(app: &App, found: &Found, has_focus: bool, theme: &Theme, line: Rect, buffer: &mut Buffer) {
    let keys = app.keys_shown(found.entry);
    if has_focus {
        put(Span::styled(aligned("", line.width, false), theme.focus), 0, line, buffer);
    }
    let role = |style: Style| if has_focus { theme.focus } else { style };
    let keys_from = line.width.saturating_sub(width(&keys));
    let room = columns(line, 0, keys_from.saturating_sub(2));
    let letters = found.entry.words.graphemes(true).zip(0..).map(|(letter, position)| {
        let is_typed = found.letters.contains(&position);
        let style = role(if is_typed { theme.accent.bold() } else { theme.text });
        Span::styled(letter, if is_typed { style.underlined() } else { style })
    });
    put(Line::from(letters.collect::<Vec<_>>()), 0, room, buffer);
    put(Span::styled(keys, role(theme.muted)), 0, columns(line, keys_from, u16::MAX), buffer);
}
