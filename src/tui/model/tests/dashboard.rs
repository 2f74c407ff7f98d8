//! What the dashboard looks at, and how fresh it is.

use super::*;

#[test]
fn a_stale_reply_is_dropped() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    let first = the_query(&effects, is_figures);
    let second = the_query(&app.key(Key::char('[')), is_figures);
    app.answer(first, net(100));
    assert_eq!(app.dashboard.figures.value(), None);
    app.answer(second, net(200));
    assert_eq!(app.dashboard.figures.value().unwrap().net.to_string(), "2.00");
}

#[test]
fn the_last_good_value_stays_when_a_refresh_fails() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    app.answer(the_query(&effects, is_figures), net(100));
    let effects = app.key(Key::char('r'));
    let calendar = the_query(&effects, |query| matches!(query, Query::Calendar(_)));
    update(&mut app, Msg::Reply(calendar, Err(Failure::new("gone"))), t0());
    assert!(app.dashboard.figures.value().is_some());
    assert_eq!(app.dashboard.failure(), Some(&Failure::new("gone")));
}

#[test]
fn a_task_that_died_is_a_failure_like_any_other() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    update(&mut app, Msg::TaskDied(Task::Query(the_query(&effects, is_figures))), t0());
    assert!(app.dashboard.figures.failure().is_some() && !app.dashboard.figures.is_waiting());
    let (mut app, id) = App::loading();
    update(&mut app, Msg::TaskDied(Task::Job(id)), t0());
    assert!(app.load.running().is_none());
}

#[test]
fn another_month_forgets_the_figures_of_the_one_before() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    app.answer(the_query(&effects, is_figures), net(100));
    assert_eq!(app.dashboard.month.unwrap().to_string(), "Apr 2026");
    let effects = app.key(Key::char('['));
    assert_eq!(app.dashboard.month.unwrap().to_string(), "Mar 2026");
    assert_eq!(app.dashboard.figures.value(), None);
    the_query(
        &effects,
        |query| matches!(query, Query::Figures(scope) if scope.from == Some(date(2026, 3, 1))),
    );
}

#[test]
fn months_end_where_the_orders_do() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    assert!(app.key(Key::char(']')).is_empty(), "there is nothing after today's month");
    for _ in 0..12 {
        app.key(Key::char('['));
    }
    assert_eq!(app.dashboard.month.unwrap().to_string(), "Nov 2025");
}

#[test]
fn a_store_is_picked_from_the_list() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.key(Key::char('s'));
    app.key(Key::plain(Code::Down));
    let effects = app.key(ENTER);
    assert_eq!((app.dashboard.store_name(), app.popup.is_none()), ("Hill", true));
    the_query(&effects, |query| matches!(query, Query::Calendar(Some(StoreId(7)))));
    app.key(Key::char('S'));
    assert_eq!(app.dashboard.store_name(), "Whole chain", "S steps on, and around");
}

#[test]
fn a_figure_is_explained_where_the_focus_is() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.key(TAB);
    app.key(Key::char('?'));
    assert!(matches!(app.popup, Some(Popup::Explain(0))));
    assert_eq!(app.dashboard.focus.figures(), [crate::domain::figures::Figure::Orders]);
}
