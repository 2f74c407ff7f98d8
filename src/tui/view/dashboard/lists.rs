//! The tiles that are lists: what was sold of, by whom and where, and what is running out.

use super::Look;
use super::heading::{heading, value_style};
use super::net::percent;
use crate::domain::Money;
use crate::tui::model::dashboard::Tile;
use crate::tui::view::text::{grouped, width};
use crate::tui::view::widgets::table::{Cell, Column, table};
use crate::tui::view::widgets::{columns, put, rows as rows_of};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

/// From this width on, the best products show how many pieces were sold: below, their names need the room.
const WITH_UNITS: u16 = 48;
/// From this width on, they show what is on hand, and parts their share.
const WITH_ON_HAND: u16 = 54;
/// From this width on, a part shows its share of all.
const WITH_SHARE: u16 = 34;
/// From this width on, a list of stock names the store of each product.
const WITH_STORE: u16 = 34;

/// Draws the heading, the rows below it, and what there is to say in their place or beside the heading; answers where the rows are.
pub(super) fn list(
    look: Look,
    tile: Tile,
    heads: &[Column],
    rows: impl IntoIterator<Item = Vec<Cell>>,
    words: Words,
    area: Rect,
    buffer: &mut Buffer,
) -> Rect {
    let rows: Vec<Vec<Cell>> = rows.into_iter().collect();
    let (is_empty, count) = (rows.is_empty(), u16::try_from(rows.len()).unwrap_or(u16::MAX));
    // Without rows there is nothing for the names of columns to stand over.
    let heads = if is_empty { &[] } else { heads };
    let taken = heading(look, tile, area, buffer);
    let titles = titles(heads);
    // The names of columns stand beside the heading, or below it where that leaves them no room.
    let is_beside = taken + titles < area.width;
    let place = under(area, is_beside);
    table(heads, rows, place, buffer, look.theme);
    let drawn = rows_of(place, 1, count);
    heading(look, tile, area, buffer);
    if look.fresh(tile).value().is_none() {
        return drawn;
    }
    if is_empty {
        put(Span::styled(words.none, words.style), 1, indented(area), buffer);
        return drawn;
    }
    let kept = if is_beside { titles + 1 } else { 0 };
    if let Some(all) = words.all.iter().find(|all| taken + width(all) + 2 + kept <= area.width) {
        let all = Span::styled(format!("  {all}"), value_style(look, tile, look.theme.text));
        put(all, 0, columns(area, taken, u16::MAX), buffer);
    }
    drawn
}

/// Columns from the first of the names to the end.
fn titles(heads: &[Column]) -> u16 {
    let mut named = heads.iter().skip_while(|head| head.title.is_empty());
    let Some(first) = named.next() else { return 0 };
    named.map(|head| head.width + 2).sum::<u16>() + width(first.title)
}

/// Where a list goes: from the row of the heading on, or below it.
fn under(area: Rect, is_beside: bool) -> Rect {
    let area = indented(area);
    if is_beside { area } else { rows_of(area, 1, u16::MAX) }
}

/// What there is to say of a list.
pub(super) struct Words {
    /// Beside its heading, the first that fits.
    pub(super) all: Vec<String>,
    /// Where it has no rows.
    pub(super) none: &'static str,
    /// How that looks.
    pub(super) style: Style,
}

