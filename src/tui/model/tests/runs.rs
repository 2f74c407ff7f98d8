//! The loads of the past, and undoing one.

use super::super::load::Stage;
use super::super::runs::Dialog;
use super::*;
use crate::domain::history::{PastFile, RunDetail};
use crate::etl::Mapping;

#[test]
fn the_runs_are_a_table_and_one_of_them_opens() {
    let mut app = App::at_runs();
    assert_eq!(app.runs.current().map(|run| run.run_id), Some(RunId(9)));
    let effects = app.key(ENTER);
    let id = the_query(&effects, |query| matches!(query, Query::Load(Question::Run(RunId(9)))));
    let detail = RunDetail { run: past_run(9), tables: Vec::new() };
    app.answer(id, Reply::Load(Answer::Run(Some(Box::new(detail)))));
    assert!(matches!(&app.runs.dialog, Some(Dialog::Run(fresh, 0)) if fresh.value().is_some()));
    app.key(ESC);
    assert!(app.runs.dialog.is_none() && app.screen == Screen::Runs);
    app.key(ESC);
    assert_eq!(app.screen, Screen::Dashboard);
}

#[test]
fn keys_wait_for_the_runs() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    let effects = app.key(Key::plain(Code::F(11)));
    let id = the_query(&effects, |query| matches!(query, Query::Load(Question::Runs)));
    app.key(Key::plain(Code::Down));
    assert!(app.key(ENTER).is_empty());
    let effects = app.answer(id, Reply::Load(Answer::Runs(vec![past_run(9), past_run(8)])));
    the_query(&effects, |query| matches!(query, Query::Load(Question::Run(RunId(8)))));
}

#[test]
fn undoing_shows_what_it_would_do_asks_and_tells_what_it_did() {
    let mut app = App::at_undo(3);
    assert!(matches!(&app.runs.dialog, Some(Dialog::Undo(undone, _)) if undone.left == 3));
    assert!(app.key(Key::char('u')).is_empty());
    let Some(Popup::Question(question)) = &app.popup else { panic!("it is not asked") };
    assert_eq!(
        question.confirm.question(),
        "Undo run 9? 3 rows become what they were before it, or go. 3 rows were changed since and stay as they are."
    );
    let id = the_undo(&app.key(Key::char('y')), false);
    let effects = app.answer(id, Reply::Load(Answer::Undone(Box::new(undone(Outcome::Committed, 3)))));
    assert_eq!(app.told.as_deref(), Some("Run 9 is undone, as run 10."));
    the_query(&effects, |query| matches!(query, Query::Load(Question::Runs)));
    the_query(&effects, |query| matches!(query, Query::Board(Asked::Calendar(_))));
}

#[test]
fn an_undoing_is_stopped_with_esc_and_one_that_can_not_be_done_says_why() {
    let mut app = App::at_runs();
    let id = the_undo(&app.key(Key::char('u')), true);
    assert!(matches!(app.key(ESC).as_slice(), [Effect::GiveUp(given_up)] if *given_up == id));
    let why = Failure::new("The load was stopped. Nothing was changed.");
    update(&mut app, Msg::Reply(id, Err(why.clone())), t0());
    assert_eq!((app.notice.clone(), app.runs.undoing), (Some(why), None));
}

#[test]
fn the_rows_a_past_run_rejected_are_corrected_on_the_screen_of_loads() {
    let mut app = App::at_runs();
    app.key(Key::plain(Code::Down));
    app.key(Key::char('m'));
    assert!(app.notice.is_some() && app.screen == Screen::Runs, "it rejected none");
    app.key(Key::plain(Code::Up));
    let effects = app.key(Key::char('m'));
    let id = the_query(
        &effects,
        |query| matches!(query, Query::Load(Question::RejectsOf(RunId(9), place)) if place == "/srv/rejects-9.csv"),
    );
    let file = PastFile {
        receipt: changed_table(),
        sha256: None,
        written_how: None,
        mapping: Some(r#"{"Maker":"brand_name","Remark":{"ignore":"not loaded"}}"#.to_owned()),
    };
    let mapping = Mapping::of_run(&[file]);
    app.answer(id, Reply::Load(Answer::RejectsOf(Box::new(rejected()), Box::new(mapping), true)));
    assert_eq!(app.told, None);
    assert!(matches!(app.load.stage, Stage::Rejects(_)) && app.screen == Screen::Load);
    let effects = app.key(Key::char('t'));
    let [Effect::Start(_, job)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(job.parts.is_empty() && job.corrected.is_some(), "these rows alone");
    assert!(!job.mapping.is_empty(), "as the run took its columns");
}

#[test]
fn a_past_run_that_kept_no_mapping_says_so_and_one_that_replaced_is_not_corrected_row_by_row() {
    let mut app = App::at_runs();
    let effects = app.key(Key::char('m'));
    let id = the_query(&effects, |query| matches!(query, Query::Load(Question::RejectsOf(..))));
    app.answer(id, Reply::Load(Answer::RejectsOf(Box::new(rejected()), Box::default(), false)));
    assert!(app.told.as_ref().unwrap().contains("did not keep"));
    let mut app = App::at_runs_of("replace");
    assert!(app.key(Key::char('m')).is_empty() && app.screen == Screen::Runs);
    assert!(app.notice.as_ref().unwrap().words().contains("replace the whole table"));
}
