//! A chain made up for the screens, and the program in the states worth a picture.
#![allow(dead_code, reason = "each test program uses a part of it")]

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rust_decimal::Decimal;
use storekeeper::domain::audit::Logged;
use storekeeper::domain::history::{PastRun, Sums};
use storekeeper::domain::morning::{
    Calendar, Colleague, Comparison, DayNet, OpenOrders, Part, StoreName, TopProduct,
};
use storekeeper::domain::receipt::{Outcome, TableReceipt};
use storekeeper::domain::sales::{ProductSales, Sales};
use storekeeper::domain::sight::{Extent, StoresSeen};
use storekeeper::domain::stock::{Listed, LowStock, NotSold, Promised, RunningOut, SlowStock, StockValue};
use storekeeper::domain::target::StoreTarget;
use storekeeper::domain::{Figures, Money, ProductId, Receipt, Role, RunId, StaffId, StoreId, Table};
use storekeeper::etl::source::csv::Dialect;
use storekeeper::etl::{ColumnHead, Head, Meaning, Why};
use storekeeper::tui::model::command::{Place, TABLE};
use storekeeper::tui::model::dashboard::Tile;
use storekeeper::tui::model::dashboard::ask::{Answer as Told, Question as Asked};
use storekeeper::tui::model::gallery::{Gallery, source};
use storekeeper::tui::model::identity::ask::Welcome;
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::load::ask::{Answer, Looked, Question, Unread};
use storekeeper::tui::model::load::choices::Course;
use storekeeper::tui::model::load::folder::{Entry, Kind, Listing};
use storekeeper::tui::model::load::job::Part as OfLoad;
use storekeeper::tui::model::message::{Effect, Failure, JobEvent, JobId, Msg, Query, Reply};
use storekeeper::tui::model::progress::LoadProgress;
use storekeeper::tui::model::sign_in::{DemoHint, DemoUser, SignIn};
use storekeeper::tui::model::widgets::data_table::Rows;
use storekeeper::tui::model::{App, update};
use storekeeper::tui::view::draw;
use storekeeper::tui::view::theme::Theme;

/// 08:31:12 on the 22nd of April 2026, in UTC.
pub(crate) fn morning() -> Timestamp {
    "2026-04-22T08:31:12Z".parse().unwrap()
}

pub(crate) fn later(seconds: i64) -> Timestamp {
    Timestamp::from_second(morning().as_second() + seconds).unwrap()
}

fn money(cents: i64) -> Money {
    Money::rounded(Decimal::new(cents, 2))
}

fn app(sign_in: SignIn) -> App {
    App::new(sign_in, TimeZone::UTC)
}

fn typed(mut app: App, text: &str) -> App {
    update(&mut app, Msg::Paste(text.to_owned()), morning());
    app
}

pub(crate) fn pressed(mut app: App, keys: &[Key]) -> App {
    for key in keys {
        update(&mut app, Msg::Key(*key), morning());
    }
    app
}

pub(crate) fn demo_sign_in() -> App {
    let user = |username: &str, password: &str, role| DemoUser {
        username: username.to_owned(),
        password: password.to_owned(),
        role,
    };
    let users = vec![
        user("eva", "Till-Roll-42", Role::Employee),
        user("max", "Morning-Tea-7", Role::Manager),
        user("ada", "Back-Office-9", Role::Administrator),
    ];
    typed(app(SignIn { demo: Some(DemoHint { users }), ..SignIn::default() }), "max")
}

pub(crate) fn nobody_yet() -> App {
    app(SignIn { nobody_yet: true, ..SignIn::default() })
}

pub(crate) fn typed_password(password: &str) -> App {
    let app = pressed(typed(app(SignIn::default()), "max"), &[Key::plain(Code::Tab)]);
    typed(app, password)
}

pub(crate) fn refused() -> App {
    let mut app = typed_password("wrong");
    let effects = update(&mut app, Msg::Key(Key::plain(Code::Enter)), morning());
    let [Effect::Query(id, Query::SignIn { .. })] = effects.as_slice() else { panic!("{effects:?}") };
    let failure = Failure::new("That username and password do not go together. Check both and try again.");
    update(&mut app, Msg::Reply(*id, Err(failure)), morning());
    app
}

/// Signed in as a manager, with every question open.
pub(crate) fn signed_in() -> App {
    entered().0
}

pub(crate) fn entered() -> (App, Vec<Effect>) {
    entered_as(Role::Manager)
}

