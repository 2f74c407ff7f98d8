//! What lies over a screen.

use super::text::{width, wrap};
use super::theme::Theme;
use super::widgets::confirm::confirm;
use super::widgets::form::form;
use super::widgets::pick_list::{HEADING, pick_list};
use super::widgets::popup::popup;
use super::widgets::{put, rows};
use super::{Drawn, help, records};
use crate::service::figures;
use crate::tui::model::command::Command;
use crate::tui::model::dashboard::Tile;
use crate::tui::model::hits::HitMap;
use crate::tui::model::reports::Into;
use crate::tui::model::widgets::pick_list::PickList;
use crate::tui::model::{App, Popup};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Columns of text in a popup: about what is read with ease.
pub(super) const MEASURE: u16 = 62;
/// The most columns of a statement in a popup.
const WIDEST: u16 = 130;
/// The most rows of a list that lies over a screen: more are scrolled.
const MOST: usize = 14;

/// Draws it; what the mouse reaches, and where the cursor belongs, is in `drawn` from then on.
pub(super) fn draw(
    app: &App,
    what: &Popup,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    drawn: &mut Drawn,
) {
    drawn.hits.cover();
    drawn.cursor = None;
    // The hints stay in sight: they tell the keys of the popup.
    let area = rows(area, 0, area.height.saturating_sub(1));
    let hits = &mut drawn.hits;
    drawn.cursor = match what {
        Popup::Help(state) => help::draw(app, state, theme, area, buffer, hits),
        Popup::Palette(list) => {
            let inside = room_for(list, "Commands", MEASURE, area, buffer, theme);
            pick_list(list, |entry| app.keys_shown(entry), inside, buffer, theme, hits)
        }
        Popup::Stores(list) => {
            let widest = list.names().map(width).max().unwrap_or(0).saturating_add(4).clamp(30, MEASURE);
            let inside = room_for(list, "Store", widest, area, buffer, theme);
            pick_list(list, |_| String::new(), inside, buffer, theme, hits)
        }
        Popup::Reports(list) => {
            let widest = list.names().map(width).max().unwrap_or(0).saturating_add(8).clamp(30, MEASURE);
            let inside = room_for(list, "Report", widest, area, buffer, theme);
            pick_list(list, |_| String::new(), inside, buffer, theme, hits)
        }
        Popup::Into(into) => folder(into, theme, area, buffer, hits),
        Popup::Search(search) => records::search::draw(search, theme, area, buffer, hits),
        Popup::Explain(scroll) => {
            // A statement is read by its lines; where there is room, they stay whole.
            let wide = area.width.saturating_sub(6).clamp(MEASURE.min(area.width), WIDEST);
            let lines = meaning(app, app.dashboard.focus, wide, theme);
            let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            let inside = popup("What it means", (wide, height), area, buffer, theme);
            scrolled(lines, *scroll, theme, inside, buffer, hits);
            None
        }
        Popup::Question(question) => {
            let keys = [Command::Yes, Command::No].map(|answer| app.key_for(answer));
            confirm(question, &keys, area, buffer, theme)
        }
    };
}

/// The box that asks for a folder; answers where the cursor belongs.
fn folder(
    into: &Into,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> Option<Position> {
    let lines = wrap(&into.words, MEASURE);
    let height = u16::try_from(lines.len()).unwrap_or(1);
    let inside = popup("Print", (MEASURE, height + 3), area, buffer, theme);
    for (row, line) in (0..).zip(lines) {
        put(Span::styled(line, theme.text), row, inside, buffer);
    }
    form(&into.form, rows(inside, height + 1, u16::MAX), buffer, theme, hits)
}

/// A box as high as all that is offered, so that it stands still while it is narrowed.
fn room_for<T>(
    list: &PickList<T>,
    title: &str,
    wide: u16,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Rect {
    let rows = u16::try_from(list.counts().1.min(MOST)).unwrap_or(MEASURE);
    popup(title, (wide, rows + HEADING), area, buffer, theme)
}

/// As many of the lines as there is room for, from `scroll` on or from where the last of them still shows; answers the
/// first of them.
pub(super) fn scrolled(
    lines: Vec<Line<'_>>,
    scroll: u16,
    theme: &Theme,
    inside: Rect,
    buffer: &mut Buffer,
    hits: &mut HitMap,
) -> u16 {
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    hits.rows = inside.height;
    hits.furthest = height.saturating_sub(inside.height);
    let scroll = scroll.min(hits.furthest);
    for (row, line) in (0..inside.height).zip(lines.into_iter().skip(scroll.into())) {
        put(line, row, inside, buffer);
    }
    if scroll < hits.furthest {
        let more = Line::from(Span::styled("↓ more", theme.muted)).right_aligned();
        put(more, inside.height.saturating_sub(1), inside, buffer);
    }
    scroll
}

/// What the figures of a tile mean, whose days they are of, how they are rounded, and the statements that read them.
fn meaning(app: &App, tile: Tile, wide: u16, theme: &Theme) -> Vec<Line<'static>> {
    let heading = |words: &'static str| Line::from(Span::styled(words, theme.accent.bold()));
    // The page breaks its lines for an editor; here a paragraph is one text.
    let paragraph = |words: &str| -> Vec<Line<'static>> {
        wrap(&words.replace('\n', " "), MEASURE).into_iter().map(Line::from).collect()
    };
    let mut lines = Vec::new();
    for figure in tile.figures() {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(heading(figure.name()));
        for words in figure.definition().split("\n\n") {
            lines.extend(paragraph(words));
        }
    }
    lines.push(Line::default());
    lines.push(heading("Days and rounding"));
    let zone = app.dashboard.calendar.value().and_then(|calendar| calendar.as_ref());
    let zone = zone.map_or("the store", |calendar| calendar.time_zone.as_str());
    lines.extend(paragraph(&format!(
        "A day is a business day of the store; today is that of {zone}. Sums are rounded for each order line, half \
         away from zero, and then added up."
    )));
    let mut statements: Vec<&str> = Vec::new();
    for figure in tile.figures() {
        let statement = figures::statement(*figure);
        if !statements.contains(&statement) {
            statements.push(statement);
        }
    }
    lines.push(Line::default());
    lines.push(heading(if statements.len() > 1 { "The queries" } else { "The query" }));
    for (number, statement) in statements.into_iter().enumerate() {
        if number > 0 {
            lines.push(Line::default());
        }
        let statement = statement.lines().flat_map(|line| indented(line, wide));
        lines.extend(statement.map(|line| Line::from(Span::styled(line, theme.muted))));
    }
    lines
}

/// A line of a statement, broken where it must be; what is broken off stands as far in as the line.
fn indented(line: &str, wide: u16) -> Vec<String> {
    let text = line.trim_start();
    let space = " ".repeat(line.len() - text.len());
    let room = wide.saturating_sub(width(&space));
    wrap(text, room).into_iter().map(|part| format!("{space}{part}")).collect()
}
