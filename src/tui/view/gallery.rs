//! The gallery: one page a piece.

use super::Drawn;
use super::theme::Theme;
use super::widgets::data_table::data_table;
use super::widgets::form::form;
use super::widgets::gauge::gauge;
use super::widgets::line_chart::{Scale, line_chart};
use super::widgets::log_view::log_view;
use super::widgets::pick_list::pick_list;
use super::widgets::qr::qr;
use super::widgets::sparkline::sparkline;
use super::widgets::toast::toasts;
use super::widgets::{bars, columns, hint_bar, put, rows, rule};
use crate::tui::model::App;
use crate::tui::model::command::{Command, Place, TABLE};
use crate::tui::model::gallery::{Gallery, Plate, SECRET};
use crate::tui::model::hits::HitMap;
use crate::tui::model::widgets::qr::in_fours;
use crate::tui::model::widgets::toast::Mood;
use crate::tui::view::text::{width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws the page between its title and the hints. There is no line for words: the code takes every row of a small screen.
pub(super) fn draw(app: &App, gallery: &Gallery, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let mut hits = HitMap::default();
    tabs(app, gallery, theme, columns(rows(area, 0, 1), 1, u16::MAX), buffer, &mut hits);
    rule::rule(rows(area, 1, 1), buffer, theme);
    let bottom = area.height.saturating_sub(1);
    let hints = app.hints().filter(|hint| !matches!(hint.command, Command::OpenPlate(_)));
    hint_bar::hint_bar(hints, rows(area, bottom, 1), buffer, theme, &mut hits);
    let body = columns(rows(area, 2, bottom.saturating_sub(2)), 1, area.width.saturating_sub(2));
    let cursor = match gallery.plate {
        Plate::Table => data_table(&gallery.table, body, buffer, theme, &mut hits),
        Plate::Form => form(&gallery.form, columns(body, 0, 70), buffer, theme, &mut hits),
        Plate::List => {
            let beside = |name: &&str| format!("{} letters", name.chars().count());
            pick_list(&gallery.list, beside, columns(body, 0, 60), buffer, theme, &mut hits)
        }
        Plate::Questions => {
            put("Three questions, by what could be lost.", 0, body, buffer);
            None
        }
        Plate::Charts => {
            charts(body, buffer, theme);
            None
        }
        Plate::Log => log_view(&gallery.log, body, buffer, theme, &mut hits),
        Plate::Code => {
            code(gallery, body, buffer, theme);
            None
        }
    };
    let words = app.told.as_deref().map(|told| (Mood::Plain, told.to_owned()));
    let notice = app.notice.as_ref().map(|notice| (Mood::Bad, notice.words().to_owned()));
    let mut said = gallery.toasts.clone();
    words.into_iter().chain(notice).for_each(|(mood, words)| said.say(mood, &words));
    toasts(&said, body, buffer, theme);
    Drawn { hits, cursor }
}

/// The pages, each with its key.
fn tabs(app: &App, gallery: &Gallery, theme: &Theme, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    let mut next = 0;
    for entry in TABLE.iter().filter(|entry| entry.place == Place::Gallery) {
        let is_open = entry.command == Command::OpenPlate(gallery.plate);
        let style = if is_open { theme.focus } else { theme.text };
        let key = app.keymap.keys(entry).first().map(ToString::to_string).unwrap_or_default();
        let takes = width(&key) + width(entry.label) + 2;
        let place = columns(area, next, takes);
        next += takes + 1;
        let label = Span::styled(format!(" {} ", entry.label), style);
        let tab = vec![Span::styled(key, theme.accent.bold()), label];
        put(Line::from(tab), 0, place, buffer);
        hits.add_hint(place, entry.command);
    }
}

fn charts(area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let waves: Vec<f64> = (0..60u32).map(|day| 0.5 + 0.45 * (f64::from(day) / 6.0).sin()).collect();
    put(Span::styled("Gauge, 72%", theme.strong), 0, area, buffer);
    gauge(0.72, theme.accent, columns(rows(area, 1, 1), 0, 60), buffer, theme);
    put(Span::styled("Sparkline", theme.strong), 3, area, buffer);
    sparkline(&waves, theme.accent, rows(area, 4, 1), buffer);
    put(Span::styled("Line, with a gap", theme.strong), 6, area, buffer);
    let gap = 24..30;
    let parts: Vec<Option<f64>> =
        waves.iter().enumerate().map(|(day, part)| (!gap.contains(&day)).then_some(*part)).collect();
    let scale = Scale { least: "0", greatest: "47.6k" };
    line_chart(&parts, scale, theme.accent, rows(area, 7, 7), buffer, theme);
    put(Span::styled("Bars", theme.strong), 15, area, buffer);
    let plot = rows(area, 16, 5);
    bars::bars(waves.iter().copied().take(30), bars::step(plot.width, 30), theme.accent, plot, buffer);
}

fn code(gallery: &Gallery, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let taken = gallery.code.as_ref().and_then(|code| qr(code, area, buffer, theme));
    let (from, how) = match taken {
        Some(taken) => (taken.width + 2, "Scan the code, or type this into the authenticator:"),
        None => (0, "Type this into the authenticator:"),
    };
    let beside = columns(area, from, u16::MAX);
    for (row, line) in
        (0..).zip(wrap(how, beside.width).into_iter().chain(wrap(&in_fours(SECRET), beside.width)))
    {
        put(Span::styled(line, theme.text), row, beside, buffer);
    }
}
