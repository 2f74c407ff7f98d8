//! What lies over a screen.

use super::text::{fit, width, wrap};
use super::theme::Theme;
use super::widgets::popup::popup;
use super::widgets::table::aligned;
use super::widgets::{put, rows};
use super::{Drawn, help, palette};
use crate::tui::model::command::Command;
use crate::tui::model::dashboard::Tile;
use crate::tui::model::hits::HitMap;
use crate::tui::model::store_list::StoreList;
use crate::tui::model::{App, Popup};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Columns of text in a popup: about what is read with ease.
pub(super) const MEASURE: u16 = 62;

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
    match what {
        Popup::Help(state) => drawn.cursor = help::draw(app, state, theme, area, buffer),
        Popup::Palette(state) => {
            drawn.cursor = palette::draw(app, state, theme, area, buffer, &mut drawn.hits)
        }
        Popup::Explain(scroll) => {
            text("What it means", meaning(app.dashboard.focus, theme), *scroll, theme, area, buffer);
        }
        Popup::Stores(list) => stores(list, theme, area, buffer, &mut drawn.hits),
        Popup::Question(question, _) => {
            let lines =
                wrap(question, MEASURE).into_iter().map(|line| Line::from(Span::styled(line, theme.strong)));
            let answers = Line::from(vec![
                Span::styled(app.key_for(Command::Yes), theme.accent.bold()),
                Span::raw(" yes      "),
                Span::styled(app.key_for(Command::No), theme.accent.bold()),
                Span::raw(" no"),
            ]);
            text("Sure?", lines.chain([Line::default(), answers]).collect(), 0, theme, area, buffer);
        }
    }
}

fn text(title: &str, lines: Vec<Line<'_>>, scroll: u16, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let inside = popup(title, (MEASURE, height), area, buffer, theme);
    scrolled(lines, scroll, theme, inside, buffer);
}

/// As many of the lines as there is room for, from `scroll` on or from where the last of them still shows.
pub(super) fn scrolled(lines: Vec<Line<'_>>, scroll: u16, theme: &Theme, inside: Rect, buffer: &mut Buffer) {
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let scroll = scroll.min(height.saturating_sub(inside.height));
    for (row, line) in (0..inside.height).zip(lines.into_iter().skip(scroll.into())) {
        put(line, row, inside, buffer);
    }
    if scroll + inside.height < height {
        let more = Line::from(Span::styled("↓ more", theme.muted)).right_aligned();
        put(more, inside.height.saturating_sub(1), inside, buffer);
    }
}

fn meaning(tile: Tile, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for figure in tile.figures() {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::from(Span::styled(figure.name(), theme.accent.bold())));
        // The page breaks its lines for an editor; here a paragraph is one text.
        for paragraph in figure.definition().split("\n\n") {
            lines.extend(wrap(&paragraph.replace('\n', " "), MEASURE).into_iter().map(Line::from));
        }
    }
    lines
}

fn stores(list: &StoreList, theme: &Theme, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    let widest = list.names().map(width).max().unwrap_or(0).clamp(20, MEASURE);
    let count = u16::try_from(list.names().len()).unwrap_or(u16::MAX);
    let inside = popup("Store", (widest, count), area, buffer, theme);
    let room = usize::from(inside.height.max(1));
    let first = (list.cursor() + 1).saturating_sub(room);
    for (row, (position, name)) in (0..).zip(list.names().enumerate().skip(first).take(room)) {
        let style = if position == list.cursor() { theme.focus } else { theme.text };
        hits.add_row(rows(inside, row, 1), position);
        put(Span::styled(aligned(&fit(name, inside.width), inside.width, false), style), row, inside, buffer);
    }
}
