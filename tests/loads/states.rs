//! The steps in the states worth a picture; each with a text of somebody else's in it.

use crate::chain::*;
use storekeeper::domain::history::{PastFile, PastRun, RunDetail, Sums};
use storekeeper::domain::receipt::{CellChange, Change, ChangeKind, Left, Outcome, TableReceipt, Undone};
use storekeeper::domain::{Receipt, RunId, Table, clean};
use storekeeper::etl::{ColumnHead, Days, Head, Meaning, Missing, Rejected, RejectedFile, RejectedRow, Why};
use storekeeper::tui::model::App;
use storekeeper::tui::model::export::ExportNews;
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::load::ask::{Answer, Question, Unread};
use storekeeper::tui::model::load::choices::Course;
use storekeeper::tui::model::message::{Effect, Failure, JobEvent, Msg, Query, Reply};
use storekeeper::tui::model::update;

/// A harmless text of somebody else's.
pub(crate) const NAME: &str = "Nimbus Works";

const ENTER: Key = Key::plain(Code::Enter);

fn keys(app: App, letters: &str) -> App {
    let each: Vec<Key> = letters.chars().map(Key::char).collect();
    pressed(app, &each)
}

pub(crate) fn files() -> App {
    load_form_of("/srv/deliveries/")
}

pub(crate) fn files_narrowed() -> App {
    keys(pressed(files(), &[Key::plain(Code::Down), Key::plain(Code::F(5))]), "ord")
}

pub(crate) fn files_choices() -> App {
    pressed(files(), &[Key::plain(Code::BackTab), Key::plain(Code::BackTab), Key::char(' ')])
}

pub(crate) fn files_unlisted() -> App {
    let mut app = pressed(dashboard_of_a_manager(), &[Key::plain(Code::F(3))]);
    let effects = update(&mut app, Msg::Paste("/gone/".to_owned()), morning());
    let [Effect::Query(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    update(&mut app, Msg::Reply(*id, Err(Failure::new("No such file or directory (os error 2)"))), morning());
    app
}

/// A file with everything that has to be asked.
fn odd(text: &str) -> Head {
    let column = |name: &str, meaning, near, days, cells: [&str; 3]| ColumnHead {
        name: name.to_owned(),
        meaning,
        near,
        days,
        decimal: None,
        cells: cells.map(clean).to_vec(),
    };
    let to = |name, why| Some((Meaning::Column(name), why));
    let unclear = Some(Days::Unclear("03/04/2018".to_owned()));
    let columns = vec![
        column("order_id", to("order_id", Why::Exact), None, None, ["1", "2", "3"]),
        column("Customer ID", to("customer_id", Why::Spelling), None, None, ["259", "1212", "523"]),
        column("status", to("order_status", Why::Alias), None, None, ["4", "4", "3"]),
        column(
            "order_date",
            to("order_date", Why::Exact),
            None,
            unclear,
            ["03/04/2018", "03/04/2018", "05/04/2018"],
        ),
        column("requird_date", None, Some("required_date"), None, ["2018-04-05", "2018-04-04", "2018-04-07"]),
        column(
            "store",
            Some((Meaning::NameOf("store_id"), Why::Alias)),
            None,
            None,
            ["Hill Street", text, text],
        ),
        column(
            "clerk",
            Some((Meaning::NameOf("staff_id"), Why::Said)),
            None,
            None,
            ["Ida Holm", "Tom", "Tom"],
        ),
        column("till", Some((Meaning::Ignored, Why::Said)), None, None, ["7", "7", "2"]),
        column(text, None, None, None, [text, text, text]),
    ];
    Head { columns, missing: vec!["required_date"], problems: Some(clean(text)), ..head(Table::Orders, &[]) }
}

pub(crate) fn columns(text: &str) -> App {
    let products = head(Table::Products, &["product_id", "product_name"]);
    load_columns_of(vec![
        (&format!("/srv/deliveries/monday/{text}.csv"), Ok(odd(text))),
        ("/srv/deliveries/monday/products.csv", Ok(products)),
    ])
}

pub(crate) fn columns_meaning(text: &str) -> App {
    pressed(columns(text), &[Key::plain(Code::End), Key::char('e')])
}

pub(crate) fn columns_save(text: &str) -> App {
    keys(columns(text), "w")
}

pub(crate) fn columns_without_table(text: &str) -> App {
    let unread = Unread { words: clean(text), lacks_table: true };
    pressed(load_columns_of(vec![(&format!("/srv/{text}"), Err(unread))]), &[ENTER])
}

fn changes(text: &str) -> Vec<Change> {
    let cell = |column: &str, old: Option<&str>, new: Option<&str>| CellChange {
        column: column.to_owned(),
        old: old.map(clean),
        new: new.map(clean),
    };
    let update = |key: u32, cells| Change {
        table: Table::Products,
        key: key.to_string(),
        kind: ChangeKind::Update,
        cells,
    };
    let mut changes: Vec<Change> = (0..12)
        .map(|nth| {
            let price = format!("{}.00", 349 + nth);
            update(17 + nth, vec![cell("list_price", Some("329.00"), Some(&price))])
        })
        .collect();
    changes.push(update(
        40,
        vec![cell("product_name", Some(text), Some("Heron Road 3")), cell("model_year", None, Some("2018"))],
    ));
    let cells = vec![cell("product_id", None, Some("322")), cell("product_name", None, Some(text))];
    changes.push(Change { table: Table::Products, key: "322".to_owned(), kind: ChangeKind::Insert, cells });
    let cells = vec![cell("first_name", Some("Ida"), None), cell("last_name", Some(text), None)];
    changes.push(Change { table: Table::Customers, key: "9".to_owned(), kind: ChangeKind::Delete, cells });
    changes
}

fn previewed(receipt: Receipt) -> (App, Vec<Effect>) {
    let (mut app, id) = started_with(Course::Preview);
    let effects = update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(receipt))), later(3));
    (app, effects)
}

