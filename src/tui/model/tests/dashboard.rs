//! What the dashboard looks at, and how fresh it is.

use super::super::dashboard::dialog::Dialog;
use super::*;
use crate::domain::sales::ProductSales;
use crate::domain::target::StoreTarget;

#[test]
fn a_stale_reply_is_dropped() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    let first = the_query(&effects, is_figures);
    let second = the_query(&app.key(Key::char('[')), is_figures);
    app.answer(first, net(100));
    assert_eq!(app.dashboard.answers.figures(), None);
    app.answer(second, net(200));
    assert_eq!(app.dashboard.answers.figures().unwrap().net.to_string(), "2.00");
}

#[test]
fn the_last_good_value_stays_when_a_refresh_fails() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    app.answer(the_query(&effects, is_figures), net(100));
    let effects = app.key(Key::char('r'));
    let calendar = the_query(&effects, |query| matches!(query, Query::Board(Asked::Calendar(_))));
    update(&mut app, Msg::Reply(calendar, Err(Failure::new("gone"))), t0());
    assert!(app.dashboard.answers.figures().is_some());
    assert_eq!(app.dashboard.failure(), Some(&Failure::new("gone")));
}

#[test]
fn a_task_that_died_is_a_failure_like_any_other() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    update(&mut app, Msg::TaskDied(Task::Query(the_query(&effects, is_figures))), t0());
    assert!(
        app.dashboard.answers.fresh(Shown::Sales).failure().is_some()
            && !app.dashboard.answers.fresh(Shown::Sales).is_waiting()
    );
    let (mut app, id) = App::loading();
    update(&mut app, Msg::TaskDied(Task::Job(id)), t0());
    assert!(app.load.running().is_none());
}

#[test]
fn another_month_forgets_the_figures_of_the_one_before() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    app.answer(the_query(&effects, is_figures), net(100));
    assert_eq!(app.dashboard.period().unwrap().to_string(), "Apr 2026");
    let effects = app.key(Key::char('['));
    assert_eq!(app.dashboard.period().unwrap().to_string(), "Mar 2026");
    assert_eq!(app.dashboard.answers.figures(), None);
    the_query(
        &effects,
        |query| matches!(query, Query::Board(Asked::Sales(filter)) if filter.scope().from == Some(date(2026, 3, 1))),
    );
}

#[test]
fn periods_end_where_the_orders_do() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    assert!(app.key(Key::char(']')).is_empty(), "there is nothing after today's month");
    for _ in 0..12 {
        app.key(Key::char('['));
    }
    assert_eq!(shown(&app), "Nov 2025");
}

fn shown(app: &App) -> String {
    app.dashboard.period().unwrap().to_string()
}

#[test]
fn a_longer_period_is_around_the_same_day_and_a_shorter_one_leads_back() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::char('['));
    for period in ["Q1 2026", "2026", "Tue 31 Mar 2026", "week 14 of 2026", "Mar 2026", "Q1 2026"] {
        let effects = app.key(Key::char('p'));
        assert_eq!(shown(&app), period);
        the_query(&effects, is_figures);
    }
    app.key(Key::char('P'));
    assert_eq!(shown(&app), "Mar 2026");
}

#[test]
fn a_measure_and_a_store_are_stepped_to_and_back() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    for (key, measure) in [('b', "shipped"), ('b', "all"), ('B', "shipped"), ('B', "booked"), ('B', "all")] {
        app.key(Key::char(key));
        assert_eq!(app.dashboard.measure.word(), measure);
    }
    for (key, store) in [('>', "Hill"), ('<', "Whole chain"), ('<', "Hill"), ('>', "Whole chain")] {
        app.key(Key::char(key));
        assert_eq!(app.dashboard.store_name(), store);
    }
}

#[test]
fn any_days_are_typed_and_stepped_by_their_length() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::char('d'));
    app.type_text("2026-04-01");
    app.key(TAB);
    app.type_text("2026-03-01");
    app.key(ENTER);
    assert!(app.dashboard.dialog.is_some(), "the last day is before the first");
    app.key(Key::ctrl('u'));
    app.type_text("2026-04-10");
    let effects = app.key(ENTER);
    assert_eq!(shown(&app), "1 Apr 2026 to 10 Apr 2026");
    the_query(
        &effects,
        |query| matches!(query, Query::Board(Asked::Sales(filter)) if filter.scope().to == Some(date(2026, 4, 10))),
    );
    app.key(Key::char('['));
    assert_eq!(shown(&app), "22 Mar 2026 to 31 Mar 2026");
    app.key(Key::char('p'));
    assert_eq!(shown(&app), "Apr 2026");
}

