//! The steps of a load as they are drawn, at three sizes, in colour and without; and with text in them that wants to act
//! on the terminal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../e2e/allowed.rs"]
mod allowed;
#[path = "../screens/chain.rs"]
mod chain;
#[path = "../screens/picture.rs"]
mod picture;
#[path = "../screens/proofs.rs"]
mod proofs;
mod servers;
mod states;
#[path = "../screens/sweep.rs"]
mod sweep;

use picture::drawn;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use servers::*;
use states::*;
use storekeeper::tui::model::command::TABLE;
use storekeeper::tui::model::key::Key;
use storekeeper::tui::model::message::Msg;
use storekeeper::tui::model::{App, update};
use storekeeper::tui::view::draw;
use storekeeper::tui::view::theme::Theme;

fn every_one(text: &str) -> Vec<App> {
    every_state(text).into_iter().chain(every_state_of_servers(text)).collect()
}

fn pictured(name: &str, app: &App) {
    for (name, picture) in picture::of_each_size(name, app) {
        insta::assert_snapshot!(name, picture);
    }
}

#[test]
fn the_choice_of_files() {
    pictured("files", &files());
    pictured("files_narrowed", &files_narrowed());
    pictured("files_choices", &files_choices());
    pictured("files_unlisted", &files_unlisted());
}

#[test]
fn the_server() {
    pictured("server", &server_saved(NAME));
    pictured("server_typed", &server_typed(NAME));
    pictured("server_tested", &server_tested(NAME));
    pictured("server_asking", &server_asking(NAME));
}

#[test]
fn what_a_server_has() {
    pictured("tables", &tables(NAME));
    pictured("tables_rows", &tables_rows(NAME));
    pictured("tables_doubtful", &tables_doubtful(NAME));
    pictured("tables_pages", &tables_pages(NAME));
    pictured("tables_save", &tables_save(NAME));
    pictured("tables_text", &tables_text(NAME));
}

#[test]
fn the_reading_of_a_server() {
    pictured("fields", &fields(NAME));
    pictured("reading", &reading(NAME));
    pictured("server_preview", &server_preview(NAME));
    pictured("server_receipt", &server_receipt(NAME));
}

#[test]
fn a_typed_secret_is_never_drawn() {
    let text = picture::text(&drawn(&server_typed(NAME), &Theme::TERMINAL, (80, 24)));
    assert!(text.contains("••••••") && !text.contains(SECRET), "{text}");
}

#[test]
fn the_columns() {
    pictured("columns", &columns(NAME));
    pictured("columns_meaning", &columns_meaning(NAME));
    pictured("columns_save", &columns_save(NAME));
    pictured("columns_no_table", &columns_without_table(NAME));
}

#[test]
fn the_preview() {
    pictured("preview", &preview(NAME));
    pictured("preview_replacing", &preview_replacing(NAME));
    pictured("preview_rejects", &preview_rejects(NAME));
}

#[test]
fn the_rejected_rows() {
    pictured("rejects", &rejects(NAME));
    pictured("rejects_row", &rejects_row(NAME));
    pictured("rejects_parent", &rejects_parent(NAME));
}

#[test]
fn the_loads_of_the_past() {
    pictured("runs", &runs(NAME));
    pictured("runs_one", &runs_one(NAME));
    pictured("runs_undo", &runs_undo(NAME));
}

#[test]
fn the_export() {
    pictured("export", &export(NAME));
    pictured("export_running", &export_running(NAME));
}

#[test]
fn no_size_panics_and_ascii_alone_is_enough() {
    proofs::bears_any_size_and_ascii_alone(&every_one("Zoe"));
}

#[test]
fn every_state_bears_any_keys_at_any_size() {
    let mut dice = ChaCha8Rng::seed_from_u64(0x10ad);
    let mut keys: Vec<Key> = TABLE.iter().flat_map(|entry| entry.keys.iter().copied()).collect();
    keys.extend("aZ 9/é車\u{301}".chars().map(Key::char));
    for mut app in every_one("Zoe") {
        for _ in 0..150 {
            let area = Rect::new(0, 0, dice.random_range(1..=120), dice.random_range(1..=40));
            update(&mut app, Msg::Key(*keys.choose(&mut dice).unwrap()), chain::morning());
            let mut buffer = Buffer::empty(area);
            app.hits = draw(&app, &Theme::TERMINAL, area, &mut buffer).hits;
        }
    }
}

#[test]
fn hostile_text_is_drawn_without_its_teeth() {
    proofs::hostile_text_is_harmless(every_one);
}

#[test]
fn every_state_at_every_small_size_bears_any_keys() {
    sweep::bear_any_keys_at_every_small_size(|| every_one("Zoe"));
}
