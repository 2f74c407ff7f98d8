//! Net per day: as a chart, and in figures where there is room.

use super::Look;
use super::heading::{heading, value_style};
use crate::domain::{Money, Month};
use crate::tui::model::dashboard::Tile;
use crate::tui::model::hits::HitMap;
use crate::tui::view::text::width;
use crate::tui::view::widgets::table::{Column, table};
use crate::tui::view::widgets::{bars, columns, put, rows};
use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use rust_decimal::prelude::ToPrimitive;

/// Columns of the scale beside the bars.
const SCALE: u16 = 8;

/// The net of each day of the month, the days without orders too.
fn month_days(look: Look) -> Option<Vec<(Date, Money)>> {
    let (days, month) = (look.board.days.value()?, look.board.month?);
    let net_of = |date: Date| days.iter().find(|day| day.day == date).map_or(Money::ZERO, |day| day.net);
    Some(dates(month).map(|date| (date, net_of(date))).collect())
}

fn dates(month: Month) -> impl Iterator<Item = Date> {
    month.first_day().series(jiff::Span::new().days(1)).take(month.days().into())
}

pub(super) fn chart(look: Look, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    // A heading, a row of bars and the days below are the least that tells something.
    if area.height < 3 {
        return;
    }
    hits.add(area, Tile::Days);
    let taken = heading(look, Tile::Days, &look.board.days, area, buffer);
    let Some(days) = month_days(look) else { return };
    let Some((best, most)) = days.iter().copied().max_by_key(|(_, net)| *net) else {
        return;
    };
    if most <= Money::ZERO {
        put(Span::styled(" No sales in this month.", look.theme.muted), 1, area, buffer);
        return;
    }
    let words = format!("best: {}  {}", best.strftime("%a %-d"), most.grouped());
    if taken + width(&words) + 2 <= area.width {
        put(Line::from(Span::styled(words, look.theme.muted)).right_aligned(), 0, area, buffer);
    }
    let plot = rows(area, 1, area.height - 2);
    scale(look, most, plot, buffer);
    let plot = columns(plot, SCALE, u16::MAX);
    let step = bars::step(plot.width, u16::try_from(days.len()).unwrap_or(u16::MAX));
    let parts = days.iter().map(|(_, net)| net.ratio_of(most).and_then(|part| part.to_f64()).unwrap_or(0.0));
    let style = value_style(look, &look.board.days, look.theme.accent);
    bars::bars(parts, step, style, plot, buffer);
    axis(look, &days, step, columns(rows(area, area.height - 1, 1), SCALE, u16::MAX), buffer);
}

fn scale(look: Look, most: Money, area: Rect, buffer: &mut Buffer) {
    let label = columns(area, 0, SCALE - 2);
    put(Line::from(Span::styled(short(most), look.theme.muted)).right_aligned(), 0, label, buffer);
    let bottom = area.height.saturating_sub(1);
    if bottom > 0 {
        put(Line::from(Span::styled("0", look.theme.muted)).right_aligned(), bottom, label, buffer);
    }
}

/// The days below their bars: each where there is room for it, else the first and every fifth.
fn axis(look: Look, days: &[(Date, Money)], step: u16, area: Rect, buffer: &mut Buffer) {
    for (position, (date, _)) in (0u16..).zip(days) {
        let day = date.day();
        if step >= 4 || day == 1 || day % 5 == 0 {
            let label = columns(area, position.saturating_mul(step), 2);
            put(Span::styled(day.to_string(), look.theme.muted), 0, label, buffer);
        }
    }
}

/// A sum in at most six characters, for a scale: `980`, `47.6k`, `1.2m`.
fn short(sum: Money) -> String {
    let amount = sum.amount().to_f64().unwrap_or(0.0);
    match amount {
        1e9.. => format!("{:.1}bn", amount / 1e9),
        1e6.. => format!("{:.1}m", amount / 1e6),
        1e3.. => format!("{:.1}k", amount / 1e3),
        _ => format!("{amount:.0}"),
    }
}

/// Each day with its net and a bar, one a row.
pub(super) fn diary(look: Look, area: Rect, buffer: &mut Buffer) {
    const COLUMNS: [Column; 3] = [Column::text(" Day", 7), Column::number("Net", 13), Column::text("", 0)];
    if area.is_empty() {
        return;
    }
    let Some(days) = month_days(look) else { return };
    let most = days.iter().map(|(_, net)| *net).max().unwrap_or_default();
    let style = value_style(look, &look.board.days, look.theme.text);
    let bar_style = value_style(look, &look.board.days, look.theme.accent);
    let room = f64::from(area.width.saturating_sub(24));
    let cells = days.iter().map(|(date, net)| {
        let day = date.strftime(" %a %e").to_string();
        if *net == Money::ZERO {
            return vec![
                (day, look.theme.muted),
                ("–".to_owned(), look.theme.muted),
                (String::new(), bar_style),
            ];
        }
        let part = net.ratio_of(most).and_then(|part| part.to_f64()).unwrap_or(0.0);
        let bar = "▪".repeat((part * room).round() as usize);
        vec![(day, style), (net.grouped(), style), (bar, bar_style)]
    });
    table(&COLUMNS, cells, area, buffer, look.theme);
    let total: Money = days.iter().map(|(_, net)| *net).sum();
    let row = u16::try_from(days.len() + 1).unwrap_or(u16::MAX);
    let line = format!("{:<9}{:>13}", " Total", total.grouped());
    put(Span::styled(line, look.theme.strong), row, area, buffer);
}
