//! What surrounds every screen: the title line above, the word and the hints below.

use super::theme::Theme;
use super::widgets::{columns, hint_bar, put, rows, rule};
use crate::tui::model::App;
use crate::tui::model::hits::HitMap;
use crate::tui::model::message::Failure;
use crate::tui::view::text::{fit, fit_end, grouped, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws them around `area`; answers the room between.
pub(super) fn surround(
    app: &App,
    title: Line<'static>,
    word: Option<&Failure>,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Rect {
    top(app, title, theme, area, buffer);
    rule::rule(rows(area, 1, 1), buffer, theme);
    let bottom = area.height.saturating_sub(2);
    let below = columns(rows(area, bottom, 1), 1, area.width.saturating_sub(2));
    if let Some(printed) = &app.reports.printed {
        // Of a path the end tells most.
        let words = printed.in_words();
        let line = format!("{words}{}", fit_end(&printed.path(), below.width.saturating_sub(width(&words))));
        put(Span::styled(line, theme.accent), 0, below, buffer);
    } else if let Some(told) = &app.told {
        let line = Span::styled(fit(told, area.width.saturating_sub(2)), theme.accent);
        put(line, bottom, columns(area, 1, u16::MAX), buffer);
    } else if let Some(word) = app.notice.as_ref().or(word) {
        let line = Span::styled(fit(word.words(), area.width.saturating_sub(2)), theme.bad);
        put(line, bottom, columns(area, 1, u16::MAX), buffer);
    }
    hint_bar::hint_bar(app.hints(), rows(area, bottom + 1, 1), buffer, theme, hits);
    let body = rows(area, 2, bottom.saturating_sub(2));
    columns(body, 1, body.width.saturating_sub(2))
}

fn top(app: &App, title: Line<'static>, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let who = app.user.as_ref().map(|user| format!("{} · {}", user.name, user.role)).unwrap_or_default();
    let load = match app.load.running() {
        Some(running) => {
            let progress = &running.progress;
            let so_far = progress.asking.as_ref().map(|asking| format!(" {} rows", grouped(asking.all_rows)));
            let share = progress.of_set().map(|ratio| format!(" {:.0}%", ratio * 100.0)).unwrap_or_default();
            let rejected = match progress.rejected {
                0 => String::new(),
                rejected => format!(", {} rejected", grouped(rejected)),
            };
            match so_far {
                Some(rows) => format!("reading{rows}   "),
                None => format!("loading{share}{rejected}   "),
            }
        }
        None => String::new(),
    };
    let printing =
        app.reports.running.map(|running| format!("{}   ", running.in_words())).unwrap_or_default();
    let load = load + &printing;
    let takes = width(&load) + width(&who);
    let left = area.width.saturating_sub(takes + 1);
    put(title, 0, columns(area, 1, left.saturating_sub(2)), buffer);
    let line = Line::from(vec![Span::styled(load, theme.accent), Span::styled(who, theme.muted)]);
    put(line, 0, columns(area, left, u16::MAX), buffer);
}
