//! A secret for an authenticator app: what a phone scans, and beside it what a person types over.

use crate::tui::model::hits::HitMap;
use crate::tui::model::identity::enrolment::Enrolment;
use crate::tui::view::text::wrap;
use crate::tui::view::theme::Theme;
use crate::tui::view::widgets::form::form;
use crate::tui::view::widgets::qr::qr;
use crate::tui::view::widgets::{columns, put, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use secrecy::ExposeSecret;

/// Columns the words beside the code take at least: two groups of four, and a code with its label.
const BESIDE: u16 = 34;
/// Columns of the words where there is more room.
const MOST: u16 = 46;
/// Rows of the words without the last, which tells what goes on.
const ROWS: u16 = 17;

/// Draws it into `area`; `word` draws what goes on into the room it is given.
pub(super) fn draw(
    enrolment: &Enrolment,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
    word: impl Fn(Rect, &mut Buffer),
) -> Option<Position> {
    let code = enrolment.qr.as_ref().filter(|_| !theme.ascii);
    let space = (area.width.saturating_sub(41 + 2 + MOST) / 2, area.height.saturating_sub(22) / 3);
    let inner = columns(rows(area, space.1, u16::MAX), space.0, u16::MAX);
    let room = columns(inner, 0, inner.width.saturating_sub(BESIDE));
    let taken = code.and_then(|code| qr(code, room, buffer, theme)).map_or(0, |taken| taken.width);
    let beside = columns(inner, if taken > 0 { taken + 2 } else { 2 }, MOST);
    let mut row = 0;
    let mut say = |words: &str, style, buffer: &mut Buffer| {
        for line in wrap(words, beside.width.saturating_sub(1)) {
            put(Span::styled(line, style), row, beside, buffer);
            row += 1;
        }
    };
    let title = if enrolment.takes_a_code() { "Set up the second factor" } else { "Your second factor" };
    say(title, theme.strong, buffer);
    let how = match (taken > 0, theme.ascii) {
        (true, _) => "Scan the code with an authenticator app, or type this secret into it:",
        (false, true) => "Type this secret into an authenticator app (there is no picture of it in ASCII):",
        (false, false) => {
            "Type this secret into an authenticator app. A window of 80x24 shows a code to scan:"
        }
    };
    say(&format!("\n{how}\n "), theme.text, buffer);
    for four in in_lines(enrolment.groups.expose_secret()) {
        say(&four, theme.strong, buffer);
    }
    if !enrolment.takes_a_code() {
        say("\nWhoever has it can make your codes: let nobody look on.", theme.text, buffer);
        return None;
    }
    say("\nThen type the six digits that it shows.\n ", theme.text, buffer);
    let cursor = form(&enrolment.form, rows(beside, row, 2), buffer, theme, hits);
    word(rows(beside, (row + 2).min(ROWS), u16::MAX), buffer);
    cursor
}

/// The groups, four to a line.
fn in_lines(groups: &str) -> Vec<String> {
    let groups: Vec<&str> = groups.split_whitespace().collect();
    groups.chunks(4).map(|four| four.join(" ")).collect()
}
