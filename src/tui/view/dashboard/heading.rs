//! The heading of a tile: its name, whether it has the focus, and how fresh its figures are.

use super::Look;
use crate::tui::model::dashboard::Tile;
use crate::tui::model::fresh::Fresh;
use crate::tui::view::text::width;
use crate::tui::view::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// From this width on, a heading says what its time of day is.
const ROOM_FOR_WORDS: u16 = 48;

/// Draws the heading of `tile` in the top row of `area`; answers the columns it took.
pub(super) fn heading(look: Look, tile: Tile, area: Rect, buffer: &mut Buffer) -> u16 {
    let fresh = look.fresh(tile);
    let name = tile.figures().first().map_or("", |figure| figure.name());
    let focused = look.board.is_whole(tile);
    let style = if focused { look.theme.focus } else { look.theme.strong };
    let words = if area.width >= ROOM_FOR_WORDS { "as of " } else { "" };
    let (freshness, freshness_style) = freshness(look, fresh, words);
    // A cell on either side belongs to the name, so that the focus is a plate and nothing moves with it.
    let takes = width(name) + 2;
    // One more column keeps it off the name of the next tile.
    let fits = takes + width(&freshness) < area.width;
    let mut spans = vec![Span::styled(format!(" {name} "), style)];
    if fits {
        spans.push(Span::styled(freshness.clone(), freshness_style));
    } else if fresh.failure().is_some() {
        spans.push(Span::styled("!", look.theme.bad));
    }
    put(Line::from(spans), 0, area, buffer);
    takes + if fits { width(&freshness) } else { 1 }
}

/// How fresh, in words: a clock time, so that an idle screen stays true without being drawn again.
fn freshness<T>(look: Look, fresh: &Fresh<T>, words: &str) -> (String, Style) {
    let at = fresh.as_of().map(|at| at.to_zoned(look.zone.clone()).strftime("%H:%M:%S").to_string());
    match (at, fresh.failure().is_some(), fresh.is_waiting()) {
        (Some(at), true, _) => (format!("failed, as of {at}"), look.theme.bad),
        (None, true, _) => ("failed".to_owned(), look.theme.bad),
        (Some(at), false, true) => (format!("{words}{at} …"), look.theme.muted),
        (Some(at), false, false) => (format!("{words}{at}"), look.theme.muted),
        (None, false, _) => ("…".to_owned(), look.theme.muted),
    }
}

/// The style of a value: dimmed where the latest question about it failed.
pub(super) fn value_style(look: Look, tile: Tile, style: Style) -> Style {
    if look.fresh(tile).failure().is_some() { look.theme.muted } else { style }
}
