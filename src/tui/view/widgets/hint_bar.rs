//! The bottom row: what one can do here, with its key.

use super::put;
use crate::tui::model::command::Entry;
use crate::tui::view::text::width;
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// As many hints as fit; a hint is shown whole or not at all. `typing` leaves out keys that would be typed.
pub fn hint_bar<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    typing: bool,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
) {
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    for entry in entries.filter(|entry| entry.hint) {
        let Some(key) = entry.keys.iter().find(|key| !typing || key.typed().is_none()) else {
            continue;
        };
        let key = key.to_string();
        let takes = width(&key) + 1 + width(entry.label);
        if used + takes > area.width {
            break;
        }
        spans.push(Span::styled(key, theme.accent.bold()));
        spans.push(Span::raw(format!(" {}   ", entry.label)));
        used += takes + 3;
    }
    put(Line::from(spans), 0, area, buffer);
}
