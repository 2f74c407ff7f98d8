//! The screen of the audit log.

mod entry;

use super::Drawn;
use super::frame::surround;
use super::popups::{MEASURE, scrolled};
use super::text::{fit, grouped, wrap};
use super::theme::Theme;
use super::users::title;
use super::widgets::data_table::data_table;
use super::widgets::form::form;
use super::widgets::gauge::gauge;
use super::widgets::popup::popup;
use super::widgets::{columns, put, rows};
use crate::tui::model::App;
use crate::tui::model::audit::{Check, Dialog, filter};
use crate::tui::model::command::Command;
use crate::tui::model::desk::Verdict;
use crate::tui::model::hits::HitMap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the bar of a check.
const BAR: u16 = 24;

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let audit = &app.audit;
    let mut hits = HitMap::default();
    let mut title = title("Audit log", audit.as_of, audit.table.failure().is_some(), &app.zone, theme);
    if audit.exporting.is_some() {
        title.push_span(Span::styled("   writing…", theme.accent));
    }
    let body = surround(app, title, None, theme, area, buffer, &mut hits);
    let shown = filter::sentence(&audit.filter, &app.zone);
    put(Span::styled(fit(&shown, body.width), theme.muted), 0, columns(body, 2, u16::MAX), buffer);
    let taken = 1 + check(app, theme, columns(rows(body, 1, 3), 2, u16::MAX), buffer);
    let cursor = data_table(&audit.table, rows(body, taken, u16::MAX), buffer, theme, &mut hits);
    let mut drawn = Drawn { hits, cursor };
    if let Some(dialog) = &audit.dialog {
        let over = rows(area, 0, area.height.saturating_sub(2));
        drawn.hits.cover();
        drawn.cursor = draw_dialog(app, dialog, theme, over, buffer, &mut drawn.hits);
    }
    drawn
}

/// How the check goes, or how the last one ended; answers the rows it took.
fn check(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let (words, style): (String, Style) = match &app.audit.check {
        None => return 0,
        Some(Check::Running { stopping: true, .. }) => ("Checking, to be stopped…".to_owned(), theme.accent),
        Some(Check::Running { done, of, .. }) => {
            let ratio = if *of == 0 { 0.0 } else { *done as f64 / *of as f64 };
            gauge(ratio, theme.accent, columns(area, 0, BAR), buffer, theme);
            let stop = app.key_for(Command::StopCheck);
            let so_far = format!("checked {} of {} entries   {stop} stops", grouped(*done), grouped(*of));
            put(Span::styled(so_far, theme.accent), 0, columns(area, BAR + 2, u16::MAX), buffer);
            return 1;
        }
        Some(Check::Ended(result, at)) => {
            let at = at.to_zoned(app.zone.clone()).strftime("%H:%M:%S").to_string();
            match result {
                Ok(Verdict::Whole(0)) => (format!("Whole: there is no entry yet. Checked {at}."), theme.good),
                Ok(Verdict::Whole(count)) => {
                    let words = format!("Whole: {} entries hang together. Checked {at}.", grouped(*count));
                    (words, theme.good)
                }
                Ok(Verdict::Broken(words)) => (format!("BROKEN: {words} Checked {at}."), theme.bad),
                Ok(Verdict::Stopped) => (format!("The check was stopped at {at}."), theme.muted),
                Err(failure) => (format!("The check failed at {at}: {}", failure.words()), theme.bad),
            }
        }
    };
    let lines = wrap(&words, area.width);
    let taken = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height);
    for (row, line) in (0..).zip(lines) {
        put(Span::styled(line, style), row, area, buffer);
    }
    taken
}

fn draw_dialog(
    app: &App,
    dialog: &Dialog,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    match dialog {
        Dialog::Filter(shown) => {
            let inside = popup("Entries to show", (MEASURE, 10), area, buffer, theme);
            let words = "What is empty does not narrow. A day counts in full.";
            put(Span::styled(fit(words, inside.width), theme.muted), 9, inside, buffer);
            form(shown, rows(inside, 0, 8), buffer, theme, hits)
        }
        Dialog::Export(file) => {
            let inside = popup("Entries to a file", (MEASURE, 6), area, buffer, theme);
            let words = format!("{}. The file is for you alone; that it was written is recorded.", {
                filter::sentence(&app.audit.filter, &app.zone)
            });
            for (row, line) in (3..).zip(wrap(&words, inside.width)) {
                put(Span::styled(line, theme.muted), row, inside, buffer);
            }
            form(file, rows(inside, 0, 3), buffer, theme, hits)
        }
        Dialog::Entry(fresh, scroll) => {
            let wide = area.width.saturating_sub(10).min(110);
            let (heading, lines) = match (fresh.value(), fresh.failure()) {
                (Some(linked), _) => {
                    (format!("Entry {}", linked.entry.id), entry::lines(linked, &app.zone, wide, theme))
                }
                (None, Some(failure)) => {
                    let words = wrap(failure.words(), wide);
                    let line = |words| Line::from(Span::styled(words, theme.bad));
                    ("Entry".to_owned(), words.into_iter().map(line).collect())
                }
                (None, None) => (
                    "Entry".to_owned(),
                    vec![Line::from(Span::styled("It is being asked for…", theme.accent))],
                ),
            };
            let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            let inside = popup(&heading, (wide, height), area, buffer, theme);
            scrolled(lines, *scroll, theme, inside, buffer, hits);
            None
        }
    }
}
