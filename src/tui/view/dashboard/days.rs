//! Net per day: as a chart with last year behind it, and in figures where there is room.

use super::Look;
use super::heading::{heading, value_style};
use super::net::comparison_failed;
use super::parts::part;
use crate::domain::{Money, PeriodKind};
use crate::tui::model::dashboard::Tile;
use crate::tui::model::dashboard::buckets::{Bucket, buckets, unit};
use crate::tui::model::hits::HitMap;
use crate::tui::view::text::width;
use crate::tui::view::widgets::table::{Column, table};
use crate::tui::view::widgets::{bars, columns, put, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use rust_decimal::prelude::ToPrimitive;

/// Columns of the scale beside the bars.
const SCALE: u16 = 8;

/// What is drawn: the bars, and what each stands for.
struct Plot {
    unit: PeriodKind,
    bars: Vec<Bucket>,
}

impl Plot {
    fn of(look: Look) -> Option<Plot> {
        let (told, period) = (look.board.answers.days()?, look.board.period()?);
        Some(Plot { unit: unit(period), bars: buckets(period, told) })
    }

    fn count(&self) -> u16 {
        u16::try_from(self.bars.len()).unwrap_or(u16::MAX)
    }

    /// The name of a bar where there is room for it.
    fn name(&self, bar: &Bucket) -> String {
        let format = match self.unit {
            PeriodKind::Week => "week %-V",
            PeriodKind::Month => "%b %Y",
            PeriodKind::Year => "%Y",
            _ => "%a %-d",
        };
        bar.first.strftime(format).to_string()
    }
}

pub(super) fn chart(look: Look, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    // A heading, a row of bars and the days below are the least that tells something.
    if area.height < 3 {
        return;
    }
    hits.add(area, Tile::Days);
    let taken = heading(look, Tile::Days, area, buffer);
    let Some(plot) = Plot::of(look) else { return };
    let Some(best) = plot.bars.iter().max_by_key(|bar| bar.net) else { return };
    let most = plot.bars.iter().map(|bar| bar.net.max(bar.last_year)).max().unwrap_or_default();
    if most <= Money::ZERO {
        put(Span::styled(" No sales in this period.", look.theme.muted), 1, area, buffer);
        return;
    }
    let has_last_year = plot.bars.iter().any(|bar| bar.last_year > Money::ZERO);
    let chosen = look.board.part_in(Tile::Days).and_then(|part| plot.bars.get(part));
    let best = match chosen {
        Some(bar) => format!("{}  {}", plot.name(bar), bar.net.grouped()),
        None => format!("best: {}  {}", plot.name(best), best.net.grouped()),
    };
    let legend = match has_last_year {
        true => "   ░ last year",
        false if comparison_failed(look) => "   last year could not be read",
        false => "",
    };
    let words = [format!("{best}{legend}"), best];
    if let Some(words) = words.into_iter().find(|words| taken + width(words) + 2 <= area.width) {
        put(Line::from(Span::styled(words, look.theme.muted)).right_aligned(), 0, area, buffer);
    }
    let room = rows(area, 1, area.height - 2);
    scale(look, most, room, buffer);
    let room = columns(room, SCALE, u16::MAX);
    let step = bars::step(room.width, plot.count());
    let share = |sum: Money| sum.ratio_of(most).and_then(|part| part.to_f64()).unwrap_or(0.0);
    let style = value_style(look, Tile::Days, look.theme.accent);
    bars::shadows(plot.bars.iter().map(|bar| share(bar.last_year)), step, look.theme.faint, room, buffer);
    bars::bars(plot.bars.iter().map(|bar| share(bar.net)), step, style, room, buffer);
    for (number, left) in (0..plot.count()).map(|bar| bar.saturating_mul(step)).enumerate() {
        part(look, Tile::Days, number, columns(room, left, step.saturating_sub(1).max(1)), buffer, hits);
    }
    axis(look, &plot, step, columns(rows(area, area.height - 1, 1), SCALE, u16::MAX), buffer);
}

fn scale(look: Look, most: Money, area: Rect, buffer: &mut Buffer) {
    let label = columns(area, 0, SCALE - 2);
    put(Line::from(Span::styled(short(most), look.theme.muted)).right_aligned(), 0, label, buffer);
    let bottom = area.height.saturating_sub(1);
    if bottom > 0 {
        put(Line::from(Span::styled("0", look.theme.muted)).right_aligned(), bottom, label, buffer);
    }
}

/// What the bars stand for, below them: each where there is room for it, else some.
fn axis(look: Look, plot: &Plot, step: u16, area: Rect, buffer: &mut Buffer) {
    let mut free = 0;
    for (position, bar) in (0u16..).zip(&plot.bars) {
        let day = bar.first.day();
        let (name, is_wanted) = match plot.unit {
            PeriodKind::Week => (bar.first.strftime("%-V").to_string(), step >= 3 || position % 4 == 0),
            PeriodKind::Month => (bar.first.strftime("%b").to_string(), true),
            PeriodKind::Year => (bar.first.strftime("%Y").to_string(), true),
            _ => (day.to_string(), step >= 4 || day == 1 || day % 5 == 0),
        };
        let left = position.saturating_mul(step);
        if is_wanted && left >= free {
            put(Span::styled(name.clone(), look.theme.muted), 0, columns(area, left, width(&name)), buffer);
            free = left + width(&name) + 1;
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

/// Each bar with its net and last year's, one a row, the newest where not all fit.
pub(super) fn diary(look: Look, area: Rect, buffer: &mut Buffer) {
    const COLUMNS: [Column; 3] =
        [Column::text("", 9), Column::number("net", 13), Column::number("last year", 13)];
    if area.is_empty() {
        return;
    }
    let Some(plot) = Plot::of(look) else { return };
    let style = value_style(look, Tile::Days, look.theme.text);
    let sum = |sum: Money, style| match sum {
        sum if sum == Money::ZERO => ("–".to_owned(), look.theme.muted),
        sum => (sum.grouped(), style),
    };
    let room = usize::from(area.height.saturating_sub(2));
    let shown = plot.bars.get(plot.bars.len().saturating_sub(room)..).unwrap_or_default();
    let cells = shown.iter().map(|bar| {
        let name = (format!(" {}", plot.name(bar)), style);
        vec![name, sum(bar.net, style), sum(bar.last_year, look.theme.muted)]
    });
    table(&COLUMNS, cells, area, buffer, look.theme);
    let row = u16::try_from(shown.len() + 1).unwrap_or(u16::MAX);
    let total = |of: fn(&Bucket) -> Money| plot.bars.iter().map(of).sum::<Money>().grouped();
    let line = format!("{:<9}  {:>13}  {:>13}", " Total", total(|bar| bar.net), total(|bar| bar.last_year));
    put(Span::styled(line, look.theme.strong), row, area, buffer);
}
