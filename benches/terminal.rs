//! What the screens cost: a table of a million order lines from a real database on a terminal of 200x60, with and without
//! a load running beside it in the same process; then the real program, idle on every screen.
//!
//! `cargo bench --bench terminal`. The peer is ratatui's own `Table`, which is given all rows at each frame.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

#[path = "../tests/loading/chain.rs"]
mod chain;
#[path = "../tests/e2e/demo.rs"]
mod demo;
#[path = "terminal/idle.rs"]
mod idle;
#[path = "terminal/lines.rs"]
mod lines;
#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/e2e/terminal.rs"]
mod terminal;

use chain::Chain;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};
use ratatui::widgets::{Row, StatefulWidget, Table, TableState};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use storekeeper::db::Db;
use storekeeper::tui::model::gallery::{Gallery, source};
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::message::{Effect, Msg, Query, Reply};
use storekeeper::tui::model::sign_in::SignIn;
use storekeeper::tui::model::widgets::data_table::{DataTable, From, Page};
use storekeeper::tui::model::{App, update};
use storekeeper::tui::surface::Surface;
use storekeeper::tui::view::draw;
use storekeeper::tui::view::theme::Theme;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{sleep_until, timeout_at};

const AREA: Rect = Rect::new(0, 0, 200, 60);
const FRAMES: u32 = 2000;
/// Rows for the peer: enough to see what each one costs.
const PEER_ROWS: usize = 100_000;
const KEYS: usize = 1000;
/// As fast as a held key repeats.
const BETWEEN_KEYS: Duration = Duration::from_millis(30);

#[tokio::main]
async fn main() {
    let (chain, file) = lines::chain().await;
    let chain = Arc::new(chain);
    let mut screen = Screen::new(chain.db.clone());

    let opened = Instant::now();
    screen.press(Code::F(2));
    screen.until_answered().await;
    println!("first rows of a million            {:>10.3} ms", millis(opened.elapsed()));
    let ended = Instant::now();
    screen.press(Code::End);
    screen.until_answered().await;
    println!("to the last of a million           {:>10.3} ms", millis(ended.elapsed()));

    screen.press(Code::Home);
    screen.until_answered().await;
    let before = memory();
    screen.keys("within the screen", Code::Down, 40).await;
    screen.keys("that scrolls", Code::Down, KEYS).await;
    screen.keys("that scrolls back", Code::Up, 500).await;
    let load = load(&chain, &file);
    screen.keys("that scrolls, a load beside it", Code::Down, KEYS).await;
    assert!(!load.is_finished(), "the load ended before the keys did");
    load.abort();
    println!("memory, before the keys and after  {:>10} kB, {} kB", before, memory());

    screen.press(Code::Char('/'));
    screen.keys("a typed character", Code::Char('1'), 12).await;
    let app = &screen.app;
    let ours = frame(|buffer| {
        draw(app, &Theme::TERMINAL, AREA, buffer);
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
    tokio::task::spawn_blocking(idle::print).await.unwrap();
}

/// The program without its terminal: model, view, and the bytes; answers come from the database.
struct Screen {
    app: App,
    surface: Surface,
    db: Db,
    tell: mpsc::UnboundedSender<Msg>,
    told: mpsc::UnboundedReceiver<Msg>,
    open: usize,
}

impl Screen {
    fn new(db: Db) -> Screen {
        let (tell, told) = mpsc::unbounded_channel();
        let mut app = App::new(SignIn::default(), TimeZone::UTC);
        app.gallery = Some(Gallery::default());
        app.gallery.as_mut().unwrap().table = DataTable::new(lines::COLUMNS);
        Screen { app, surface: Surface::default(), db, tell, told, open: 0 }
    }

    /// From the key to the bytes of its frame.
    fn press(&mut self, code: Code) -> usize {
        self.take(Msg::Key(Key::plain(code)))
    }

    fn take(&mut self, msg: Msg) -> usize {
        for effect in update(&mut self.app, msg, Timestamp::UNIX_EPOCH) {
            let Effect::Query(id, Query::Rows(_, page)) = effect else { panic!("{effect:?}") };
            let (db, tell) = (self.db.clone(), self.tell.clone());
            self.open += 1;
            tokio::spawn(
                async move { tell.send(Msg::Reply(id, Ok(Reply::Rows(lines::rows(&db, &page).await)))) },
            );
        }
        let (app, mut hits) = (&self.app, None);
        let frame = self.surface.frame(AREA, |buffer| {
            let drawn = draw(app, &Theme::TERMINAL, AREA, buffer);
            hits = Some(drawn.hits);
            drawn.cursor
        });
        let bytes = frame.unwrap().len();
        self.app.hits = hits.unwrap();
        bytes
    }

    /// Takes in every answer, and what is asked on account of it.
    async fn until_answered(&mut self) {
        while self.open > 0 {
            let msg = self.told.recv().await.unwrap();
            self.open -= 1;
            self.take(msg);
        }
    }

    /// Presses a key again and again, and prints what it cost.
    async fn keys(&mut self, what: &str, code: Code, presses: usize) {
        let mut costs = Vec::with_capacity(presses);
        let mut next = tokio::time::Instant::now();
        for _ in 0..presses {
            next += BETWEEN_KEYS;
            while let Ok(Some(msg)) = timeout_at(next, self.told.recv()).await {
                self.open -= 1;
                self.take(msg);
            }
            sleep_until(next).await;
            let pressed = Instant::now();
            let bytes = self.press(code);
            costs.push((pressed.elapsed(), bytes));
        }
        let most = costs.iter().map(|(_, bytes)| *bytes).max().unwrap();
        costs.sort_unstable();
        let at = |percent: usize| millis(costs[(costs.len() - 1) * percent / 100].0);
        println!("{what:<34} {most:>10} bytes at the most, {:.3} ms, p99 {:.3} ms", at(50), at(99));
    }
}

/// The file again and again, in tasks of this process: every row is compared.
fn load(chain: &Arc<Chain>, file: &Path) -> JoinHandle<()> {
    let (chain, file) = (Arc::clone(chain), file.to_owned());
    tokio::spawn(async move {
        loop {
            chain.load(&file).await.unwrap();
        }
    })
}

/// `VmRSS` (proc(5)), in kB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
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
