//! The bottom row: what one can do here, with its key.

use super::{columns, put};
use crate::tui::model::command::{Command, Entry};
use crate::tui::view::text::width;
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// As many hints as fit; a hint is shown whole or not at all. The way to the help and the way out stand at the right, and
/// always fit. `typing` leaves out keys that would be typed.
pub fn hint_bar<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    typing: bool,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
) {
    let hints = entries.filter(|entry| entry.hint).filter_map(|entry| {
        let key = entry.keys.iter().find(|key| !typing || key.typed().is_none())?;
        Some((entry.command, key.to_string(), entry.label))
    });
    let (last, first): (Vec<_>, Vec<_>) =
        hints.partition(|(command, ..)| matches!(command, Command::Help | Command::Quit));
    let last_width = bar(&last, area.width, theme).1;
    let left = area.width.saturating_sub(last_width);
    put(bar(&first, left, theme).0, 0, area, buffer);
    put(
        bar(&last, area.width, theme).0,
        0,
        columns(area, left, u16::MAX),
        buffer,
    );
}

type Hint = (Command, String, &'static str);

/// The hints that fit into `room`, and the columns they take.
fn bar(hints: &[Hint], room: u16, theme: &Theme) -> (Line<'static>, u16) {
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    for (_, key, label) in hints {
        let takes = width(key) + width(label) + 3;
        if used + takes > room + 2 {
            break;
        }
        spans.push(Span::styled(key.clone(), theme.accent.bold()));
        spans.push(Span::styled(format!(" {label}  "), theme.text));
        used += takes;
    }
    (Line::from(spans), used)
}
