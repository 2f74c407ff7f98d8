//! The steps of a sign-in, one's own security, and the locked screen.

use super::*;
use crate::domain::SessionId;
use crate::tui::model::identity::security::Task;
use crate::tui::model::identity::step::Step;
use secrecy::ExposeSecret;

const F4: Key = Key::plain(Code::F(4));
const F6: Key = Key::plain(Code::F(6));
const F12: Key = Key::plain(Code::F(12));

/// The one question of identity among the effects.
fn asked(effects: &[Effect]) -> (RequestId, Ask) {
    let mut asked = effects.iter().filter_map(|effect| match effect {
        Effect::Query(id, Query::Identity(ask)) => Some((*id, ask.clone())),
        _ => None,
    });
    let only = asked.next().unwrap_or_else(|| panic!("nothing asked: {effects:?}"));
    assert!(asked.next().is_none(), "{effects:?}");
    only
}

fn told(told: Told) -> Reply {
    Reply::Identity(told)
}

fn secret() -> Secret {
    Secret {
        uri: "otpauth://totp/Storekeeper:max?secret=JBSWY3DPEHPK3PXP&issuer=Storekeeper".into(),
        groups: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP".into(),
    }
}

fn codes() -> Vec<secrecy::SecretString> {
    (1..=8).map(|slot| format!("{slot}-AAAAA-BBBBB").into()).collect()
}

/// A sign-in that goes on with `next` after the password.
fn at_step(next: Next) -> App {
    let mut app = app();
    let id = app.sends_sign_in();
    app.answer(id, told(Told::Next(next)));
    app
}

fn refused(app: &mut App, id: RequestId) {
    update(app, Msg::Reply(id, Err(Failure::new("no"))), t0());
}

#[test]
fn a_code_is_the_second_step_and_then_the_dashboard_is_there() {
    let mut app = at_step(Next::Code);
    assert!(app.sign_in.password.is_empty(), "the password stays in its field");
    app.type_text("123 456");
    let (id, ask) = asked(&app.key(ENTER));
    let Ask::Code(code) = ask else { panic!("{ask:?}") };
    assert_eq!(code.expose_secret(), "123456");
    app.answer(id, Reply::SignedIn(Welcome::of("max".parse().unwrap(), Role::Manager)));
    assert_eq!(app.screen, Screen::Dashboard);
    assert!(matches!(app.sign_in.step, Step::Password));
}

#[test]
fn a_wrong_code_is_typed_anew() {
    let mut app = at_step(Next::Code);
    app.type_text("123456");
    let (id, _) = asked(&app.key(ENTER));
    refused(&mut app, id);
    let Step::Code(step) = &app.sign_in.step else { panic!("{:?}", app.sign_in.step) };
    assert_eq!((step.form.value(0), app.sign_in.message.is_some()), ("", true));
}

#[test]
fn what_is_no_code_is_not_sent() {
    for (is_backup, text, sent) in [
        (false, "12345", false),
        (false, "1234567", false),
        (false, "12345a", false),
        (false, "123-456", true),
        (true, "123456", false),
        (true, "3-7k2qm-xd4pa", true),
    ] {
        let mut app = at_step(Next::Code);
        if is_backup {
            app.key(F4);
        }
        app.type_text(text);
        assert_eq!(!app.key(ENTER).is_empty(), sent, "{text}");
    }
}

#[test]
fn esc_goes_back_a_step_at_a_time_to_a_clean_sign_in() {
    let mut app = at_step(Next::Code);
    app.key(F4);
    assert!(matches!(&app.sign_in.step, Step::Code(step) if step.is_backup));
    app.key(ESC);
    assert!(matches!(&app.sign_in.step, Step::Code(step) if !step.is_backup));
    let effects = app.key(ESC);
    assert!(matches!(effects.as_slice(), [Effect::Forget]), "{effects:?}");
    assert!(matches!(app.sign_in.step, Step::Password) && app.sign_in.password.is_empty());
    assert_eq!(app.sign_in.username.text(), "max");
}

#[test]
fn what_is_typed_while_the_password_is_checked_is_the_code_and_enter_sends_it() {
    let mut app = app();
    let id = app.sends_sign_in();
    app.type_text("123456");
    app.key(ENTER);
    let effects = app.answer(id, told(Told::Next(Next::Code)));
    assert!(matches!(asked(&effects).1, Ask::Code(_)));
}

#[test]
fn a_sign_in_that_is_over_says_why_on_a_clean_screen() {
    let mut app = at_step(Next::Code);
    app.type_text("123456");
    let (id, _) = asked(&app.key(ENTER));
    app.answer(id, told(Told::Over(Failure::new("Too many codes were wrong."))));
    assert!(matches!(app.sign_in.step, Step::Password));
    assert_eq!(app.sign_in.message, Some(Failure::new("Too many codes were wrong.")));
}

