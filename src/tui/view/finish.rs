//! The last look at a frame, before the terminal gets it.

use crate::domain::clean;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

/// Takes out of every cell what could act on a terminal or turn its neighbours around. Text is cleaned where it enters;
/// this holds for what a later screen forgets. Where `ascii` is true, lines, bars and marks are drawn with ASCII alone.
pub(super) fn finish(area: Rect, buffer: &mut Buffer, ascii: bool) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    for y in area.top()..area.bottom() {
        let first = buffer.index_of(area.x, y);
        let cells = buffer.content.iter_mut().skip(first).take(area.width.into());
        cells.filter(|cell| !is_plain(cell)).for_each(|cell| mend(cell, ascii));
    }
}

/// One printable letter of ASCII: nearly every cell is, and needs no look.
fn is_plain(cell: &Cell) -> bool {
    matches!(cell.symbol().as_bytes(), [b' '..=b'~'])
}

fn mend(cell: &mut Cell, ascii: bool) {
    let cleaned = clean(cell.symbol());
    if let Some(letter) = ascii.then(|| plain(&cleaned)).flatten() {
        cell.set_char(letter);
    } else if cleaned.is_empty() {
        cell.set_char(' ');
    } else if cleaned != cell.symbol() {
        // What was one glyph may be several without what joined them; the cell has room for the first.
        let first = cleaned.graphemes(true).next().unwrap_or(" ");
        cell.set_symbol(first);
    }
}

/// What stands for one of the program's own marks where there is only ASCII; the letters of names stay as they are.
fn plain(symbol: &str) -> Option<char> {
    if let Some(letter @ '\u{2800}'..='\u{28ff}') = symbol.chars().next() {
        return Some(dots(u32::from(letter) & 0xff));
    }
    Some(match symbol {
        "─" | "–" | "╌" => '-',
        "━" | "╸" | "█" | "▇" | "▆" => '=',
        "▅" | "▄" | "▃" => '-',
        "▂" | "▁" => '_',
        "▀" | "▌" | "▐" | "▓" | "▒" | "░" => '#',
        "│" | "┃" | "║" => '|',
        "╭" | "╮" | "╰" | "╯" | "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => {
            '+'
        }
        "·" => '.',
        "…" => '~',
        "•" | "●" | "○" | "◆" => '*',
        "›" | "→" | "▸" | "▶" => '>',
        "‹" | "←" => '<',
        "↑" | "▲" => '^',
        "↓" | "▼" => 'v',
        "✓" => '+',
        "✗" | "×" => 'x',
        _ => return None,
    })
}

/// What stands for the dots of a braille sign, by the half of the cell they are in (Unicode 15, 21.1).
fn dots(dots: u32) -> char {
    const UPPER: u32 = 0x1b;
    const LOWER: u32 = 0xe4;
    match (dots & UPPER > 0, dots & LOWER > 0) {
        (false, false) => ' ',
        (true, false) => '\'',
        (false, true) => '.',
        (true, true) => ':',
    }
}
