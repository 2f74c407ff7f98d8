//! The screens of records as they are drawn, at three sizes, in colour and without; and with text in them that wants to act on
//! the terminal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../e2e/allowed.rs"]
mod allowed;
#[path = "../screens/chain.rs"]
mod chain;
mod editing;
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
fn reports_are_offered_asked_a_folder_for_printed_and_told_of() {
    for role in Role::EACH {
        pictured(&format!("reports_{role}"), &pressed_on(customers(role), " w"));
    }
    pictured("report_folder", &pressed_on(customers(Role::Employee), " w\n"));
    pictured("report_printing", &printing(customers(Role::Employee)));
    pictured(
        "report_printed",
        &printed(customers(Role::Employee), "/home/eva/reports/customer_report_2_Maren.pdf"),
    );
}

#[test]
fn the_search() {
    pictured("search", &searching(""));
    pictured("search_found", &searching("dent"));
}

#[test]
fn a_record_that_is_changed_and_one_that_is_made() {
    pictured("edit_customer", &editing::form("customers", false, "Åse Dahl"));
    pictured("edit_staff", &editing::form("staff", false, "Åse Dahl"));
    pictured("edit_order", &editing::form("orders\n", false, "Åse Dahl"));
    pictured("new_stock", &editing::form("stocks", true, "Åse Dahl"));
    pictured("edit_wrong", &editing::wrong("Åse Dahl"));
    pictured("edit_list", &editing::list("Åse Dahl"));
    pictured("edit_refused", &editing::saved(editing::Saved::Wrong, "Åse Dahl"));
    pictured("edit_gone", &editing::saved(editing::Saved::Gone, "Åse Dahl"));
}

#[test]
fn a_record_that_two_people_changed() {
    pictured("clash", &editing::saved(editing::Saved::Clash, "Åse Dahl"));
    pictured("clash_settled", &editing::settled("Åse Dahl"));
}

#[test]
fn a_record_that_is_to_go_and_what_became_of_one() {
    pictured("delete_named", &editing::deletion(true, "Åse Dahl"));
    pictured("delete_question", &editing::deletion(false, "Åse Dahl"));
    pictured("history", &editing::past("Åse Dahl"));
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
