//! Keys that come before what they are for.

use super::*;

/// Signed in, with nothing of the dashboard here yet, and the questions that are open.
fn early() -> (App, RequestId, RequestId) {
    let (app, effects) = App::signed_in(Role::Manager);
    let stores = the_query(&effects, |query| matches!(query, Query::Board(Asked::Stores)));
    let calendar = the_query(&effects, |query| matches!(query, Query::Board(Asked::Calendar(_))));
    (app, stores, calendar)
}

#[test]
fn a_store_is_picked_from_a_list_that_is_not_here_yet() {
    let (mut app, stores, _) = early();
    for key in [Key::char('s'), Key::plain(Code::Down), ENTER, Key::plain(Code::F(3))] {
        assert!(app.key(key).is_empty());
    }
    assert_eq!((app.popup.is_none(), app.screen), (true, Screen::Dashboard));
    let effects = app.answer(stores, Reply::Board(Heard::Stores(hill())));
    the_query(&effects, |query| matches!(query, Query::Board(Asked::Calendar(Some(StoreId(7))))));
    assert_eq!(app.screen, Screen::Load, "what was typed after it happens after it");
}

#[test]
fn what_needs_nothing_that_is_missing_happens_at_once() {
    let (mut app, ..) = early();
    app.key(Key::char('b'));
    assert_ne!(app.dashboard.measure, crate::domain::Measure::default());
    app.key(Key::plain(Code::F(3)));
    app.type_text("/srv");
    assert_eq!(app.load.choose.path.text(), "/srv");
}

#[test]
fn earlier_waits_for_the_months_and_esc_gives_it_up() {
    let calendar_reply = || Reply::Board(Heard::Calendar(Some(calendar())));
    let (mut app, _, calendar) = early();
    app.type_text("[[");
    app.answer(calendar, calendar_reply());
    assert_eq!(app.dashboard.period().unwrap().to_string(), "Feb 2026");

    let (mut app, _, calendar) = early();
    app.type_text("[[");
    app.key(ESC);
    app.answer(calendar, calendar_reply());
    assert_eq!(app.dashboard.period().unwrap().to_string(), "Apr 2026");
}

#[test]
fn where_the_stores_do_not_come_what_was_typed_says_so() {
    let (mut app, stores, _) = early();
    app.key(Key::char('s'));
    update(&mut app, Msg::Reply(stores, Err(Failure::new("gone"))), t0());
    assert!(app.notice.unwrap().words().contains("not known yet"));
}

#[test]
fn enter_waits_until_the_folder_is_listed_and_the_next_until_the_files_are_looked_at() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(3)));
    let id = the_folder(&app.type_text("/srv/in/br"));
    assert!(app.key(TAB).is_empty());
    assert!(app.key(ENTER).is_empty() && app.key(ENTER).is_empty());
    let effects = app.answer(id, Reply::Load(Answer::Folder(listing())));
    let (id, look) = the_look(&effects);
    assert_eq!(look.parts[0].path, "/srv/in/brands.csv", "it was completed first");
    let effects = app.answer(id, Reply::Load(Answer::Looked(vec![looked("/srv/in/brands.csv", brands())])));
    assert!(matches!(effects.as_slice(), [Effect::Start(_, job)] if job.dry_run), "{effects:?}");
    assert!(app.key(ENTER).is_empty(), "nothing is loaded before the preview was seen");
}
