//! The model, driven by messages: each test is a story of a person at the keyboard.

mod behind;
mod commands;
mod copying;
mod dashboard;
mod database;
mod ending;
mod export;
mod identity;
mod load;
mod load_server;
mod load_server_rows;
mod load_steps;
mod mouse;
mod palette;
mod reports;
mod runs;
mod sign_in;
mod themes;
mod type_ahead;

use super::command::{Place, TABLE, at};
use super::dashboard::ask::{Answer as Heard, Question as Asked};
use super::dashboard::{Slot as Shown, Tile};
use super::identity::ask::{Ask, Known, Next, OwnSession, Rules, Secret, Slot, Told, Welcome};
use super::key::Code;
use super::load::ask::{Answer, Look, Looked, Question};
use super::load::choices::Course;
use super::load::folder::{Entry as InFolder, Kind, Listing};
use super::load::job::Part;
use super::message::{JobId, Query};
use super::widgets::data_table::RowKey;
use super::*;
use crate::domain::history::{PastRun, Sums};
use crate::domain::morning::{Calendar, StoreName};
use crate::domain::receipt::{Left, Outcome, Undone};
use crate::domain::sales::Sales;
use crate::domain::sight::{Extent, StoresSeen};
use crate::domain::{Figures, Money, Receipt, RunId, StoreId, Table};
use crate::etl::{ColumnHead, Head, Meaning, Missing, Rejected, RejectedFile, RejectedRow, Why};
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
        text.chars().flat_map(|character| self.key(Key::char(character))).collect()
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
        let effects = app.answer(id, Reply::SignedIn(Welcome::of("max".parse().unwrap(), role)));
        (app, effects)
    }

    /// Signed in, with the calendar and the stores known.
    fn at_dashboard(role: Role) -> (App, Vec<Effect>) {
        let (mut app, effects) = App::signed_in(role);
        let stores = the_query(&effects, |query| matches!(query, Query::Board(Asked::Stores)));
        app.answer(stores, Reply::Board(Heard::Stores(hill())));
        let id = the_query(&effects, |query| matches!(query, Query::Board(Asked::Calendar(_))));
        let effects = app.answer(id, Reply::Board(Heard::Calendar(Some(calendar()))));
        (app, effects)
    }

    /// At the screen of users, with one of them, whom anything can be done to.
    /// Goes to the customers, of whom there is one.
    fn shows_records(&mut self) {
        use super::records::ask::{Answer, Listed};
        use super::widgets::data_table::RowKey;
        use crate::domain::CustomerId;
        use crate::domain::records::{Cell, RecordId, RowId};
        let effects = self.key(Key::char('8'));
        let id = the_query(&effects, |query| matches!(query, Query::Records(_)));
        let one = Listed {
            key: RowKey("[\"1\"]".to_owned()),
            row: RowId::of_record(RecordId::Customer(CustomerId(1))),
            record: RecordId::Customer(CustomerId(1)),
            cells: vec![Cell::Number(1), Cell::Text("Cy Dent".to_owned())],
        };
        self.answer(id, Reply::Records(Answer::Rows { rows: vec![one], more: false }));
    }

    fn shows_a_user(&mut self) {
        self.screen = Screen::Users;
        let effects = self.open_users();
        let id = the_query(&effects, |query| matches!(query, Query::Desk(_)));
        let user = crate::domain::user::User {
            id: crate::domain::UserId(2),
            username: "ann".parse().unwrap(),
            role: Role::Employee,
            active: true,
            second_factor: true,
            must_change_password: false,
            locked_until: None,
            last_sign_in_at: None,
            created_at: t0(),
            staff: None,
        };
        let rows = vec![(RowKey("\tann".to_owned()), user)];
        self.answer(id, Reply::Desk(desk::Answer::Users { rows, more: false }));
    }

    /// At the screen of loads, with this path typed and its folder listed.
    fn at_files(path: &str) -> App {
        let (mut app, _) = App::at_dashboard(Role::Manager);
        app.key(Key::plain(Code::F(3)));
        let effects = app.type_text(path);
        let id = the_folder(&effects);
        app.answer(id, Reply::Load(Answer::Folder(listing())));
        app
    }

    /// At the columns of these files.
    fn at_columns(files: Vec<Looked>) -> App {
        let mut app = App::at_files("/srv/in/");
        app.type_text("brands.csv");
        let id = the_look(&app.key(ENTER)).0;
        app.answer(id, Reply::Load(Answer::Looked(files)));
        app
    }

    fn loading() -> (App, JobId) {
        let mut app = App::at_columns(vec![looked("/srv/in/brands.csv", brands())]);
        app.load.choose.choices.course = Course::AtOnce;
        let effects = app.key(ENTER);
        let [Effect::Start(id, job)] = effects.as_slice() else { panic!("{effects:?}") };
        assert_eq!((job.parts[0].path.as_str(), job.dry_run), ("/srv/in/brands.csv", false));
        (app, *id)
    }

    /// After a load that rejected rows, at a place that is reached from there.
    fn after_rejects(&mut self, id: JobId) {
        let mut told = receipt(Outcome::Rejected);
        told.rejects_file = Some("/srv/rejects-1.csv".into());
        update(self, Msg::Job(id, JobEvent::Finished(Ok(told))), t0());
    }

    /// At the rows that a load rejected.
    fn at_rejects() -> App {
        let (mut app, id) = App::loading();
        app.after_rejects(id);
        let effects = app.key(Key::char('m'));
        let id = the_query(&effects, |query| matches!(query, Query::Load(Question::Rejects(..))));
        app.answer(id, Reply::Load(Answer::Rejects(Box::new(rejected()))));
        app
    }

    /// At the loads of the past.
    fn at_runs() -> App {
        App::at_runs_of("upsert")
    }

    /// At the loads of the past, which were done in this mode.
    fn at_runs_of(mode: &str) -> App {
        let (mut app, _) = App::at_dashboard(Role::Manager);
        let effects = app.key(Key::char('5'));
        let id = the_query(&effects, |query| matches!(query, Query::Load(Question::Runs)));
        app.answer(
            id,
            Reply::Load(Answer::Runs(
                [9, 8].map(|run| PastRun { mode: mode.to_owned(), ..past_run(run) }).to_vec(),
            )),
        );
        app
    }

    /// At what undoing the newest of them would do, with so many rows left.
    fn at_undo(left: u64) -> App {
        let mut app = App::at_runs();
        let effects = app.key(Key::char('u'));
        let id = the_undo(&effects, true);
        app.answer(id, Reply::Load(Answer::Undone(Box::new(undone(Outcome::DryRun, left)))));
        app
    }

    /// At the preview of a load.
    fn at_preview(told: Receipt) -> App {
        let mut app = App::at_columns(vec![looked("/srv/in/brands.csv", brands())]);
        let effects = app.key(ENTER);
        let [Effect::Start(id, job)] = effects.as_slice() else { panic!("{effects:?}") };
        assert!(job.dry_run);
        let id = *id;
        update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(told))), t0());
        app
    }
}

