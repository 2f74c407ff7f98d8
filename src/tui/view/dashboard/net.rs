//! Net sales against the month's target: the most important thing on the screen.

use super::Look;
use super::heading::{heading, value_style};
use crate::domain::morning::Comparison;
use crate::domain::{Figures, Money, Month};
use crate::tui::model::dashboard::Tile;
use crate::tui::model::hits::HitMap;
use crate::tui::view::widgets::{columns, gauge, put, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

pub(super) fn draw(look: Look, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    heading(look, Tile::Net, &look.board.figures, area, buffer);
    hits.add(area, Tile::Net);
    let area = columns(area, 1, area.width.saturating_sub(1));
    let (Some(figures), Some(month)) = (look.board.figures.value(), look.board.month) else {
        return;
    };
    let style = value_style(look, &look.board.figures, look.theme.strong);
    let mut spans = vec![Span::styled(figures.net.grouped(), style)];
    if let Some(comparison) = look.board.comparison.value() {
        let muted = value_style(look, &look.board.comparison, look.theme.text);
        spans.push(Span::styled(
            format!("   {}", against(figures, comparison, month, look.month_is_running())),
            muted,
        ));
        if let Some(ratio) = part(figures.net, comparison) {
            gauge::gauge(ratio, gauge_style(look, ratio), rows(area, 2, 1), buffer, look.theme);
        }
    } else if look.board.comparison.failure().is_some() {
        spans.push(Span::styled("   the target could not be read", look.theme.bad));
    }
    put(Line::from(spans), 1, area, buffer);
}

fn gauge_style(look: Look, ratio: f64) -> Style {
    if look.board.figures.failure().is_some() || look.board.comparison.failure().is_some() {
        look.theme.muted
    } else if ratio >= 1.0 {
        look.theme.good
    } else {
        look.theme.accent
    }
}

/// The part of the target that is reached; of last year's net where no target is set.
fn part(net: Money, comparison: &Comparison) -> Option<f64> {
    net.ratio_of(comparison.target.or(comparison.last_year)?)?.to_f64()
}

fn against(figures: &Figures, comparison: &Comparison, month: Month, is_running: bool) -> String {
    let year_before = month.a_year_before();
    let target = comparison.target.and_then(|target| {
        let share = percent(figures.net.ratio_of(target)?, 0);
        Some(format!("{share} of the target of {}", target.grouped()))
    });
    let last_year = comparison.last_year.and_then(|last| {
        let grown = figures.net.ratio_of(last)? - Decimal::ONE;
        let sign = if grown >= Decimal::ZERO { "+" } else { "" };
        // Half a month and a whole one do not compare.
        Some(if is_running || target.is_none() {
            format!("{year_before}: {}", last.grouped())
        } else {
            format!("{sign}{} on {year_before}", percent(grown, 1))
        })
    });
    match (target, last_year) {
        (Some(target), Some(last_year)) => format!("{target}   {last_year}"),
        (Some(target), None) => target,
        (None, Some(last_year)) => format!("no target set; the bar is against {last_year}"),
        (None, None) => "no target set, and no orders a year earlier".to_owned(),
    }
}

/// A part of one as a percentage.
pub(super) fn percent(part: Decimal, decimals: u32) -> String {
    format!("{:.*}%", decimals as usize, (part * Decimal::ONE_HUNDRED).round_dp(decimals))
}

impl Look<'_> {
    /// Whether the month looked at is not over.
    fn month_is_running(&self) -> bool {
        let today = self.board.calendar.value().copied().flatten().map(|calendar| calendar.today);
        today.zip(self.board.month).is_some_and(|(today, month)| today <= month.last_day())
    }
}
