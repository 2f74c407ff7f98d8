//! The screens in the states worth a picture.

use crate::chain::{morning, reply};
use crate::editing::{self, Saved};
use jiff::civil::date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use storekeeper::domain::records::{
    Cell, Fact, Field, Found, Kind, RecordId, Row, RowId, Section, Sheet, field, fields,
};
use storekeeper::domain::{
    CustomerId, Money, OrderId, OrderStatus, ProductId, Role, StaffId, StoreId, Table, clean,
};
use storekeeper::service::reports::Reporting;
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::message::{Effect, Failure, JobId, Msg, Query, Reply};
use storekeeper::tui::model::records::ask::{Answer, Listed, Question};
use storekeeper::tui::model::reports::ask::{Printed, ReportNews};
use storekeeper::tui::model::sign_in::SignIn;
use storekeeper::tui::model::widgets::data_table::RowKey;
use storekeeper::tui::model::{App, Screen, User, update};

const NAMES: [&str; 4] =
    ["Eero Lindqvist", "Maren Ghosh-Featherstonehaugh", "Josephine Cardenas", "Siobhan D'Amico"];

fn money(cents: i64) -> Cell {
    Cell::Money(Money::rounded(Decimal::new(cents, 2)))
}

/// A cell of a column in a row of that number, with this text where text can be.
fn cell(field: &Field, row: usize, text: &str) -> Cell {
    let number = i64::try_from(row).unwrap() + 1;
    match field.kind {
        Kind::Number => Cell::Number(number),
        Kind::Count => Cell::Count(number * 1_203),
        Kind::Money => money(number * 103_999),
        Kind::Share => Cell::Share(Decimal::new(7, 2)),
        Kind::Day if row % 3 == 1 => Cell::Nothing,
        Kind::Day => Cell::Day(date(2026, 4, i8::try_from(1 + row % 28).unwrap())),
        Kind::Standing => Cell::Standing(OrderStatus::EACH[row % 4], row.is_multiple_of(4)),
        Kind::YesNo => Cell::Yes(row % 5 != 4),
        Kind::Phone if row % 3 == 2 => Cell::Nothing,
        Kind::Phone => Cell::Text(format!("(218) 555-01{:02}", row % 100)),
        Kind::Measure | Kind::Span => panic!("no column is of that kind"),
        Kind::Text | Kind::Named if row == 1 => Cell::Text(clean(text)),
        Kind::Text | Kind::Named if matches!(field.name, "name" | "customer" | "staff" | "manager") => {
            Cell::Text(NAMES[row % 4].to_owned())
        }
        Kind::Text | Kind::Named => Cell::Text(["Hermantown", "Hilo", "Ann Arbor"][row % 3].to_owned()),
    }
}

fn row_id(table: Table, row: usize) -> RowId {
    let number = u32::try_from(row).unwrap() + 1;
    let key = if matches!(table, Table::Stocks | Table::OrderItems) { [1, number] } else { [number, 0] };
    RowId { table, key }
}

fn rows(table: Table, text: &str) -> Vec<Listed> {
    let row = |row: usize| Listed {
        key: RowKey(format!("[\"{row}\"]")),
        row: row_id(table, row),
        record: RecordId::of_row(table, &[1, u32::try_from(row).unwrap()]).unwrap(),
        cells: fields(table).iter().map(|field| cell(field, row, text)).collect(),
    };
    (0..60).map(row).collect()
}

fn section(title: &'static str, table: Table, names: &[&str], count: usize, text: &str) -> Section {
    let fields: Vec<&'static Field> = names.iter().filter_map(|name| field(table, name)).collect();
    let row = |row| Row {
        cells: fields.iter().map(|field| cell(field, row, text)).collect(),
        leads: Some(RecordId::Order(OrderId(7))),
    };
    let all = (count > 8).then(|| (table, "customer:1".to_owned()));
    Section { title, rows: (0..count).map(row).collect(), fields, all }
}

