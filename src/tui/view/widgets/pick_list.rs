//! A list to pick from: what is looked for on top, what was found below, the letters that matched told apart.

use super::{columns, put, rows};
use crate::tui::model::widgets::pick_list::{Found, PickList};
use crate::tui::view::text::{end, fit, width};
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// Draws the list; answers where the terminal's cursor belongs.
pub fn pick_list<T>(list: &PickList<T>, area: Rect, buffer: &mut Buffer, theme: &Theme) -> Option<Position> {
    let (found, of) = list.counts();
    let count = format!("{found} of {of}");
    let room = area.width.saturating_sub(width(&count) + 4);
    let typed = end(list.query().before_cursor(), room);
    let column = 2 + width(&typed);
    let after = list.query().text().get(list.query().before_cursor().len()..).unwrap_or_default();
    let query = Line::from(vec![
        Span::styled("› ", theme.accent),
        Span::styled(typed, theme.text),
        Span::styled(fit(after, (room + 2).saturating_sub(column)), theme.text),
    ]);
    put(query, 0, area, buffer);
    put(Line::from(Span::styled(count, theme.muted)).right_aligned(), 0, area, buffer);
    let below = rows(area, 1, u16::MAX);
    if found == 0 {
        put(Span::styled("Nothing has these letters.", theme.muted), 0, columns(below, 2, u16::MAX), buffer);
    }
    for (row, found) in (0..).zip(list.seen(below.height.into())) {
        put(name(&found, area.width, theme), row, below, buffer);
    }
    (!area.is_empty()).then(|| Position::new(area.x + column.min(area.width - 1), area.y))
}

fn name(found: &Found, room: u16, theme: &Theme) -> Line<'static> {
    let plain = if found.is_current { theme.focus } else { theme.text };
    let hit = if found.is_current {
        theme.focus.add_modifier(Modifier::UNDERLINED)
    } else {
        theme.accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    };
    let shown = fit(found.name, room.saturating_sub(2));
    let used = width(&shown) + 2;
    let mut spans = vec![Span::styled("  ", plain)];
    for (position, grapheme) in (0..).zip(shown.graphemes(true)) {
        let style = if found.matched.contains(&position) { hit } else { plain };
        spans.push(Span::styled(grapheme.to_owned(), style));
    }
    spans.push(Span::styled(" ".repeat(room.saturating_sub(used).into()), plain));
    Line::from(spans)
}
