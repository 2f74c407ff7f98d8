//! The screens of users and of the audit log as they are drawn, at three sizes, in colour and without; and with text in them
//! that wants to act on the terminal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../e2e/allowed.rs"]
mod allowed;
#[path = "../screens/chain.rs"]
mod chain;
mod database;
#[path = "../screens/picture.rs"]
mod picture;
#[path = "../screens/proofs.rs"]
mod proofs;
mod states;
#[path = "../screens/sweep.rs"]
mod sweep;

use states::*;
use storekeeper::domain::Role;
use storekeeper::tui::model::App;

fn pictured(name: &str, app: &App) {
    for (name, picture) in picture::of_each_size(name, app) {
        insta::assert_snapshot!(name, picture);
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
fn the_database_as_its_administrators_see_it() {
    pictured("database_waiting", &database::before_the_first_answer());
    pictured("database_demo", &database::demo());
    pictured("database_checking", &database::checking("shipped_date"));
    pictured("database_failed", &database::failed("The server at db.example.com:3306 can not be reached."));
    pictured("database_clear_name", &database::clearing(false));
    pictured("database_clear_code", &database::clearing(true));
}

#[test]
fn no_size_panics_and_ascii_alone_is_enough() {
    proofs::bears_any_size_and_ascii_alone(&every_state("Zoe"));
}

#[test]
fn hostile_text_is_drawn_without_its_teeth() {
    proofs::hostile_text_is_harmless(every_state);
}

#[test]
fn every_state_at_every_small_size_bears_any_keys() {
    sweep::bear_any_keys_at_every_small_size(|| every_state("Zoe"));
}
