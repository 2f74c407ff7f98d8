//! The shared pieces as they are drawn, at three sizes, in colour and without.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, dead_code)]

#[path = "screens/picture.rs"]
mod picture;
#[path = "e2e/terminal.rs"]
mod terminal;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use storekeeper::tui::model::gallery::{Gallery, source};
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::message::{Effect, Msg, Query, Reply};
use storekeeper::tui::model::sign_in::SignIn;
use storekeeper::tui::model::{App, update};
use storekeeper::tui::view::draw;
use storekeeper::tui::view::theme::Theme;
use terminal::Terminal;

fn drawn(app: &mut App, theme: &Theme, (width, height): (u16, u16)) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    app.hits = draw(app, theme, area, &mut buffer).hits;
    buffer
}

/// The gallery with the page of that function key open; every question of the table is answered.
fn page(number: u8) -> App {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.gallery = Some(Gallery::default());
    take(&mut app, Msg::Key(Key::plain(Code::F(number))));
    drawn(&mut app, &Theme::TERMINAL, (80, 24));
    app
}

fn take(app: &mut App, msg: Msg) {
    for effect in update(app, msg, Timestamp::UNIX_EPOCH) {
        let Effect::Query(id, Query::Rows(_, page)) = effect else { panic!("{effect:?}") };
        take(app, Msg::Reply(id, Ok(Reply::Rows(source::rows(&page)))));
    }
}

fn after(mut app: App, keys: &[Key]) -> App {
    for key in keys {
        take(&mut app, Msg::Key(*key));
        drawn(&mut app, &Theme::TERMINAL, (80, 24));
    }
    app
}

fn typed(app: App, text: &str) -> App {
    after(app, &text.chars().map(Key::char).collect::<Vec<_>>())
}

fn pictured(name: &str, mut app: App) {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        for (colours, theme) in [("colour", Theme::TERMINAL), ("mono", Theme::MONO)] {
            let buffer = drawn(&mut app, &theme, (width, height));
            insta::assert_snapshot!(format!("{name}_{width}x{height}_{colours}"), picture::picture(&buffer));
        }
    }
}

const TABLE: u8 = 2;
const LIST: u8 = 3;
const QUESTIONS: u8 = 4;
const FORM: u8 = 6;
const CHARTS: u8 = 9;
const LOG: u8 = 10;
const CODE: u8 = 12;
const PAGES: [u8; 7] = [TABLE, LIST, QUESTIONS, FORM, CHARTS, LOG, CODE];
const DOWN: Key = Key::plain(Code::Down);
const TAB: Key = Key::plain(Code::Tab);
const ENTER: Key = Key::plain(Code::Enter);

#[test]
fn form() {
    let app = typed(after(typed(page(FORM), "Miriam"), &[TAB]), "miriam@");
    let app = typed(after(typed(after(app, &[TAB]), "95060"), &[TAB]), "Pump-up");
    pictured("form", app);
}

#[test]
fn form_sent_too_early() {
    pictured("form_wrong", after(typed(page(FORM), "Miriam"), &[ENTER]));
}

#[test]
fn table() {
    let keys = [Key::char(' '), DOWN, Key::char(' '), DOWN];
    pictured("table", after(page(TABLE), &keys));
}

#[test]
fn table_sorted_scrolled_and_at_its_end() {
    let keys = [Key::char('s'), Key::char('s'), Key::char('S'), Key::char('l'), Key::char('G')];
    pictured("table_end", after(page(TABLE), &keys));
}

#[test]
fn table_filtered() {
    pictured("table_filtered", typed(page(TABLE), "/山田"));
}

#[test]
fn table_with_nothing_in_it() {
    pictured("table_nothing", after(typed(page(TABLE), "/~"), &[ENTER]));
}

#[test]
fn table_choosing_columns() {
    pictured("table_columns", after(page(TABLE), &[Key::char('c'), DOWN, DOWN, Key::char(' ')]));
}

#[test]
fn pick_list() {
    pictured("pick_list", after(typed(page(LIST), "bik"), &[DOWN]));
}

#[test]
fn question_of_little_risk() {
    pictured("question_yes", typed(page(QUESTIONS), "1"));
}

#[test]
fn question_that_takes_a_name() {
    pictured("question_name", after(typed(page(QUESTIONS), "2Belstow"), &[ENTER]));
}

#[test]
fn question_that_takes_a_code() {
    pictured("question_code", typed(page(QUESTIONS), "3123 45"));
}

#[test]
fn toast() {
    pictured("toast", after(typed(page(QUESTIONS), "1"), &[Key::char('y')]));
}

#[test]
fn charts() {
    pictured("charts", page(CHARTS));
}

#[test]
fn log() {
    pictured("log", after(page(LOG), &[Key::plain(Code::PageUp)]));
}

#[test]
fn log_with_a_word_found() {
    pictured("log_found", typed(page(LOG), "/server"));
}

#[test]
fn question_before_typed_text_is_lost() {
    pictured("form_leaving", after(typed(page(FORM), "Miriam"), &[Key::plain(Code::Esc)]));
}

#[test]
fn palette_over_a_table() {
    pictured("palette", typed(page(TABLE), ":"));
}

#[test]
fn code() {
    pictured("code", page(CODE));
}

#[test]
fn no_page_panics_at_any_size() {
    for number in PAGES {
        let mut app = typed(page(number), if number == QUESTIONS { "2x" } else { "c" });
        for size in picture::sizes() {
            assert_eq!(drawn(&mut app, &Theme::TERMINAL, size).area.width, size.0);
        }
    }
}

#[test]
fn wide_characters_leave_the_columns_where_they_are() {
    let buffer = drawn(&mut page(TABLE), &Theme::MONO, (80, 24));
    let text = picture::text(&buffer);
    assert!(text.contains("山田 花子") && text.contains("김민수") && text.contains("…"), "{text}");
    for row in 3..20 {
        let date: String = (40..50).map(|x| buffer[(x, row)].symbol()).collect();
        assert!(date.parse::<jiff::civil::Date>().is_ok(), "row {row}: {date:?}");
    }
}

#[test]
fn the_program_shows_it_without_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["--data-dir", folder.path().to_str().unwrap(), "gallery"];
    let mut terminal = Terminal::run(env!("CARGO_BIN_EXE_storekeeper"), &arguments, &[], (80, 24));
    terminal.wait_for("The same again");
    terminal.press("\x1bOQ");
    terminal.wait_for("1,000,000 rows");
    terminal.press("G");
    terminal.wait_for("999999");
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
    let made: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(made, ["logs"], "nothing but the log is written");
}
