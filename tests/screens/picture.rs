//! A buffer as text: what is read, and below it how it looks.
#![allow(dead_code, reason = "each test program uses a part of it")]

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use storekeeper::tui::model::App;
use storekeeper::tui::view::draw;
use storekeeper::tui::view::theme::Theme;

/// What a screen has to look right at: 80x24, a window, a whole display.
pub(crate) const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

pub(crate) fn drawn(app: &App, theme: &Theme, size: (u16, u16)) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    draw(app, theme, buffer.area, &mut buffer);
    buffer
}

/// The pictures of a screen at each of the sizes, in colour and without, each with the name of its snapshot.
pub(crate) fn of_each_size(name: &str, app: &App) -> impl Iterator<Item = (String, String)> {
    let looks = [("colour", Theme::TERMINAL), ("mono", Theme::MONO)];
    let each = SIZES.into_iter().flat_map(move |size| looks.map(|(colours, theme)| (size, colours, theme)));
    each.map(move |(size, colours, theme)| {
        let name = format!("{name}_{}x{}_{colours}", size.0, size.1);
        (name, picture(&drawn(app, &theme, size)))
    })
}

/// Sizes up to 200x60: every width and every height is among them, each with some of the others.
pub(crate) fn sizes() -> impl Iterator<Item = (u16, u16)> {
    let all = (1..=200).flat_map(|width| (1..=60).map(move |height| (width, height)));
    all.filter(|(width, height)| (width + 3 * height) % 13 == 0)
}

/// The letters alone, without the spaces at the ends of lines.
pub(crate) fn text(buffer: &Buffer) -> String {
    rows(buffer).map(|row| symbols(row).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// The letters, then each run of cells that looks like anything but plain text.
pub(crate) fn picture(buffer: &Buffer) -> String {
    let mut picture = text(buffer);
    picture.push_str("\n\n");
    for (row, cells) in rows(buffer).enumerate() {
        let runs: Vec<String> = cells
            .chunk_by(|a, b| look(a) == look(b))
            .scan(0, |column, run| {
                let from = *column;
                *column += run.len();
                Some((from, run))
            })
            .filter(|(_, run)| !look(&run[0]).is_empty())
            .map(|(from, run)| format!("{from}+{} {}", run.len(), look(&run[0])))
            .collect();
        if !runs.is_empty() {
            picture.push_str(&format!("{row:>2}: {}\n", runs.join(", ")));
        }
    }
    picture
}

/// What is drawn in reverse.
pub(crate) fn reversed(buffer: &Buffer) -> String {
    let is_reversed = |cell: &&Cell| cell.modifier.contains(Modifier::REVERSED);
    buffer.content().iter().filter(is_reversed).map(Cell::symbol).collect()
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = &[Cell]> {
    buffer.content().chunks(buffer.area.width.into())
}

fn symbols(row: &[Cell]) -> String {
    let mut skip = 0;
    let mut text = String::new();
    for cell in row {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        text.push_str(cell.symbol());
        skip = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
    }
    text
}

fn look(cell: &Cell) -> String {
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string().to_lowercase());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg).to_lowercase());
    }
    words.extend(cell.modifier.iter_names().map(|(name, _)| name.to_lowercase()));
    words.join(" ")
}
