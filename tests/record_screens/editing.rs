//! Records that are changed, in the states worth a picture.

use crate::states::{at_table, pressed_as, pressed_with};
use jiff::Timestamp;
use storekeeper::domain::records::edit::{
    Choice, Doomed, Held, Opened, Reference, Takes, Values, Wrong, editable,
};
use storekeeper::domain::records::history::{Altered, Happened, History};
use storekeeper::domain::{Role, RunId, StoreId, Table, clean};
use storekeeper::tui::model::App;
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::records::edit::ask::{Answer, Question};

/// What a save comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Saved {
    #[default]
    Stored,
    Clash,
    Gone,
    Wrong,
}

fn choices(text: &str) -> Vec<Choice> {
    let names = ["Ann Roe", "Hill Street", text, "Otter", "Otter"];
    (1..).zip(names).map(|(number, name)| Choice { number, name: clean(name) }).collect()
}

/// A row of the table, with this text where text can be.
fn values(table: Table, text: &str) -> Values {
    let value = |column: &str| match column {
        "first_name" => "Cy",
        "phone" => "(218) 555-0135",
        "email" => "cy.dent@mail.example",
        "state" => "MN",
        "zip_code" => "55811",
        "model_year" => "2026",
        "list_price" => "1299.00",
        "quantity" => "7",
        "active" | "order_status" => "1",
        "order_date" => "2026-04-02",
        "required_date" => "2026-04-05",
        "time_zone" => "Europe/Oslo",
        _ => text,
    };
    let of = |takes: Takes, column: &str| match (takes, column) {
        (Takes::Named(_), _) => Some("2".to_owned()),
        (_, "shipped_date" | "street") => None,
        _ => Some(clean(value(column))),
    };
    editable(table).iter().map(|field| of(field.takes, field.column)).collect()
}

fn held(table: Table, version: u32, text: &str) -> Held {
    Held { version, store: Some(StoreId(1)), values: values(table, text) }
}

pub(crate) fn answer_to(question: &Question, saved: Saved, text: &str) -> Answer {
    let choices = |table: Table| {
        let of = |takes| if matches!(takes, Takes::Named(_)) { choices(text) } else { Vec::new() };
        editable(table).iter().map(|field| of(field.takes)).collect()
    };
    match question {
        Question::Form(table, row) => Answer::Form(Box::new(Opened {
            held: row.map(|row| held(row.table, 3, text)),
            choices: choices(*table),
        })),
        Question::Make(..) | Question::Change(..) if saved == Saved::Wrong => Answer::Wrong(vec![
            Wrong {
                column: "email",
                words: clean(&format!("E-mail \"{text}\" belongs to staff 3 already.")),
            },
            Wrong { column: "brand_id", words: "There is no brand 9 (any more). Choose another.".to_owned() },
        ]),
        Question::Make(table, _) => {
            Answer::Stored(storekeeper::domain::records::RowId { table: *table, key: [61, 0] })
        }
        Question::Change(row, ..) => match saved {
            Saved::Clash => {
                let mut theirs = held(row.table, 4, text);
                for (place, value) in
                    [(2, "(218) 555-0199"), (4, "1204 Fennel Street, Apt 7, behind the mill")]
                {
                    theirs.values[place] = Some(value.to_owned());
                }
                Answer::Clash(Box::new(theirs))
            }
            Saved::Gone => Answer::Gone("Customer 1 is not there any more: somebody deleted it.".to_owned()),
            Saved::Stored | Saved::Wrong => Answer::Stored(*row),
        },
        Question::Doomed(row) => {
            let of = |table: &str, count, open| Reference { table: table.to_owned(), count, open };
            // The first row is named by others, the second by none.
            let references =
                if row.key[0] == 1 { vec![of("orders", 12, 3), of("stocks", 30, 0)] } else { Vec::new() };
            Answer::Doomed(Box::new(Doomed { row: *row, version: 3, name: clean(text), references }))
        }
        Question::Delete(doomed) => Answer::Deleted(doomed.clone()),
        Question::History(_) => Answer::History(Box::new(history(text))),
    }
}

fn history(text: &str) -> History {
    let altered = |name: &str, before: Option<&str>, after: Option<&str>| Altered {
        name: name.to_owned(),
        before: before.map(clean),
        after: after.map(clean),
    };
    let happened = |second, actor: &str, what, fields| Happened {
        at: Timestamp::from_second(second).unwrap(),
        actor: actor.to_owned(),
        role: Some("manager".to_owned()),
        what,
        fields,
    };
    let long = "1204 Fennel Street, Apartment 7, behind the old mill, second door";
    let changed = vec![
        altered("Phone", Some("(218) 555-0135"), Some("(218) 555-0199")),
        altered("Street", Some(long), Some("1204 Fennel Street, Apt 7, behind the mill")),
        altered("City", Some(""), Some(text)),
    ];
    History {
        name: clean(text),
        loaded_by: Some(RunId(12)),
        happened: vec![
            happened(1_776_846_672, "ann", "changed", changed),
            happened(
                1_776_740_000,
                "miriam",
                "changed",
                vec![altered("Status", Some("pending"), Some("completed"))],
            ),
        ],
    }
}

const F4: Key = Key::plain(Code::F(4));

/// The form for a record of that table; of a new one, or of the first row.
pub(crate) fn form(table: &str, is_new: bool, text: &str) -> App {
    pressed_with(at_table(Role::Manager, table, text), if is_new { "n" } else { "m" }, text)
}

/// The form with something typed that is wrong.
pub(crate) fn wrong(text: &str) -> App {
    let app = pressed_with(form("products", false, text), "\tx\t\t\t,", text);
    pressed_with(app, "\t\n", text)
}

/// What a field can be.
pub(crate) fn list(text: &str) -> App {
    pressed_as(form("products", false, text), Saved::Stored, &[Key::plain(Code::Tab), F4], text)
}

/// A form that is saved, which comes to that.
pub(crate) fn saved(saved: Saved, text: &str) -> App {
    let typed = pressed_with(form("customers", false, text), "\t\t9\t\t\t ", text);
    pressed_as(typed, saved, &[Key::plain(Code::Enter)], text)
}

/// The same with all chosen.
pub(crate) fn settled(text: &str) -> App {
    pressed_as(saved(Saved::Clash, text), Saved::Clash, &[Key::plain(Code::Right)], text)
}

/// A deletion is wanted of the first row, which is named by others, or of the second.
pub(crate) fn deletion(is_named: bool, text: &str) -> App {
    let app = at_table(Role::Administrator, "customers", text);
    pressed_with(app, if is_named { "x" } else { "jx" }, text)
}

pub(crate) fn past(text: &str) -> App {
    pressed_with(at_table(Role::Manager, "customers", text), "v", text)
}

pub(crate) fn every_state(text: &str) -> Vec<App> {
    let tables = ["customers", "products", "stocks", "staff", "stores", "brands", "categ"];
    let mut states: Vec<App> = tables.iter().map(|table| form(table, false, text)).collect();
    states.extend(tables.iter().map(|table| form(table, true, text)));
    states.push(form("orders\n", false, text));
    states.extend([Saved::Stored, Saved::Clash, Saved::Gone, Saved::Wrong].map(|as_| saved(as_, text)));
    states.extend([
        wrong(text),
        list(text),
        settled(text),
        deletion(true, text),
        deletion(false, text),
        past(text),
    ]);
    states
}