fn entered_as(role: Role) -> (App, Vec<Effect>) {
    let mut app = typed_password("Morning-Tea-7");
    let effects = update(&mut app, Msg::Key(Key::plain(Code::Enter)), morning());
    let [Effect::Query(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let reply = Reply::SignedIn(Welcome::of("max".parse().unwrap(), role));
    let effects = update(&mut app, Msg::Reply(*id, Ok(reply)), morning());
    (app, effects)
}

/// Answers every question, and those that follow from the answers.
pub(crate) fn answered(
    mut app: App,
    mut effects: Vec<Effect>,
    answer: impl Fn(&Query) -> Result<Reply, Failure>,
) -> App {
    while let Some(effect) = effects.pop() {
        if let Effect::Query(id, query) = effect {
            effects.extend(update(&mut app, Msg::Reply(id, answer(&query)), morning()));
        }
    }
    app
}

pub(crate) fn dashboard_of_a_manager() -> App {
    let (app, effects) = entered();
    answered(app, effects, |query| Ok(reply(query)))
}

pub(crate) fn dashboard_of_an_employee() -> App {
    let (app, effects) = entered_as(Role::Employee);
    answered(app, effects, |query| Ok(reply(query)))
}

pub(crate) fn dashboard_of_an_administrator() -> App {
    let (app, effects) = entered_as(Role::Administrator);
    answered(app, effects, |query| Ok(reply(query)))
}

/// With the focus on a part of that tile, as keys reach it on a drawn screen.
pub(crate) fn dashboard_with_focus_on(tile: Tile, keys: &[Key]) -> App {
    let mut app = dashboard_of_a_manager();
    app.dashboard.focus = tile;
    for key in keys {
        // The smallest size: what is reached there is drawn at every other.
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        app.hits = draw(&app, &Theme::TERMINAL, buffer.area, &mut buffer).hits;
        update(&mut app, Msg::Key(*key), morning());
    }
    app
}

/// Of a period that is longer by so many steps.
pub(crate) fn of_another_period(steps: usize) -> App {
    let mut app = dashboard_of_a_manager();
    for _ in 0..steps {
        let effects = update(&mut app, Msg::Key(Key::char('p')), morning());
        app = answered(app, effects, |query| Ok(reply(query)));
    }
    app
}

/// The form for targets, with what there is in it.
pub(crate) fn targets_to_set() -> App {
    let mut app = dashboard_of_a_manager();
    let effects = update(&mut app, Msg::Key(Key::char('t')), morning());
    answered(app, effects, |query| Ok(reply(query)))
}

/// The same where somebody else was quicker.
pub(crate) fn targets_that_clash() -> App {
    let mut app = typed(targets_to_set(), "5");
    let effects = update(&mut app, Msg::Key(Key::plain(Code::Enter)), morning());
    answered(app, effects, |_| {
        Err(Failure::new(
            "The target of Harbour Cycles for Apr 2026 was changed meanwhile, to 200,000.00. Nothing was saved; leave the \
             form and open it again.",
        ))
    })
}

/// On the page of the dashboard with that number.
pub(crate) fn on_page(app: App, page: usize) -> App {
    pressed(app, &vec![Key::char(' '); page - 1])
}

/// An account that belongs to no store.
pub(crate) fn dashboard_of_nobodys_staff() -> App {
    let (app, effects) = entered_as(Role::Employee);
    answered(app, effects, |query| match query {
        Query::Board(Asked::Stores) => {
            Ok(Reply::Board(Told::Stores(StoresSeen { stores: Vec::new(), extent: Extent::Unlinked })))
        }
        _ => Err(Failure::new("max is not linked to a member of the staff, and so to no store.")),
    })
}

pub(crate) fn palette_of(letters: &str) -> App {
    typed(pressed(dashboard_of_a_manager(), &[Key::char(':')]), letters)
}

pub(crate) fn help_of(words: &str) -> App {
    typed(pressed(dashboard_of_a_manager(), &[Key::plain(Code::F(1)), Key::char('/')]), words)
}

pub(crate) fn dashboard_with_a_failure() -> App {
    let mut app = dashboard_of_a_manager();
    let effects = update(&mut app, Msg::Key(Key::char('r')), later(95));
    answered(app, effects, |query| match query {
        Query::Board(Asked::Comparison(..) | Asked::Low(..)) => {
            Err(Failure::new("The database did not answer within 10 s. It may be busy."))
        }
        other => Ok(reply(other)),
    })
}

pub(crate) fn dashboard_with_nothing_to_compare() -> App {
    let (app, effects) = entered();
    answered(app, effects, |query| match query {
        Query::Board(Asked::Comparison(..)) => Err(Failure::new("The database went away.")),
        other => Ok(reply(other)),
    })
}

pub(crate) fn dashboard_without_orders_at_all() -> App {
    let (app, effects) = entered();
    answered(app, effects, |query| match query {
        Query::Board(Asked::Calendar(_)) => Ok(Reply::Board(Told::Calendar(None))),
        other => Ok(reply(other)),
    })
}

pub(crate) fn reply(query: &Query) -> Reply {
    match query {
        Query::Board(question) => Reply::Board(told(question)),
        other => panic!("nobody asks {other:?}"),
    }
}

fn told(question: &Asked) -> Told {
    match question {
        Asked::Stores => Told::Stores(StoresSeen { stores: stores(), extent: Extent::Chain }),
        Asked::Calendar(_) => Told::Calendar(Some(Calendar {
            oldest: date(2023, 5, 2),
            newest: date(2026, 4, 22),
            today: date(2026, 4, 22),
            time_zone: "Europe/Zurich".to_owned(),
        })),
        Asked::Sales(filter) => Told::Sales(Sales {
            figures: Figures {
                gross: money(52_310_499),
                net: money(46_912_087),
                discount: money(5_398_412),
                orders: 318,
                units: 1_204,
                average_order_value: Some(money(147_522)),
            },
            net_per_day: days(filter.period.first_day()),
            by_store: parts(stores().into_iter().map(|store| store.name)),
            by_staff: parts(
                ["Ida Brun", "Tom Achterberg", "Mirela Osei", "Zoë Łukasik", "Kenji 佐藤"].map(str::to_owned),
            ),
        }),
        Asked::Comparison(filter, _) => Told::Comparison(Comparison {
            target: Some(money(58_000_000)),
            last_year: Some(money(41_237_650)),
            last_year_per_day: days(filter.period.a_year_before().first_day())
                .into_iter()
                .map(|day| DayNet { net: money(1_900_000 + i64::from(day.day.day()) * 61_003), ..day })
                .collect(),
            before: Some(money(44_120_015)),
            until: Some(date(2026, 4, 22)),
        }),
        Asked::Open(..) => Told::Open(OpenOrders { open: 41, late: 6 }),
        Asked::Products(_, limit) => Told::Products(ProductSales {
            by_category: parts(
                ["Road", "Gravel and all other roads", "Cargo", "Children", "Light"].map(str::to_owned),
            ),
            by_brand: parts((0..30).map(|number| format!("Brand of Makers {number}"))),
            top: products().take(*limit as usize).collect(),
        }),
        Asked::Low(..) => Told::Low(RunningOut { low: Listed { total: 57, rows: low_stock() }, out: 12 }),
        Asked::Promised(..) => Told::Promised(Listed {
            total: 3,
            rows: low_stock()
                .into_iter()
                .zip(4u64..)
                .take(3)
                .map(|(low, promised)| Promised {
                    product_id: low.product_id,
                    store_id: low.store_id,
                    product: low.product,
                    store: low.store,
                    promised,
                    on_hand: (promised != 6).then_some(low.quantity),
                })
                .collect(),
        }),
        Asked::Slow(..) => {
            Told::Slow(NotSold { slow: Listed { total: 214, rows: slow_stock() }, value: money(8_412_200) })
        }
        Asked::Value(_) => {
            Told::Value(StockValue { value: money(128_340_055), pieces: 4_318, stocked: 1_106 })
        }
        Asked::Manager => Told::Manager(Some(Colleague {
            id: StaffId(2),
            name: "Mirela Osei".to_owned(),
            store: "Harbour Cycles".to_owned(),
            email: "mirela.osei@example.com".to_owned(),
            phone: Some("+41 44 555 01 20".to_owned()),
        })),
        Asked::Audit(_) => Told::Audit(log()),
        Asked::Loads(_) => Told::Loads(loads()),
        Asked::Targets(..) => Told::Targets(
            stores()
                .into_iter()
                .zip([Some(19_000_000), None, Some(8_250_050), Some(1)])
                .map(|(store, cents)| StoreTarget {
                    store: store.id,
                    name: store.name,
                    amount: cents.map(money),
                    version: u32::from(cents.is_some()),
                })
                .collect(),
        ),
        Asked::SetTargets(_, changes) => Told::TargetsSet(changes.len()),
    }
}

fn parts(names: impl IntoIterator<Item = String>) -> Vec<Part> {
    (0..)
        .zip(names)
        .map(|(place, name)| Part {
            id: place + 1,
            name,
            net: money(18_204_133 / i64::from(place + 1)),
            units: 500 / u64::from(place + 1),
        })
        .collect()
}

fn slow_stock() -> Vec<SlowStock> {
    products()
        .zip(stores().into_iter().cycle())
        .map(|(product, store)| SlowStock {
            product_id: product.id,
            store_id: store.id,
            product: product.name,
            store: store.name,
            quantity: 9,
            value: product.net,
        })
        .collect()
}

fn log() -> Vec<Logged> {
    let entry = |id: u64, actor: &str, action: &str, subject: &str, outcome: &str| Logged {
        id,
        at: later(-7_000 * (20 - i64::try_from(id).unwrap())),
        actor: actor.to_owned(),
        role: Some("manager".to_owned()),
        origin: String::new(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        outcome: outcome.to_owned(),
        before: None,
        after: None,
        detail: String::new(),
        correlation_id: String::new(),
    };
    vec![
        entry(19, "max", "targets_set", "store 2, May 2026", "done"),
        entry(18, "miriam", "sign_in_refused", "user miriam", "refused"),
        entry(17, "(operator)", "user_created", "user eva", "done"),
        entry(3, "ada", "import", "run 17", "failed"),
    ]
}

fn loads() -> Vec<PastRun> {
    let run = |number: u64, source: &str, status: &str| PastRun {
        run_id: RunId(number),
        started_at: format!("2026-04-{number}T06:12:00Z"),
        actor: "max".to_owned(),
        source: source.to_owned(),
        mode: "upsert".to_owned(),
        status: status.to_owned(),
        seconds: Some(1.5),
        message: None,
        rejects_file: None,
        undone_by: None,
        files: 4,
        rows: Sums { read: 48_321 * number, ..Sums::default() },
    };
    vec![
        run(22, "/srv/deliveries/wednesday", "committed"),
        run(21, "/srv/deliveries/tuesday", "rejected"),
        run(20, "https://till.example.com/api", "nothing_to_do"),
    ]
}

fn stores() -> Vec<StoreName> {
    ["Harbour Cycles", "Hill Street", "Old Mill Wheels", "自転車の店"]
        .into_iter()
        .zip(1..)
        .map(|(name, id)| StoreName { id: StoreId(id), name: name.to_owned() })
        .collect()
}

fn days(first: Date) -> Vec<DayNet> {
    (0..22)
        .filter(|day| day % 7 != 5)
        .map(|day| DayNet {
            day: first.checked_add(jiff::Span::new().days(day)).unwrap(),
            net: money(700_000 + (day * day * 37 + day * 911) % 61 * 70_103),
        })
        .collect()
}

fn products() -> impl Iterator<Item = TopProduct> {
    let names = [
        "Fjord Tour 7 Disc",
        "Kestrel Gravel Pro Carbon",
        "Little Otter 16\"",
        "Móvil Cargo Electric Long",
        "Heron Road 3",
        "Badger Trail 29",
        "Lumen Front Light Set",
        "Fjord Tour 5",
        "超軽量ロード",
        "Sparrow Folding",
    ];
    (0..60).map(move |place: i64| TopProduct {
        id: ProductId(u32::try_from(place).unwrap() + 1),
        name: names[usize::try_from(place).unwrap() % names.len()].to_owned(),
        units: 48 - u64::try_from(place).unwrap() * 3 / 4,
        net: money(5_204_133 - place * 83_171),
        on_hand: (place % 9 != 8).then_some((place * 7 + 12) % 31 - 1),
    })
}

fn low_stock() -> Vec<LowStock> {
    let mut low: Vec<LowStock> = products()
        .zip(stores().into_iter().cycle())
        .enumerate()
        .map(|(place, (product, store))| LowStock {
            product_id: product.id,
            store_id: store.id,
            product: product.name,
            store: store.name,
            quantity: i64::try_from(place).unwrap() / 12,
        })
        .collect();
    low.truncate(57);
    low
}

/// The choice of files with this path typed, and its folder listed.
pub(crate) fn load_form_of(path: &str) -> App {
    load_form_with(path, &folder("orders.csv"))
}

pub(crate) fn load_form_with(path: &str, listing: &Listing) -> App {
    let mut app = pressed(dashboard_of_a_manager(), &[Key::plain(Code::F(3))]);
    let effects = update(&mut app, Msg::Paste(path.to_owned()), morning());
    for effect in effects {
        let Effect::Query(id, Query::Load(Question::Folder(_))) = effect else { panic!("{effect:?}") };
        update(&mut app, Msg::Reply(id, Ok(Reply::Load(Answer::Folder(listing.clone())))), morning());
    }
    app
}

/// A folder with a file of that name, among others.
pub(crate) fn folder(name: &str) -> Listing {
    let named = |name: &str, kind| Entry { name: name.to_owned(), kind };
    let file = |name: &str, size, table| named(name, Kind::File { size, table });
    let entries = vec![
        named("archive", Kind::Folder),
        named("monday", Kind::Folder),
        file("customers.csv", 3_100_000, Some(Table::Customers)),
        file("notes of the driver.txt", 812, None),
        file("order_items.csv", 96_400_000, Some(Table::OrderItems)),
        file(name, 31_000_000, Some(Table::Orders)),
        file("prices 2026.csv", 20_400, None),
        file("products.csv.gz", 20_000, Some(Table::Products)),
    ];
    Listing { entries, more: 0, place: "/srv/deliveries".to_owned(), up: Some("/srv/".to_owned()) }
}

/// A head whose columns have the names of the table's.
pub(crate) fn head(table: Table, columns: &[&'static str]) -> Head {
    let column = |name: &&'static str| ColumnHead {
        name: (*name).to_owned(),
        meaning: Some((Meaning::Column(name), Why::Exact)),
        near: None,
        days: None,
        decimal: None,
        cells: ["1", "2", "3"].map(str::to_owned).to_vec(),
    };
    let columns = columns.iter().map(column).collect();
    Head { table, dialect: Some(Dialect::PLAIN), columns, missing: Vec::new(), problems: None }
}

/// At the columns of these files.
pub(crate) fn load_columns_of(files: Vec<(&str, Result<Head, Unread>)>) -> App {
    let mut app = load_form_of("/srv/deliveries/monday");
    let effects = update(&mut app, Msg::Key(Key::plain(Code::Enter)), morning());
    let [Effect::Query(id, Query::Load(Question::Look(_)))] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let looked = files.into_iter().map(|(path, told)| Looked { part: OfLoad::at(path), told }).collect();
    update(&mut app, Msg::Reply(*id, Ok(Reply::Load(Answer::Looked(looked)))), morning());
    app
}

/// A load that has begun, of which no preview was asked for.
pub(crate) fn started() -> (App, JobId) {
    started_with(Course::AtOnce)
}

/// A load, or the dry run for its preview, that has begun.
pub(crate) fn started_with(course: Course) -> (App, JobId) {
    let orders = head(Table::Orders, &["order_id", "customer_id"]);
    let mut app = load_columns_of(vec![("/srv/deliveries/monday/orders.csv", Ok(orders))]);
    app.load.choose.choices.course = course;
    let effects = update(&mut app, Msg::Key(Key::plain(Code::Enter)), morning());
    let [Effect::Start(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    (app, *id)
}

pub(crate) fn load_under_way() -> App {
    let (mut app, id) = started();
    let told = |table, file, read, position| LoadProgress {
        phase: "reading".to_owned(),
        is_reading: true,
        table: Some(table),
        name: format!("/srv/deliveries/monday/{table}.csv"),
        is_in_bytes: true,
        file,
        files: 4,
        read,
        rejected: if read > 50_000 { 2 } else { 0 },
        position: Some(position),
        ..LoadProgress::default()
    };
    let news = [
        (told(Table::Products, 1, 321, (20_000, 20_000)), 1),
        (told(Table::Customers, 2, 48_321, (3_100_000, 3_100_000)), 2),
        (told(Table::Orders, 3, 402_113, (11_200_000, 31_000_000)), 6),
    ];
    for (progress, seconds) in news {
        update(&mut app, Msg::Job(id, JobEvent::Progress(progress)), later(seconds));
    }
    app
}

pub(crate) fn load_done(receipt: Receipt) -> App {
    let (mut app, id) = started();
    let rejects = if receipt.rejected() > 0 {
        vec![
            "orders.csv, line 212: staff \"Mireille\" is not known at Hill Street. Known there: Ida, Mirela, Tom.",
        ]
    } else {
        Vec::new()
    };
    let rejects = rejects.into_iter().map(str::to_owned).collect();
    let progress = LoadProgress { rejects, ..LoadProgress::default() };
    update(&mut app, Msg::Job(id, JobEvent::Progress(progress)), later(1));
    update(&mut app, Msg::Job(id, JobEvent::Finished(Ok(receipt))), later(9));
    app
}

fn file(table: Table, counts: [u64; 5]) -> TableReceipt {
    let [read, inserted, updated, unchanged, rejected] = counts;
    let file = format!("/srv/deliveries/monday/{table}.csv");
    TableReceipt { table, file, read, inserted, updated, unchanged, rejected, deleted: 0 }
}

pub(crate) fn receipt() -> Receipt {
    Receipt {
        run_id: RunId(17),
        source: "/srv/deliveries/monday".to_owned(),
        mode: "upsert".to_owned(),
        status: Outcome::Committed,
        tables: vec![
            file(Table::Products, [321, 4, 17, 300, 0]),
            file(Table::Customers, [48_000, 1_250, 0, 46_750, 0]),
            file(Table::Orders, [1_000_000, 1_000_000, 0, 0, 0]),
        ],
        preview: Vec::new(),
        chunks: 0,
        rejects_file: None,
        seconds: 8.4,
        rows_per_second: 124_800,
    }
}

pub(crate) fn rejected_receipt() -> Receipt {
    Receipt {
        status: Outcome::Rejected,
        tables: vec![file(Table::Products, [321, 0, 0, 321, 0]), file(Table::Orders, [980, 0, 0, 979, 1])],
        rejects_file: Some("/home/max/.local/share/storekeeper/rejects/rejects-18.csv".into()),
        ..receipt()
    }
}

pub(crate) fn every_screen() -> Vec<(&'static str, App)> {
    let key = |key| pressed(dashboard_of_a_manager(), &[key]);
    vec![
        ("sign in", demo_sign_in()),
        ("nobody yet", nobody_yet()),
        ("refused", refused()),
        ("waiting", signed_in()),
        ("dashboard", dashboard_of_a_manager()),
        ("shares", on_page(dashboard_of_a_manager(), 2)),
        ("stock", on_page(dashboard_of_a_manager(), 3)),
        ("employee", dashboard_of_an_employee()),
        ("my manager", on_page(dashboard_of_an_employee(), 2)),
        ("stock of an employee", on_page(dashboard_of_an_employee(), 3)),
        ("no store", dashboard_of_nobodys_staff()),
        ("year", of_another_period(2)),
        ("days", key(Key::char('d'))),
        ("targets", targets_to_set()),
        ("targets clash", targets_that_clash()),
        ("failed", dashboard_with_a_failure()),
        ("empty", dashboard_without_orders_at_all()),
        ("explain", key(Key::char('?'))),
        ("help", key(Key::plain(Code::F(1)))),
        ("palette", key(Key::char(':'))),
        ("palette narrowed", palette_of("mo")),
        ("help narrowed", help_of("load")),
        ("stores", key(Key::char('s'))),
        ("form", load_form_of("/srv/自転車/monday")),
        ("running", load_under_way()),
        ("stop", pressed(load_under_way(), &[Key::char('c')])),
        ("receipt", load_done(receipt())),
        ("rejected", load_done(rejected_receipt())),
    ]
    .into_iter()
    .chain(gallery_pages().map(|key| ("gallery", gallery_at(key))))
    .chain(
        ['1', '2', '3']
            .map(|risk| ("question", pressed(gallery_at(Key::plain(Code::F(4))), &[Key::char(risk)]))),
    )
    .chain([("columns", pressed(gallery_at(Key::plain(Code::F(2))), &[Key::char('c')]))])
    .collect()
}

/// The keys of the gallery's pages.
pub(crate) fn gallery_pages() -> impl Iterator<Item = Key> {
    TABLE.iter().filter(|entry| entry.place == Place::Gallery).flat_map(|entry| entry.keys.iter().copied())
}

/// The gallery with that page open and its table filled.
pub(crate) fn gallery_at(page: Key) -> App {
    let mut app = app(SignIn::default());
    app.gallery = Some(Gallery::default());
    take(&mut app, Msg::Key(page));
    app
}

/// Takes in a message; what the table of the gallery asks is answered at once. Nothing is found, for to look through a
/// million rows at each letter takes long.
pub(crate) fn take(app: &mut App, msg: Msg) {
    for effect in update(app, msg, morning()) {
        if let Effect::Query(id, Query::Rows(_, page)) = effect {
            let rows = if page.filter.is_empty() { source::rows(&page) } else { Rows::default() };
            take(app, Msg::Reply(id, Ok(Reply::Rows(rows))));
        }
    }
}