pub(super) fn top(look: Look, area: Rect, buffer: &mut Buffer) -> Rect {
    let with_on_hand = area.width >= WITH_ON_HAND;
    let with_units = area.width >= WITH_UNITS;
    let products = look.board.answers.top();
    let net = sums(products.into_iter().flatten().map(|product| product.net));
    let mut heads = vec![Column::text("", 0), net];
    if with_units {
        heads.insert(1, Column::number("units", 6));
    }
    if with_on_hand {
        heads.push(Column::number("on hand", 7));
    }
    let style = value_style(look, Tile::Top, look.theme.text);
    let rows = products.into_iter().flatten().map(|product| {
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
    list(look, Tile::Top, &heads, rows, nothing(look, "No sales in this period."), area, buffer)
}

/// Net by store, staff, category or brand.
pub(super) fn parts(look: Look, tile: Tile, area: Rect, buffer: &mut Buffer) -> Rect {
    let parts = look.board.answers.parts(tile);
    let all: Money = parts.into_iter().flatten().map(|part| part.net).sum();
    let mut heads = vec![Column::text("", 0), sums(parts.into_iter().flatten().map(|part| part.net))];
    let (with_share, with_units) = (area.width >= WITH_SHARE, area.width >= WITH_UNITS);
    if with_share {
        heads.push(Column::number("share", 5));
    }
    if with_units {
        heads.insert(1, Column::number("units", 7));
    }
    let style = value_style(look, tile, look.theme.text);
    let rows = parts.into_iter().flatten().map(|part| {
        let mut cells: Vec<Cell> = vec![(part.name.clone(), style), (part.net.grouped(), style)];
        if with_share {
            let share = part.net.ratio_of(all).map_or_else(|| "–".to_owned(), |share| percent(share, 1));
            cells.push((share, value_style(look, tile, look.theme.muted)));
        }
        if with_units {
            cells.insert(1, (grouped(part.units), style));
        }
        cells
    });
    list(look, tile, &heads, rows, nothing(look, "No sales in this period."), area, buffer)
}

pub(super) fn low(look: Look, area: Rect, buffer: &mut Buffer) -> Rect {
    let told = look.board.answers.low();
    let style = value_style(look, Tile::Low, look.theme.text);
    let rows = told.into_iter().flat_map(|told| &told.low.rows).map(|low| {
        let role = if low.quantity <= 0 { value_style(look, Tile::Low, look.theme.bad) } else { style };
        with_store(look, area, (&low.product, style), &low.store, [(low.quantity.to_string(), role)])
    });
    let words = Words {
        all: told.map_or_else(Vec::new, |told| {
            let (low, out) = (grouped(told.low.total), grouped(told.out));
            vec![format!("{low} in all, {out} out"), format!("{low}, {out} out")]
        }),
        none: "Nothing is low.",
        style: look.theme.good,
    };
    list(look, Tile::Low, &heads(look, area, [Column::number("left", 4)]), rows, words, area, buffer)
}

pub(super) fn promised(look: Look, area: Rect, buffer: &mut Buffer) -> Rect {
    let told = look.board.answers.promised();
    let style = value_style(look, Tile::Promised, look.theme.text);
    let bad = value_style(look, Tile::Promised, look.theme.bad);
    let rows = told.into_iter().flat_map(|told| &told.rows).map(|one| {
        let on_hand = one.on_hand.map_or_else(|| "–".to_owned(), |pieces| pieces.to_string());
        let numbers = [(one.promised.to_string(), style), (on_hand, bad)];
        with_store(look, area, (&one.product, style), &one.store, numbers)
    });
    let words = Words {
        all: told.map_or_else(Vec::new, |told| vec![format!("{} in all", grouped(told.total))]),
        none: "Every open order can be filled.",
        style: look.theme.good,
    };
    let numbers = [Column::number("promised", 8), Column::number("left", 4)];
    list(look, Tile::Promised, &heads(look, area, numbers), rows, words, area, buffer)
}

pub(super) fn slow(look: Look, area: Rect, buffer: &mut Buffer) -> Rect {
    let told = look.board.answers.slow();
    let style = value_style(look, Tile::Slow, look.theme.text);
    let rows = told.into_iter().flat_map(|told| &told.slow.rows).map(|one| {
        let numbers = [(one.quantity.to_string(), style), (one.value.grouped(), style)];
        with_store(look, area, (&one.product, style), &one.store, numbers)
    });
    let words = Words {
        all: told.map_or_else(Vec::new, |told| {
            let (count, worth) = (grouped(told.slow.total), told.value.grouped());
            vec![format!("{count} in all: {worth}"), format!("{count}: {worth}"), worth]
        }),
        none: "Everything on hand is sold.",
        style: look.theme.good,
    };
    let value = Column {
        title: "value",
        ..sums(told.into_iter().flat_map(|told| &told.slow.rows).map(|one| one.value))
    };
    let numbers = [Column::number("left", 4), value];
    list(look, Tile::Slow, &heads(look, area, numbers), rows, words, area, buffer)
}

/// A column of sums, as wide as the widest: a figure is whole, and names have what is left.
fn sums(sums: impl Iterator<Item = Money>) -> Column {
    Column::number("net", sums.map(|sum| width(&sum.grouped())).max().unwrap_or(0).max(9))
}

/// Whether a list of stock names the store of each product.
fn names_store(look: Look, area: Rect) -> bool {
    look.board.store.is_none() && area.width >= WITH_STORE
}

/// The columns of a list of stock: product, store where several are looked at, and numbers.
fn heads<const N: usize>(look: Look, area: Rect, numbers: [Column; N]) -> Vec<Column> {
    let mut heads = vec![Column::text("", 0)];
    if names_store(look, area) {
        heads.push(Column::text("", (area.width * 2 / 7).clamp(9, 24)));
    }
    heads.extend(numbers);
    heads
}

fn with_store<const N: usize>(
    look: Look,
    area: Rect,
    (product, style): (&str, Style),
    store: &str,
    numbers: [Cell; N],
) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![(product.to_owned(), style)];
    if names_store(look, area) {
        cells.push((store.to_owned(), look.theme.muted));
    }
    cells.extend(numbers);
    cells
}

pub(super) fn nothing(look: Look, none: &'static str) -> Words {
    Words { all: Vec::new(), none, style: look.theme.muted }
}

/// The rows of a list stand under the first letter of its heading.
pub(super) fn indented(area: Rect) -> Rect {
    columns(area, 1, u16::MAX)
}
