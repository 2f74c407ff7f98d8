//! What the data table costs on a terminal of 200x60: a frame, a key, and the bytes of a cursor move; beside it
//! ratatui's own `Table`, which is given all rows at each frame.
//!
//! `cargo bench --bench terminal`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};
use ratatui::widgets::{Row, StatefulWidget, Table, TableState};
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};
use storekeeper::tui::model::gallery::{Gallery, source};
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::message::{Effect, Msg, Query, Reply};
use storekeeper::tui::model::sign_in::SignIn;
use storekeeper::tui::model::widgets::data_table::{From, Page};
use storekeeper::tui::model::{App, update};
use storekeeper::tui::view::theme::Theme;
use storekeeper::tui::view::{draw, view};

const AREA: Rect = Rect::new(0, 0, 200, 60);
const FRAMES: u32 = 2000;
/// Rows for the peer: enough to see what each one costs.
const PEER_ROWS: usize = 100_000;

/// Counts what would go to the terminal.
#[derive(Clone, Default)]
struct Wire(Rc<Cell<usize>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn main() {
    let opened = Instant::now();
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.gallery = Some(Gallery::default());
    press(&mut app, Code::F(2));
    let wire = Wire::default();
    let options = TerminalOptions { viewport: Viewport::Fixed(AREA) };
    let mut terminal = Terminal::with_options(CrosstermBackend::new(wire.clone()), options).unwrap();
    show(&mut terminal, &mut app);
    println!("first rows of a million            {:>10.3} ms", millis(opened.elapsed()));
    println!("first frame                        {:>10} bytes", wire.0.take());

    let ended = Instant::now();
    press(&mut app, Code::End);
    show(&mut terminal, &mut app);
    println!("to the last of a million           {:>10.3} ms", millis(ended.elapsed()));
    press(&mut app, Code::Home);
    show(&mut terminal, &mut app);
    wire.0.take();

    for (what, presses) in [("cursor move within the screen", 40), ("cursor move that scrolls", 400)] {
        let mut slowest = Duration::ZERO;
        for _ in 0..presses {
            let pressed = Instant::now();
            press(&mut app, Code::Down);
            show(&mut terminal, &mut app);
            slowest = slowest.max(pressed.elapsed());
        }
        let bytes = wire.0.take() / presses;
        println!("{what:<34} {bytes:>10} bytes, {:.3} ms at the slowest", millis(slowest));
    }

    let ours = frame(|buffer| {
        draw(&app, &Theme::TERMINAL, AREA, buffer);
    });
    println!("a frame                            {:>10.3} ms", millis(ours));
    let page = Page { from: From::Start, limit: PEER_ROWS, sort: None, filter: String::new() };
    let rows = source::rows(&page).rows;
    let started = Instant::now();
    peer(&rows, &mut Buffer::empty(AREA));
    let peers = started.elapsed();
    println!(
        "ratatui's Table with {PEER_ROWS} rows   {:>10.3} ms  {:.0}x",
        millis(peers),
        peers.as_secs_f64() / ours.as_secs_f64()
    );
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn press(app: &mut App, code: Code) {
    take(app, Msg::Key(Key::plain(code)));
}

/// Takes in a message; what the table asks is answered at once, so that only the program's own work is measured.
fn take(app: &mut App, msg: Msg) {
    for effect in update(app, msg, Timestamp::UNIX_EPOCH) {
        let Effect::Query(id, Query::Rows(_, page)) = effect else { panic!("{effect:?}") };
        take(app, Msg::Reply(id, Ok(Reply::Rows(source::rows(&page)))));
    }
}

fn show(terminal: &mut Terminal<CrosstermBackend<Wire>>, app: &mut App) {
    let mut hits = None;
    terminal.draw(|frame| hits = Some(view(app, &Theme::TERMINAL, frame))).unwrap();
    app.hits = hits.unwrap();
}

fn frame(mut draw: impl FnMut(&mut Buffer)) -> Duration {
    let mut buffer = Buffer::empty(AREA);
    let started = Instant::now();
    for _ in 0..FRAMES {
        buffer.reset();
        draw(&mut buffer);
    }
    started.elapsed() / FRAMES
}

fn peer(rows: &[storekeeper::tui::model::widgets::data_table::Row], buffer: &mut Buffer) {
    let widths = source::COLUMNS.iter().map(|column| Constraint::Length(column.width));
    let table = Table::new(rows.iter().map(|row| Row::new(row.cells.iter().map(String::as_str))), widths);
    table.render(AREA, buffer, &mut TableState::default().with_selected(0));
}
