//! How sessions end.

use super::*;
use crate::domain::session::{Ended, Limits};
use jiff::SignedDuration;

/// Signed in at `t0`, for thirty minutes without a key and twelve hours in any case.
fn for_half_an_hour() -> App {
    let mut app = app();
    let id = app.sends_sign_in();
    let limits = Some(Limits { idle_minutes: 30, hours: 12 });
    let welcome = Welcome { limits, ..Welcome::of("max".parse().unwrap(), Role::Manager) };
    app.answer(id, Reply::SignedIn(welcome));
    app
}

fn after(minutes: i64, seconds: i64) -> Timestamp {
    t0() + SignedDuration::from_secs(60 * minutes + seconds)
}

fn press(app: &mut App, key: Key, now: Timestamp) -> Vec<Effect> {
    update(app, Msg::Key(key), now)
}

fn touches(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Query(_, Query::Identity(Ask::Touch))))
}

#[test]
fn it_wakes_for_the_last_minute_and_ends_with_the_name_kept() {
    let mut app = for_half_an_hour();
    assert_eq!(app.wake_at(), Some(after(29, 0)));
    assert!(update(&mut app, Msg::Tick, after(29, 0)).is_empty());
    assert_eq!(app.wake_at(), Some(after(29, 1)));
    let effects = update(&mut app, Msg::Tick, after(30, 0));
    assert!(matches!(effects.as_slice(), [Effect::SignOut(Ended::Idle)]), "{effects:?}");
    assert_eq!((app.screen, app.sign_in.username.text()), (Screen::SignIn, "max"));
    let said = app.sign_in.message.as_ref().map(|said| said.words().to_owned());
    assert_eq!(
        said.as_deref(),
        Some("Your session has ended: no key was pressed for too long. Sign in again.")
    );
    assert_eq!(app.wake_at(), None, "a sign-in screen has no timer");
}

#[test]
fn a_key_in_the_last_minute_keeps_the_session_and_does_nothing_else() {
    let mut app = for_half_an_hour();
    update(&mut app, Msg::Tick, after(29, 30));
    let effects = press(&mut app, Key::char('q'), after(29, 40));
    assert!(touches(&effects) && effects.len() == 1, "{effects:?}");
    assert_eq!(app.wake_at(), Some(after(58, 40)));
}

#[test]
fn keys_are_told_once_a_minute_and_do_what_they_do() {
    let mut app = for_half_an_hour();
    let told: Vec<i64> = (1..=130)
        .filter(|second| touches(&press(&mut app, Key::plain(Code::Down), after(0, *second))))
        .collect();
    assert_eq!(told, [60, 120]);
    let effects = press(&mut app, Key::plain(Code::F(3)), after(5, 0));
    assert!(touches(&effects) && app.screen == Screen::Load);
}

#[test]
fn a_key_after_a_sleep_finds_the_session_over_before_it_does_anything() {
    let mut app = for_half_an_hour();
    let effects = press(&mut app, Key::char('q'), after(120, 0));
    assert!(matches!(effects.as_slice(), [Effect::SignOut(Ended::Idle)]), "{effects:?}");
    assert_eq!(app.sign_in.password.text(), "", "the key is no part of a password");
}

#[test]
fn whoever_finds_a_locked_screen_does_not_keep_its_session_open() {
    let mut app = for_half_an_hour();
    press(&mut app, Key::ctrl('l'), after(10, 0));
    assert_eq!(app.wake_at(), Some(after(40, 0)), "nobody is there to see a countdown");
    for minute in 11..40 {
        assert!(press(&mut app, Key::char('x'), after(minute, 0)).is_empty());
    }
    let effects = update(&mut app, Msg::Tick, after(40, 0));
    assert!(matches!(effects.as_slice(), [Effect::SignOut(Ended::Idle)]), "{effects:?}");
    assert!(app.lock.is_none());
}

#[test]
fn any_answer_that_the_session_is_over_leads_to_the_sign_in() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    let id = the_query(&effects, is_figures);
    let over = Failure::new("Your session has ended").because_of(Some(Ended::Deactivated));
    let effects = update(&mut app, Msg::Reply(id, Err(over)), t0());
    assert!(matches!(effects.as_slice(), [Effect::SignOut(Ended::Deactivated)]), "{effects:?}");
    assert_eq!((app.screen, app.user.is_none()), (Screen::SignIn, true));
}

#[test]
fn a_load_that_is_refused_for_a_session_that_is_over_leads_there_too() {
    let (mut app, id) = App::loading();
    let over = Failure::new("Your session has ended").because_of(Some(Ended::ByHand));
    update(&mut app, Msg::Job(id, JobEvent::Finished(Err(over))), t0());
    assert_eq!(app.screen, Screen::SignIn);
}

#[test]
fn the_end_of_an_earlier_session_does_not_end_the_next() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    let old = the_query(&effects, is_figures);
    app.key(Key::ctrl('o'));
    app.type_text("Tea-at-7");
    let id = the_query(&app.key(ENTER), |query| matches!(query, Query::SignIn { .. }));
    app.answer(id, Reply::SignedIn(Welcome::of("max".parse().unwrap(), Role::Manager)));
    let over = Failure::new("Your session has ended").because_of(Some(Ended::SignedOut));
    update(&mut app, Msg::Reply(old, Err(over)), t0());
    assert_eq!(app.screen, Screen::Dashboard);
}
