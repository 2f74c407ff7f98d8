use super::ask::{Answer, Listed, Question};
use super::*;
use crate::domain::records::{Cell, Fact, Found, RecordId, Row, RowId, Section};
use crate::domain::{CustomerId, OrderId, ProductId, Role};
use crate::tui::model::key::{Code, Key};
use crate::tui::model::message::{Effect, Failure, Msg, Query, Reply};
use crate::tui::model::sign_in::SignIn;
use crate::tui::model::widgets::data_table::{From, RowKey};
use crate::tui::model::{App, Popup, Screen, User, update};
use jiff::tz::TimeZone;

const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);

fn now() -> Timestamp {
    Timestamp::from_second(1_776_846_672).unwrap()
}

fn app() -> App {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.user = Some(User { name: "eva".parse().unwrap(), role: Role::Employee });
    app.screen = Screen::Dashboard;
    app
}

fn press(app: &mut App, key: Key) -> Vec<Effect> {
    update(app, Msg::Key(key), now())
}

fn types(app: &mut App, text: &str) -> Vec<Effect> {
    text.chars().flat_map(|letter| press(app, Key::char(letter))).collect()
}

/// The last question about records.
fn asked(effects: &[Effect]) -> (RequestId, Question) {
    let question = effects.iter().rev().find_map(|effect| match effect {
        Effect::Query(id, Query::Records(question)) => Some((*id, question.clone())),
        _ => None,
    });
    question.unwrap_or_else(|| panic!("nothing is asked: {effects:?}"))
}

fn told(app: &mut App, id: RequestId, answer: Answer) -> Vec<Effect> {
    update(app, Msg::Reply(id, Ok(Reply::Records(answer))), now())
}

fn customer(id: u32) -> RecordId {
    RecordId::Customer(CustomerId(id))
}

fn rows(ids: &[u32]) -> Answer {
    let listed = |id: &u32| Listed {
        key: RowKey(format!("[\"{id}\"]")),
        row: RowId::of_record(customer(*id)),
        record: customer(*id),
        cells: vec![Cell::Number((*id).into()), Cell::Text("Cy Dent".to_owned())],
    };
    Answer::Rows { rows: ids.iter().map(listed).collect(), more: false }
}

fn sheet(id: RecordId, leads: RecordId) -> Answer {
    let fact = |name, leads| Fact { name, value: Cell::Text(format!("{name} of it")), leads };
    let row = Row { cells: vec![Cell::Number(3)], leads: Some(leads) };
    let section = Section {
        title: "Orders",
        fields: Vec::new(),
        rows: vec![row],
        all: Some((Table::Orders, "customer:1".to_owned())),
    };
    let facts = vec![fact("Phone", None), fact("Last order", Some(leads))];
    Answer::Record(Some(Box::new(Sheet { id, title: "Cy".to_owned(), facts, sections: vec![section] })))
}

/// At the customers, of whom these are known.
fn at_customers(ids: &[u32]) -> App {
    let mut app = app();
    let (id, question) = asked(&press(&mut app, Key::char('8')));
    assert!(matches!(question, Question::Rows(Table::Customers, ..)));
    told(&mut app, id, rows(ids));
    app
}

#[test]
fn one_goes_on_from_record_to_record_and_back_and_forward_to_where_one_was() {
    let mut app = at_customers(&[1, 2, 3]);
    let (id, _) = asked(&types(&mut app, "/city:Ro"));
    press(&mut app, ENTER);
    told(&mut app, id, rows(&[2, 3]));
    press(&mut app, Key::plain(Code::Down));
    let (id, question) = asked(&press(&mut app, ENTER));
    assert!(matches!(question, Question::Record(record) if record == customer(3)));
    told(&mut app, id, sheet(customer(3), RecordId::Order(OrderId(9))));
    // The cursor is on the first row of what belongs to it.
    let (id, question) = asked(&press(&mut app, ENTER));
    assert!(matches!(question, Question::Record(RecordId::Order(OrderId(9)))));
    told(&mut app, id, sheet(RecordId::Order(OrderId(9)), RecordId::Product(ProductId(4))));
    press(&mut app, Key::char('['));
    assert_eq!(app.records.record().unwrap().id, customer(3));
    press(&mut app, ESC);
    let list = app.records.list().unwrap();
    assert_eq!(list.rows.find().words().text(), "city:Ro");
    assert_eq!(list.rows.current().unwrap().key, RowKey("[\"3\"]".to_owned()));
    press(&mut app, Key::char(']'));
    press(&mut app, Key::char(']'));
    assert_eq!(app.records.record().unwrap().id, RecordId::Order(OrderId(9)));
    assert!(!app.records.can_go_forward());
    // Whoever goes on from further back forgets what was ahead.
    press(&mut app, Key::char('['));
    press(&mut app, Key::plain(Code::Down));
    let (_, question) = asked(&press(&mut app, ENTER));
    let Question::Rows(Table::Orders, filter, _) = question else { panic!("{question:?}") };
    assert_eq!(filter.conditions.len(), 1);
    assert!(!app.records.can_go_forward());
}

#[test]
fn esc_takes_the_words_away_first_and_leaves_for_the_dashboard_last() {
    let mut app = at_customers(&[1]);
    let (id, _) = asked(&types(&mut app, "/dent"));
    press(&mut app, ENTER);
    told(&mut app, id, rows(&[1]));
    let (id, _) = asked(&press(&mut app, ESC));
    told(&mut app, id, rows(&[1, 2]));
    assert!(app.records.list().unwrap().rows.find().words().is_empty());
    press(&mut app, ESC);
    assert_eq!(app.screen, Screen::Dashboard);
    // What was looked at last is there again.
    press(&mut app, Key::plain(Code::F(9)));
    assert_eq!((app.screen, app.records.list().unwrap().rows.held()), (Screen::Records, 2));
}

