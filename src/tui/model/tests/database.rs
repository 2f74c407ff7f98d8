//! The screen of the database: one thing at a time, and nobody's data is cleared by accident.

use super::super::database::ask::{DatabaseJob, DatabaseNews};
use super::*;
use crate::db::chain::Demo;
use crate::domain::check::{Amiss, Check, Checked};
use crate::service::database::Look as Seen;

fn seen(demo: Option<Demo>) -> Box<Seen> {
    Box::new(Seen {
        address: "/run/mysqld.sock".to_owned(),
        account: "storekeeper_app@localhost".to_owned(),
        milliseconds: 0,
        engine: "MariaDB",
        version: "10.11.14-MariaDB".to_owned(),
        encryption: None,
        database: "storekeeper".to_owned(),
        staging: Some("storekeeper_staging".to_owned()),
        schema: 13,
        expected: 13,
        differences: Vec::new(),
        demo,
    })
}

impl App {
    fn works(&mut self, id: JobId, news: DatabaseNews) -> Vec<Effect> {
        update(self, Msg::Database(id, news), t0())
    }

    /// At the screen, of a chain with so many rows in each table.
    pub(super) fn at_database(demo: Option<Demo>, has_second_factor: bool, rows: u64) -> App {
        let (mut app, _) = App::at_dashboard(Role::Administrator);
        let (id, job) = the_work(&app.key(Key::char('0')));
        assert_eq!(job, DatabaseJob::Look);
        app.works(id, DatabaseNews::Looked(seen(demo), has_second_factor));
        for table in Table::EACH {
            app.works(id, DatabaseNews::Counted(table, rows));
        }
        app.works(id, DatabaseNews::Ended(Ok(String::new())));
        app
    }
}

const DEMO: Option<Demo> = Some(Demo { seed: 1, orders: 5000 });

fn the_work(effects: &[Effect]) -> (JobId, DatabaseJob) {
    let work = effects.iter().find_map(|effect| match effect {
        Effect::Database(id, job) => Some((*id, *job)),
        _ => None,
    });
    work.unwrap_or_else(|| panic!("nothing is done: {effects:?}"))
}

#[test]
fn nobody_else_comes_to_the_screen() {
    for role in [Role::Employee, Role::Manager] {
        let (mut app, _) = App::at_dashboard(role);
        assert!(app.key(Key::char('0')).is_empty());
        assert_eq!(app.screen, Screen::Dashboard);
        assert!(app.notice.as_ref().unwrap().words().contains("may not manage the database"));
        assert!(app.commands().all(|entry| entry.command != Command::OpenDatabase));
    }
}

#[test]
fn sample_data_is_cleared_after_the_name_is_typed_and_a_code_is_right() {
    let mut app = App::at_database(DEMO, true, 40);
    app.key(Key::char('x'));
    let Some(Popup::Question(question)) = &app.popup else { panic!("nothing is asked") };
    assert!(question.confirm.question().contains("all sample data of storekeeper away, 360 rows"));
    // Another name is no yes.
    app.type_text("store");
    assert!(app.key(ENTER).is_empty() && app.popup.is_some());
    app.type_text("keeper");
    assert!(app.key(ENTER).is_empty(), "a code is owed");
    app.type_text("123456");
    let effects = app.key(ENTER);
    let id = the_query(&effects, |query| matches!(query, Query::SecondFactor(_)));
    // A wrong code is no yes either.
    update(&mut app, Msg::Reply(id, Err(Failure::new("That code is not right."))), t0());
    assert!(app.database.working.is_none() && app.popup.is_some());
    app.type_text("654321");
    let effects = app.key(ENTER);
    let id = the_query(&effects, |query| matches!(query, Query::SecondFactor(_)));
    let (id, job) = the_work(&app.answer(id, Reply::SecondFactorIsRight));
    assert_eq!(job, DatabaseJob::ClearDemo);
    let effects = app.works(id, DatabaseNews::Ended(Ok("The sample data is gone: 360 rows.".to_owned())));
    assert_eq!(the_work(&effects).1, DatabaseJob::Look, "it is looked at again");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Query(_, Query::Board(_)))));
}

