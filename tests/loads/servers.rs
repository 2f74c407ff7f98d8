//! The steps of a load from a server in the states worth a picture; each with a text of somebody else's in it.

use crate::chain::*;
use storekeeper::domain::receipt::Outcome;
use storekeeper::domain::{Receipt, Table, clean};
use storekeeper::etl::source::api::{
    Asking, Discovery, Endpoint, Envelope, Paging, Step, Sure, TableRead, Whole,
};
use storekeeper::etl::{Dates, Mapping};
use storekeeper::service::api::{NamedSource, TableLoad, Tested};
use storekeeper::tui::model::App;
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::load::ask::{Answer, Looked, Question};
use storekeeper::tui::model::message::{Effect, Failure, JobEvent, JobId, Msg, Query, Reply};
use storekeeper::tui::model::progress::LoadProgress;
use storekeeper::tui::model::update;

pub(crate) const SECRET: &str = "c4nary";

const ENTER: Key = Key::plain(Code::Enter);
const TAB: Key = Key::plain(Code::Tab);
const SPACE: Key = Key::char(' ');

fn answer(app: &mut App, effects: &[Effect], answer: Answer) -> Vec<Effect> {
    let [Effect::Query(id, Query::Load(_))] = effects else { panic!("{effects:?}") };
    update(app, Msg::Reply(*id, Ok(Reply::Load(answer))), morning())
}

fn source(name: &str, url: &str, signs_in: &str, tables: usize) -> NamedSource {
    NamedSource { name: clean(name), url: clean(url), signs_in: signs_in.to_owned(), tables }
}

fn at_server(sources: Vec<NamedSource>) -> App {
    let mut app = load_form_of("/srv/deliveries/");
    let effects = update(&mut app, Msg::Key(Key::ctrl('r')), morning());
    answer(&mut app, &effects, Answer::Sources(sources));
    app
}

/// Two saved servers, the second with the cursor.
pub(crate) fn server_saved(text: &str) -> App {
    let shop = source("webshop", "https://shop.example/api/", "header:X-Api-Key, secret in SHOP_KEY", 9);
    let till = source("till", &format!("https://till.example/{text}"), "no credentials", 0);
    pressed(at_server(vec![shop, till]), &[Key::plain(Code::Down)])
}

/// An address with credentials of the longest kind.
pub(crate) fn server_typed(text: &str) -> App {
    let mut app = at_server(Vec::new());
    update(&mut app, Msg::Paste("shop.example/api/v2".to_owned()), morning());
    app = pressed(app, &[TAB, SPACE, SPACE, SPACE, SPACE, SPACE, TAB]);
    update(&mut app, Msg::Paste(text.to_owned()), morning());
    app = pressed(app, &[TAB]);
    update(&mut app, Msg::Paste("https://login.example/token".to_owned()), morning());
    app = pressed(app, &[TAB, TAB]);
    update(&mut app, Msg::Paste(SECRET.to_owned()), morning());
    app
}

fn asked() -> (App, Vec<Effect>) {
    let mut app = at_server(Vec::new());
    update(&mut app, Msg::Paste("https://shop.example/api".to_owned()), morning());
    let effects = update(&mut app, Msg::Key(ENTER), morning());
    (app, effects)
}

pub(crate) fn server_tested(text: &str) -> App {
    let mut app = at_server(Vec::new());
    update(&mut app, Msg::Paste("https://shop.example/api".to_owned()), morning());
    let effects = update(&mut app, Msg::Key(Key::plain(Code::F(5))), morning());
    let tested = Tested {
        address: "https://shop.example/api".to_owned(),
        milliseconds: 38,
        status: 200,
        came: "JSON".to_owned(),
        server: Some(text.to_owned()),
    };
    answer(&mut app, &effects, Answer::Tested(Box::new(tested)));
    app
}

pub(crate) fn server_asking(text: &str) -> App {
    let (mut app, effects) = asked();
    let [Effect::Query(id, _)] = effects.as_slice() else { panic!() };
    let asking = Asking {
        step: Step::Looking,
        address: format!("https://shop.example/api/{text}"),
        requests: 14,
        retries: 2,
        waiting: Some("waiting 12 s, the server asked for it".to_owned()),
        ..Asking::default()
    };
    update(&mut app, Msg::Asking(*id, Box::new(asking)), morning());
    app
}

