//! The bottom row: what one can do here, with its key.

use super::{columns, put, rows};
use crate::tui::model::Hint;
use crate::tui::model::command::Command;
use crate::tui::model::hits::HitMap;
use crate::tui::view::text::width;
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Columns between two hints.
const GAP: u16 = 2;

/// As many hints as fit; a hint is shown whole or not at all. The ways to the help and out stand at the right and come
/// first where there is little room, then what can be done here, and last the ways to other screens.
pub fn hint_bar(
    hints: impl Iterator<Item = Hint>,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
    hits: &mut HitMap,
) {
    let (last, others): (Vec<_>, Vec<_>) =
        hints.partition(|hint| matches!(hint.command, Command::Help | Command::Quit));
    let leads_away = |hint: &Hint| hint.command.opens_a_screen() || hint.command == Command::Search;
    let (ways, here): (Vec<_>, Vec<_>) = others.into_iter().partition(leads_away);
    let room = columns(area, 1, area.width.saturating_sub(2));
    let room = to_the_right(&last, room, buffer, theme, hits);
    bar(&here, room, buffer, theme, hits);
    to_the_right(&ways, columns(room, end(fitting(&here, u16::MAX)) + GAP, u16::MAX), buffer, theme, hits);
}

/// The hints that fit, at the end of the room; answers the room before them.
fn to_the_right(hints: &[Hint], room: Rect, buffer: &mut Buffer, theme: &Theme, hits: &mut HitMap) -> Rect {
    let taken = end(fitting(hints, room.width));
    let left = room.width - taken;
    bar(hints, columns(room, left, u16::MAX), buffer, theme, hits);
    columns(room, 0, if taken > 0 { left.saturating_sub(GAP) } else { left })
}

fn bar(hints: &[Hint], room: Rect, buffer: &mut Buffer, theme: &Theme, hits: &mut HitMap) {
    for (hint, from, takes) in fitting(hints, room.width) {
        let place = rows(columns(room, from, takes), 0, 1);
        let key = Span::styled(hint.key.to_string(), theme.accent.bold());
        put(Line::from(vec![key, Span::styled(format!(" {}", hint.label), theme.text)]), 0, place, buffer);
        hits.add_hint(place, hint.command);
    }
}

/// The column after the last of them.
fn end<'a>(hints: impl Iterator<Item = (&'a Hint, u16, u16)>) -> u16 {
    hints.last().map_or(0, |(_, from, takes)| from + takes)
}

/// The hints that fit, each with its column and how many it takes.
fn fitting(hints: &[Hint], room: u16) -> impl Iterator<Item = (&Hint, u16, u16)> {
    let mut next = 0;
    hints.iter().map_while(move |hint| {
        let (from, takes) = (next, width(&hint.key.to_string()) + 1 + width(hint.label));
        next = from + takes + GAP;
        (from + takes <= room).then_some((hint, from, takes))
    })
}
