//! The forms over the dashboard.

use crate::tui::model::dashboard::dialog::Dialog;
use crate::tui::model::dashboard::targets::Targets;
use crate::tui::model::hits::HitMap;
use crate::tui::view::popups::MEASURE;
use crate::tui::view::text::wrap;
use crate::tui::view::theme::Theme;
use crate::tui::view::widgets::form::form;
use crate::tui::view::widgets::popup::popup;
use crate::tui::view::widgets::{put, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

/// The most rows of a form: more are scrolled.
const MOST: u16 = 24;

/// Draws it; answers where the terminal's cursor belongs.
pub(super) fn draw(
    dialog: &Dialog,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    let (title, words, style) = match dialog {
        Dialog::Dates(_) => (
            "Days".to_owned(),
            "From and to: any days, both counted. As of: what was ordered later does not count, and late is what was \
             late then. What is left empty is as usual.",
            theme.muted,
        ),
        Dialog::Targets(targets) => {
            let (words, style) = about(targets, theme);
            (format!("Targets for {}", targets.month), words, style)
        }
    };
    let lines = wrap(words, MEASURE);
    let below = u16::try_from(lines.len()).unwrap_or(1);
    let fields = u16::try_from(dialog.form().lines().len()).unwrap_or(MOST).saturating_mul(2);
    // The words stay in sight however many lines the form has.
    let fields = fields.min(MOST).min(area.height.saturating_sub(below + 3)).max(2);
    let inside = popup(&title, (MEASURE, fields + 1 + below), area, buffer, theme);
    for (row, line) in (fields + 1..).zip(lines) {
        put(Span::styled(line, style), row, inside, buffer);
    }
    form(dialog.form(), rows(inside, 0, fields), buffer, theme, hits)
}

/// What there is to say of the form for targets.
fn about<'a>(targets: &'a Targets, theme: &Theme) -> (&'a str, Style) {
    match (&targets.failure, targets.is_waiting(), targets.is_saving) {
        (Some(failure), ..) => (failure.words(), theme.bad),
        (None, true, true) => ("The targets are being set…", theme.accent),
        (None, true, false) => ("The targets are being asked for…", theme.accent),
        (None, false, _) if targets.form.lines().is_empty() => ("There is no store yet.", theme.muted),
        (None, false, _) => {
            ("What each store is meant to sell in the month, net. Empty: no target.", theme.muted)
        }
    }
}
