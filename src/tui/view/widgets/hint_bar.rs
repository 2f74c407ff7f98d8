//! The bottom row: what one can do here, with its key.

use super::{columns, put};
use crate::tui::model::Hint;
use crate::tui::model::command::Command;
use crate::tui::view::text::width;
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// As many hints as fit; a hint is shown whole or not at all. The way to the help and the way out stand at the right, and
/// always fit.
pub fn hint_bar(hints: impl Iterator<Item = Hint>, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let (last, first): (Vec<_>, Vec<_>) =
        hints.partition(|hint| matches!(hint.command, Command::Help | Command::Quit));
    let last_width = bar(&last, area.width, theme).1;
    let left = area.width.saturating_sub(last_width);
    put(bar(&first, left, theme).0, 0, area, buffer);
    put(bar(&last, area.width, theme).0, 0, columns(area, left, u16::MAX), buffer);
}

/// The hints that fit into `room`, and the columns they take.
fn bar(hints: &[Hint], room: u16, theme: &Theme) -> (Line<'static>, u16) {
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    for Hint { key, label, .. } in hints {
        let key = key.to_string();
        let takes = width(&key) + width(label) + 3;
        if used + takes > room + 2 {
            break;
        }
        spans.push(Span::styled(key, theme.accent.bold()));
        spans.push(Span::styled(format!(" {label}  "), theme.text));
        used += takes;
    }
    (Line::from(spans), used)
}