#[test]
fn what_is_typed_anew_gives_up_what_was_asked_before() {
    let mut app = at_customers(&[1]);
    let (first, _) = asked(&types(&mut app, "/d"));
    let effects = types(&mut app, "e");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::GiveUp(id) if *id == first)), "{effects:?}");
    let (second, _) = asked(&effects);
    told(&mut app, first, rows(&[7]));
    assert_eq!(app.records.list().unwrap().rows.current().unwrap().cells[0], "1", "it is stale");
    told(&mut app, second, rows(&[2]));
    assert_eq!(app.records.list().unwrap().rows.current().unwrap().cells[0], "2");
}

#[test]
fn what_is_not_understood_is_told_and_not_asked() {
    let mut app = at_customers(&[1]);
    types(&mut app, "/town");
    let effects = press(&mut app, Key::char(':'));
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::Query(..))), "{effects:?}");
    let list = app.records.list().unwrap();
    assert!(list.wrong.as_ref().unwrap().words().contains("No column \"town\" in customers"));
    assert!(!list.rows.is_stale());
    let (_, question) = asked(&press(&mut app, Key::plain(Code::Backspace)));
    assert!(
        matches!(question, Question::Rows(_, filter, page) if filter.words == ["town"] && page.from == From::Start)
    );
    assert_eq!(app.records.list().unwrap().wrong, None);
}

#[test]
fn a_search_answers_what_is_typed_now_and_enter_waits_for_it() {
    let mut app = app();
    press(&mut app, Key::ctrl('f'));
    let (first, _) = asked(&types(&mut app, "9"));
    let (second, question) = asked(&types(&mut app, "72"));
    assert!(matches!(question, Question::Search(typed) if typed == "972"));
    let found = |id| Found { id: customer(id), name: "Cy Dent".to_owned(), detail: String::new() };
    told(&mut app, first, Answer::Found(vec![found(1)]));
    let Some(Popup::Search(search)) = &app.popup else { panic!() };
    assert!(search.found.is_empty(), "it is stale");
    assert!(press(&mut app, ENTER).is_empty(), "nothing is found yet");
    let (_, question) = asked(&told(&mut app, second, Answer::Found(vec![found(4), found(1)])));
    assert!(matches!(question, Question::Record(id) if id == customer(4)));
    assert_eq!(app.screen, Screen::Records);
    press(&mut app, ESC);
    assert_eq!(app.screen, Screen::Dashboard);
}

#[test]
fn a_search_that_fails_says_so_and_esc_leaves_things_as_they_were() {
    let mut app = at_customers(&[1]);
    press(&mut app, Key::ctrl('f'));
    let (id, _) = asked(&types(&mut app, "x"));
    update(&mut app, Msg::Reply(id, Err(Failure::new("Gone."))), now());
    let Some(Popup::Search(search)) = &app.popup else { panic!() };
    assert_eq!(search.failure.as_ref().unwrap().words(), "Gone.");
    press(&mut app, ESC);
    assert!(app.popup.is_none() && app.records.list().is_some());
}

#[test]
fn a_row_and_a_value_are_copied() {
    let mut app = at_customers(&[1]);
    let effects = press(&mut app, Key::char('y'));
    assert!(matches!(effects.as_slice(), [Effect::Copy(text)] if text == "1\tCy Dent"), "{effects:?}");
    let (id, _) = asked(&press(&mut app, ENTER));
    told(&mut app, id, sheet(customer(1), RecordId::Order(OrderId(9))));
    press(&mut app, Key::char('g'));
    let effects = press(&mut app, Key::char('y'));
    assert!(matches!(effects.as_slice(), [Effect::Copy(text)] if text == "Phone of it"), "{effects:?}");
    assert!(
        !app.commands().any(|entry| entry.command == Command::Accept),
        "a telephone number leads nowhere"
    );
}

#[test]
fn another_table_is_a_letter_away() {
    let mut app = at_customers(&[1]);
    press(&mut app, Key::char('t'));
    types(&mut app, "brand");
    let (_, question) = asked(&press(&mut app, ENTER));
    assert!(matches!(question, Question::Rows(Table::Brands, ..)));
    assert!(app.records.can_go_back());
}

#[test]
fn a_record_that_is_gone_is_told() {
    let mut app = at_customers(&[1]);
    let (id, _) = asked(&press(&mut app, ENTER));
    told(&mut app, id, Answer::Record(None));
    assert!(app.records.record().unwrap().known().is_none());
    for key in [ENTER, Key::char('y'), Key::plain(Code::Down), Key::char('G')] {
        press(&mut app, key);
    }
    press(&mut app, ESC);
    assert!(app.records.list().is_some());
}

#[test]
fn a_table_is_exported_as_it_is_narrowed() {
    let mut app = at_customers(&[1]);
    let (id, _) = asked(&types(&mut app, "/city:Ro cy"));
    press(&mut app, ENTER);
    told(&mut app, id, rows(&[1]));
    press(&mut app, Key::char('e'));
    assert_eq!((app.screen, app.export.only.text()), (Screen::Export, "/city:Ro cy"));
    types(&mut app, "/srv/rowlett.csv");
    let effects = press(&mut app, ENTER);
    let [Effect::Export(_, job)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(
        (job.tables.as_slice(), job.only.as_slice()),
        ([Table::Customers].as_slice(), ["/city:Ro cy".to_owned()].as_slice())
    );
}