fn sheet(id: RecordId, text: &str) -> Sheet {
    let fact = |name, value| Fact { name, value, leads: None };
    let words = |words: &str| Cell::Text(words.to_owned());
    let customer = Some(RecordId::Customer(CustomerId(1)));
    let (title, facts, sections) = match id {
        RecordId::Order(number) => (
            number.to_string(),
            vec![
                fact("Status", Cell::Standing(OrderStatus::Pending, true)),
                fact("Ordered", Cell::Day(date(2026, 4, 2))),
                fact("Required", Cell::Day(date(2026, 4, 5))),
                fact("Shipped", Cell::Nothing),
                Fact { name: "Customer", value: Cell::Text(clean(text)), leads: customer },
                Fact { name: "Store", value: words("Hill Street"), leads: Some(RecordId::Store(StoreId(1))) },
                Fact { name: "Staff", value: words("Ann Roe"), leads: Some(RecordId::Staff(StaffId(1))) },
                fact("Units", Cell::Count(4)),
                fact("Gross", money(219_999)),
                fact("Net", money(204_599)),
            ],
            vec![section(
                "Lines",
                Table::OrderItems,
                &["product", "quantity", "price", "discount", "net"],
                3,
                text,
            )],
        ),
        _ => (
            clean(text),
            vec![
                fact("Phone", words("(218) 555-0135")),
                fact("E-mail", words("eero.1@mail.example")),
                fact("Street", words("1204 Fennel Street, Apt 7")),
                fact("City", words("Hermantown")),
                fact("State", words("MN")),
                fact("Postcode", Cell::Nothing),
                fact("Orders", Cell::Count(14)),
                fact("Units", Cell::Count(31)),
                fact("Lifetime value", money(2_204_599)),
                Fact { name: "Last order", value: Cell::Day(date(2026, 4, 2)), leads: customer },
            ],
            vec![section(
                "Orders",
                Table::Orders,
                &["number", "ordered", "status", "total", "store"],
                12,
                text,
            )],
        ),
    };
    Sheet { id, title, facts, sections }
}

fn found(text: &str) -> Vec<Found> {
    let found = |id, name: &str, detail: &str| Found { id, name: clean(name), detail: clean(detail) };
    vec![
        found(RecordId::Customer(CustomerId(1)), "Cy Dent", "Hermantown · (218) 555-0135"),
        found(RecordId::Customer(CustomerId(2)), text, text),
        found(RecordId::Order(OrderId(1203)), "Order 1203", "Cy Dent · 2026-04-02"),
        found(RecordId::Product(ProductId(7)), "Dent Repair Kit with a Name that is Long", "Heron"),
        found(RecordId::Staff(StaffId(3)), "Denton Roe", "Hill Street"),
    ]
}

fn answer_to(question: &Question, text: &str) -> Answer {
    match question {
        Question::Rows(table, _, _) => Answer::Rows { rows: rows(*table, text), more: false },
        Question::Record(id) => Answer::Record(Some(Box::new(sheet(*id, text)))),
        Question::Search(_) => Answer::Found(found(text)),
    }
}

fn answered(app: &mut App, effects: Vec<Effect>, saved: Saved, text: &str) {
    for effect in effects {
        let Effect::Query(id, query) = effect else { continue };
        let reply = match &query {
            Query::Records(question) => Reply::Records(answer_to(question, text)),
            Query::Editing(question) => Reply::Editing(editing::answer_to(question, saved, text)),
            other => reply(other),
        };
        let more = update(app, Msg::Reply(id, Ok(reply)), morning());
        answered(app, more, saved, text);
    }
}

fn press(app: &mut App, key: Key, saved: Saved, text: &str) {
    let effects = update(app, Msg::Key(key), morning());
    answered(app, effects, saved, text);
}

/// After these keys, where a save comes to that.
pub(crate) fn pressed_as(mut app: App, saved: Saved, keys: &[Key], text: &str) -> App {
    for key in keys {
        press(&mut app, *key, saved, text);
    }
    app
}

