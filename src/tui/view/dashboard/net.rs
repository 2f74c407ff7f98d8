//! Net sales against the period's target: the most important thing on the screen.

use super::Look;
use super::heading::{heading, value_style};
use super::parts;
use crate::domain::morning::Comparison;
use crate::domain::{Money, Period};
use crate::tui::model::dashboard::{Slot, Tile};
use crate::tui::model::hits::HitMap;
use crate::tui::view::text::width;
use crate::tui::view::widgets::{columns, gauge, put, rows};
use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

pub(super) fn draw(look: Look, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    heading(look, Tile::Net, area, buffer);
    hits.add(area, Tile::Net);
    let area = columns(area, 1, area.width.saturating_sub(1));
    let (Some(figures), Some(period)) = (look.board.answers.figures(), look.board.period()) else {
        return;
    };
    let net = figures.net.grouped();
    let taken = width(&net);
    put(Span::styled(net, value_style(look, Tile::Net, look.theme.strong)), 1, area, buffer);
    let line = columns(rows(area, 1, 1), taken, u16::MAX);
    if let Some(comparison) = look.board.answers.comparison() {
        beside(look, against(figures.net, comparison, period), line, buffer, hits);
        if let Some(ratio) = part(figures.net, comparison) {
            gauge::gauge(ratio, gauge_style(look, ratio), rows(area, 2, 1), buffer, look.theme);
        }
    } else if comparison_failed(look) {
        put(Span::styled("   the target could not be read", look.theme.bad), 0, line, buffer);
    }
}

/// What the net is held against, as much as there is room for: the first says the most, and what is chosen is there in any case.
fn beside(look: Look, all: Vec<Vec<String>>, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    let style = if comparison_failed(look) { look.theme.muted } else { look.theme.text };
    let chosen = look.board.part_in(Tile::Net);
    let fitting = |ways: &[String], room: u16| ways.iter().find(|words| width(words) + 3 <= room).cloned();
    let (mut taken, mut drawn) = (0, Vec::new());
    for (number, ways) in all.iter().enumerate() {
        let Some(words) = fitting(ways, area.width.saturating_sub(taken)) else { break };
        drawn.push((number, taken + 3, words.clone()));
        taken += width(&words) + 3;
    }
    if let Some(number) = chosen.filter(|number| drawn.iter().all(|(drawn, ..)| drawn != number)) {
        let words = all.get(number).and_then(|ways| fitting(ways, area.width));
        drawn = words.map(|words| (number, 3, words)).into_iter().collect();
    }
    for (number, left, words) in drawn {
        let place = columns(area, left, width(&words));
        put(Span::styled(words, style), 0, place, buffer);
        parts::part(look, Tile::Net, number, place, buffer, hits);
    }
    // What is not drawn can be gone to all the same.
    if let Some(last) = all.len().checked_sub(1) {
        hits.add_part(Rect::default(), Tile::Net, last);
    }
}

pub(super) fn comparison_failed(look: Look) -> bool {
    look.board.answers.fresh(Slot::Comparison).failure().is_some()
}

fn gauge_style(look: Look, ratio: f64) -> Style {
    if look.fresh(Tile::Net).failure().is_some() || comparison_failed(look) {
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

/// What the net is held against, in words: the target, last year, the period before; each in the ways there are to say it, the
/// fullest first.
fn against(net: Money, told: &Comparison, period: Period) -> Vec<Vec<String>> {
    let last_year = told.last_year.map(|last| {
        let until = told.until.map(|day| period.day_a_year_before(day));
        vec![grown(net, last, &ended(&period.a_year_before(), until)), grown(net, last, "a year earlier")]
    });
    let target = told.target.and_then(|target| {
        Some(format!("{} of the target of {}", percent(net.ratio_of(target)?, 0), target.grouped()))
    });
    let before = told.before.map(|before| match told.until {
        None => vec![grown(net, before, &period.before().to_string())],
        Some(_) => vec![grown(net, before, &format!("the same days of {}", period.before()))],
    });
    let first = match (&target, &last_year) {
        (Some(target), _) => target.clone(),
        (None, Some(_)) => "no target set; the bar is against last year".to_owned(),
        (None, None) => "no target set, and no orders a year earlier".to_owned(),
    };
    std::iter::once(vec![first]).chain(last_year).chain(before).collect()
}

/// A period, and the day up to which it is meant.
fn ended(period: &Period, until: Option<Date>) -> String {
    match until {
        Some(day) if period.days() > 1 => format!("{period} to {}", day.strftime("%-d %b")),
        _ => period.to_string(),
    }
}

/// `+13.8% on Apr 2025`; the sum itself where there is nothing to be a share of.
fn grown(net: Money, other: Money, name: &str) -> String {
    match net.ratio_of(other) {
        Some(ratio) => {
            let grown = ratio - Decimal::ONE;
            let sign = if grown >= Decimal::ZERO { "+" } else { "" };
            format!("{sign}{} on {name}", percent(grown, 1))
        }
        None => format!("{name}: {}", other.grouped()),
    }
}

/// A part of one as a percentage.
pub(super) fn percent(part: Decimal, decimals: u32) -> String {
    format!("{:.*}%", decimals as usize, (part * Decimal::ONE_HUNDRED).round_dp(decimals))
}