pub(crate) fn preview(text: &str) -> App {
    let told = Receipt { status: Outcome::DryRun, preview: changes(text), ..receipt() };
    previewed(told).0
}

/// A load that would replace its tables, which removes rows.
pub(crate) fn preview_replacing(text: &str) -> App {
    let mut told = Receipt { status: Outcome::DryRun, preview: changes(text), ..receipt() };
    told.tables.iter_mut().for_each(|table| table.deleted = 5_000);
    previewed(told).0
}

/// Rows that were rejected, one for each way to mend them.
fn rejected(text: &str) -> Rejected {
    let row = |line, column: &str, message: &str, at_fault, missing, cells: [&str; 4]| RejectedRow {
        run: "18".to_owned(),
        file: "/srv/deliveries/monday/orders.csv".to_owned(),
        line,
        column: column.to_owned(),
        code: "number".to_owned(),
        message: message.to_owned(),
        cells: cells.map(str::to_owned).to_vec(),
        at_fault,
        missing,
    };
    let known =
        vec![("first_name", text.to_owned()), ("last_name", "Holm".to_owned()), ("store_id", "2".to_owned())];
    let staff = Missing { table: Table::Staffs, word: "staff", known };
    let unknown = "staff \"Mireille\" is not known at Hill Street. Known there: Ida, Mirela, Tom.";
    let rows = vec![
        row(212, "staff_id", unknown, Some(3), Some(staff), ["4711", "259", "2", text]),
        row(
            980,
            "customer_id",
            "customer_id \"2S9\" is not a number.",
            Some(1),
            None,
            ["4712", "2S9", "2", "Ida"],
        ),
        row(981, "", text, None, None, [text, text, text, text]),
    ];
    let header = vec!["order_id".to_owned(), "customer_id".to_owned(), text.to_owned(), "clerk".to_owned()];
    Rejected { files: vec![RejectedFile { table: Table::Orders, header, rows }], more: 0 }
}

fn answer_rejects(app: &mut App, effects: &[Effect], text: &str) {
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Query(id, Query::Load(Question::Rejects(..))) => Some(*id),
        _ => None,
    });
    let reply = Reply::Load(Answer::Rejects(Box::new(rejected(text))));
    update(app, Msg::Reply(asked.unwrap(), Ok(reply)), later(4));
}

pub(crate) fn preview_rejects(text: &str) -> App {
    let (mut app, effects) = previewed(rejected_receipt());
    answer_rejects(&mut app, &effects, text);
    app
}

pub(crate) fn rejects(text: &str) -> App {
    let mut app = load_done(rejected_receipt());
    let effects = update(&mut app, Msg::Key(Key::char('m')), later(4));
    answer_rejects(&mut app, &effects, text);
    app
}

pub(crate) fn rejects_row(text: &str) -> App {
    pressed(rejects(text), &[Key::plain(Code::Down), ENTER])
}

