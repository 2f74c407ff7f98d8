//! Where each tile goes: all of them on a large screen, else a page of them.

use crate::domain::Role;
use crate::tui::model::dashboard::{Page, Tile};
use crate::tui::view::breakpoint::Breakpoint;
use crate::tui::view::widgets::{columns, rows};
use ratatui::layout::Rect;

/// A piece of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// Net sales and the gauge.
    Net,
    /// The figures beside it, in a row.
    Counts,
    /// Net per day as a chart.
    Chart,
    /// The same in figures, where there is room for it.
    Diary,
    /// A tile that is a list, or a few lines.
    List(Tile),
}

/// Columns of the day by day list on a wide screen.
const DIARY: u16 = 42;
/// Columns between two tiles.
const GAP: u16 = 3;

/// Where the pieces go.
pub(super) fn places(breakpoint: Breakpoint, body: Rect, page: Page, role: Role) -> Vec<(Piece, Rect)> {
    let gap = u16::from(breakpoint > Breakpoint::Compact);
    if breakpoint == Breakpoint::Wide {
        return everything(body, role);
    }
    match page {
        Page::Sales => sales(breakpoint, body, gap),
        Page::Shares => {
            let half = body.height.saturating_sub(gap) / 2;
            let upper = if role == Role::Employee {
                [Tile::Manager, Tile::Categories]
            } else {
                [Tile::Stores, Tile::Staff]
            };
            let lower = if role == Role::Employee {
                vec![Tile::Brands]
            } else {
                vec![Tile::Categories, Tile::Brands]
            };
            let mut places = beside(&upper, role, rows(body, 0, half));
            places.extend(beside(&lower, role, rows(body, half + gap, u16::MAX)));
            places
        }
        Page::Back => {
            let mut places = vec![(Piece::List(Tile::Value), rows(body, 0, 3))];
            let rest = rows(body, 3 + gap, u16::MAX);
            let latest = [Tile::Audit, Tile::Loads];
            let half = match latest.into_iter().any(|tile| tile.is_for(role)) {
                true => rest.height.saturating_sub(gap) / 2,
                false => rest.height,
            };
            places.extend(beside(&[Tile::Promised, Tile::Slow], role, rows(rest, 0, half)));
            places.extend(beside(&latest, role, rows(rest, half + gap, u16::MAX)));
            places
        }
    }
}

fn sales(breakpoint: Breakpoint, body: Rect, gap: u16) -> Vec<(Piece, Rect)> {
    let chart = match breakpoint {
        Breakpoint::Wide | Breakpoint::Normal => 11,
        // What is left once each list has its heading and at least three rows.
        Breakpoint::Compact | Breakpoint::TooSmall => body.height.saturating_sub(12).clamp(0, 7),
    };
    let mut places = vec![
        (Piece::Net, rows(body, 0, 3)),
        (Piece::Counts, rows(body, 3 + gap, 3)),
        (Piece::Chart, rows(body, 7 + gap, chart)),
    ];
    let lists = rows(body, 7 + 2 * gap + chart, u16::MAX);
    places.extend(beside(&[Tile::Top, Tile::Low], Role::Employee, lists));
    places
}

/// All of them at once, on a screen of 160x45 or more.
fn everything(body: Rect, role: Role) -> Vec<(Piece, Rect)> {
    let left = columns(body, 0, body.width.saturating_sub(DIARY + GAP));
    let right = columns(body, left.width + GAP, u16::MAX);
    let chart = body.height / 5;
    let mut places = vec![
        (Piece::Net, rows(left, 0, 3)),
        (Piece::Counts, rows(left, 4, 3)),
        (Piece::Chart, rows(left, 8, chart)),
    ];
    let rest = rows(left, 9 + chart, u16::MAX);
    let third = rest.height.saturating_sub(2) / 3;
    let lines: [&[Tile]; 3] = [
        &[Tile::Stores, Tile::Staff, Tile::Manager, Tile::Categories, Tile::Brands],
        &[Tile::Top, Tile::Low, Tile::Promised],
        &[Tile::Slow, Tile::Audit, Tile::Loads],
    ];
    for (line, tiles) in (0u16..).zip(lines) {
        let height = if line == 2 { u16::MAX } else { third };
        places.extend(beside(tiles, role, rows(rest, line * (third + 1), height)));
    }
    places.push((Piece::Diary, rows(right, 0, right.height.saturating_sub(4))));
    places.push((Piece::List(Tile::Value), rows(right, right.height.saturating_sub(3), 3)));
    places
}

/// Tiles that somebody of this role sees, side by side.
fn beside(tiles: &[Tile], role: Role, area: Rect) -> Vec<(Piece, Rect)> {
    let seen: Vec<Tile> = tiles.iter().copied().filter(|tile| tile.is_for(role)).collect();
    let count = u16::try_from(seen.len()).unwrap_or(1).max(1);
    let width = (area.width + GAP).saturating_sub(GAP * count) / count;
    let place = |number: u16| {
        let left = number * (width + GAP);
        columns(area, left, if number + 1 == count { u16::MAX } else { width })
    };
    (0u16..).zip(seen).map(|(number, tile)| (Piece::List(tile), place(number))).collect()
}
