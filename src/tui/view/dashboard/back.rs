//! The tiles behind the sales: what is on hand altogether, whom one works for, the latest of the audit log and of loads.

use super::Look;
use super::heading::{heading, value_style};
use super::lists::{indented, list, nothing};
use crate::tui::model::dashboard::Tile;
use crate::tui::view::text::{fit, fit_end, grouped};
use crate::tui::view::widgets::put;
use crate::tui::view::widgets::table::Column;
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// From this width on, loads tell how many rows they read.
const WITH_ROWS: u16 = 60;
/// From this width on, the longest word for how a load ended is whole.
const WITH_STATUS: u16 = 44;
/// From this width on, the log tells how each action ended.
const WITH_OUTCOME: u16 = 60;

pub(super) fn value(look: Look, area: Rect, buffer: &mut Buffer) {
    heading(look, Tile::Value, area, buffer);
    let Some(told) = look.board.answers.value() else { return };
    let area = indented(area);
    let style = |style| value_style(look, Tile::Value, style);
    put(Span::styled(told.value.grouped(), style(look.theme.text)), 1, area, buffer);
    let detail = format!("{} pieces, {} products in stores", grouped(told.pieces), grouped(told.stocked));
    put(Span::styled(fit(&detail, area.width), style(look.theme.muted)), 2, area, buffer);
}

pub(super) fn manager(look: Look, area: Rect, buffer: &mut Buffer) {
    heading(look, Tile::Manager, area, buffer);
    let Some(told) = look.board.answers.manager() else { return };
    let area = indented(area);
    let Some(manager) = told else {
        put(Span::styled("You report to nobody.", look.theme.muted), 1, area, buffer);
        return;
    };
    let phone = manager.phone.as_deref().unwrap_or("no telephone number");
    let lines = [
        (manager.name.as_str(), look.theme.text),
        (manager.store.as_str(), look.theme.muted),
        (manager.email.as_str(), look.theme.text),
        (phone, look.theme.text),
    ];
    for (row, (words, style)) in (1..).zip(lines) {
        put(Span::styled(fit(words, area.width), value_style(look, Tile::Manager, style)), row, area, buffer);
    }
}

pub(super) fn audit(look: Look, area: Rect, buffer: &mut Buffer) -> Rect {
    let style = value_style(look, Tile::Audit, look.theme.text);
    let muted = look.theme.muted;
    let with_outcome = area.width >= WITH_OUTCOME;
    let mut heads = vec![Column::text("", 6), Column::text("", 10), Column::text("", 0)];
    if with_outcome {
        heads.push(Column::text("", 8));
    }
    let rows = look.board.answers.audit().into_iter().flatten().map(|entry| {
        let what = format!("{} {}", entry.action.replace('_', " "), entry.subject);
        let mut cells =
            vec![(look.when(Tile::Audit, entry.at), muted), (entry.actor.clone(), style), (what, style)];
        if with_outcome {
            let role =
                if entry.outcome == "done" { muted } else { value_style(look, Tile::Audit, look.theme.bad) };
            cells.push((entry.outcome.clone(), role));
        }
        cells
    });
    list(look, Tile::Audit, &heads, rows, nothing(look, "Nothing was recorded yet."), area, buffer)
}

pub(super) fn loads(look: Look, area: Rect, buffer: &mut Buffer) -> Rect {
    let style = value_style(look, Tile::Loads, look.theme.text);
    let with_rows = area.width >= WITH_ROWS;
    let status = if area.width >= WITH_STATUS { 13 } else { 9 };
    let mut heads = vec![Column::text("", 6), Column::text("", 0), Column::text("", status)];
    if with_rows {
        heads.insert(2, Column::number("rows", 9));
    }
    let source = area.width.saturating_sub(6 + status + 5 + if with_rows { 11 } else { 0 });
    let rows = look.board.answers.loads().into_iter().flatten().map(|run| {
        let when = run.started_at.parse().map_or_else(|_| String::new(), |at| look.when(Tile::Loads, at));
        let is_well = matches!(run.status.as_str(), "committed" | "nothing_to_do" | "dry_run" | "running");
        let role = if is_well { look.theme.muted } else { value_style(look, Tile::Loads, look.theme.bad) };
        let mut cells = vec![
            (when, look.theme.muted),
            (fit_end(&run.source, source), style),
            (run.status.replace('_', " "), role),
        ];
        if with_rows {
            cells.insert(2, (grouped(run.rows.read), style));
        }
        cells
    });
    list(look, Tile::Loads, &heads, rows, nothing(look, "Nothing was loaded yet."), area, buffer)
}

impl Look<'_> {
    /// A moment in six columns, as the reader's clock has it: a time of today, or the day.
    fn when(&self, tile: Tile, at: Timestamp) -> String {
        let zoned = |at: Timestamp| at.to_zoned(self.zone.clone());
        let now = self.fresh(tile).as_of();
        let is_today = now.is_some_and(|now| zoned(now).date() == zoned(at).date());
        zoned(at).strftime(if is_today { "%H:%M" } else { "%-d %b" }).to_string()
    }
}
