//! Signing in and out.

use super::*;

#[test]
fn enter_walks_from_the_name_to_the_password_and_then_signs_in() {
    let mut app = app();
    app.type_text("max");
    assert!(app.key(ENTER).is_empty());
    app.type_text("Tea-at-7");
    let effects = app.key(ENTER);
    let [Effect::Query(_, Query::SignIn { username, password })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(username, "max");
    assert_eq!(secrecy::ExposeSecret::expose_secret(password), "Tea-at-7");
    assert!(!format!("{effects:?}{app:?}").contains("Tea-at-7"), "a password shows in debug output");
}

#[test]
fn an_empty_form_is_not_sent() {
    let mut app = app();
    assert!(app.key(ENTER).is_empty());
    assert!(app.sign_in.message.is_some());
}

#[test]
fn a_refused_sign_in_keeps_the_name_and_wipes_the_password() {
    let mut app = app();
    let id = app.sends_sign_in();
    update(&mut app, Msg::Reply(id, Err(Failure::new("no"))), t0());
    assert_eq!((app.sign_in.username.text(), app.sign_in.password.text()), ("max", ""));
    assert_eq!(app.sign_in.message, Some(Failure::new("no")));
    assert_eq!(app.screen, Screen::SignIn);
}

#[test]
fn keys_typed_during_the_check_go_to_the_screen_it_leads_to() {
    let mut app = app();
    let id = app.sends_sign_in();
    app.key(TAB);
    app.key(Key::char('b'));
    let effects = app.answer(id, Reply::SignedIn(Welcome::of("max".parse().unwrap(), Role::Manager)));
    assert_eq!(app.dashboard.focus, Tile::Orders);
    assert_eq!(app.dashboard.measure.word(), "shipped");
    assert!(!effects.is_empty());
}

#[test]
fn keys_typed_during_a_check_that_fails_are_the_next_password_but_do_not_send_it() {
    let mut app = app();
    let id = app.sends_sign_in();
    app.type_text("Tea-at-8");
    app.key(ENTER);
    let effects = update(&mut app, Msg::Reply(id, Err(Failure::new("no"))), t0());
    assert!(effects.is_empty(), "half a password must not spend an attempt: {effects:?}");
    assert_eq!(app.sign_in.password.text(), "Tea-at-8");
}

#[test]
fn esc_stops_waiting_and_the_late_answer_is_dropped() {
    let mut app = app();
    let id = app.sends_sign_in();
    app.key(ESC);
    app.answer(id, Reply::SignedIn(Welcome::of("max".parse().unwrap(), Role::Administrator)));
    assert_eq!((app.screen, app.user), (Screen::SignIn, None));
}

#[test]
fn a_password_in_capitals_alone_hints_at_caps_lock() {
    let mut app = app();
    app.key(TAB);
    for (typed, hints) in [("AB", false), ("C", true), ("1!", true), ("d", false)] {
        app.type_text(typed);
        assert_eq!(app.sign_in.looks_like_caps_lock(), hints, "after {typed}");
    }
}

#[test]
fn a_paste_goes_into_the_field_without_its_line_end() {
    let mut app = app();
    update(&mut app, Msg::Paste("max\r\n".to_owned()), t0());
    assert_eq!(app.sign_in.username.text(), "max");
}

#[test]
fn signing_out_leaves_nothing_of_the_person_behind() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    app.answer(the_query(&effects, is_figures), net(100));
    let effects = app.key(Key::ctrl('o'));
    assert!(matches!(effects.as_slice(), [Effect::SignOut(_)]));
    assert_eq!((app.screen, app.user.is_none()), (Screen::SignIn, true));
    assert_eq!(app.dashboard.answers.figures(), None);
}
