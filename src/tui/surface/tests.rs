//! What the bytes make of a real terminal's screen (vt100's), beside the frame they were made for.

use super::Surface;
use crate::tui::model::gallery::{Gallery, source};
use crate::tui::model::key::{Code, Key};
use crate::tui::model::message::{Effect, Msg, Query, Reply};
use crate::tui::model::sign_in::SignIn;
use crate::tui::model::{App, update};
use crate::tui::view::{draw, theme::Theme};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

/// A terminal, and the surface that writes to it.
struct Pair {
    surface: Surface,
    terminal: vt100::Parser,
    area: Rect,
}

impl Pair {
    fn new(columns: u16, rows: u16) -> Pair {
        let terminal = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        Pair { surface: Surface::default(), terminal, area: Rect::new(0, 0, columns, rows) }
    }

    /// Shows a frame, sees that it is shown as it was meant, and answers its bytes.
    fn show(&mut self, frame: &Buffer, cursor: Option<Position>) -> Vec<u8> {
        let paint = |buffer: &mut Buffer| {
            buffer.clone_from(frame);
            cursor
        };
        let bytes = self.surface.frame(self.area, paint).unwrap().to_vec();
        self.terminal.process(&bytes);
        self.assert_shown(frame, cursor);
        bytes
    }

    fn assert_shown(&self, frame: &Buffer, cursor: Option<Position>) {
        let screen = self.terminal.screen();
        for y in 0..self.area.height {
            let mut x = 0;
            while x < self.area.width {
                let (wanted, seen) = (&frame[(x, y)], screen.cell(y, x).unwrap());
                assert_eq!(text(seen), wanted.symbol(), "at {x}, {y}");
                assert_eq!(look(seen), meant(wanted), "at {x}, {y}");
                x += wanted.cell_width().max(1);
            }
        }
        assert_eq!(screen.hide_cursor(), cursor.is_none());
        if let Some(at) = cursor {
            assert_eq!(screen.cursor_position(), (at.y, at.x));
        }
    }
}

fn text(cell: &vt100::Cell) -> &str {
    if cell.has_contents() { cell.contents() } else { " " }
}

/// The ground, whether the two are exchanged, and, where there is a letter to see them by, its colour and weight.
type Look = (vt100::Color, bool, Option<(vt100::Color, bool)>);

fn look(cell: &vt100::Cell) -> Look {
    let letter = text(cell) != " " || cell.inverse();
    (cell.bgcolor(), cell.inverse(), letter.then(|| (cell.fgcolor(), cell.bold())))
}

fn meant(cell: &Cell) -> Look {
    let color = |color| match color {
        Color::Reset => vt100::Color::Default,
        Color::Cyan => vt100::Color::Idx(6),
        Color::DarkGray => vt100::Color::Idx(8),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        other => panic!("{other:?}"),
    };
    let has = |modifier| cell.modifier.contains(modifier);
    let letter = cell.symbol() != " " || has(Modifier::REVERSED);
    let seen = letter.then(|| (color(cell.fg), has(Modifier::BOLD)));
    (color(cell.bg), has(Modifier::REVERSED), seen)
}

/// A page of text with a line for each row, some of them blank, wide or coloured.
fn page(rng: &mut impl Rng, area: Rect) -> Buffer {
    let mut buffer = Buffer::empty(area);
    for y in 0..area.height {
        let words = ["", "order 4711, open", "自転車 wide", "──────────", "é ü ñ", "same"];
        let number = rng.random_range(0..1000);
        let line = format!("{} {number}", words[rng.random_range(0..words.len())]);
        let line = if rng.random_ratio(1, 5) { String::new() } else { line };
        buffer.set_stringn(1, y, line, usize::from(area.width) - 1, Style::new());
        // One look for the whole row: where half of a wide letter is written over, terminals differ about the other half.
        buffer.set_style(Rect::new(0, y, area.width, 1), any_style(rng));
    }
    buffer
}

fn any_style(rng: &mut impl Rng) -> Style {
    let styles = [
        Style::new(),
        Style::new().reversed(),
        Style::new().fg(Color::Cyan).bold(),
        Style::new().bg(Color::Rgb(0, 31, 63)),
    ];
    styles[rng.random_range(0..styles.len())]
}

