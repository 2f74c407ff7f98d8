//! What lies over the table of users.

use super::super::popups::{MEASURE, scrolled};
use super::super::text::{fit, width, wrap};
use super::super::theme::Theme;
use super::super::widgets::form::form;
use super::super::widgets::pick_list::{HEADING, pick_list};
use super::super::widgets::popup::popup;
use super::super::widgets::table::aligned;
use super::super::widgets::{put, rows};
use crate::domain::user::User;
use crate::domain::{Permission, Role};
use crate::tui::model::App;
use crate::tui::model::desk::TemporaryPassword;
use crate::tui::model::hits::HitMap;
use crate::tui::model::users::dialog::{Dialog, Whose};
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use secrecy::ExposeSecret;

/// Columns of the names of what is told.
const NAME: u16 = 16;
/// The most rows of a list that is chosen from: more are scrolled.
const MOST: u16 = 12;

/// Draws it; answers where the terminal's cursor belongs.
pub(super) fn draw(
    app: &App,
    dialog: &Dialog,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    match dialog {
        Dialog::Details { scroll } => {
            let user = app.users.current()?;
            let lines = details(app, user, theme);
            let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            let inside = popup(user.username.as_str(), (MEASURE, height), area, buffer, theme);
            scrolled(lines, *scroll, theme, inside, buffer, hits);
            None
        }
        Dialog::Name(name) => {
            let inside = popup("New user", (MEASURE, 6), area, buffer, theme);
            let words =
                "A temporary password is made for them. Next: their role, and who of the staff they are.";
            paragraph(words, theme, rows(inside, 3, u16::MAX), buffer);
            form(name, rows(inside, 0, 3), buffer, theme, hits)
        }
        Dialog::Role(whose, list) => {
            let title = format!("Role of {}", whose.name());
            let inside = popup(&title, (MEASURE, HEADING + 3), area, buffer, theme);
            pick_list(list, |role| may(*role), inside, buffer, theme, hits)
        }
        Dialog::Staff(whose, list, waiting) => {
            let title = match whose {
                Whose::New(name, Some(role)) => format!("{name}, {role}: who of the staff?"),
                _ => format!("Who of the staff is {}?", whose.name()),
            };
            let inside = popup(&title, (MEASURE, HEADING + MOST), area, buffer, theme);
            if waiting.is_some() {
                put(Span::styled("The staff is being asked for…", theme.accent), 0, inside, buffer);
                return None;
            }
            pick_list(list, |_| String::new(), inside, buffer, theme, hits)
        }
        Dialog::Password(temporary) => {
            password(app, temporary, theme, area, buffer);
            None
        }
    }
}

/// What a role adds, in a few words.
fn may(role: Role) -> String {
    match role {
        Role::Employee => "dashboard, data, export",
        Role::Manager => "and load, change, see users and logs",
        Role::Administrator => "and everything else",
    }
    .to_owned()
}

fn paragraph(words: &str, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    for (row, line) in (0..).zip(wrap(words, area.width)) {
        put(Span::styled(line, theme.muted), row, area, buffer);
    }
}

fn password(app: &App, temporary: &TemporaryPassword, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let TemporaryPassword { username, password, hours } = temporary;
    let title = format!("Temporary password of {username}");
    let words = format!(
        "It is shown this once: note it now, or read it out to {username}. It is good for {hours} hours, and {username} \
         chooses another at the first sign-in."
    );
    let inside = popup(&title, (MEASURE, 8), area, buffer, theme);
    let secret = Span::styled(password.expose_secret().to_owned(), theme.strong);
    put(Line::from(secret).centered(), 1, inside, buffer);
    paragraph(&words, theme, rows(inside, 3, 4), buffer);
    let leave = app.key_for(crate::tui::model::command::Command::Back);
    let last = Line::from(vec![
        Span::styled(leave, theme.accent.bold()),
        Span::styled(" it is noted, close", theme.text),
    ]);
    put(last, 7, inside, buffer);
}

fn details(app: &App, user: &User, theme: &Theme) -> Vec<Line<'static>> {
    let moment = |at: Timestamp| at.to_zoned(app.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let staff = user.staff.as_ref().map(|staff| format!("{}, {}", staff.name, staff.store));
    let locked = user.locked_until.map(|until| format!("until {}", moment(until)));
    let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let told = [
        ("Role", user.role.to_string()),
        ("Active", yes(user.active)),
        ("Locked", locked.unwrap_or_else(|| "no".to_owned())),
        ("Second factor", if user.second_factor { "on" } else { "off" }.to_owned()),
        ("Password", if user.must_change_password { "to be changed" } else { "their own" }.to_owned()),
        ("Last sign-in", user.last_sign_in_at.map_or_else(|| "never".to_owned(), moment)),
        ("Made", moment(user.created_at)),
        ("Staff", staff.unwrap_or_else(|| "nobody".to_owned())),
    ];
    let line = |(name, value): (&str, String)| {
        Line::from(vec![
            Span::styled(aligned(name, NAME, false), theme.muted),
            Span::styled(fit(&value, MEASURE - NAME), theme.text),
        ])
    };
    let mut lines: Vec<Line> = told.into_iter().map(line).collect();
    if app.may(Permission::ViewLogs) {
        lines.push(Line::default());
        lines.extend(actions(app, theme));
    }
    lines
}

/// What one can do with the user, each with its key, two beside each other.
fn actions(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let offered: Vec<[Span; 2]> = app
        .commands_for_user()
        .map(|entry| {
            let key = app.keymap.keys(entry).first().map(ToString::to_string).unwrap_or_default();
            let words = format!(" {}", entry.label);
            let room = (MEASURE / 3).saturating_sub(width(&key));
            [Span::styled(key, theme.accent.bold()), Span::styled(aligned(&words, room, false), theme.text)]
        })
        .collect();
    offered.chunks(3).map(|row| Line::from(row.concat())).collect()
}
