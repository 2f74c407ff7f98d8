use super::command::{TABLE, at};
use super::dashboard::Tile;
use super::key::Code;
use super::message::{JobId, LoadJob, Query};
use super::*;
use crate::domain::morning::{Calendar, StoreName};
use crate::domain::receipt::Outcome;
use crate::domain::{Figures, Money, Receipt, RunId, StoreId};
use jiff::civil::date;
use rust_decimal::Decimal;

const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);
const TAB: Key = Key::plain(Code::Tab);

fn t0() -> Timestamp {
    Timestamp::from_second(1_776_846_672).unwrap()
}

fn app() -> App {
    App::new(SignIn::default(), TimeZone::UTC)
}

impl App {
    fn key(&mut self, key: Key) -> Vec<Effect> {
        update(self, Msg::Key(key), t0())
    }

    fn type_text(&mut self, text: &str) -> Vec<Effect> {
        text.chars()
            .flat_map(|character| self.key(Key::char(character)))
            .collect()
    }

    fn answer(&mut self, id: RequestId, reply: Reply) -> Vec<Effect> {
        update(self, Msg::Reply(id, Ok(reply)), t0())
    }

    /// Types a name and a password and sends them off.
    fn sends_sign_in(&mut self) -> RequestId {
        self.type_text("max");
        self.key(TAB);
        self.type_text("Tea-at-7");
        the_query(&self.key(ENTER), |query| matches!(query, Query::SignIn { .. }))
    }

    fn signed_in(role: Role) -> (App, Vec<Effect>) {
        let mut app = app();
        let id = app.sends_sign_in();
        let effects = app.answer(id, Reply::SignedIn("max".parse().unwrap(), role));
        (app, effects)
    }

    /// Signed in, with the calendar and the stores known.
    fn at_dashboard(role: Role) -> (App, Vec<Effect>) {
        let (mut app, effects) = App::signed_in(role);
        let stores = the_query(&effects, |query| matches!(query, Query::Stores));
        app.answer(
            stores,
            Reply::Stores(vec![StoreName {
                id: StoreId(7),
                name: "Hill".to_owned(),
            }]),
        );
        let id = the_query(&effects, |query| matches!(query, Query::Calendar(_)));
        let calendar = Calendar {
            oldest: date(2025, 11, 3),
            newest: date(2026, 4, 20),
            today: date(2026, 4, 22),
        };
        let effects = app.answer(id, Reply::Calendar(Some(calendar)));
        (app, effects)
    }

    fn loading() -> (App, JobId) {
        let (mut app, _) = App::at_dashboard(Role::Manager);
        app.key(Key::plain(Code::F(3)));
        app.type_text("/srv/in");
        let effects = app.key(ENTER);
        let [Effect::Start(id, job)] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        assert_eq!(
            *job,
            LoadJob {
                path: "/srv/in".to_owned(),
                dry_run: false
            }
        );
        (app, *id)
    }
}

fn the_query(effects: &[Effect], wanted: impl Fn(&Query) -> bool) -> RequestId {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Query(id, query) if wanted(query) => Some(*id),
            _ => None,
        })
        .unwrap_or_else(|| panic!("not asked for: {effects:?}"))
}

fn net(cents: i64) -> Reply {
    Reply::Figures(Figures {
        net: Money::rounded(Decimal::new(cents, 2)),
        ..Figures::default()
    })
}

fn is_figures(query: &Query) -> bool {
    matches!(query, Query::Figures(_))
}

fn receipt(status: Outcome) -> Receipt {
    Receipt {
        run_id: RunId(1),
        source: String::new(),
        mode: String::new(),
        status,
        tables: Vec::new(),
        rejects_file: None,
        seconds: 1.0,
        rows_per_second: 0,
    }
}