pub(crate) fn rejects_parent(text: &str) -> App {
    let mut app = rejects(text);
    let effects = update(&mut app, Msg::Key(Key::char('n')), later(5));
    let [Effect::Query(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let reply = Reply::Load(Answer::NextNumber(Some(("staff_id", 12))));
    update(&mut app, Msg::Reply(*id, Ok(reply)), later(5));
    app
}

/// The row at fault that has the text in every cell.
fn hostile_row(text: &str) -> App {
    pressed(rejects(text), &[Key::plain(Code::End), ENTER])
}

fn refused(text: &str) -> App {
    let mut app = rejects_parent(text);
    let effects = update(&mut app, Msg::Key(ENTER), later(6));
    if let [Effect::Query(id, _)] = effects.as_slice() {
        let reply = Reply::Load(Answer::Refused(clean(text)));
        update(&mut app, Msg::Reply(*id, Ok(reply)), later(6));
    }
    app
}

fn past(number: u64, text: &str) -> PastRun {
    PastRun {
        run_id: RunId(number),
        started_at: format!("2026-04-{:02}T06:00:00Z", number % 20 + 1),
        actor: clean(text),
        source: clean(&format!("/srv/deliveries/{text}")),
        mode: "upsert".to_owned(),
        status: if number.is_multiple_of(3) { "rejected" } else { "committed" }.to_owned(),
        seconds: Some(8.4),
        message: Some(clean(text)),
        rejects_file: number.is_multiple_of(3).then(|| clean(&format!("/srv/rejects/{text}.csv"))),
        undone_by: (number == 16).then_some(RunId(19)),
        files: 2,
        rows: Sums {
            read: 48_321,
            inserted: 1_250,
            updated: 17,
            unchanged: 47_000,
            rejected: 54,
            deleted: 0,
        },
    }
}

pub(crate) fn runs(text: &str) -> App {
    let mut app = dashboard_of_a_manager();
    let effects = update(&mut app, Msg::Key(Key::char('5')), morning());
    let [Effect::Query(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let runs = (1..=19).rev().map(|number| past(number, text)).collect();
    update(&mut app, Msg::Reply(*id, Ok(Reply::Load(Answer::Runs(runs)))), morning());
    app
}

fn counted(table: Table, text: &str) -> TableReceipt {
    let file = clean(&format!("/srv/deliveries/{text}/{table}.csv"));
    TableReceipt {
        table,
        file,
        read: 48_000,
        inserted: 1_250,
        updated: 17,
        unchanged: 46_679,
        rejected: 54,
        deleted: 0,
    }
}

pub(crate) fn runs_one(text: &str) -> App {
    let mut app = runs(text);
    let effects = update(&mut app, Msg::Key(ENTER), morning());
    let [Effect::Query(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let mapping = serde_json::json!({ "order_id": "order_id", text: { "find": "store_id" }, "till": { "ignore": text } });
    let file = |table| PastFile {
        receipt: counted(table, text),
        sha256: Some("3f".repeat(32)),
        written_how: Some("UTF-8, separated by comma, quoted by \"".to_owned()),
        mapping: Some(mapping.to_string()),
    };
    let tables = vec![file(Table::Customers), file(Table::Orders)];
    let detail = RunDetail { run: past(18, text), tables };
    update(&mut app, Msg::Reply(*id, Ok(Reply::Load(Answer::Run(Some(Box::new(detail)))))), morning());
    app
}

pub(crate) fn runs_undo(text: &str) -> App {
    let mut app = runs(text);
    let effects = update(&mut app, Msg::Key(Key::char('u')), morning());
    let [Effect::Query(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let tables = vec![counted(Table::Customers, text), counted(Table::Orders, text)];
    let receipt = Receipt { status: Outcome::DryRun, tables, ..receipt() };
    let left = |key: &str| Left { table: Table::Orders, key: key.to_owned(), why: clean(text) };
    let left_rows = vec![left("4711"), left("4712"), left(text)];
    let undone = Undone { undone: RunId(19), receipt, left: 1_204, left_rows };
    update(&mut app, Msg::Reply(*id, Ok(Reply::Load(Answer::Undone(Box::new(undone))))), morning());
    app
}

fn undoing(text: &str) -> App {
    pressed(runs(text), &[Key::char('u')])
}

pub(crate) fn export(text: &str) -> App {
    let down = Key::plain(Code::Down);
    let back = Key::plain(Code::BackTab);
    let app = pressed(
        dashboard_of_a_manager(),
        &[Key::char('6'), down, Key::char(' '), down, Key::char(' '), back],
    );
    let mut app = app;
    update(&mut app, Msg::Paste(format!("/srv/{text}")), morning());
    app
}

pub(crate) fn export_running(text: &str) -> App {
    let mut app = export(text);
    let effects = update(&mut app, Msg::Key(ENTER), morning());
    let [Effect::Export(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    update(&mut app, Msg::Export(*id, ExportNews::Rows(Some(Table::Brands), 402_113)), later(2));
    app
}

fn exported(text: &str, result: Result<Vec<(Table, u64)>, Failure>) -> App {
    let mut app = export(text);
    let effects = update(&mut app, Msg::Key(ENTER), morning());
    let [Effect::Export(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    update(&mut app, Msg::Export(*id, ExportNews::Ended(result)), later(2));
    app
}

/// Every state, with this text wherever somebody else's text can be.
pub(crate) fn every_state(text: &str) -> Vec<App> {
    let mut waiting = files();
    update(&mut waiting, Msg::Key(ENTER), morning());
    let unread = Unread { words: clean(text), lacks_table: false };
    let failed = load_columns_of(vec![(text, Err(unread))]);
    vec![
        files(),
        files_narrowed(),
        files_choices(),
        files_unlisted(),
        waiting,
        failed,
        columns(text),
        columns_meaning(text),
        pressed(columns(text), &[Key::char('t')]),
        pressed(columns(text), &[Key::char('c')]),
        pressed(columns(text), &[Key::char('m')]),
        columns_save(text),
        columns_without_table(text),
        preview(text),
        preview_rejects(text),
        rejects(text),
        rejects_row(text),
        rejects_parent(text),
        hostile_row(text),
        refused(text),
        runs(text),
        runs_one(text),
        runs_undo(text),
        undoing(text),
        export(text),
        export_running(text),
        exported(text, Ok(vec![(Table::Categories, 30), (Table::Brands, 9_001)])),
        exported(text, Err(Failure::new(text))),
    ]
}