pub(crate) fn pressed_with(app: App, keys: &str, text: &str) -> App {
    let key = |letter| match letter {
        '\n' => Key::plain(Code::Enter),
        '\t' => Key::plain(Code::Tab),
        letter => Key::char(letter),
    };
    pressed_as(app, Saved::default(), &keys.chars().map(key).collect::<Vec<_>>(), text)
}

/// At a table, found by these letters.
pub(crate) fn at_table(role: Role, table: &str, text: &str) -> App {
    pressed_with(at_dashboard(role), &format!("8t{}\n", table.trim_end()), text)
}

/// After these keys, with every question answered.
pub(crate) fn pressed_on(app: App, keys: &str) -> App {
    pressed_with(app, keys, "Åse Dahl")
}

fn at_dashboard(role: Role) -> App {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.user = Some(User { name: "ann".parse().unwrap(), role });
    app.screen = Screen::Dashboard;
    app
}

pub(crate) fn customers(role: Role) -> App {
    pressed_on(at_dashboard(role), "8")
}

/// At the orders, with this typed to narrow them.
pub(crate) fn orders(words: &str) -> App {
    pressed_on(pressed_on(customers(Role::Employee), "torders\n"), &format!("/{words}\n"))
}

fn searching_with(words: &str, text: &str) -> App {
    let mut app = pressed_with(at_dashboard(Role::Employee), "8", text);
    press(&mut app, Key::ctrl('f'), Saved::default(), text);
    pressed_with(app, words, text)
}

/// Half way through letters to those that are marked.
pub(crate) fn printing(app: App) -> App {
    begun(app).0
}

fn begun(mut app: App) -> (App, JobId) {
    for key in [Key::char(' '), Key::char('w'), Key::plain(Code::Enter)] {
        update(&mut app, Msg::Key(key), morning());
    }
    let effects = update(&mut app, Msg::Key(Key::plain(Code::Enter)), morning());
    let [Effect::Report(id, _), ..] = effects.as_slice() else { panic!("{effects:?}") };
    let told = ReportNews::Progress(Reporting { done: 612, of: 1_445 });
    update(&mut app, Msg::Report(*id, told), crate::chain::later(9));
    (app, *id)
}

/// Letters that are in their places.
pub(crate) fn printed(app: App, place: &str) -> App {
    let (mut app, id) = begun(app);
    let printed = Printed { place: place.into(), documents: 1, pages: 2 };
    update(&mut app, Msg::Report(id, ReportNews::Ended(Ok(printed))), crate::chain::later(20));
    app
}

pub(crate) fn searching(words: &str) -> App {
    searching_with(words, "Åse Dahl-Denton")
}

/// Every state, with this text wherever somebody else's text can be.
pub(crate) fn every_state(text: &str) -> Vec<App> {
    let tables =
        ["customers", "orders\n", "products", "stocks", "staff", "stores", "lines", "brands", "categ"];
    let at = |table: &str| at_table(Role::Employee, table, text);
    let mut states: Vec<App> = tables.iter().map(|table| at(table)).collect();
    states.extend(tables.iter().map(|table| pressed_with(at(table), "\n", text)));
    let mut waiting = at_dashboard(Role::Manager);
    update(&mut waiting, Msg::Key(Key::char('8')), morning());
    let mut failed = at("customers");
    let effects = update(&mut failed, Msg::Key(Key::char('r')), morning());
    let [.., Effect::Query(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    update(&mut failed, Msg::Reply(*id, Err(Failure::new(text))), morning());
    let mut pasted = pressed_with(at("orders"), "/", text);
    update(&mut pasted, Msg::Paste(text.to_owned()), morning());
    let mut sought = searching_with("d", text);
    update(&mut sought, Msg::Paste(text.to_owned()), morning());
    states.extend([waiting, failed, pasted, sought, searching_with("", text), searching_with("d", text)]);
    states.push(pressed_with(at("customers"), "t", text));
    states.extend(editing::every_state(text));
    states.extend([" w", "w\n"].map(|keys| pressed_with(at("customers"), keys, text)));
    states.extend([printing(at("customers")), printed(at("customers"), text)]);
    states
}
