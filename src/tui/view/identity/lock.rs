//! The locked screen.

use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::hits::HitMap;
use crate::tui::model::identity::lock::Lock;
use crate::tui::view::Drawn;
use crate::tui::view::text::wrap;
use crate::tui::view::theme::Theme;
use crate::tui::view::widgets::field::{Look, field};
use crate::tui::view::widgets::{columns, hint_bar, put, rows, rule};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The column it stands in.
const WIDTH: u16 = 56;
/// Its rows.
const HEIGHT: u16 = 10;

pub(in crate::tui::view) fn draw(
    app: &App,
    lock: &Lock,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Drawn {
    let column = columns(area, area.width.saturating_sub(WIDTH) / 2, WIDTH);
    let column = rows(column, area.height.saturating_sub(HEIGHT) / 3, HEIGHT.min(area.height));
    let who = app.user.as_ref().map(|user| format!("   locked by {}", user.name)).unwrap_or_default();
    let title = vec![Span::styled("Storekeeper", theme.strong), Span::styled(who, theme.muted)];
    put(Line::from(title), 0, column, buffer);
    rule::rule(rows(column, 1, 1), buffer, theme);
    let is_checking = lock.checking.is_some();
    let look = Look { label: "Password", label_width: 12, focused: !is_checking, masked: true };
    let cursor = field(&lock.password, look, rows(column, 3, 1), buffer, theme);
    let (words, style) = if is_checking {
        ("Checking…".to_owned(), theme.accent)
    } else if let Some(message) = app.notice.as_ref().or(lock.message.as_ref()) {
        (message.words().to_owned(), theme.bad)
    } else {
        (until(app), theme.muted)
    };
    let below = columns(rows(column, 5, u16::MAX), 2, u16::MAX);
    for (row, line) in (0..).zip(wrap(&words, below.width)) {
        put(Span::styled(line, style), row, below, buffer);
    }
    let mut hits = HitMap::default();
    let bottom = rows(area, area.height.saturating_sub(1), 1);
    hint_bar::hint_bar(app.hints(), bottom, buffer, theme, &mut hits);
    Drawn { hits, cursor }
}

/// A clock time, so that the locked screen stays true without being drawn again.
fn until(app: &App) -> String {
    let end = app.clock.as_ref().map(|clock| clock.end().to_zoned(app.zone.clone()));
    let end = end.map(|end| format!(" The session ends at {}.", end.strftime("%H:%M"))).unwrap_or_default();
    let key = app.key_for(Command::Accept);
    format!("Everything is as it was left. The password and {key} go back to it.{end}")
}
