//! The screen of the users.

mod dialog;

use super::Drawn;
use super::frame::surround;
use super::theme::Theme;
use super::widgets::data_table::data_table;
use super::widgets::rows;
use crate::tui::model::App;
use crate::tui::model::hits::HitMap;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let users = &app.users;
    let mut hits = HitMap::default();
    let doing = users.doing.map(|_| "   changing…").unwrap_or_default();
    let mut title = title("Users", users.as_of, users.table.failure().is_some(), &app.zone, theme);
    title.push_span(Span::styled(doing, theme.accent));
    let body = surround(app, title, None, theme, area, buffer, &mut hits);
    let cursor = data_table(&users.table, body, buffer, theme, &mut hits);
    let mut drawn = Drawn { hits, cursor };
    if let Some(dialog) = &users.dialog {
        let over = rows(area, 0, area.height.saturating_sub(2));
        drawn.hits.cover();
        drawn.cursor = dialog::draw(app, dialog, theme, over, buffer, &mut drawn.hits);
    }
    drawn
}

/// The name of a screen, and when what it shows was true.
pub(super) fn title(
    name: &'static str,
    as_of: Option<Timestamp>,
    has_failed: bool,
    zone: &TimeZone,
    theme: &Theme,
) -> Line<'static> {
    let at = as_of.map(|at| at.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string());
    let (freshness, style) = match (at, has_failed) {
        (Some(at), true) => (format!("failed, as of {at}"), theme.bad),
        (None, true) => ("failed".to_owned(), theme.bad),
        (Some(at), false) => (format!("as of {at}"), theme.muted),
        (None, false) => ("…".to_owned(), theme.muted),
    };
    Line::from(vec![Span::styled(name, theme.strong), Span::raw("   "), Span::styled(freshness, style)])
}