#[test]
fn a_second_factor_is_set_up_its_codes_are_shown_once_and_a_password_changed() {
    let mut app = at_step(Next::Enrol(secret()));
    let Step::Enrol(enrolment) = &app.sign_in.step else { panic!("{:?}", app.sign_in.step) };
    assert!(enrolment.qr.is_some() && enrolment.takes_a_code());
    app.type_text("123456");
    let (id, ask) = asked(&app.key(ENTER));
    assert!(matches!(ask, Ask::Confirm(_)));
    app.answer(id, told(Told::BackupCodes(codes())));

    assert!(app.key(ESC).is_empty());
    assert!(matches!(app.sign_in.step, Step::Codes(_)), "codes that nobody kept are not lost by Esc");
    assert!(app.key(ENTER).is_empty());
    assert!(app.key(ENTER).is_empty(), "Enter is no yes");
    app.key(ENTER);
    let (id, ask) = asked(&app.key(Key::char('y')));
    assert!(matches!(ask, Ask::GoOn));

    let rules = Rules { username: "max".to_owned(), shortest: 8 };
    app.answer(id, told(Told::Next(Next::NewPassword(rules))));
    app.type_text("short");
    app.key(TAB);
    app.type_text("short");
    assert!(app.key(ENTER).is_empty(), "a password that breaks the rules goes nowhere");
    app.key(Key::ctrl('u'));
    app.type_text("gYx7!vbQzm");
    app.key(TAB);
    app.key(Key::ctrl('u'));
    app.type_text("gYx7!vbQzm");
    let Step::NewPassword(step) = &app.sign_in.step else { panic!("{:?}", app.sign_in.step) };
    assert!(step.checklist.is_met());
    let (_, ask) = asked(&app.key(ENTER));
    assert!(matches!(ask, Ask::NewPassword(new) if new.expose_secret() == "gYx7!vbQzm"));
}

