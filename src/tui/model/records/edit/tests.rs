use super::ask::{Answer, Question};
use super::*;
use crate::domain::records::edit::{Choice, Doomed, Held, Opened, Reference, Values, Wrong};
use crate::domain::records::{Cell, RecordId, RowId};
use crate::domain::{CustomerId, Role, Table};
use crate::tui::model::key::{Code, Key};
use crate::tui::model::message::{Effect, Failure, Msg, Query, Reply};
use crate::tui::model::records::ask::{Answer as Rows, Listed};
use crate::tui::model::sign_in::SignIn;
use crate::tui::model::widgets::data_table::RowKey;
use crate::tui::model::{App, Popup, Screen, User, update};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);
const TAB: Key = Key::plain(Code::Tab);
const ROW: RowId = RowId { table: Table::Customers, key: [1, 0] };

fn now() -> Timestamp {
    Timestamp::from_second(1_776_846_672).unwrap()
}

fn press(app: &mut App, key: Key) -> Vec<Effect> {
    update(app, Msg::Key(key), now())
}

fn types(app: &mut App, text: &str) {
    text.chars().for_each(|letter| drop(press(app, Key::char(letter))));
}

/// The last question about a record that is changed.
fn asked(effects: &[Effect]) -> (RequestId, Question) {
    let question = effects.iter().rev().find_map(|effect| match effect {
        Effect::Query(id, Query::Editing(question)) => Some((*id, question.clone())),
        _ => None,
    });
    question.unwrap_or_else(|| panic!("nothing is asked: {effects:?}"))
}

fn told(app: &mut App, id: RequestId, answer: Answer) -> Vec<Effect> {
    update(app, Msg::Reply(id, Ok(Reply::Editing(answer))), now())
}

/// At a table with one row.
fn at(role: Role, table: Table) -> App {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.user = Some(User { name: "eva".parse().unwrap(), role });
    app.screen = Screen::Records;
    let effects = app.go_to_table(table, "");
    let Some(Effect::Query(id, _)) = effects.last() else { panic!("{effects:?}") };
    let row = RowId { table, key: if table == Table::Stocks { [1, 1] } else { [1, 0] } };
    let listed = Listed {
        key: RowKey("[\"1\"]".to_owned()),
        row,
        record: row.record().unwrap(),
        cells: vec![Cell::Number(1), Cell::Text("Cy Dent".to_owned())],
    };
    let answer = Reply::Records(Rows::Rows { rows: vec![listed], more: false });
    update(&mut app, Msg::Reply(*id, Ok(answer)), now());
    app
}

fn values(city: &str, phone: &str) -> Values {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    vec![some("Cy"), some("Dent"), some(phone), None, None, some(city), None, None]
}

fn opened(version: u32, values: Values) -> Answer {
    let choices = vec![Vec::new(); values.len()];
    Answer::Form(Box::new(Opened { held: Some(Held { version, store: None, values }), choices }))
}

/// With the form of the customer open.
fn at_form() -> App {
    let mut app = at(Role::Manager, Table::Customers);
    let (id, question) = asked(&press(&mut app, Key::char('m')));
    assert_eq!(question, Question::Form(Table::Customers, Some(ROW)));
    told(&mut app, id, opened(3, values("Rowlett", "555")));
    app
}

