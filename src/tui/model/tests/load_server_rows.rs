//! Loading from a server: what is read of it, and what becomes of that.

use super::super::load::Stage;
use super::super::progress::LoadProgress;
use super::*;
use crate::etl::source::api::{Asking, Whole};
use crate::service::api::TableLoad;

impl App {
    /// At the columns of what is taken of it.
    fn at_fields() -> App {
        let mut app = App::at_endpoints();
        let (id, look) = the_look(&app.key(ENTER));
        let looked = look.parts.into_iter().map(|part| Looked { part, told: Ok(brands()) }).collect();
        app.answer(id, Reply::Load(Answer::Looked(looked)));
        app
    }

    /// With a dry run of it under way.
    fn previews() -> (App, JobId) {
        let mut app = App::at_fields();
        let effects = app.key(ENTER);
        let [Effect::Start(id, job)] = effects.as_slice() else { panic!("{effects:?}") };
        assert!(job.dry_run && job.parts.is_empty());
        (app, *id)
    }
}

fn read(only_new: Option<&str>) -> Vec<TableLoad> {
    vec![TableLoad {
        table: Table::Brands,
        address: "https://shop.example/api/brands".to_owned(),
        pages: 2,
        rows: 60,
        total: Some(60),
        whole: Whole::Proved("the server says so".to_owned()),
        only_new: only_new.map(str::to_owned),
        left: Vec::new(),
        lists: Vec::new(),
    }]
}

#[test]
fn a_preview_and_its_load_read_the_server_once() {
    let (mut app, id) = App::previews();
    let reading = app.load.columns.reading;
    assert!(reading.is_some());
    let asking = Some(Box::new(Asking { all_rows: 60, ..Asking::default() }));
    update(
        &mut app,
        Msg::Job(id, JobEvent::Progress(LoadProgress { asking, ..LoadProgress::default() })),
        t0(),
    );
    update(&mut app, Msg::Job(id, JobEvent::Read(read(None), vec!["one was tried again".to_owned()])), t0());
    update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(receipt(Outcome::DryRun)))), t0());
    let Stage::Preview(shown) = &app.load.stage else { panic!() };
    assert_eq!(
        (shown.done.read.len(), shown.done.remarks.as_slice()),
        (1, &["one was tried again".to_owned()][..])
    );
    assert!(app.key(Key::char('f')).is_empty(), "everything was read already");
    let effects = app.key(ENTER);
    let [Effect::Start(_, job)] = effects.as_slice() else { panic!("{effects:?}") };
    let server = job.server.as_ref().unwrap();
    assert_eq!((Some(server.reading), job.dry_run, server.full), (reading, false, false));
    assert_eq!((server.chosen.endpoints.len(), server.chosen.others.len()), (2, 1));
}

#[test]
fn other_words_for_fields_need_no_other_reading_and_other_tables_do() {
    let (mut app, id) = App::previews();
    let first = app.load.columns.reading;
    update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(receipt(Outcome::DryRun)))), t0());
    app.key(ESC);
    assert!(matches!(app.load.stage, Stage::Columns));
    app.key(ENTER);
    assert_eq!(app.load.columns.reading, first);
    let mut app = App::at_fields();
    app.key(ESC);
    assert!(matches!(app.load.stage, Stage::Endpoints));
    assert!(app.key(ESC).len() == 1 && matches!(app.load.stage, Stage::Server));
}

#[test]
fn a_full_load_is_one_key_away_where_only_what_is_new_was_read() {
    let (mut app, id) = App::previews();
    let before = app.load.columns.reading;
    let only_new = Some("only rows with id from 7 on, since run 3");
    update(&mut app, Msg::Job(id, JobEvent::Read(read(only_new), Vec::new())), t0());
    update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(receipt(Outcome::DryRun)))), t0());
    let effects = app.key(Key::char('f'));
    let [Effect::Start(_, job)] = effects.as_slice() else { panic!("{effects:?}") };
    let server = job.server.as_ref().unwrap();
    assert!(job.dry_run && server.full && Some(server.reading) != before);
}

#[test]
fn rejected_rows_are_left_out_of_what_was_read_and_come_corrected() {
    let (mut app, id) = App::previews();
    update(&mut app, Msg::Job(id, JobEvent::Read(read(None), Vec::new())), t0());
    let reading = app.load.columns.reading;
    let mut told = receipt(Outcome::Rejected);
    told.rejects_file = Some("/srv/rejects-1.csv".into());
    let effects = update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(told))), t0());
    let id = the_query(&effects, |query| matches!(query, Query::Load(Question::Rejects(..))));
    app.answer(id, Reply::Load(Answer::Rejects(Box::new(rejected()))));
    let effects = app.key(Key::char('m'));
    let id = the_query(&effects, |query| matches!(query, Query::Load(Question::Rejects(..))));
    app.answer(id, Reply::Load(Answer::Rejects(Box::new(rejected()))));
    let effects = app.key(Key::char('t'));
    let [Effect::Start(_, job)] = effects.as_slice() else { panic!("{effects:?}") };
    let server = job.server.as_ref().unwrap();
    let lines: Vec<u64> = server.left_out["/srv/in/brands.csv"].iter().copied().collect();
    assert_eq!((lines.as_slice(), Some(server.reading)), (&[7, 9][..], reading));
    assert!(job.corrected.is_some());
}

#[test]
fn the_load_is_stopped_at_once_and_its_end_forgets_the_secret() {
    let (mut app, id) = App::previews();
    app.load.server.form.secret.set("c4nary");
    app.key(Key::char('c'));
    let effects = app.key(Key::char('y'));
    assert!(matches!(effects.as_slice(), [Effect::Cancel(stopped)] if *stopped == id), "{effects:?}");
    update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(receipt(Outcome::Cancelled)))), t0());
    assert!(matches!(app.load.stage, Stage::Done(_)));
    app.key(ESC);
    assert!(matches!(app.load.stage, Stage::Endpoints), "it can be tried again as it was");
    app.key(ENTER);
    app.key(ESC);
    let (mut app, id) = App::previews();
    app.load.server.form.secret.set("c4nary");
    update(&mut app, Msg::Job(id, JobEvent::Finished(Err(Failure::new("It failed.")))), t0());
    app.key(ENTER);
    assert!(matches!(app.load.stage, Stage::Server));
    assert!(app.fields_of_server().secret.is_empty());
    assert!(app.load.server.found.rows.is_empty());
}
