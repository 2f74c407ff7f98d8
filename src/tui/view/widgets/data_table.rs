//! A table of any length: only what is seen is drawn.

use super::find::find;
use super::popup::popup;
use super::table::aligned;
use super::{columns, put, rows};
use crate::tui::model::hits::HitMap;
use crate::tui::model::widgets::data_table::{Column, DataTable, Row};
use crate::tui::view::text::{fit, grouped};
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns in front of a row for its mark.
const MARK: u16 = 2;
/// Columns behind the heading for the sign that there are more of them.
const MORE: u16 = 1;
/// Columns between two cells.
const GAP: u16 = 2;

/// Stands in the last line while other rows are on their way.
const ASKING: &str = "asking…";

/// A heading, the rows, and a last line that says what is shown; answers where the terminal's cursor belongs while what is
/// looked for is typed. How many rows there was room for is in `hits` for [`DataTable::resize`].
pub fn data_table(
    table: &DataTable,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
    hits: &mut HitMap,
) -> Option<Position> {
    let height = area.height.saturating_sub(2);
    let drawn = fitting(table, area.width);
    put(heading(table, &drawn, theme), 0, area, buffer);
    if table.columns().drawn().count() > drawn.len() {
        let beyond = columns(area, area.width.saturating_sub(MORE), MORE);
        put(Span::styled("›", theme.accent), 0, beyond, buffer);
    }
    for (row, (record, is_current)) in (1..).zip(table.seen(height)) {
        // Rows that are about to be replaced keep their look: to dim them would write the whole table at each letter of a
        // filter. The last line says that others are on their way. Those that could not be asked for again are dimmed.
        let plain = if table.failure().is_some() { theme.muted } else { theme.text };
        let style = if is_current { theme.focus } else { plain };
        let is_marked = table.marked().contains(&record.key);
        put(line(record, &drawn, is_marked, style, area.width), row, area, buffer);
        hits.add_row(rows(area, row, 1), usize::from(row - 1));
    }
    hits.rows = height;
    let cursor = last_line(table, rows(area, height + 1, 1), buffer, theme);
    if let Some(at) = table.columns().choosing {
        chooser(table, at, area, buffer, theme);
    }
    cursor
}

/// The columns there is room for, each with its position in a row and its width: the first always, the others whole or not
/// at all, and the last of them takes what is left.
fn fitting(table: &DataTable, room: u16) -> Vec<(usize, &'static Column, u16)> {
    let mut left = room.saturating_sub(MARK + MORE);
    let mut fitting: Vec<(usize, &Column, u16)> = Vec::new();
    for (at, column) in table.columns().drawn() {
        let gap = if fitting.is_empty() { 0 } else { GAP };
        if !fitting.is_empty() && column.width + gap > left {
            break;
        }
        let width = column.width.min(left);
        left = left.saturating_sub(width + gap);
        fitting.push((at, column, width));
    }
    if let Some((_, column, width)) = fitting.last_mut()
        && !column.is_number
    {
        *width += left;
    }
    fitting
}

fn heading(table: &DataTable, drawn: &[(usize, &'static Column, u16)], theme: &Theme) -> Line<'static> {
    let sort = table.columns().sort;
    let mark = if table.columns().scrolled() > 0 { "‹ " } else { "  " };
    let mut spans = vec![Span::styled(mark, theme.accent)];
    for (position, (_, column, room)) in drawn.iter().enumerate() {
        if position > 0 {
            spans.push(Span::raw("  "));
        }
        let (arrow, style) = match sort.filter(|sort| sort.column == column.id) {
            Some(sort) if sort.descending => (" ↓", theme.strong),
            Some(_) => (" ↑", theme.strong),
            None => ("", theme.muted),
        };
        spans
            .push(Span::styled(aligned(&format!("{}{arrow}", column.title), *room, column.is_number), style));
    }
    Line::from(spans)
}

fn line(
    record: &Row,
    drawn: &[(usize, &'static Column, u16)],
    is_marked: bool,
    style: Style,
    room: u16,
) -> Line<'static> {
    let mut text = String::from(if is_marked { "✓ " } else { "  " });
    for (position, (at, column, room)) in drawn.iter().enumerate() {
        if position > 0 {
            text.push_str("  ");
        }
        let cell = record.cells.get(*at).map_or("", String::as_str);
        let cell = if cell.is_empty() { "–" } else { cell };
        text.push_str(&aligned(cell, *room, column.is_number));
    }
    Line::from(Span::styled(aligned(&text, room, false), style))
}

/// The filter while it is typed, else a failure, else how much there is.
fn last_line(table: &DataTable, area: Rect, buffer: &mut Buffer, theme: &Theme) -> Option<Position> {
    if table.find().is_typing() {
        if table.is_stale() {
            put(Line::from(Span::styled(ASKING, theme.muted)).right_aligned(), 0, area, buffer);
        }
        return find(table.find(), area, buffer, theme);
    }
    if let Some(failure) = table.failure() {
        let words = format!("  failed: {} r tries again.", failure.words());
        put(Span::styled(fit(&words, area.width), theme.bad), 0, area, buffer);
        return None;
    }
    put(Span::styled(fit(&summary(table), area.width), theme.muted), 0, area, buffer);
    None
}

fn summary(table: &DataTable) -> String {
    let mut parts = Vec::new();
    match table.total() {
        _ if !table.find().words().is_empty() => {
            parts.push(format!("with \"{}\"", table.find().words().text()))
        }
        Some(total) => parts.push(format!("{} rows", grouped(total))),
        None => {}
    }
    if !table.marked().is_empty() {
        parts.push(format!("{} marked", table.marked().len()));
    }
    if table.held() == 0 && !table.is_stale() {
        parts.push("nothing to show".to_owned());
    }
    if table.is_stale() {
        parts.push(ASKING.to_owned());
    }
    format!("  {}", parts.join(" · "))
}

fn chooser(table: &DataTable, cursor: usize, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let all = table.columns().all();
    let height = u16::try_from(all.len()).unwrap_or(u16::MAX);
    let inside = popup("Columns", (28, height), area, buffer, theme);
    let first = (cursor + 1).saturating_sub(inside.height.max(1).into());
    for (row, (position, (column, is_shown))) in (0..inside.height).zip(all.enumerate().skip(first)) {
        let style = if position == cursor { theme.focus } else { theme.text };
        let mark = if is_shown { "✓" } else { " " };
        let words = aligned(&format!("{mark} {}", column.title), inside.width, false);
        put(Span::styled(words, style), row, columns(inside, 0, u16::MAX), buffer);
    }
}