/// Moves some rows up or down, brings in others, and changes a few cells elsewhere.
fn stir(rng: &mut impl Rng, frame: &mut Buffer) {
    let area = frame.area;
    let width = usize::from(area.width);
    let top = rng.random_range(0..area.height - 1);
    let bottom = rng.random_range(top + 1..area.height) + 1;
    let by = usize::from(rng.random_range(1..=bottom - top)) * width;
    let fresh = page(rng, area);
    let (from, to) = (usize::from(top) * width, usize::from(bottom) * width);
    if rng.random_ratio(1, 2) {
        frame.content[from..to].rotate_left(by);
        frame.content[to - by..to].clone_from_slice(&fresh.content[to - by..to]);
    } else {
        frame.content[from..to].rotate_right(by);
        frame.content[from..from + by].clone_from_slice(&fresh.content[from..from + by]);
    }
    for _ in 0..rng.random_range(0..3) {
        let row = rng.random_range(0..area.height);
        let look = any_style(rng);
        frame.set_style(Rect::new(0, row, area.width, 1), look);
    }
}

#[test]
fn whatever_moves_is_shown_where_it_should_be() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    for (columns, rows) in [(80, 24), (200, 60), (30, 5), (12, 2), (61, 17)] {
        let mut pair = Pair::new(columns, rows);
        let mut frame = page(&mut rng, pair.area);
        let mut moved = 0;
        for round in 0..120 {
            let cursor = rng.random_ratio(1, 2).then(|| Position::new(round % columns, round % rows));
            let bytes = pair.show(&frame, cursor);
            moved += usize::from(has(&bytes, b"\x1b[r"));
            if rng.random_ratio(1, 40) {
                frame = page(&mut rng, pair.area);
            } else {
                stir(&mut rng, &mut frame);
            }
        }
        assert!(rows < 17 || moved > 20, "{columns}x{rows}: rows were moved {moved} times only");
    }
}

fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// A table of a million rows.
fn table() -> App {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.gallery = Some(Gallery::default());
    take(&mut app, Msg::Key(Key::plain(Code::F(2))));
    app
}

fn take(app: &mut App, msg: Msg) {
    for effect in update(app, msg, Timestamp::UNIX_EPOCH) {
        let Effect::Query(id, Query::Rows(_, page)) = effect else { panic!("{effect:?}") };
        take(app, Msg::Reply(id, Ok(Reply::Rows(source::rows(&page)))));
    }
}

fn show(pair: &mut Pair, app: &mut App, theme: &Theme) -> Vec<u8> {
    let mut frame = Buffer::empty(pair.area);
    let drawn = draw(app, theme, pair.area, &mut frame);
    app.hits = drawn.hits;
    pair.show(&frame, drawn.cursor)
}

#[test]
fn a_table_scrolls_for_under_a_thousand_bytes_and_is_shown_right() {
    let keys = [Code::Down, Code::Up, Code::PageDown, Code::PageUp, Code::End, Code::Home, Code::Right];
    let ascii = Theme { ascii: true, ..Theme::LIGHT };
    for (seed, theme) in (0..).zip([Theme::TERMINAL, Theme::MONO, ascii]) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
            let (mut pair, mut app) = (Pair::new(columns, rows), table());
            show(&mut pair, &mut app, &theme);
            show(&mut pair, &mut app, &theme);
            for _ in 0..12 {
                let key = keys[rng.random_range(0..keys.len())];
                for _ in 0..rng.random_range(1..=usize::from(rows)) {
                    take(&mut app, Msg::Key(Key::plain(key)));
                    let bytes = show(&mut pair, &mut app, &theme).len();
                    let is_a_move = matches!(key, Code::Down | Code::Up);
                    assert!(!is_a_move || bytes < 1000, "{key:?} at {columns}x{rows}: {bytes} bytes");
                }
            }
        }
    }
}

#[test]
fn a_frame_with_nothing_new_is_no_bytes() {
    let (mut pair, mut app) = (Pair::new(80, 24), table());
    show(&mut pair, &mut app, &Theme::TERMINAL);
    assert!(show(&mut pair, &mut app, &Theme::TERMINAL).is_empty());
    pair.surface.forget();
    assert!(show(&mut pair, &mut app, &Theme::TERMINAL).len() > 1000);
}
