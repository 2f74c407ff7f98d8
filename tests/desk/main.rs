//! The screens of users and of the audit log as they are drawn, at three sizes, in colour and without; and with text in them
//! that wants to act on the terminal.
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
use ratatui::backend::{Backend, CrosstermBackend};
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
fn users_as_a_manager_and_as_an_administrator_see_them() {
    pictured("users_manager", &users(Role::Manager));
    pictured("users_administrator", &users(Role::Administrator));
}

#[test]
fn users_before_the_first_answer_and_after_a_failure() {
    pictured("users_waiting", &users_waiting(Role::Manager));
    pictured("users_failed", &users_failed());
}

#[test]
fn one_user() {
    pictured("user_details_manager", &pressed_on(users(Role::Manager), "\n"));
    pictured("user_details", &pressed_on(users(Role::Administrator), "\n"));
}

#[test]
fn a_new_user() {
    pictured("user_new_name", &pressed_on(users(Role::Administrator), "nzo"));
    pictured("user_new_role", &pressed_on(users(Role::Administrator), "nzoe\nman"));
    pictured("user_new_staff", &new_user_at_the_staff());
    pictured("user_password", &temporary_password());
}

#[test]
fn questions_about_a_user() {
    pictured("user_deactivate", &pressed_on(users(Role::Administrator), "jd"));
    pictured("user_remove", &pressed_on(users(Role::Administrator), "jxbo"));
}

#[test]
fn the_audit_log_as_a_manager_and_as_an_administrator_see_it() {
    pictured("audit_manager", &log(Role::Manager));
    pictured("audit_narrowed", &log_narrowed());
}

#[test]
fn a_check_of_the_audit_log() {
    pictured("audit_checking", &log_checking());
    pictured("audit_whole", &log_checked(Ok(whole())));
    pictured("audit_broken", &log_checked(Ok(broken())));
}

#[test]
fn what_lies_over_the_audit_log() {
    pictured("audit_filter", &pressed_on(log(Role::Manager), "/max\tfactor"));
    pictured("audit_export", &pressed_on(log(Role::Manager), "e/srv/log"));
    pictured("audit_entry", &entry_open());
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
                let buffer = drawn(app, &Theme::TERMINAL, size);
                let mut bytes = Vec::new();
                let empty = Buffer::empty(buffer.area);
                CrosstermBackend::new(&mut bytes).draw(empty.diff(&buffer).into_iter()).unwrap();
                let shown = picture::text(&buffer);
                let is_safe = |letter| letter == '\n' || is_harmless(letter);
                assert!(shown.chars().all(is_safe), "{text:?} in state {number} at {size:?}:\n{shown}");
                allowed::assert_only_ours(&bytes);
            }
        }
    }
}

#[test]
fn every_state_at_every_small_size_bears_any_keys() {
    sweep::bear_any_keys_at_every_small_size(|| every_state("Zoe"));
}