fn endpoint(table: Table, total: Option<u64>, sure: Sure, text: &str) -> Endpoint {
    let key = format!("{}_id", table.name().trim_end_matches('s'));
    let fields = [key.as_str(), "name", "customer.id", "list_price", text, "created_at"];
    let row = |nth: u32| -> Vec<String> {
        let cells = [&nth.to_string(), text, "259", "1,204.50", "", "2026-04-22T06:00:00Z"];
        cells.map(str::to_owned).to_vec()
    };
    let pick = |row: Vec<String>| row.into_iter().take(4).map(|cell| clean(&cell)).collect();
    Endpoint {
        table,
        url: format!("https://shop.example/api/v2/{}", table.name().replace('_', "-")).parse().unwrap(),
        sure,
        rows_at: Envelope::from_words(if table == Table::Orders { text } else { "data" }),
        paging: Paging::from_words(if total.is_some() { "page:page=1;size:per_page=500" } else { "single" }).unwrap(),
        total,
        first_rows: 50,
        reasons: vec![
            "its name says so, and 4 of its fields fit".to_owned(),
            format!("its rows are at {text}"),
            "pages: page numbers from 1, as page, per_page=500, for page two was asked for and has other rows, and the server says how many there are".to_owned(),
        ],
        columns: ["id", "name", "customer_id", "list_price"].map(|name| (name.to_owned(), name.to_owned())).to_vec(),
        left: vec![clean(text), "created_at".to_owned()],
        lists: if table == Table::Orders { vec![clean(text)] } else { Vec::new() },
        missing: if sure == Sure::Doubtful { vec!["order_date", "required_date"] } else { Vec::new() },
        sample: (1..=5).map(|nth| pick(row(nth))).collect(),
        fields: fields.map(str::to_owned).to_vec(),
        rows: (1..=5).map(row).collect(),
    }
}

fn found(text: &str) -> Discovery {
    let endpoints = Table::EACH
        .into_iter()
        .map(|table| match table {
            Table::Orders => endpoint(table, Some(1_615), Sure::Doubtful, text),
            Table::Customers => endpoint(table, Some(1_445), Sure::Sure, text),
            Table::OrderItems => endpoint(table, Some(1_204_722), Sure::Sure, text),
            Table::Stocks => endpoint(table, None, Sure::Likely, text),
            other => endpoint(other, None, Sure::Sure, text),
        })
        .collect();
    let documents = vec![format!("https://shop.example/{text}/openapi.json")];
    Discovery { endpoints, others: Vec::new(), documents, looked_at: 34 }
}

pub(crate) fn tables(text: &str) -> App {
    let (mut app, effects) = asked();
    answer(&mut app, &effects, Answer::Discovered(Box::new(found(text))));
    app
}

pub(crate) fn tables_rows(text: &str) -> App {
    pressed(tables(text), &[Key::plain(Code::Down), TAB])
}

pub(crate) fn tables_doubtful(text: &str) -> App {
    let down = Key::plain(Code::Down);
    pressed(tables(text), &[down, down, down, down, down, down, down, SPACE])
}

pub(crate) fn tables_pages(text: &str) -> App {
    pressed(tables(text), &[Key::char('p')])
}

pub(crate) fn tables_save(text: &str) -> App {
    let mut app = pressed(tables(text), &[Key::char('w')]);
    update(&mut app, Msg::Paste(text.to_owned()), morning());
    app
}

pub(crate) fn tables_text(text: &str) -> App {
    let mut app = pressed(tables(text), &[Key::char('w')]);
    update(&mut app, Msg::Paste("shop".to_owned()), morning());
    let effects = update(&mut app, Msg::Key(ENTER), morning());
    let lines = format!(
        "[sources.shop]\nurl = \"https://shop.example/api\"\n\n[sources.shop.tables.brands]\npath = \"{}\"",
        clean(text)
    );
    let place = "/home/max/.config/storekeeper/config.toml".to_owned();
    let why = "max may not change the settings of the system: that takes the role administrator.".to_owned();
    answer(&mut app, &effects, Answer::SourceText { text: lines, place, why });
    app
}

/// At the fields of what is taken.
pub(crate) fn fields(text: &str) -> App {
    let mut app = tables(text);
    let effects = update(&mut app, Msg::Key(ENTER), morning());
    let [Effect::Query(_, Query::Load(Question::Look(look)))] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let told = |part: &storekeeper::tui::model::load::job::Part| {
        part.endpoint.as_ref().unwrap().head(&Mapping::default(), &Dates::default()).unwrap()
    };
    let looked = look.parts.iter().map(|part| Looked { part: part.clone(), told: Ok(told(part)) }).collect();
    answer(&mut app, &effects, Answer::Looked(looked));
    app
}

