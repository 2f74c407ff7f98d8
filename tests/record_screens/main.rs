//! The screens of records as they are drawn, at three sizes, in colour and without; and with text in them that wants to act on
//! the terminal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../e2e/allowed.rs"]
mod allowed;
#[path = "../screens/chain.rs"]
mod chain;
#[path = "../screens/picture.rs"]
mod picture;
mod states;
#[path = "../screens/sweep.rs"]
mod sweep;

use allowed::{HOSTILE, is_harmless};
use picture::picture;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use states::*;
use storekeeper::domain::Role;
use storekeeper::tui::model::App;
use storekeeper::tui::view::draw;
use storekeeper::tui::view::theme::Theme;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

fn drawn(app: &App, theme: &Theme, size: (u16, u16)) -> Buffer {
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    draw(app, theme, area, &mut buffer);
    buffer
}

fn pictured(name: &str, app: &App) {
    for size in SIZES {
        for (colours, theme) in [("colour", Theme::TERMINAL), ("mono", Theme::MONO)] {
            let name = format!("{name}_{}x{}_{colours}", size.0, size.1);
            insta::assert_snapshot!(name, picture(&drawn(app, &theme, size)));
        }
    }
}

#[test]
fn a_table_as_each_role_sees_it() {
    for role in Role::EACH {
        pictured(&format!("customers_{role}"), &customers(role));
    }
}

#[test]
fn a_table_narrowed_and_one_that_can_not_be() {
    pictured("orders_late", &orders("status:late"));
    pictured("orders_misunderstood", &orders("town:Rowlett"));
}

#[test]
fn the_tables_to_choose_from() {
    pictured("tables", &pressed_on(customers(Role::Employee), "t"));
}

#[test]
fn a_customer_and_an_order() {
    pictured("customer", &pressed_on(customers(Role::Employee), "\n"));
    pictured("order", &pressed_on(orders("status:late"), "\n\n"));
}

#[test]
fn the_search() {
    pictured("search", &searching(""));
    pictured("search_found", &searching("dent"));
}

#[test]
fn no_size_panics_and_ascii_alone_is_enough() {
    let ascii = Theme { ascii: true, ..Theme::MONO };
    for (number, app) in every_state("Zoe").iter().enumerate() {
        for size in picture::sizes() {
            drawn(app, &Theme::TERMINAL, size);
        }
        let text = picture::text(&drawn(app, &ascii, (120, 40)));
        let other: Vec<char> = text.chars().filter(|letter| !letter.is_ascii()).collect();
        assert!(other.is_empty(), "{number}: {other:?}");
    }
}

#[test]
fn hostile_text_is_drawn_without_its_teeth() {
    for text in HOSTILE {
        for (number, app) in every_state(text).iter().enumerate() {
            for size in SIZES {
                let shown = picture::text(&drawn(app, &Theme::TERMINAL, size));
                let is_safe = |letter| letter == '\n' || is_harmless(letter);
                assert!(shown.chars().all(is_safe), "{text:?} in state {number} at {size:?}:\n{shown}");
            }
        }
    }
}

#[test]
fn every_state_at_every_small_size_bears_any_keys() {
    sweep::bear_any_keys_at_every_small_size(|| every_state("Zoe"));
}