#[test]
fn who_has_no_second_factor_types_the_name_alone_and_where_there_is_no_demo_nothing_is_offered() {
    let mut app = App::at_database(DEMO, false, 1);
    app.key(Key::char('x'));
    app.type_text("storekeeper");
    assert_eq!(the_work(&app.key(ENTER)).1, DatabaseJob::ClearDemo);

    let mut app = App::at_database(None, false, 1);
    let offered: Vec<Command> = app.commands().map(|entry| entry.command).collect();
    assert!(!offered.contains(&Command::ClearDemo) && !offered.contains(&Command::MakeDemo));
    for key in ['x', 'd'] {
        assert!(app.key(Key::char(key)).is_empty() && app.popup.is_none(), "{key}");
    }
}

#[test]
fn sample_data_is_made_in_an_empty_chain_after_a_yes_and_can_be_stopped() {
    let mut app = App::at_database(None, false, 0);
    app.key(Key::char('d'));
    assert!(matches!(app.popup, Some(Popup::Question(_))));
    let (id, job) = the_work(&app.key(Key::char('y')));
    assert_eq!(job, DatabaseJob::MakeDemo);
    app.works(id, DatabaseNews::At("orders, 900 rows".to_owned()));
    assert_eq!(app.database.working.as_ref().unwrap().in_words(), "making sample data: orders, 900 rows");
    // One thing at a time.
    assert!(app.key(Key::char('v')).is_empty());
    assert!(app.notice.as_ref().unwrap().words().starts_with("One thing at a time"));
    let effects = app.key(Key::ctrl('x'));
    assert!(matches!(effects.as_slice(), [Effect::Cancel(job)] if *job == id), "{effects:?}");
}

#[test]
fn the_checks_come_one_by_one_and_a_failure_is_told() {
    let mut app = App::at_database(None, true, 3);
    let (id, job) = the_work(&app.key(Key::char('v')));
    assert_eq!(job, DatabaseJob::Check);
    app.works(id, DatabaseNews::Checking(Check::Parents));
    assert_eq!(
        app.database.working.as_ref().unwrap().in_words(),
        "checking: every row names rows that are there"
    );
    let amiss = vec![Amiss { what: "orders.customer_id".to_owned(), count: 2, detail: None }];
    app.works(id, DatabaseNews::Checked(Checked { check: Check::Parents, amiss }));
    // What is not of this job is stale.
    app.works(JobId(9999), DatabaseNews::Ended(Ok("x".to_owned())));
    assert!(app.database.working.is_some());
    app.works(id, DatabaseNews::Ended(Err(Failure::new("Gone."))));
    assert_eq!(app.database.failure.as_ref().unwrap().words(), "Gone.");
    assert_eq!((app.database.checked.len(), app.database.checking), (1, None));
    app.key(ESC);
    assert_eq!(app.screen, Screen::Dashboard);
}

#[test]
fn a_look_gives_way_to_what_is_wanted_and_is_taken_up_again() {
    let mut app = App::at_database(None, false, 3);
    let (look, _) = the_work(&app.key(Key::char('r')));
    app.works(look, DatabaseNews::Looked(seen(None), false));
    let effects = app.key(Key::char('v'));
    assert!(
        matches!(effects.as_slice(), [Effect::Cancel(id), Effect::Database(_, DatabaseJob::Check)] if *id == look)
    );
    let (check, _) = the_work(&effects);
    app.works(look, DatabaseNews::Ended(Ok("Stopped.".to_owned())));
    assert_eq!(app.told, None, "that is nobody's concern any more");
    let effects = app.works(check, DatabaseNews::Ended(Ok("All is well.".to_owned())));
    assert_eq!(the_work(&effects).1, DatabaseJob::Look, "its rows are not counted yet");
}

#[test]
fn a_migration_asks_first_and_looks_afterwards() {
    let mut app = App::at_database(None, false, 3);
    app.key(Key::char('m'));
    let (id, job) = the_work(&app.key(Key::char('y')));
    assert_eq!(job, DatabaseJob::Migrate);
    let effects = app.works(id, DatabaseNews::Ended(Ok("The schema is at version 13.".to_owned())));
    assert_eq!(the_work(&effects).1, DatabaseJob::Look);
    assert_eq!(app.told.as_deref(), Some("The schema is at version 13."));
}
