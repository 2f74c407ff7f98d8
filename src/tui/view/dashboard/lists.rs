//! The best products of the month, and what is running out.

use super::Look;
use super::heading::{heading, value_style};
use crate::tui::model::dashboard::Tile;
use crate::tui::view::text::{grouped, width};
use crate::tui::view::widgets::table::{Cell, Column, table};
use crate::tui::view::widgets::{columns, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// From this width on, the best products show how many pieces were sold: below, their names need the room.
const WITH_UNITS: u16 = 48;
/// From this width on, they show what is on hand.
const WITH_ON_HAND: u16 = 54;

pub(super) fn top(look: Look, area: Rect, buffer: &mut Buffer) {
    let fresh = &look.board.top;
    let with_on_hand = area.width >= WITH_ON_HAND;
    let with_units = area.width >= WITH_UNITS;
    let mut heads = vec![Column::text("", 0), Column::number("net", 12)];
    if with_units {
        heads.insert(1, Column::number("units", 6));
    }
    if with_on_hand {
        heads.push(Column::number("on hand", 7));
    }
    let style = value_style(look, fresh, look.theme.text);
    let rows = fresh.value().into_iter().flatten().map(|product| {
        let mut cells: Vec<Cell> = vec![(product.name.clone(), style), (product.net.grouped(), style)];
        if with_units {
            cells.insert(1, (grouped(product.units), style));
        }
        if with_on_hand {
            let on_hand = product.on_hand.map_or_else(|| "–".to_owned(), |pieces| pieces.to_string());
            let role = if product.on_hand.is_some_and(|pieces| pieces <= 0) { look.theme.bad } else { style };
            cells.push((on_hand, role));
        }
        cells
    });
    table(&heads, rows, indented(area), buffer, look.theme);
    heading(look, Tile::Top, fresh, area, buffer);
    if fresh.value().is_some_and(Vec::is_empty) {
        put(Span::styled("No sales in this month.", look.theme.muted), 1, indented(area), buffer);
    }
}

pub(super) fn low(look: Look, area: Rect, buffer: &mut Buffer) {
    let fresh = &look.board.low;
    let with_store = look.board.store.is_none();
    let mut heads = vec![Column::text("", 0), Column::number("left", 4)];
    if with_store {
        heads.insert(1, Column::text("", (area.width * 2 / 7).clamp(9, 24)));
    }
    let style = value_style(look, fresh, look.theme.text);
    let rows = fresh.value().into_iter().flat_map(|low| &low.worst).map(|low| {
        let role = if low.quantity <= 0 { value_style(look, fresh, look.theme.bad) } else { style };
        let mut cells: Vec<Cell> = vec![(low.product.clone(), style), (low.quantity.to_string(), role)];
        if with_store {
            cells.insert(1, (low.store.clone(), look.theme.muted));
        }
        cells
    });
    table(&heads, rows, indented(area), buffer, look.theme);
    let taken = heading(look, Tile::Low, fresh, area, buffer);
    let Some(low) = fresh.value() else { return };
    if low.total == 0 {
        put(Span::styled("Nothing is low.", look.theme.good), 1, indented(area), buffer);
        return;
    }
    let total = format!("  {} in all", grouped(low.total));
    if taken + width(&total) + 6 <= area.width {
        put(
            Span::styled(total, value_style(look, fresh, look.theme.text)),
            0,
            columns(area, taken, u16::MAX),
            buffer,
        );
    }
}

/// The rows of a list stand under the first letter of its heading.
fn indented(area: Rect) -> Rect {
    columns(area, 1, u16::MAX)
}
