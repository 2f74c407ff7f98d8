//! What goes on, line by line, the newest lowest.

use super::find::find;
use super::toast::look;
use super::{put, rows};
use crate::tui::model::hits::HitMap;
use crate::tui::model::widgets::log_view::LogView;
use crate::tui::view::text::{fit, width};
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Draws the lines there is room for, and below them what is looked for; answers where the terminal's cursor belongs while
/// that is typed. How many lines there was room for is in `hits` for [`LogView::resize`].
pub fn log_view(
    log: &LogView,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
    hits: &mut HitMap,
) -> Option<Position> {
    let is_narrowed = log.find().is_typing() || !log.find().words().is_empty();
    let room = area.height.saturating_sub(u16::from(is_narrowed));
    hits.rows = room;
    let seen = log.seen(room.into());
    if seen.is_empty() && is_narrowed {
        put(Span::styled("No line has that.", theme.muted), 0, area, buffer);
    }
    for (row, entry) in (0..).zip(seen) {
        let (sign, style) = look(entry.mood, theme);
        let used = width(&entry.time) + 3;
        let line = Line::from(vec![
            Span::styled(entry.time.clone(), theme.muted),
            Span::styled(format!(" {sign} "), style),
            Span::styled(fit(&entry.words, area.width.saturating_sub(used)), style),
        ]);
        put(line, row, area, buffer);
    }
    if log.newer() > 0 {
        let newer = Span::styled(format!(" ↓ {} newer ", log.newer()), theme.focus);
        put(Line::from(newer).right_aligned(), room.saturating_sub(1), area, buffer);
    }
    if is_narrowed { find(log.find(), rows(area, room, 1), buffer, theme) } else { None }
}