/// The last folder that was asked for.
fn the_folder(effects: &[Effect]) -> RequestId {
    let asked = effects.iter().rev().find_map(|effect| match effect {
        Effect::Query(id, Query::Load(Question::Folder(_))) => Some(*id),
        _ => None,
    });
    asked.unwrap_or_else(|| panic!("no folder is asked for: {effects:?}"))
}

/// The files that are to be looked at.
fn the_look(effects: &[Effect]) -> (RequestId, Look) {
    match effects {
        [Effect::Query(id, Query::Load(Question::Look(look)))] => (*id, (**look).clone()),
        other => panic!("nothing is to be looked at: {other:?}"),
    }
}

fn the_undo(effects: &[Effect], only_looks: bool) -> RequestId {
    the_query(
        effects,
        |query| matches!(query, Query::Load(Question::Undo { run: RunId(9), dry_run }) if *dry_run == only_looks),
    )
}

fn past_run(number: u64) -> PastRun {
    PastRun {
        run_id: RunId(number),
        started_at: "2026-04-22T06:00:00Z".to_owned(),
        actor: "max".to_owned(),
        source: "/srv/in/brands.csv".to_owned(),
        mode: "upsert".to_owned(),
        status: "committed".to_owned(),
        seconds: Some(1.5),
        message: None,
        rejects_file: (number == 9).then(|| "/srv/rejects-9.csv".to_owned()),
        undone_by: None,
        files: 1,
        rows: Sums { read: 2, inserted: 2, ..Sums::default() },
    }
}

