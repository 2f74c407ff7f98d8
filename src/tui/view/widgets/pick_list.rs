//! A list to pick from: what is looked for on top, what was found below, the letters that matched told apart.

use super::field::typed;
use super::{columns, put, rows};
use crate::tui::model::hits::HitMap;
use crate::tui::model::widgets::pick_list::{Found, PickList};
use crate::tui::view::text::{fit, width};
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// Rows above the first item: what is looked for, and air.
pub const HEADING: u16 = 2;

/// Draws the list, each item with what `beside` says at its right; answers where the terminal's cursor belongs.
pub fn pick_list<T>(
    list: &PickList<T>,
    beside: impl Fn(&T) -> String,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
    hits: &mut HitMap,
) -> Option<Position> {
    let (found, of) = list.counts();
    let count = format!("{found} of {of}");
    let line = rows(area, 0, 1);
    put(Span::styled("›", theme.accent), 0, line, buffer);
    put(Line::from(Span::styled(count.as_str(), theme.muted)).right_aligned(), 0, line, buffer);
    let room = area.width.saturating_sub(width(&count) + 3);
    let cursor = typed(list.query(), columns(line, 2, room), buffer, theme);
    let below = rows(area, HEADING, u16::MAX);
    if found == 0 {
        put(Span::styled("Nothing has these letters.", theme.muted), 0, columns(below, 2, u16::MAX), buffer);
    }
    for (row, found) in (0..).zip(list.seen(below.height.into())) {
        let place = rows(below, row, 1);
        hits.add_row(place, found.position);
        item(&found, &beside(found.item), place, buffer, theme);
    }
    (!area.is_empty()).then_some(cursor)
}

/// The name at the left, what stands beside it at the right.
fn item<T>(found: &Found<T>, beside: &str, place: Rect, buffer: &mut Buffer, theme: &Theme) {
    let (plain, hit, muted) = if found.is_current {
        let hit = theme.focus.add_modifier(Modifier::UNDERLINED);
        (theme.focus, hit, theme.focus)
    } else {
        let hit = theme.accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        (theme.text, hit, theme.muted)
    };
    put(Span::styled(" ".repeat(place.width.into()), plain), 0, place, buffer);
    let from = place.width.saturating_sub(width(beside) + 1);
    put(Span::styled(beside, muted), 0, columns(place, from, u16::MAX), buffer);
    let name = columns(place, 2, from.saturating_sub(4));
    let shown = fit(found.name, name.width);
    let letters = (0..).zip(shown.graphemes(true)).map(|(position, letter)| {
        let style = if found.matched.contains(&position) { hit } else { plain };
        Span::styled(letter.to_owned(), style)
    });
    put(Line::from(letters.collect::<Vec<_>>()), 0, name, buffer);
}
