//! The figures beside net sales, in a row.

use super::Look;
use super::heading::{heading, value_style};
use super::net::percent;
use super::parts::part;
use crate::domain::Figures;
use crate::tui::model::dashboard::Tile;
use crate::tui::model::hits::HitMap;
use crate::tui::view::text::{grouped, width};
use crate::tui::view::widgets::{columns, put, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// Columns of each on the smallest full screen; more room is shared out evenly.
const TILES: [(Tile, u16); 5] =
    [(Tile::Orders, 9), (Tile::Average, 22), (Tile::Units, 8), (Tile::Discount, 17), (Tile::Open, 22)];

pub(super) fn draw(look: Look, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    let least: u16 = TILES.iter().map(|(_, wide)| wide).sum();
    let share = area.width.saturating_sub(least) / 5;
    let mut left = 0;
    for (tile, least) in TILES {
        let width = least + share;
        let place = columns(area, left, width);
        hits.add(place, tile);
        if tile == Tile::Open {
            open(look, place, buffer, hits);
        } else {
            count(look, tile, place, buffer);
        }
        left += width;
    }
}

fn count(look: Look, tile: Tile, area: Rect, buffer: &mut Buffer) {
    heading(look, tile, area, buffer);
    let Some(figures) = look.board.answers.figures() else {
        return;
    };
    let (value, detail) = words(tile, figures);
    let style = value_style(look, tile, look.theme.text);
    let area = columns(area, 1, u16::MAX);
    put(Span::styled(value, style), 1, area, buffer);
    put(Span::styled(detail, look.theme.muted), 2, area, buffer);
}

fn words(tile: Tile, figures: &Figures) -> (String, String) {
    match tile {
        Tile::Orders => (grouped(figures.orders), String::new()),
        Tile::Units => (grouped(figures.units), String::new()),
        Tile::Average => {
            let average = figures.average_order_value.map_or_else(|| "–".to_owned(), |sum| sum.grouped());
            (average, units_an_order(figures))
        }
        _ => {
            let share = figures.discount.ratio_of(figures.gross);
            let share = share.map_or_else(String::new, |share| format!("{} of gross", percent(share, 1)));
            (figures.discount.grouped(), share)
        }
    }
}

fn units_an_order(figures: &Figures) -> String {
    figures.units_an_order().map_or_else(String::new, |units| format!("{units:.1} units an order"))
}

fn open(look: Look, area: Rect, buffer: &mut Buffer, hits: &mut HitMap) {
    heading(look, Tile::Open, area, buffer);
    let Some(open) = look.board.answers.open() else {
        return;
    };
    let area = columns(area, 1, u16::MAX);
    let style = |style| value_style(look, Tile::Open, style);
    put(Span::styled(grouped(open.open), style(look.theme.text)), 1, area, buffer);
    let (late, role) = match open.late {
        0 => ("none late".to_owned(), look.theme.muted),
        late => (format!("{} late", grouped(late)), look.theme.bad),
    };
    let wide = width(&late);
    put(Span::styled(late, style(role)), 2, area, buffer);
    part(look, Tile::Open, 0, columns(rows(area, 2, 1), 0, wide), buffer, hits);
}
