//! The gallery: one page a piece.

use super::Drawn;
use super::theme::Theme;
use super::widgets::confirm::confirm;
use super::widgets::data_table::data_table;
use super::widgets::form::form;
use super::widgets::gauge::gauge;
use super::widgets::line_chart::{Scale, line_chart};
use super::widgets::log_view::log_view;
use super::widgets::pick_list::pick_list;
use super::widgets::qr::qr;
use super::widgets::sparkline::sparkline;
use super::widgets::toast::toasts;
use super::widgets::{bars, columns, put, rows, rule};
use crate::tui::model::gallery::{Gallery, Plate, SECRET};
use crate::tui::model::widgets::qr::in_fours;
use crate::tui::view::text::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

pub(super) fn draw(gallery: &Gallery, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    put(title(gallery, theme), 0, columns(area, 1, u16::MAX), buffer);
    rule::rule(rows(area, 1, 1), buffer, theme);
    let body = columns(rows(area, 2, u16::MAX), 1, area.width.saturating_sub(2));
    let mut drawn = Drawn::default();
    match gallery.plate {
        Plate::Table => {
            let shown = data_table(&gallery.table, body, buffer, theme);
            drawn.hits.rows = shown.rows;
            drawn.cursor = shown.cursor;
        }
        Plate::Form => drawn.cursor = form(&gallery.form, columns(body, 0, 70), buffer, theme),
        Plate::List => drawn.cursor = pick_list(&gallery.list, columns(body, 0, 60), buffer, theme),
        Plate::Questions => drawn.cursor = questions(gallery, body, buffer, theme),
        Plate::Charts => charts(body, buffer, theme),
        Plate::Log => drawn.hits.rows = log_view(&gallery.log, body, buffer, theme),
        Plate::Code => code(gallery, body, buffer, theme),
    }
    toasts(&gallery.toasts, body, buffer, theme);
    drawn
}

fn title(gallery: &Gallery, theme: &Theme) -> Line<'static> {
    let mut spans = Vec::new();
    for (number, plate) in (1..).zip(Plate::ALL) {
        let style = if plate == gallery.plate { theme.focus } else { theme.text };
        spans.push(Span::styled(format!("F{number}"), theme.accent.bold()));
        spans.push(Span::styled(format!(" {} ", plate.title()), style));
    }
    spans.push(Span::styled("^C", theme.accent.bold()));
    spans.push(Span::raw(" quit"));
    Line::from(spans)
}

fn questions(gallery: &Gallery, area: Rect, buffer: &mut Buffer, theme: &Theme) -> Option<Position> {
    let risks = ["1  a yes is enough", "2  the name again", "3  the second factor"];
    for (row, risk) in (0..).zip(risks) {
        put(Span::styled(risk, theme.text), row, area, buffer);
    }
    let question = gallery.question.as_ref()?;
    confirm(question, area, buffer, theme)
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
    let taken = gallery.code.as_ref().and_then(|code| qr(code, area, buffer)).unwrap_or_default();
    let beside = columns(area, taken.width + 2, u16::MAX);
    let words = format!("Scan the code, or type this into the authenticator:\n\n{}", in_fours(SECRET));
    for (row, line) in (0..).zip(wrap(&words, beside.width)) {
        put(Span::styled(line, theme.text), row, beside, buffer);
    }
}
