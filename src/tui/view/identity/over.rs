//! What is told over every screen: that somebody administers directly, and that a session is about to end.

use crate::tui::model::App;
use crate::tui::model::identity::clock::Countdown;
use crate::tui::view::Drawn;
use crate::tui::view::text::{fit, wrap};
use crate::tui::view::theme::Theme;
use crate::tui::view::widgets::popup::popup;
use crate::tui::view::widgets::{put, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

const DIRECT: &str = "DIRECT ADMINISTRATION - no sign-in; everything is recorded";

/// Draws the banner of direct administration where there is cause; answers what is left of `area`.
pub(in crate::tui::view) fn banner(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Rect {
    if !app.is_direct {
        return area;
    }
    let top = rows(area, 0, 1);
    let style = theme.bad.add_modifier(Modifier::REVERSED | Modifier::BOLD);
    buffer.set_style(top, style);
    put(Line::from(Span::styled(fit(DIRECT, area.width), style)).centered(), 0, top, buffer);
    rows(area, 1, u16::MAX)
}

/// Draws the countdown in the last minute of a session.
pub(in crate::tui::view) fn countdown(
    app: &App,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    drawn: &mut Drawn,
) {
    let countdown = app.clock.as_ref().filter(|_| app.lock.is_none()).and_then(|clock| clock.countdown());
    let Some(Countdown { seconds, can_stay }) = countdown else { return };
    if !can_stay {
        let words = format!(" Your session ends in {seconds} s: it has lasted as long as a session may. ");
        let top = rows(area, 0, 1);
        buffer.set_style(top, theme.focus);
        put(Line::from(Span::styled(fit(&words, area.width), theme.focus)).centered(), 0, top, buffer);
        return;
    }
    // The key that answers goes no further: nothing below can be reached.
    drawn.hits.cover();
    drawn.cursor = None;
    let words = wrap("Nobody has pressed a key for some time. Any key keeps you signed in.", 44);
    let height = u16::try_from(words.len()).unwrap_or(u16::MAX);
    let inside = popup("Still there?", (44, height + 2), area, buffer, theme);
    put(Span::styled(format!("Your session ends in {seconds} s."), theme.strong), 0, inside, buffer);
    for (row, line) in (2..).zip(words) {
        put(Span::styled(line, theme.text), row, inside, buffer);
    }
}