#[test]
fn as_of_a_day_nothing_later_counts_and_that_day_is_today() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::char('d'));
    app.key(Key::plain(Code::BackTab));
    app.type_text("2026-02-15");
    let effects = app.key(ENTER);
    assert_eq!((shown(&app), app.dashboard.as_of), ("Feb 2026".to_owned(), Some(date(2026, 2, 15))));
    the_query(&effects, |query| {
        matches!(query, Query::Board(Asked::Open(filter, today))
            if *today == date(2026, 2, 15) && filter.scope().to == Some(date(2026, 2, 15)))
    });
    assert!(app.key(Key::char(']')).is_empty(), "it is the newest day there is");
    app.key(Key::char('d'));
    app.key(Key::plain(Code::BackTab));
    app.key(Key::ctrl('u'));
    app.key(ENTER);
    assert_eq!((shown(&app), app.dashboard.as_of), ("Apr 2026".to_owned(), None));
}

#[test]
fn a_role_asks_for_what_it_may_see_and_no_more() {
    for (role, asked) in [(Role::Employee, 9), (Role::Manager, 10), (Role::Administrator, 10)] {
        let (_, effects) = App::at_dashboard(role);
        assert_eq!(effects.len(), asked, "{role}: {effects:?}");
        let is_of_managers = |effect: &Effect| {
            matches!(effect, Effect::Query(_, Query::Board(Asked::Audit(_) | Asked::Loads(_))))
        };
        assert_eq!(effects.iter().any(is_of_managers), role != Role::Employee);
    }
}

#[test]
fn the_answer_of_one_tile_is_no_other_tiles_and_its_failure_neither() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    let products = the_query(&effects, |query| matches!(query, Query::Board(Asked::Products(..))));
    app.answer(products, Reply::Board(Heard::Products(ProductSales::default())));
    assert!(app.dashboard.answers.parts(Tile::Brands).is_some());
    assert!(app.dashboard.answers.parts(Tile::Stores).is_none());
    let slow = the_query(&effects, |query| matches!(query, Query::Board(Asked::Slow(..))));
    update(&mut app, Msg::Reply(slow, Err(Failure::new("gone"))), t0());
    assert!(app.dashboard.answers.fresh(Shown::Slow).failure().is_some());
    assert!(app.dashboard.answers.fresh(Shown::Value).is_waiting());
}

#[test]
fn space_turns_the_pages_and_around() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    for page in [2, 3, 1] {
        app.key(Key::char(' '));
        assert_eq!(app.dashboard.focus.page().number(), page);
    }
}

#[test]
fn a_store_is_picked_from_the_list() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.key(Key::char('s'));
    app.key(Key::plain(Code::Down));
    let effects = app.key(ENTER);
    assert_eq!((app.dashboard.store_name(), app.popup.is_none()), ("Hill", true));
    the_query(&effects, |query| matches!(query, Query::Board(Asked::Calendar(Some(StoreId(7))))));
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

fn at_targets() -> App {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    let effects = app.key(Key::char('t'));
    let id = the_query(&effects, |query| matches!(query, Query::Board(Asked::Targets(None, _))));
    let hill = StoreTarget { store: StoreId(7), name: "Hill".to_owned(), amount: None, version: 0 };
    app.answer(id, Reply::Board(Heard::Targets(vec![hill])));
    app
}

fn is_set(query: &Query) -> bool {
    matches!(query, Query::Board(Asked::SetTargets(_, changes)) if changes.len() == 1)
}

#[test]
fn a_target_that_is_set_closes_the_form_and_the_figures_are_asked_again() {
    let mut app = at_targets();
    app.type_text("58,000");
    let id = the_query(&app.key(ENTER), is_set);
    assert!(app.dashboard.is_saving());
    let effects = app.answer(id, Reply::Board(Heard::TargetsSet(1)));
    assert!(app.dashboard.dialog.is_none());
    assert_eq!(app.told.as_deref(), Some("The target is set."));
    the_query(&effects, |query| matches!(query, Query::Board(Asked::Calendar(_))));
}

#[test]
fn what_was_typed_of_a_target_stays_when_it_was_not_set_and_leaving_asks_first() {
    let mut app = at_targets();
    app.type_text("58,000");
    let id = the_query(&app.key(ENTER), is_set);
    update(&mut app, Msg::Reply(id, Err(Failure::new("changed meanwhile"))), t0());
    let Some(Dialog::Targets(targets)) = &app.dashboard.dialog else { panic!("the form is gone") };
    assert_eq!((targets.form.value(0), targets.failure.is_some()), ("58,000", true));
    app.key(ESC);
    assert!(matches!(app.popup, Some(Popup::Question(_))));
    app.key(Key::char('y'));
    assert!(app.dashboard.dialog.is_none());
}

#[test]
fn targets_are_for_who_may_set_them_and_nothing_typed_sets_nothing() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    assert!(app.key(Key::char('t')).is_empty());
    assert!(app.notice.is_some() && app.dashboard.dialog.is_none());
    let mut app = at_targets();
    assert!(app.key(ENTER).is_empty());
    assert_eq!(app.told.as_deref(), Some("Nothing was changed."));
}