/// With the dry run under way, whatever is said of the fields.
fn previewing(text: &str) -> (App, JobId) {
    let mut app = tables(text);
    let effects = update(&mut app, Msg::Key(ENTER), morning());
    let [Effect::Query(_, Query::Load(Question::Look(look)))] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let part = |part: &storekeeper::tui::model::load::job::Part| Looked {
        part: part.clone(),
        told: Ok(head(part.table.unwrap(), &["id"])),
    };
    let looked = look.parts.iter().map(part).collect();
    answer(&mut app, &effects, Answer::Looked(looked));
    let effects = update(&mut app, Msg::Key(ENTER), morning());
    let [Effect::Start(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let id = *id;
    (app, id)
}

pub(crate) fn reading(text: &str) -> App {
    let (mut app, id) = previewing(text);
    let over = |table, pages, rows| TableRead { table, pages, rows, total: Some(rows) };
    let asking = |seconds: i64, rows: u64| {
        let asking = Asking {
            step: Step::Reading,
            table: Some(Table::OrderItems),
            pages: rows / 500,
            rows,
            total: Some(1_204_722),
            all_rows: rows + 3_200,
            requests: rows / 500 + 9,
            retries: 3,
            waited: std::time::Duration::from_secs(24),
            waiting: Some(format!("waiting 12 s, the server asked for it {text}")),
            read: vec![over(Table::Brands, 1, 9), over(Table::Customers, 3, 1_445)],
            ..Asking::default()
        };
        let progress = LoadProgress {
            phase: "reading from the server".to_owned(),
            table: asking.table,
            read: asking.all_rows,
            asking: Some(Box::new(asking)),
            ..LoadProgress::default()
        };
        (Msg::Job(id, JobEvent::Progress(progress)), later(seconds))
    };
    for (msg, at) in [asking(1, 500), asking(41, 402_000)] {
        update(&mut app, msg, at);
    }
    app
}

fn read(text: &str) -> Vec<TableLoad> {
    let one = |table: Table, whole, only_new: Option<&str>| TableLoad {
        table,
        address: format!("/srv/deliveries/monday/{table}.csv"),
        pages: 4,
        rows: 1_615,
        total: Some(1_615),
        whole,
        only_new: only_new.map(str::to_owned),
        left: Vec::new(),
        lists: Vec::new(),
    };
    vec![
        one(Table::Products, Whole::Proved("the server says 321 rows, and so many came".to_owned()), None),
        one(Table::Customers, Whole::NotShown(format!("the one reply has 1,000 rows, {text}")), None),
        one(
            Table::Orders,
            Whole::Proved("the last page was not full".to_owned()),
            Some("only rows with order_id from 1615 on, since run 16"),
        ),
    ]
}

fn ended(text: &str, receipt: Receipt) -> App {
    let (mut app, id) = previewing(text);
    let notes = vec![format!("brands: one address failed, {text}. It is read from another instead.")];
    update(&mut app, Msg::Job(id, JobEvent::Read(read(text), notes)), later(2));
    update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(receipt))), later(9));
    app
}

pub(crate) fn server_preview(text: &str) -> App {
    ended(text, Receipt { status: Outcome::DryRun, ..receipt() })
}

pub(crate) fn server_receipt(text: &str) -> App {
    let mut app = server_preview(text);
    let effects = update(&mut app, Msg::Key(ENTER), later(10));
    let [Effect::Start(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    update(&mut app, Msg::Job(*id, JobEvent::Read(read(text), Vec::new())), later(10));
    update(&mut app, Msg::Job(*id, JobEvent::Finished(Ok(receipt()))), later(12));
    app
}

/// Every state, with this text wherever somebody else's text can be.
pub(crate) fn every_state_of_servers(text: &str) -> Vec<App> {
    let (mut failed, effects) = asked();
    let [Effect::Query(id, _)] = effects.as_slice() else { panic!() };
    update(&mut failed, Msg::Reply(*id, Err(Failure::new(text))), morning());
    let (mut nothing, effects) = asked();
    answer(&mut nothing, &effects, Answer::Discovered(Box::default()));
    vec![
        server_saved(text),
        server_typed(text),
        server_tested(text),
        server_asking(text),
        failed,
        nothing,
        tables(text),
        tables_rows(text),
        tables_doubtful(text),
        tables_pages(text),
        tables_save(text),
        tables_text(text),
        pressed(tables(text), &[Key::char('t')]),
        pressed(tables(text), &[Key::char('e')]),
        pressed(tables(text), &[Key::char('n')]),
        fields(text),
        reading(text),
        server_preview(text),
        server_receipt(text),
        ended(text, rejected_receipt()),
    ]
}