#[test]
fn enter_walks_from_the_name_to_the_password_and_then_signs_in() {
    let mut app = app();
    app.type_text("max");
    assert!(app.key(ENTER).is_empty());
    app.type_text("Tea-at-7");
    let effects = app.key(ENTER);
    let [Effect::Query(_, Query::SignIn { username, password })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(username, "max");
    assert_eq!(secrecy::ExposeSecret::expose_secret(password), "Tea-at-7");
    assert!(
        !format!("{effects:?}{app:?}").contains("Tea-at-7"),
        "a password shows in debug output"
    );
}

#[test]
fn an_empty_form_is_not_sent() {
    let mut app = app();
    assert!(app.key(ENTER).is_empty());
    assert!(app.sign_in.message.is_some());
}

#[test]
fn a_refused_sign_in_keeps_the_name_and_wipes_the_password() {
    let mut app = app();
    let id = app.sends_sign_in();
    update(&mut app, Msg::Reply(id, Err(Failure::new("no"))), t0());
    assert_eq!(
        (app.sign_in.username.text(), app.sign_in.password.text()),
        ("max", "")
    );
    assert_eq!(app.sign_in.message, Some(Failure::new("no")));
    assert_eq!(app.screen, Screen::SignIn);
}

#[test]
fn keys_typed_during_the_check_go_to_the_screen_it_leads_to() {
    let mut app = app();
    let id = app.sends_sign_in();
    app.key(TAB);
    app.key(Key::char('b'));
    let effects = app.answer(id, Reply::SignedIn("max".parse().unwrap(), Role::Manager));
    assert_eq!(app.dashboard.focus, Tile::Orders);
    assert_eq!(app.dashboard.measure.word(), "shipped");
    assert!(!effects.is_empty());
}

#[test]
fn keys_typed_during_a_check_that_fails_are_the_next_password_but_do_not_send_it() {
    let mut app = app();
    let id = app.sends_sign_in();
    app.type_text("Tea-at-8");
    app.key(ENTER);
    let effects = update(&mut app, Msg::Reply(id, Err(Failure::new("no"))), t0());
    assert!(
        effects.is_empty(),
        "half a password must not spend an attempt: {effects:?}"
    );
    assert_eq!(app.sign_in.password.text(), "Tea-at-8");
}

#[test]
fn esc_stops_waiting_and_the_late_answer_is_dropped() {
    let mut app = app();
    let id = app.sends_sign_in();
    app.key(ESC);
    app.answer(id, Reply::SignedIn("max".parse().unwrap(), Role::Administrator));
    assert_eq!((app.screen, app.user), (Screen::SignIn, None));
}

#[test]
fn a_password_in_capitals_alone_hints_at_caps_lock() {
    let mut app = app();
    app.key(TAB);
    for (typed, hints) in [("AB", false), ("C", true), ("1!", true), ("d", false)] {
        app.type_text(typed);
        assert_eq!(app.sign_in.looks_like_caps_lock(), hints, "after {typed}");
    }
}

#[test]
fn a_paste_goes_into_the_field_without_its_line_end() {
    let mut app = app();
    update(&mut app, Msg::Paste("max\r\n".to_owned()), t0());
    assert_eq!(app.sign_in.username.text(), "max");
}

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
    update(
        &mut app,
        Msg::TaskDied(Task::Query(the_query(&effects, is_figures))),
        t0(),
    );
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
    assert!(
        app.key(Key::char(']')).is_empty(),
        "there is nothing after today's month"
    );
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
    the_query(&effects, |query| {
        matches!(query, Query::Calendar(Some(StoreId(7))))
    });
    app.key(Key::char('S'));
    assert_eq!(
        app.dashboard.store_name(),
        "Whole chain",
        "S steps on, and around"
    );
}

#[test]
fn each_role_can_give_the_commands_it_is_allowed_and_no_other() {
    for role in Role::EACH {
        for entry in TABLE {
            let Some(needed) = entry.permission else { continue };
            let (mut app, _) = App::at_dashboard(role);
            match entry.place {
                Place::LoadForm => app.screen = Screen::Load,
                Place::LoadRunning => (app, _) = App::loading(),
                _ => {}
            }
            app.user.as_mut().unwrap().role = role;
            app.load.focus = load::Focus::Start;
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
    assert_eq!(
        app.notice.unwrap().words(),
        "The role employee may not load data. A manager can."
    );
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
fn tab_completes_a_path_as_far_as_it_is_certain() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(3)));
    app.type_text("/srv/o");
    let names = |names: &[&str]| Reply::Completions(names.iter().map(|&name| name.to_owned()).collect());
    let asked = |effects: &[Effect]| the_query(effects, |query| matches!(query, Query::Complete(_)));
    let id = asked(&app.key(TAB));
    app.answer(id, names(&["/srv/orders.csv", "/srv/order_items.csv"]));
    assert_eq!(app.load.path.text(), "/srv/order");
    let id = asked(&app.key(TAB));
    app.type_text("s");
    app.answer(id, names(&["/srv/orders.csv", "/srv/order_items.csv"]));
    assert_eq!(
        app.load.path.text(),
        "/srv/orders",
        "what was typed since is not overwritten"
    );
    let id = asked(&app.key(TAB));
    app.answer(id, names(&["/srv/orders.csv"]));
    let id = asked(&app.key(TAB));
    app.answer(id, names(&["/srv/orders.csv"]));
    assert_eq!(
        app.load.focus,
        load::Focus::DryRun,
        "where there is nothing to complete, Tab goes on"
    );
}

