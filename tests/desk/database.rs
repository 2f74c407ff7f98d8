//! The screen of the database in the states worth a picture.

use crate::chain::{later, morning};
use jiff::tz::TimeZone;
use storekeeper::db::chain::Demo;
use storekeeper::db::schema::{Difference, Part};
use storekeeper::domain::check::{Amiss, Check, Checked};
use storekeeper::domain::{Role, Table, clean};
use storekeeper::service::database::Look;
use storekeeper::tui::model::database::ask::DatabaseNews;
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::message::{Effect, Failure, JobId, Msg};
use storekeeper::tui::model::sign_in::SignIn;
use storekeeper::tui::model::{App, Screen, User, update};

fn look(text: &str, demo: Option<Demo>, differences: Vec<Difference>) -> Look {
    Look {
        address: format!("db.example.com:3306 {}", clean(text)),
        account: "storekeeper_app@10.0.0.7".to_owned(),
        milliseconds: 2,
        engine: "MariaDB",
        version: "10.11.14-MariaDB-log".to_owned(),
        encryption: Some("TLSv1.3, TLS_AES_256_GCM_SHA384".to_owned()),
        database: "storekeeper".to_owned(),
        staging: Some("storekeeper_staging".to_owned()),
        schema: 13,
        expected: 13,
        differences,
        demo,
    }
}

fn begun(app: &mut App, key: char) -> JobId {
    let effects = update(app, Msg::Key(Key::char(key)), morning());
    let [Effect::Database(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    *id
}

fn tell(app: &mut App, id: JobId, news: DatabaseNews) {
    update(app, Msg::Database(id, news), later(1));
}

fn looking() -> (App, JobId) {
    let mut app = App::new(SignIn::default(), TimeZone::UTC);
    app.user = Some(User { name: "ann".parse().unwrap(), role: Role::Administrator });
    app.screen = Screen::Dashboard;
    let id = begun(&mut app, '0');
    (app, id)
}

fn looked(look: Look, has_second_factor: bool) -> App {
    let (mut app, id) = looking();
    tell(&mut app, id, DatabaseNews::Looked(Box::new(look), has_second_factor));
    for (table, rows) in Table::EACH.into_iter().zip([7, 9, 321, 3, 10, 939, 1_445, 1_615_002, 4_722_118]) {
        tell(&mut app, id, DatabaseNews::Counted(table, rows));
    }
    tell(&mut app, id, DatabaseNews::Ended(Ok(String::new())));
    app
}

pub(crate) fn before_the_first_answer() -> App {
    looking().0
}

pub(crate) fn demo() -> App {
    looked(look("", Some(Demo { seed: 1, orders: 5_000 }), Vec::new()), true)
}

/// With checks half done, one of which found something, and a schema that differs.
pub(crate) fn checking(text: &str) -> App {
    let part = |name: &str| Part { table: "orders".to_owned(), kind: "column".to_owned(), name: clean(name) };
    let differences = vec![
        Difference { part: part("colour"), expected: None, found: Some("int, not null".to_owned()) },
        Difference { part: part(text), expected: Some("date, not null".to_owned()), found: None },
    ];
    let mut app = looked(look(text, None, differences), true);
    let id = begun(&mut app, 'v');
    let amiss =
        vec![Amiss { what: "orders.customer_id".to_owned(), count: 1_204, detail: Some(clean(text)) }];
    tell(&mut app, id, DatabaseNews::Checked(Checked { check: Check::Parents, amiss }));
    tell(&mut app, id, DatabaseNews::Checked(Checked { check: Check::Sums, amiss: Vec::new() }));
    tell(&mut app, id, DatabaseNews::Checking(Check::Dates));
    app
}

pub(crate) fn failed(text: &str) -> App {
    let mut app = demo();
    let id = begun(&mut app, 'r');
    tell(&mut app, id, DatabaseNews::Ended(Err(Failure::new(text))));
    app
}

/// Asked for the name, and then for a code.
pub(crate) fn clearing(with_code: bool) -> App {
    let mut app = demo();
    update(&mut app, Msg::Key(Key::char('x')), morning());
    update(&mut app, Msg::Paste("storekeeper".to_owned()), morning());
    if with_code {
        update(&mut app, Msg::Key(Key::plain(Code::Enter)), morning());
        update(&mut app, Msg::Paste("123".to_owned()), morning());
    }
    app
}

pub(crate) fn every_state(text: &str) -> Vec<App> {
    vec![before_the_first_answer(), demo(), checking(text), failed(text), clearing(false), clearing(true)]
}