#[test]
fn codes_are_saved_to_a_file_and_copied_only_after_a_word() {
    let mut app = at_step(Next::Enrol(secret()));
    app.type_text("123456");
    let (id, _) = asked(&app.key(ENTER));
    app.answer(id, told(Told::BackupCodes(codes())));

    app.key(Key::char('s'));
    app.key(Key::ctrl('u'));
    app.type_text("/tmp/codes");
    let (id, ask) = asked(&app.key(ENTER));
    assert!(matches!(ask, Ask::SaveCodes(file) if file == "/tmp/codes"));
    app.answer(id, told(Told::Saved("/tmp/codes".to_owned())));
    assert!(matches!(&app.sign_in.step, Step::Codes(list) if list.saved.is_some()));

    assert!(app.key(Key::char('y')).is_empty());
    assert!(
        matches!(&app.popup, Some(Popup::Question(question)) if question.confirm.question().contains("clipboard"))
    );
    let effects = app.key(Key::char('y'));
    let [Effect::CopySecret(text)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(text.expose_secret().starts_with("1-AAAAA-BBBBB\n"));
    assert!(!format!("{effects:?}{app:?}").contains("AAAAA"), "a code shows in debug output");
}

#[test]
fn a_sign_in_left_alone_begins_again() {
    let mut app = at_step(Next::Enrol(secret()));
    let until = app.wake_at().expect("a secret on the screen has an end");
    assert_eq!(until.duration_since(t0()).as_mins(), 10);
    let effects = update(&mut app, Msg::Tick, until);
    assert!(matches!(effects.as_slice(), [Effect::Forget]));
    assert!(matches!(app.sign_in.step, Step::Password) && app.sign_in.message.is_some());
    assert_eq!(app.wake_at(), None);
}

#[test]
fn the_dashboard_tells_of_failed_tries_and_of_the_last_backup_codes() {
    let welcome = |failed_tries, backup_codes_left| Welcome {
        failed_tries,
        last_sign_in: "2026-04-21T18:03:00Z".parse().ok(),
        backup_codes_left,
        ..Welcome::of("max".parse().unwrap(), Role::Manager)
    };
    for (welcome, words) in [
        (welcome(0, Some(8)), None),
        (welcome(2, None), Some("2 failed sign-ins since yesterday 18:03.")),
        (welcome(1, Some(3)), Some("1 failed sign-in since yesterday 18:03.")),
        (welcome(0, Some(2)), Some("2 backup codes left: F6, n.")),
    ] {
        let mut app = app();
        let id = app.sends_sign_in();
        app.key(TAB);
        app.answer(id, Reply::SignedIn(welcome));
        assert_eq!(app.notice.as_ref().map(Failure::words), words);
    }
}

fn known(is_on: bool, is_mandatory: bool) -> Known {
    let session = |id, is_this| OwnSession {
        id: SessionId(id),
        since: t0(),
        last_key: t0(),
        origin: "local · pts/1".to_owned(),
        is_this,
    };
    Known {
        is_on,
        is_mandatory,
        backup_codes: (1..=8).map(|number| Slot { number, used: None }).collect(),
        sessions: vec![session(7, true), session(8, false)],
    }
}

fn at_security(known: Known) -> App {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    let (id, ask) = asked(&app.key(F6));
    assert!(matches!(ask, Ask::Security));
    app.answer(id, told(Told::Security(known)));
    app
}

#[test]
fn only_what_can_be_done_to_ones_second_factor_is_offered() {
    use Command::*;
    for (known, offered) in [
        (known(false, false), vec![SetUpSecondFactor]),
        (known(true, false), vec![ShowSecret, NewBackupCodes, SwitchOffSecondFactor]),
        (known(true, true), vec![ShowSecret, NewBackupCodes]),
    ] {
        let app = at_security(known);
        let of_factor = [SetUpSecondFactor, ShowSecret, NewBackupCodes, SwitchOffSecondFactor];
        let found: Vec<Command> =
            app.commands().map(|entry| entry.command).filter(|command| of_factor.contains(command)).collect();
        assert_eq!(found, offered);
    }
}

#[test]
fn new_backup_codes_take_password_and_code_and_are_shown_once() {
    let mut app = at_security(known(true, true));
    app.key(Key::char('n'));
    app.type_text("Tea-at-7");
    app.key(TAB);
    app.type_text("123456");
    let (id, ask) = asked(&app.key(ENTER));
    let Ask::NewBackupCodes(proof) = ask else { panic!("{ask:?}") };
    assert_eq!((proof.password.expose_secret(), proof.code.expose_secret()), ("Tea-at-7", "123456"));
    app.answer(id, told(Told::BackupCodes(codes())));
    app.key(ENTER);
    let effects = app.key(Key::char('y'));
    assert!(matches!(effects.first(), Some(Effect::Forget)), "{effects:?}");
    assert!(matches!(asked(&effects).1, Ask::Security), "what is left is asked for anew");
    assert!(app.security.task.is_none());
}

#[test]
fn a_refused_password_is_typed_anew_and_esc_leaves() {
    let mut app = at_security(known(true, false));
    app.key(Key::char('v'));
    app.type_text("wrong");
    let (id, _) = asked(&app.key(ENTER));
    refused(&mut app, id);
    let Some(Task::Prove(_, form)) = &app.security.task else { panic!("{:?}", app.security.task) };
    assert_eq!((form.value(0), app.security.message.is_some()), ("", true));
    app.key(ESC);
    assert!(app.security.task.is_none());
    app.key(ESC);
    assert_eq!(app.screen, Screen::Dashboard);
}

#[test]
fn one_of_ones_own_sessions_is_ended_after_a_question() {
    let mut app = at_security(known(false, false));
    app.key(Key::plain(Code::Down));
    app.key(Key::char('e'));
    let (id, ask) = asked(&app.key(Key::char('y')));
    assert!(matches!(ask, Ask::EndSession(SessionId(8))), "{ask:?}");
    let effects = app.answer(id, told(Told::Done));
    assert_eq!(app.told.as_deref(), Some("The session is ended."));
    assert!(matches!(asked(&effects).1, Ask::Security));
}

#[test]
fn a_locked_screen_keeps_its_state_and_opens_with_the_password_alone() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::char('s'));
    assert!(matches!(app.popup, Some(Popup::Stores(_))));
    app.key(ESC);
    app.key(F6);
    app.key(F12);
    assert!(app.lock.is_some());
    for key in [ESC, Key::plain(Code::F(2)), Key::plain(Code::F(3))] {
        app.key(key);
        assert!(app.lock.is_some() && app.screen == Screen::Security, "{key}");
    }
    assert!(app.key(ENTER).is_empty(), "no password, no question");
    app.type_text("wrong");
    let (id, _) = asked(&app.key(ENTER));
    refused(&mut app, id);
    assert!(app.lock.as_ref().is_some_and(|lock| lock.password.is_empty() && lock.message.is_some()));
    app.type_text("Tea-at-7");
    let (id, ask) = asked(&app.key(ENTER));
    assert!(matches!(ask, Ask::Unlock(_)));
    app.answer(id, told(Told::Done));
    assert!(app.lock.is_none() && app.screen == Screen::Security);
}

#[test]
fn the_lock_puts_aside_what_lay_over_the_screen() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(1)));
    app.key(Key::ctrl('l'));
    assert!(app.popup.is_none() && app.lock.is_some());
    app.type_text("Tea-at-7");
    let (id, _) = asked(&app.key(ENTER));
    app.answer(id, told(Told::Done));
    assert!(matches!(app.popup, Some(Popup::Help(_))));
}

#[test]
fn who_administers_directly_has_no_account_to_look_after() {
    let mut app = app();
    app.administer_directly(Welcome::of("direct".parse().unwrap(), Role::Administrator), t0());
    assert_eq!((app.screen, app.is_direct, app.wake_at()), (Screen::Dashboard, true, None));
    for key in [F6, F12, Key::ctrl('l'), Key::ctrl('o')] {
        app.key(key);
        assert!(app.screen == Screen::Dashboard && app.lock.is_none(), "{key}");
    }
}