#[test]
fn a_load_is_stopped_only_after_a_yes() {
    let (mut app, id) = App::loading();
    assert!(app.key(Key::char('c')).is_empty());
    app.key(Key::char('n'));
    assert!(!app.load.running().unwrap().stopping);
    app.key(Key::char('c'));
    let effects = app.key(Key::char('y'));
    assert!(
        matches!(effects.as_slice(), [Effect::Cancel(stopped)] if *stopped == id),
        "{effects:?}"
    );
    assert!(app.load.running().unwrap().stopping);
    update(
        &mut app,
        Msg::Job(id, JobEvent::Finished(Ok(receipt(Outcome::Cancelled)))),
        t0(),
    );
    assert!(matches!(&app.load.stage, Stage::Done(done) if done.result.is_ok()));
}

#[test]
fn leaving_while_a_load_runs_asks_first_and_stops_it() {
    let (mut app, id) = App::loading();
    assert!(app.key(Key::char('q')).is_empty());
    assert!(matches!(app.popup, Some(Popup::Question(_, Command::Quit))));
    let effects = app.key(Key::char('y'));
    assert!(matches!(effects.as_slice(), [Effect::Cancel(stopped), Effect::Quit] if *stopped == id));

    let (mut app, _) = App::loading();
    app.key(Key::ctrl('c'));
    let effects = app.key(Key::ctrl('c'));
    assert!(
        matches!(effects.as_slice(), [Effect::Cancel(_), Effect::Quit]),
        "a second ^C means it"
    );
}

#[test]
fn the_load_goes_on_while_the_dashboard_is_looked_at() {
    let (mut app, id) = App::loading();
    app.key(ESC);
    assert_eq!(app.screen, Screen::Dashboard);
    assert!(app.load.running().is_some());
    let mut done = receipt(Outcome::Committed);
    done.tables.push(crate::domain::receipt::TableReceipt {
        table: crate::domain::Table::Orders,
        file: String::new(),
        read: 1,
        inserted: 1,
        updated: 0,
        unchanged: 0,
        rejected: 0,
    });
    let effects = update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(done))), t0());
    the_query(&effects, |query| matches!(query, Query::Calendar(_)));
}

#[test]
fn q_is_a_letter_where_text_is_typed() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(3)));
    assert!(app.type_text("q").is_empty());
    assert_eq!(app.load.path.text(), "q");
    assert!(matches!(app.key(Key::ctrl('c')).as_slice(), [Effect::Quit]));
}

#[test]
fn esc_goes_back_one_step_and_keeps_what_was_typed() {
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::plain(Code::F(3)));
    app.type_text("/srv");
    app.key(Key::plain(Code::F(1)));
    app.key(ESC);
    assert_eq!((app.popup.clone(), app.screen), (None, Screen::Load));
    app.key(ESC);
    assert_eq!(app.screen, Screen::Dashboard);
    app.key(Key::plain(Code::F(3)));
    assert_eq!(app.load.path.text(), "/srv");
}

#[test]
fn signing_out_leaves_nothing_of_the_person_behind() {
    let (mut app, effects) = App::at_dashboard(Role::Manager);
    app.answer(the_query(&effects, is_figures), net(100));
    let effects = app.key(Key::plain(Code::F(9)));
    assert!(matches!(effects.as_slice(), [Effect::SignOut]));
    assert_eq!((app.screen, app.user.is_none()), (Screen::SignIn, true));
    assert_eq!(app.dashboard.figures.value(), None);
}

#[test]
fn a_figure_is_explained_where_the_focus_is() {
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.key(TAB);
    app.key(Key::char('?'));
    assert!(matches!(app.popup, Some(Popup::Explain(0))));
    assert_eq!(
        app.dashboard.focus.figures(),
        [crate::domain::figures::Figure::Orders]
    );
}
