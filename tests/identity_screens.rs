//! Every screen of identity as it is drawn, at three sizes, in colour and without.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "screens/chain.rs"]
mod chain;
#[path = "screens/identity.rs"]
mod identity;
#[path = "screens/picture.rs"]
mod picture;
#[path = "screens/sweep.rs"]
mod sweep;

use chain::pressed;
use identity::*;
use picture::drawn;
use storekeeper::tui::model::App;
use storekeeper::tui::model::identity::ask::Next;
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::view::theme::Theme;

/// Every state with its name.
fn states() -> Vec<(&'static str, App)> {
    let enter_question = || pressed(backup_codes(), &[ENTER]);
    vec![
        ("code", at_step(Next::Code)),
        ("code_refused", code_refused()),
        ("backup_code", pressed(at_step(Next::Code), &[Key::plain(Code::F(4))])),
        ("enrolment", at_step(Next::Enrol(secret()))),
        ("backup_codes", backup_codes()),
        ("backup_codes_file", pressed(backup_codes(), &[Key::char('s')])),
        ("backup_codes_saved", backup_codes_saved()),
        ("backup_codes_kept", enter_question()),
        ("new_password", new_password("")),
        ("new_password_weak", new_password("Password1!")),
        ("new_password_strong", new_password("gYx7!vbQzm-2")),
        ("welcome", welcomed()),
        ("security", security(known(true))),
        ("security_off", security(known(false))),
        ("security_password", pressed(security(known(true)), &[Key::char('p')])),
        ("security_new_codes", pressed(security(known(true)), &[Key::char('n')])),
        ("security_secret", secret_again()),
        ("locked", locked()),
        ("countdown", counting_down()),
        ("ended", ended()),
        ("direct", direct()),
    ]
}

#[test]
fn every_state_of_identity_looks_as_it_should() {
    for (name, app) in states() {
        for (name, picture) in picture::of_each_size(name, &app) {
            insta::assert_snapshot!(name, picture);
        }
    }
}

#[test]
fn no_state_panics_at_any_size_or_in_ascii() {
    let ascii = Theme { ascii: true, ..Theme::MONO };
    for (name, app) in states() {
        for size in picture::sizes() {
            assert_eq!(drawn(&app, &Theme::TERMINAL, size).area.width, size.0, "{name}");
            drawn(&app, &ascii, size);
        }
    }
}

#[test]
fn nothing_secret_is_drawn_but_what_is_to_be_read() {
    for (name, app) in [
        ("locked", locked()),
        ("new password", new_password("gYx7!vbQzm-2")),
        ("prove", typed(pressed(security(known(true)), &[Key::char('v')]), "Morning-Tea-7")),
    ] {
        let text = picture::text(&drawn(&app, &Theme::TERMINAL, (120, 40)));
        for hidden in ["Morning", "gYx7", "Tea-7"] {
            assert!(!text.contains(hidden), "{name}: {text}");
        }
    }
}

#[test]
fn a_locked_screen_shows_nothing_of_what_it_hides() {
    let app = pressed(chain::dashboard_of_a_manager(), &[Key::ctrl('l')]);
    let text = picture::text(&drawn(&app, &Theme::TERMINAL, (120, 40)));
    for hidden in ["Net sales", "Hill", "Apr 2026"] {
        assert!(!text.contains(hidden), "{text}");
    }
}

#[test]
fn the_banner_is_words_and_on_every_screen() {
    let f2_to_f3 = [Key::plain(Code::F(3)), Key::plain(Code::F(1)), Key::char(':')];
    for keys in 0..=f2_to_f3.len() {
        let app = pressed(direct(), &f2_to_f3[..keys]);
        let text = picture::text(&drawn(&app, &Theme::MONO, (80, 24)));
        let top = text.lines().next().unwrap();
        assert!(top.contains("DIRECT ADMINISTRATION"), "{text}");
    }
}

#[test]
fn every_state_at_every_small_size_bears_any_keys() {
    sweep::bear_any_keys_at_every_small_size(|| states().into_iter().map(|(_, app)| app).collect());
}
