//! Loading data: the load itself, its end, and what goes on meanwhile.

use super::super::load::Stage;
use super::super::progress::LoadProgress;
use super::*;

#[test]
fn a_load_is_stopped_only_after_a_yes() {
    let (mut app, id) = App::loading();
    assert!(app.key(Key::char('c')).is_empty());
    app.key(Key::char('n'));
    assert!(!app.load.running().unwrap().stopping);
    app.key(Key::char('c'));
    let effects = app.key(Key::char('y'));
    assert!(matches!(effects.as_slice(), [Effect::Cancel(stopped)] if *stopped == id), "{effects:?}");
    assert!(app.load.running().unwrap().stopping);
    update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(receipt(Outcome::Cancelled)))), t0());
    assert!(matches!(&app.load.stage, Stage::Done(done) if done.result.is_ok()));
}

#[test]
fn what_is_asked_before_a_load_is_stopped_is_true_of_chunks_too() {
    let asked = |app: &App| match &app.popup {
        Some(Popup::Question(question)) => question.confirm.question().to_owned(),
        other => panic!("{other:?}"),
    };
    for (chunk, words) in
        [(None, "Nothing of it will be written."), (Some(1000), "The chunks that are stored stay")]
    {
        for key in ['c', 'q'] {
            let (mut app, _) = App::loading();
            if let Stage::Running(running) = &mut app.load.stage {
                running.job.choices.chunk = chunk;
            }
            app.key(Key::char(key));
            assert!(asked(&app).contains(words), "{}", asked(&app));
        }
    }
}

#[test]
fn leaving_while_a_load_runs_asks_first_and_stops_it() {
    let (mut app, id) = App::loading();
    assert!(app.key(Key::char('q')).is_empty());
    assert!(matches!(
        app.popup,
        Some(Popup::Question(super::super::question::Question { command: Command::Quit, .. }))
    ));
    let effects = app.key(Key::char('y'));
    assert!(matches!(effects.as_slice(), [Effect::Cancel(stopped), Effect::Quit] if *stopped == id));

    let (mut app, _) = App::loading();
    app.key(Key::ctrl('c'));
    let effects = app.key(Key::ctrl('c'));
    assert!(matches!(effects.as_slice(), [Effect::Cancel(_), Effect::Quit]), "a second ^C means it");
}

#[test]
fn the_load_goes_on_while_the_dashboard_is_looked_at_and_its_end_is_told_there() {
    let (mut app, id) = App::loading();
    app.key(ESC);
    assert_eq!(app.screen, Screen::Dashboard);
    assert!(app.load.running().is_some());
    let mut done = receipt(Outcome::Committed);
    done.tables.push(crate::domain::receipt::TableReceipt {
        table: Table::Orders,
        file: String::new(),
        read: 1,
        inserted: 1,
        updated: 0,
        unchanged: 0,
        rejected: 0,
        deleted: 0,
    });
    let effects = update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(done))), t0());
    the_query(&effects, |query| matches!(query, Query::Board(Asked::Calendar(_))));
    assert_eq!(app.told.as_deref(), Some("The load has ended: 1 rows new or changed."));
}

#[test]
fn with_reduced_motion_progress_is_shown_once_a_second_and_nothing_of_it_is_lost() {
    let (mut app, id) = App::loading();
    app.load.still = true;
    let told = |read: u64, rejects: &[&str]| LoadProgress {
        is_reading: true,
        table: Some(Table::Orders),
        read,
        rejects: rejects.iter().map(|&words| words.to_owned()).collect(),
        ..LoadProgress::default()
    };
    let after = |millis: i64| t0() + jiff::SignedDuration::from_millis(millis);
    let mut shown = Vec::new();
    for (millis, read) in [(100, 1), (400, 2), (1000, 3), (1200, 4), (2250, 5), (2300, 6)] {
        update(&mut app, Msg::Job(id, JobEvent::Progress(told(read, &["line 2"]))), after(millis));
        let running = app.load.running().unwrap();
        shown.push((running.progress.read, running.files.lines().first().unwrap().read));
    }
    assert_eq!(shown, [(1, 1), (1, 1), (1, 1), (4, 4), (5, 5), (5, 5)]);
    update(&mut app, Msg::Job(id, JobEvent::Progress(told(7, &["line 2", "line 9"]))), after(2400));
    update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(receipt(Outcome::Rejected)))), after(2500));
    let Stage::Done(done) = &app.load.stage else { panic!() };
    assert_eq!(done.remarks, ["line 2", "line 9"]);
}
