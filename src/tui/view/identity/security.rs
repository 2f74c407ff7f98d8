//! The security screen.

use super::Page;
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::hits::HitMap;
use crate::tui::model::identity::ask::{Known, OwnSession, Slot};
use crate::tui::model::identity::security::Security;
use crate::tui::model::message::Failure;
use crate::tui::view::Drawn;
use crate::tui::view::frame::surround;
use crate::tui::view::text::{fit, width};
use crate::tui::view::theme::Theme;
use crate::tui::view::widgets::table::aligned;
use crate::tui::view::widgets::{columns, put, rows};
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the names at the left.
const LABEL: u16 = 17;
/// Columns of a time.
const TIME: u16 = 22;

/// What the parts are drawn with.
struct Look<'a> {
    app: &'a App,
    theme: &'a Theme,
    /// When what is shown was true.
    as_of: Timestamp,
}

pub(in crate::tui::view) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    if let Some(page) = Page::of_security(&app.security) {
        return page.draw(app, theme, area, buffer);
    }
    let mut hits = HitMap::default();
    let again =
        |failure: &Failure| format!("{} {} tries again.", failure.words(), app.key_for(Command::Refresh));
    let failed = app.security.known.failure().map(|failure| Failure::new(&again(failure)));
    let word = app.security.message.as_ref().or(failed.as_ref());
    let body = surround(app, title(app, theme), word, theme, area, buffer, &mut hits);
    let body = rows(body, 1, u16::MAX);
    let (Some(known), Some(as_of)) = (app.security.known.value(), app.security.known.as_of()) else {
        let word = if app.security.known.is_waiting() { "…" } else { "Not known yet." };
        put(Span::styled(word, theme.muted), 0, body, buffer);
        return Drawn { hits, cursor: None };
    };
    let look = Look { app, theme, as_of };
    let used = look.own(known, body, buffer);
    let below = rows(body, used + 1, u16::MAX);
    look.sessions(&app.security, known, below, buffer, &mut hits);
    Drawn { hits, cursor: None }
}

fn title(app: &App, theme: &Theme) -> Line<'static> {
    let at =
        app.security.known.as_of().map(|at| at.to_zoned(app.zone.clone()).strftime("%H:%M:%S").to_string());
    let fresh = match (at, app.security.known.failure().is_some(), app.security.known.is_waiting()) {
        (Some(at), true, _) => format!("   failed, as of {at}"),
        (Some(at), false, true) => format!("   as of {at} …"),
        (Some(at), false, false) => format!("   as of {at}"),
        (None, ..) => String::new(),
    };
    Line::from(vec![Span::styled("Security", theme.strong), Span::styled(fresh, theme.muted)])
}

impl Look<'_> {
    /// The second factor, the backup codes, and what was told at the sign-in; answers the rows it took.
    fn own(&self, known: &Known, area: Rect, buffer: &mut Buffer) -> u16 {
        let mut row = 0;
        let mut say = |label: &str, words: String, style: Style| {
            let line = rows(area, row, 1);
            put(Span::styled(label.to_owned(), self.theme.muted), 0, columns(line, 0, LABEL), buffer);
            let room = columns(line, LABEL, u16::MAX);
            put(Span::styled(fit(&words, room.width), style), 0, room, buffer);
            row += 1;
        };
        let (factor, style) = self.factor(known);
        say("Second factor", factor, style);
        if known.is_on {
            let (left, all) = (known.left(), known.backup_codes.len());
            let few = left <= 2;
            let style = if few { self.theme.bad } else { self.theme.text };
            let words = if few { ": make new ones" } else { "" };
            say("Backup codes", format!("{left} of {all} left{words}"), style);
            for words in known.backup_codes.iter().filter_map(|slot| self.used(slot)) {
                say("", words, self.theme.muted);
            }
        }
        if let Some(words) = self.last_sign_in() {
            say("Last sign-in", words, self.theme.text);
        }
        row
    }

    fn factor(&self, known: &Known) -> (String, Style) {
        let role = self.app.user.as_ref().map_or("", |user| user.role.word());
        match (known.is_on, known.is_mandatory) {
            (true, true) => (format!("on; the role {role} must have it"), self.theme.good),
            (true, false) => ("on".to_owned(), self.theme.good),
            (false, true) => (format!("off, and the role {role} must have it: set it up"), self.theme.bad),
            (false, false) => {
                ("off: the password alone lets in whoever knows it".to_owned(), self.theme.text)
            }
        }
    }

    fn used(&self, slot: &Slot) -> Option<String> {
        let (at, from) = slot.used.as_ref()?;
        Some(format!("{} used {} from {from}", slot.number, self.time(*at)))
    }

    fn last_sign_in(&self) -> Option<String> {
        let welcome = self.app.welcome.as_ref()?;
        let before = welcome.last_sign_in.map_or("this is the first".to_owned(), |at| self.time(at));
        Some(match welcome.failed_tries {
            0 => before,
            1 => format!("{before}; one failed try since"),
            tries => format!("{before}; {tries} failed tries since"),
        })
    }

    fn sessions(
        &self,
        security: &Security,
        known: &Known,
        area: Rect,
        buffer: &mut Buffer,
        hits: &mut HitMap,
    ) {
        put(Span::styled("Where you are signed in", self.theme.strong), 0, area, buffer);
        let heading = self.columns("since", "last key", "from");
        put(Span::styled(heading, self.theme.muted), 1, area, buffer);
        let list = rows(area, 2, u16::MAX);
        hits.rows = list.height;
        let first = (security.cursor() + 1).saturating_sub(list.height.into());
        for (row, (position, session)) in (0..list.height).zip(known.sessions.iter().enumerate().skip(first))
        {
            let style = if position == security.cursor() { self.theme.focus } else { self.theme.text };
            let line = rows(list, row, 1);
            hits.add_row(line, position);
            put(
                Span::styled(aligned(&self.session(session, line.width), line.width, false), style),
                0,
                line,
                buffer,
            );
        }
    }

    fn session(&self, session: &OwnSession, room: u16) -> String {
        let mark = if session.is_this { " (this one)" } else { "" };
        let times = self.columns(&self.time(session.since), &self.time(session.last_key), "");
        let left = room.saturating_sub(width(&times) + width(mark));
        format!("{times}{}{mark}", fit(&session.origin, left))
    }

    fn columns(&self, since: &str, last_key: &str, from: &str) -> String {
        format!(" {}{}{from}", aligned(since, TIME, false), aligned(last_key, TIME, false))
    }

    fn time(&self, at: Timestamp) -> String {
        self.app.day_and_time(at, self.as_of)
    }
}
