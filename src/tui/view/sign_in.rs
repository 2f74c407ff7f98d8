//! The sign-in screen.

use super::Drawn;
use super::theme::Theme;
use super::widgets::field::{Look, field};
use super::widgets::table::{Column, table};
use super::widgets::{columns, hint_bar, put, rows, rule};
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::hits::HitMap;
use crate::tui::model::sign_in::{DemoHint, Focus, SignIn};
use crate::tui::view::text::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The column the form stands in, wide enough for a password of ordinary length.
const WIDTH: u16 = 56;
/// Title, rule, fields, message and the help for newcomers, with the space between.
const HEIGHT: u16 = 16;

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let room = area.height.saturating_sub(2);
    let column = rows(
        columns(area, area.width.saturating_sub(WIDTH) / 2, WIDTH),
        room.saturating_sub(HEIGHT) / 2,
        HEIGHT.min(room),
    );
    let title =
        Line::from(vec![Span::styled("Storekeeper", theme.strong), Span::styled("   sign in", theme.muted)]);
    put(title, 0, column, buffer);
    rule::rule(rows(column, 1, 1), buffer, theme);
    let cursor = fields(&app.sign_in, theme, rows(column, 3, 2), buffer);
    let mut hits = HitMap::default();
    hits.add_field(rows(column, 3, 1), 0);
    hits.add_field(rows(column, 4, 1), 1);
    word(app, theme, rows(column, 6, 3), buffer);
    newcomers(app, theme, rows(column, 10, u16::MAX), buffer);
    hint_bar::hint_bar(app.hints(), rows(area, area.height.saturating_sub(1), 1), buffer, theme, &mut hits);
    Drawn { hits, cursor }
}

fn fields(
    sign_in: &SignIn,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<ratatui::layout::Position> {
    let look = |label, focus, masked| Look {
        label,
        label_width: 12,
        focused: sign_in.focus == focus && sign_in.checking.is_none(),
        masked,
    };
    let username = look("Username", Focus::Username, false);
    let password = look("Password", Focus::Password, true);
    let first = field(&sign_in.username, username, rows(area, 0, 1), buffer, theme);
    let second = field(&sign_in.password, password, rows(area, 1, 1), buffer, theme);
    first.or(second)
}

/// One word at a time: what goes on, else what went wrong, else what may be wrong.
fn word(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let sign_in = &app.sign_in;
    let waiting = format!("Checking… {} stops waiting.", app.key_for(Command::Back));
    let (words, style) = if sign_in.checking.is_some() {
        (waiting.as_str(), theme.accent)
    } else if let Some(told) = &app.told {
        (told.as_str(), theme.accent)
    } else if let Some(message) = app.notice.as_ref().or(sign_in.message.as_ref()) {
        (message.words(), theme.bad)
    } else if sign_in.looks_like_caps_lock() {
        ("All capitals so far: is Caps Lock on?", theme.accent)
    } else {
        return;
    };
    for (row, line) in (0..).zip(wrap(words, area.width.saturating_sub(2))) {
        put(Span::styled(line, style), row, columns(area, 2, u16::MAX), buffer);
    }
}

fn newcomers(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let sign_in = &app.sign_in;
    let area = columns(area, 2, u16::MAX);
    if let Some(demo) = &sign_in.demo {
        put(Span::styled("This is a demo chain. Come in as one of:", theme.muted), 0, area, buffer);
        demo_users(demo, theme, rows(area, 1, u16::MAX), buffer);
    } else if sign_in.nobody_yet {
        let leave = app.key_for(Command::Quit);
        let words = format!("Nobody can sign in yet. Leave with {leave}, and make the first administrator:");
        for (row, line) in (0..).zip(wrap(&words, area.width)) {
            put(Span::styled(line, theme.text), row, area, buffer);
        }
        let command = "storekeeper init --admin NAME --password-stdin";
        put(Span::styled(command, theme.strong), 3, columns(area, 2, u16::MAX), buffer);
    }
}

fn demo_users(demo: &DemoHint, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    const COLUMNS: [Column; 3] =
        [Column::text("username", 14), Column::text("password", 22), Column::text("role", 0)];
    let users = demo.users.iter().map(|user| {
        let role = user.role.to_string();
        vec![(user.username.clone(), theme.text), (user.password.clone(), theme.text), (role, theme.text)]
    });
    table(&COLUMNS, users, area, buffer, theme);
}
