//! The dashboard.

mod counts;
mod days;
mod heading;
mod lists;
mod net;

use super::Drawn;
use super::breakpoint::Breakpoint;
use super::frame::surround;
use super::text::wrap;
use super::theme::Theme;
use super::widgets::{columns, put, rows};
use crate::tui::model::App;
use crate::tui::model::command::Command;
use crate::tui::model::dashboard::{Dashboard, Tile};
use crate::tui::model::hits::HitMap;
use crate::tui::model::message::Failure;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// What every tile is drawn with.
#[derive(Clone, Copy)]
struct Look<'a> {
    board: &'a Dashboard,
    zone: &'a TimeZone,
    theme: &'a Theme,
}

/// Where each tile goes.
struct Places {
    net: Rect,
    counts: Rect,
    chart: Rect,
    /// Day by day in figures, where there is room for it.
    diary: Rect,
    top: Rect,
    low: Rect,
}

/// Columns of the day by day list on a wide screen.
const DIARY: u16 = 40;

pub(super) fn draw(
    app: &App,
    breakpoint: Breakpoint,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Drawn {
    let board = &app.dashboard;
    let again =
        |failure: &Failure| format!("{} {} tries again.", failure.words(), app.key_for(Command::Refresh));
    let failed = board.failure().map(|failure| Failure::new(&again(failure)));
    let mut hits = HitMap::default();
    let body = surround(app, title(board, theme), failed.as_ref(), theme, area, buffer, &mut hits);
    let look = Look { board, zone: &app.zone, theme };
    if board.has_no_orders() {
        no_orders(app, theme, body, buffer);
        return Drawn { hits, cursor: None };
    }
    let places = places(breakpoint, body);
    net::draw(look, places.net, buffer, &mut hits);
    counts::draw(look, places.counts, buffer, &mut hits);
    days::chart(look, places.chart, buffer, &mut hits);
    days::diary(look, places.diary, buffer);
    lists::top(look, places.top, buffer);
    lists::low(look, places.low, buffer);
    hits.add(places.top, Tile::Top);
    hits.add(places.low, Tile::Low);
    Drawn { hits, cursor: None }
}

fn places(breakpoint: Breakpoint, body: Rect) -> Places {
    let is_wide = breakpoint == Breakpoint::Wide;
    let diary_width = if is_wide { DIARY } else { 0 };
    let left = columns(body, 0, body.width.saturating_sub(diary_width));
    let gap = u16::from(breakpoint > Breakpoint::Compact);
    let chart_height = match breakpoint {
        Breakpoint::Wide => 16,
        Breakpoint::Normal => 11,
        // What is left once each list has its heading and at least three rows.
        Breakpoint::Compact | Breakpoint::TooSmall => body.height.saturating_sub(12).clamp(0, 7),
    };
    let counts = rows(left, 3 + gap, 3);
    let chart = rows(left, 7 + gap, chart_height);
    let lists = rows(left, 7 + 2 * gap + chart_height, u16::MAX);
    let top_width = lists.width / 2;
    Places {
        net: rows(left, 0, 3),
        counts,
        chart,
        diary: columns(body, left.width + 3, u16::MAX),
        top: columns(lists, 0, top_width),
        low: columns(lists, top_width + 3, u16::MAX),
    }
}

fn title(board: &Dashboard, theme: &Theme) -> Line<'static> {
    let mut spans = vec![Span::styled(board.store_name().to_owned(), theme.strong)];
    if let Some(month) = board.month {
        spans.push(Span::styled(format!("   {month}"), theme.strong));
        spans.push(Span::styled(format!("   {} orders", board.measure), theme.text));
    }
    Line::from(spans)
}

fn no_orders(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let may_load = app.may(crate::domain::Permission::ImportData);
    let words = match (app.dashboard.store, may_load) {
        (Some(_), _) => {
            let pick = app.key_for(Command::PickStore);
            format!("This store has no orders yet. Press {pick} to look at another one.")
        }
        (None, true) => {
            let load = app.key_for(Command::OpenLoad);
            format!("There are no orders yet. Press {load} to load some from CSV files.")
        }
        (None, false) => "There are no orders yet. A manager can load some from CSV files.".to_owned(),
    };
    let top = area.height / 3;
    for (row, line) in (top..).zip(wrap(&words, area.width)) {
        put(Line::from(Span::styled(line, theme.text)).centered(), row, area, buffer);
    }
}