fn form(app: &App) -> &EditForm {
    match &app.records.dialog {
        Some(Dialog::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

/// The form with this typed behind the city, and saved; the question it asks.
fn saving(app: &mut App, city: &str) -> RequestId {
    (0..5).for_each(|_| drop(press(app, TAB)));
    types(app, city);
    let (id, question) = asked(&press(app, ENTER));
    assert_eq!(question, Question::Change(ROW, 3, values(&format!("Rowlett{city}"), "555")));
    id
}

#[test]
fn what_is_typed_is_saved_against_the_version_that_was_seen() {
    let mut app = at_form();
    let id = saving(&mut app, " Lake");
    // Keys wait for what becomes of it.
    types(&mut app, "v");
    let effects = told(&mut app, id, Answer::Stored(ROW));
    assert!(app.records.dialog.is_none());
    assert!(
        matches!(effects.first(), Some(Effect::Query(_, Query::Records(_)))),
        "the rows are asked for anew"
    );
    assert!(app.records.list().unwrap().rows.is_stale() || effects.len() == 1);
}

#[test]
fn nothing_typed_is_nothing_saved() {
    let mut app = at_form();
    assert!(press(&mut app, ENTER).is_empty());
    assert_eq!((app.records.dialog.is_none(), app.told.as_deref()), (true, Some("Nothing was changed.")));
}

#[test]
fn what_breaks_a_rule_is_told_while_it_is_typed_and_not_sent() {
    let mut app = at_form();
    press(&mut app, Key::ctrl('u'));
    assert!(press(&mut app, ENTER).is_empty());
    let word = form(&app).form.word(0);
    assert_eq!(
        word,
        crate::tui::model::widgets::form::Word::Wrong(
            "First name is empty, but every row needs one.".to_owned()
        )
    );
    // What only the database knows is told at its line as well.
    types(&mut app, "Cyd");
    let (id, _) = asked(&press(&mut app, ENTER));
    let wrong = Wrong { column: "email", words: "Taken.".to_owned() };
    told(&mut app, id, Answer::Wrong(vec![wrong]));
    assert_eq!((form(&app).form.focus(), form(&app).form.value(0)), (3, "Cyd"));
    types(&mut app, "c@x.example");
    asked(&press(&mut app, ENTER));
}

#[test]
fn a_clash_is_settled_field_by_field_and_saved_against_the_new_version() {
    let mut app = at_form();
    let id = saving(&mut app, " Lake");
    let theirs = Held { version: 4, store: None, values: values("Rome", "556") };
    told(&mut app, id, Answer::Clash(Box::new(theirs)));
    assert_eq!(app.places()[..2], [Place::EditClash, Place::Rows]);
    let clash = form(&app).clash.as_ref().unwrap();
    assert_eq!((clash.differences.len(), clash.open()), (2, 1));
    // Both changed the city: Enter leads there, and saves nothing yet.
    press(&mut app, Key::plain(Code::Up));
    assert!(press(&mut app, ENTER).is_empty());
    assert_eq!(form(&app).clash.as_ref().unwrap().cursor, 1);
    press(&mut app, Key::plain(Code::Right));
    let (id, question) = asked(&press(&mut app, ENTER));
    assert_eq!(question, Question::Change(ROW, 4, values("Rowlett Lake", "556")));
    // Somebody was faster again.
    let theirs = Held { version: 5, store: None, values: values("Oslo", "556") };
    told(&mut app, id, Answer::Clash(Box::new(theirs)));
    assert_eq!(form(&app).clash.as_ref().unwrap().open(), 1);
    // Esc goes back to what was typed, which is all there.
    press(&mut app, ESC);
    assert_eq!((form(&app).clash.is_none(), form(&app).form.value(5)), (true, "Rowlett Lake"));
    press(&mut app, ESC);
    assert!(matches!(app.popup, Some(Popup::Question(_))), "typed text is not lost unasked");
}

#[test]
fn theirs_alone_leaves_nothing_to_save() {
    let mut app = at_form();
    let id = saving(&mut app, " Lake");
    let theirs = Held { version: 4, store: None, values: values("Rome", "555") };
    told(&mut app, id, Answer::Clash(Box::new(theirs)));
    press(&mut app, Key::plain(Code::Left));
    assert!(press(&mut app, ENTER).is_empty());
    assert_eq!((app.records.dialog.is_none(), app.told.as_deref()), (true, Some("Nothing was changed.")));
}

#[test]
fn of_a_record_that_is_gone_a_new_one_can_be_made_and_nothing_typed_is_lost() {
    let mut app = at_form();
    let id = saving(&mut app, " Lake");
    told(&mut app, id, Answer::Gone("Customer 1 is not there any more.".to_owned()));
    let words = form(&app).failure.as_ref().unwrap().words().to_owned();
    assert!(words.contains("What you typed is still here"), "{words}");
    let (id, question) = asked(&press(&mut app, ENTER));
    assert_eq!(question, Question::Make(Table::Customers, values("Rowlett Lake", "555")));
    let made = RowId::one(Table::Customers, 9);
    let effects = told(&mut app, id, Answer::Stored(made));
    assert_eq!(app.records.record().unwrap().id, RecordId::Customer(CustomerId(9)));
    assert!(!effects.is_empty());
}

#[test]
fn a_failure_leaves_what_was_typed() {
    let mut app = at_form();
    let id = saving(&mut app, " Lake");
    update(&mut app, Msg::Reply(id, Err(Failure::new("The connection was lost."))), now());
    assert_eq!(form(&app).failure.as_ref().unwrap().words(), "The connection was lost.");
    assert_eq!(form(&app).form.value(5), "Rowlett Lake");
    asked(&press(&mut app, ENTER));
}

#[test]
fn another_row_is_named_by_its_name_its_number_or_from_a_list() {
    let mut app = at(Role::Manager, Table::Products);
    let (id, _) = asked(&press(&mut app, Key::char('n')));
    let brands = [(1, "Heron"), (2, "Otter")].map(|(number, name)| Choice { number, name: name.to_owned() });
    let none = Vec::new;
    let choices = vec![none(), brands.to_vec(), brands.to_vec(), none(), none()];
    told(&mut app, id, Answer::Form(Box::new(Opened { held: None, choices })));
    types(&mut app, "Kid");
    press(&mut app, TAB);
    types(&mut app, "ottre");
    press(&mut app, TAB);
    let word = form(&app).form.word(1);
    let near = "Not known. Near are \"otter\".".to_owned();
    assert_eq!(word, crate::tui::model::widgets::form::Word::Wrong(near));
    types(&mut app, "1");
    press(&mut app, Key::plain(Code::BackTab));
    press(&mut app, Key::plain(Code::F(4)));
    assert_eq!(app.places()[0], Place::List);
    types(&mut app, "ot");
    press(&mut app, ENTER);
    assert_eq!(form(&app).form.value(1), "Otter");
    for text in ["", "2026", "5"] {
        press(&mut app, TAB);
        types(&mut app, text);
    }
    let (_, question) = asked(&press(&mut app, ENTER));
    let expected = ["Kid", "2", "1", "2026", "5.00"].map(|text| Some(text.to_owned())).to_vec();
    assert_eq!(question, Question::Make(Table::Products, expected));
}

#[test]
fn a_deletion_is_asked_by_name_and_not_at_all_where_the_record_is_named() {
    let mut app = at(Role::Administrator, Table::Customers);
    let doomed =
        |references| Box::new(Doomed { row: ROW, version: 3, name: "Cy Dent".to_owned(), references });
    let (id, question) = asked(&press(&mut app, Key::char('x')));
    assert_eq!(question, Question::Doomed(ROW));
    let orders = Reference { table: "orders".to_owned(), count: 12, open: 3 };
    told(&mut app, id, Answer::Doomed(doomed(vec![orders])));
    let Some(Dialog::Told(_, words)) = &app.records.dialog else { panic!("{:?}", app.records.dialog) };
    assert!(
        words.starts_with("Cy Dent can not be deleted: 12 orders, 3 of them open belong to it."),
        "{words}"
    );
    press(&mut app, ESC);
    let (id, _) = asked(&press(&mut app, Key::plain(Code::Delete)));
    told(&mut app, id, Answer::Doomed(doomed(Vec::new())));
    types(&mut app, "Cy");
    assert!(press(&mut app, ENTER).is_empty(), "half a name is no yes");
    types(&mut app, " Dent");
    let (id, question) = asked(&press(&mut app, ENTER));
    assert_eq!(question, Question::Delete(doomed(Vec::new())));
    let effects = told(&mut app, id, Answer::Deleted(doomed(Vec::new())));
    assert_eq!(app.told.as_deref(), Some("Deleted: Cy Dent, customer 1."));
    assert!(matches!(effects.first(), Some(Effect::Query(_, Query::Records(_)))));
}

#[test]
fn what_is_not_made_or_changed_by_hand_is_not_offered() {
    use crate::tui::model::command::Command;
    for (table, new, modify, delete) in [
        (Table::Customers, true, true, true),
        (Table::Orders, false, true, false),
        (Table::OrderItems, false, false, false),
    ] {
        let mut app = at(Role::Administrator, table);
        let offers = |app: &App, command| app.commands().any(|entry| entry.command == command);
        assert_eq!(offers(&app, Command::NewRecord), new, "{table}");
        assert_eq!(offers(&app, Command::ModifyRecord), modify, "{table}");
        assert_eq!(offers(&app, Command::DeleteRecord), delete, "{table}");
        assert!(offers(&app, Command::History));
        if !new {
            press(&mut app, Key::char('n'));
            assert!(app.notice.take().unwrap().words().contains("they come with loads"));
        }
    }
    let app = at(Role::Employee, Table::Customers);
    let own = [Command::NewRecord, Command::ModifyRecord, Command::DeleteRecord, Command::History];
    assert!(!app.commands().any(|entry| own.contains(&entry.command)));
}

#[test]
fn a_form_of_the_session_before_is_not_there_for_the_next() {
    let mut app = at_form();
    types(&mut app, "secret");
    let effects = app.leave(crate::domain::session::Ended::SignedOut);
    assert!(!effects.is_empty() && app.records.dialog.is_none() && app.records.current().is_none());
}
