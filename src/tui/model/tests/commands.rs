//! Keys, permissions, and the way back.

use super::super::load::choices::Choice;
use super::super::load::choose::Focus;
use super::*;

#[test]
fn each_role_can_give_the_commands_it_is_allowed_and_no_other() {
    for role in Role::EACH {
        for entry in TABLE {
            let Some(needed) = entry.permission else { continue };
            let (mut app, _) = App::at_dashboard(role);
            match entry.place {
                Place::LoadForm => app = App::at_files("/srv/in/"),
                Place::LoadChoices => {
                    app = App::at_files("/srv/in/");
                    app.load.choose.focus = Focus::Choice(Choice::Mode);
                }
                Place::LoadServer => app = App::at_server(),
                Place::LoadServerChoices => {
                    app = App::at_server();
                    app.key(TAB);
                }
                Place::LoadEndpoints => app = App::at_endpoints(),
                Place::EndpointForm => {
                    app = App::at_endpoints();
                    app.key(Key::char('n'));
                }
                Place::LoadColumns => app = App::at_columns(vec![looked("/srv/brands.csv", brands())]),
                Place::MappingName => {
                    app = App::at_columns(vec![looked("/srv/brands.csv", brands())]);
                    app.key(Key::char('w'));
                }
                Place::LoadRunning => (app, _) = App::loading(),
                Place::LoadPreview => app = App::at_preview(receipt(Outcome::Rejected)),
                Place::LoadDone => {
                    let (loading, id) = App::loading();
                    app = loading;
                    app.after_rejects(id);
                }
                Place::LoadRejects => app = App::at_rejects(),
                Place::RejectRow => {
                    app = App::at_rejects();
                    app.key(ENTER);
                }
                Place::RejectParent => {
                    app = App::at_rejects();
                    app.key(Key::plain(Code::Down));
                    let effects = app.key(Key::char('n'));
                    let id =
                        the_query(&effects, |query| matches!(query, Query::Load(Question::NextNumber(_))));
                    app.answer(id, Reply::Load(Answer::NextNumber(None)));
                }
                Place::Runs => app = App::at_runs(),
                Place::RunDetails => {
                    app = App::at_runs();
                    app.key(ENTER);
                }
                Place::RunUndo => app = App::at_undo(0),
                Place::Export => app.screen = Screen::Export,
                Place::ExportPath => {
                    app.screen = Screen::Export;
                    app.export.focus = super::super::export::Focus::Path;
                }
                Place::Exporting => {
                    app.screen = Screen::Export;
                    let id = JobId(99);
                    let running = super::super::export::Running { id, table: None, rows: 0, stopping: false };
                    app.export.running = Some(running);
                }
                Place::Database => {
                    app = App::at_database(Some(crate::db::chain::Demo { seed: 1, orders: 9 }), false, 1);
                }
                Place::DatabaseWorking => {
                    app = App::at_database(None, false, 0);
                    app.key(Key::char('v'));
                }
                Place::Records => app.shows_records(),
                Place::Record => {
                    app.shows_records();
                    app.key(ENTER);
                }
                Place::Users => app.shows_a_user(),
                Place::Audit => app.screen = Screen::Audit,
                Place::AuditChecking => {
                    app.screen = Screen::Audit;
                    let id = JobId(99);
                    app.audit.check = Some(audit::Check::Running { id, done: 0, of: 0, stopping: false });
                }
                _ => {}
            }
            app.user.as_mut().unwrap().role = role;
            let is_offered = app.commands().any(|offered| std::ptr::eq(offered, entry));
            app.key(*entry.keys.first().unwrap());
            let word = format!("{role} {:?} at {:?}", entry.command, entry.place);
            assert_eq!(app.notice.is_none(), role.allows(needed), "{word}");
            assert!(!is_offered || role.allows(needed), "{word}");
        }
    }
}

#[test]
fn an_employee_is_told_why_there_is_no_loading() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.key(Key::plain(Code::F(3)));
    assert_eq!(app.screen, Screen::Dashboard);
    assert_eq!(app.notice.unwrap().words(), "The role employee may not load data. A manager can.");
}

#[test]
fn every_key_of_every_place_is_found_there() {
    for entry in TABLE {
        for key in entry.keys {
            assert!(at(&[entry.place]).any(|found| found.keys.contains(key)));
        }
    }
}

#[test]
fn q_is_a_letter_where_text_is_typed() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(3)));
    assert!(app.type_text("q").is_empty());
    assert_eq!(app.load.choose.path.text(), "q");
    assert!(matches!(app.key(Key::ctrl('c')).as_slice(), [Effect::Quit]));
}

#[test]
fn esc_goes_back_one_step_and_keeps_what_was_typed() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(3)));
    app.type_text("/srv");
    app.key(Key::plain(Code::F(1)));
    app.key(ESC);
    assert_eq!((app.popup.is_none(), app.screen), (true, Screen::Load));
    app.key(ESC);
    assert_eq!(app.screen, Screen::Dashboard);
    app.key(Key::plain(Code::F(3)));
    assert_eq!(app.load.choose.path.text(), "/srv");
}

#[test]
fn every_hint_names_a_key_that_works_now() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    let keys = [Key::char('s'), ESC, Key::char('?'), ESC, Key::plain(Code::F(3)), Key::char('q')];
    for key in keys {
        app.key(key);
        for hint in app.hints() {
            assert!(!(app.is_typing() && hint.key.typed().is_some()), "{} would be typed", hint.key);
            let meant = app.keymap.find(&app.places(), hint.key).unwrap();
            assert_eq!(meant.command, hint.command, "{}", hint.key);
        }
    }
}