fn changed_table() -> crate::domain::receipt::TableReceipt {
    crate::domain::receipt::TableReceipt {
        table: Table::Brands,
        file: "run 9".to_owned(),
        read: 0,
        inserted: 0,
        updated: 1,
        unchanged: 0,
        rejected: 0,
        deleted: 2,
    }
}

fn undone(status: Outcome, left: u64) -> Undone {
    let receipt = Receipt { run_id: RunId(10), tables: vec![changed_table()], ..receipt(status) };
    let why = "it was changed since".to_owned();
    let left_rows = vec![Left { table: Table::Brands, key: "4".to_owned(), why }];
    Undone { undone: RunId(9), receipt, left, left_rows: if left > 0 { left_rows } else { Vec::new() } }
}

fn listing() -> Listing {
    let named = |name: &str, kind| InFolder { name: name.to_owned(), kind };
    let file = |name: &str, table| named(name, Kind::File { size: 1200, table });
    let entries = vec![
        named("monday", Kind::Folder),
        named("tuesday", Kind::Folder),
        named(".hidden", Kind::Folder),
        file("brands.csv", Some(Table::Brands)),
        file("notes.txt", None),
        file("order_items.csv", Some(Table::OrderItems)),
        file("orders.csv", Some(Table::Orders)),
    ];
    Listing { entries, more: 0, place: "/srv/in".to_owned(), up: Some("/srv/".to_owned()) }
}

fn column(name: &str, meaning: Option<(Meaning, Why)>) -> ColumnHead {
    ColumnHead {
        name: name.to_owned(),
        meaning,
        near: None,
        days: None,
        decimal: None,
        cells: vec!["1".to_owned()],
    }
}

fn brands() -> Head {
    let exact = |name| Some((Meaning::Column(name), Why::Exact));
    let columns = vec![column("brand_id", exact("brand_id")), column("brand_name", exact("brand_name"))];
    Head { table: Table::Brands, dialect: None, columns, missing: Vec::new(), problems: None }
}

fn looked(path: &str, head: Head) -> Looked {
    Looked { part: Part::at(path), told: Ok(head) }
}

/// A product whose brand is not there, and one whose price is no number.
fn rejected() -> Rejected {
    let row = |line, column: &str, code: &str, at_fault, missing, cells: [&str; 3]| RejectedRow {
        run: "1".to_owned(),
        file: "/srv/in/brands.csv".to_owned(),
        line,
        column: column.to_owned(),
        code: code.to_owned(),
        message: format!("{column} is wrong"),
        cells: cells.map(str::to_owned).to_vec(),
        at_fault: Some(at_fault),
        missing,
    };
    let brand =
        Missing { table: Table::Brands, word: "brand", known: vec![("brand_name", "Nimbus".to_owned())] };
    let rows = vec![
        row(7, "list_price", "number", 2, None, ["1", "Nimbus", "=dear"]),
        row(9, "brand_id", "unknown", 1, Some(brand), ["2", "Nimbus", "9.00"]),
    ];
    let header = ["product_id", "brand", "list_price"].map(str::to_owned).to_vec();
    Rejected { files: vec![RejectedFile { table: Table::Products, header, rows }], more: 0 }
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

fn hill() -> StoresSeen {
    let hill = StoreName { id: StoreId(7), name: "Hill".to_owned() };
    StoresSeen { stores: vec![hill], extent: Extent::Chain }
}

fn calendar() -> Calendar {
    let [oldest, newest, today] = [date(2025, 11, 3), date(2026, 4, 20), date(2026, 4, 22)];
    Calendar { oldest, newest, today, time_zone: "Europe/Zurich".to_owned() }
}

fn net(cents: i64) -> Reply {
    let figures = Figures { net: Money::rounded(Decimal::new(cents, 2)), ..Figures::default() };
    Reply::Board(Heard::Sales(Sales { figures, ..Sales::default() }))
}

fn is_figures(query: &Query) -> bool {
    matches!(query, Query::Board(Asked::Sales(_)))
}

fn receipt(status: Outcome) -> Receipt {
    Receipt {
        run_id: RunId(1),
        source: String::new(),
        mode: String::new(),
        status,
        tables: Vec::new(),
        preview: Vec::new(),
        chunks: 0,
        rejects_file: None,
        seconds: 1.0,
        rows_per_second: 0,
    }
}
