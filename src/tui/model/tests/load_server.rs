//! Loading from a server: which, what it has, and what is changed by hand.

use super::super::load::server::endpoints::Row;
use super::super::load::server::form::{Focus, SignIn};
use super::super::load::server::{Dialog, form};
use super::super::load::{Stage, Waiting};
use super::*;
use crate::etl::source::api::{Asking, Auth, Discovery, Endpoint, Envelope, Paging, Sure};
use crate::service::api::{NamedSource, Target, Tested};
use secrecy::ExposeSecret;

const DOWN: Key = Key::plain(Code::Down);
const SPACE: Key = Key::char(' ');

fn endpoint(table: Table, sure: Sure) -> Endpoint {
    Endpoint {
        table,
        url: format!("https://shop.example/api/{table}").parse().unwrap(),
        sure,
        rows_at: Envelope::from_words("data"),
        paging: Paging::from_words("page:page=1").unwrap(),
        total: Some(120),
        first_rows: 50,
        reasons: vec!["its name says so".to_owned()],
        columns: Vec::new(),
        left: Vec::new(),
        lists: Vec::new(),
        missing: Vec::new(),
        sample: Vec::new(),
        fields: Vec::new(),
        rows: Vec::new(),
    }
}

fn found() -> Discovery {
    let endpoints = vec![
        endpoint(Table::Brands, Sure::Sure),
        endpoint(Table::Products, Sure::Likely),
        endpoint(Table::Orders, Sure::Doubtful),
    ];
    let others = vec![endpoint(Table::Brands, Sure::Likely)];
    Discovery { endpoints, others, documents: Vec::new(), looked_at: 12 }
}

fn shop() -> NamedSource {
    let (name, url) = ("shop".to_owned(), "https://shop.example/api".to_owned());
    NamedSource { name, url, signs_in: "bearer, secret in SHOP_KEY".to_owned(), tables: 2 }
}

/// The target that is asked about, by either question.
fn the_target(effects: &[Effect]) -> (RequestId, Target) {
    match effects {
        [Effect::Query(id, Query::Load(Question::Discover(target) | Question::Test(target)))] => {
            (*id, (**target).clone())
        }
        other => panic!("no server is asked: {other:?}"),
    }
}

impl App {
    /// At the step that names a server, with one of them saved.
    pub(super) fn at_server() -> App {
        let mut app = App::at_files("/srv/in/");
        let effects = app.key(Key::ctrl('r'));
        let id = the_query(&effects, |query| matches!(query, Query::Load(Question::Sources)));
        app.answer(id, Reply::Load(Answer::Sources(vec![shop()])));
        app
    }

    /// At what a server has.
    pub(super) fn at_endpoints() -> App {
        let mut app = App::at_server();
        app.type_text("shop.example/api");
        let (id, _) = the_target(&app.key(ENTER));
        app.answer(id, Reply::Load(Answer::Discovered(Box::new(found()))));
        app
    }

    fn rows_of_server(&self) -> Vec<(Table, bool)> {
        self.load.server.found.rows.iter().map(|row: &Row| (row.endpoint.table, row.is_taken)).collect()
    }

    pub(super) fn fields_of_server(&self) -> &form::ServerForm {
        &self.load.server.form
    }
}

#[test]
fn a_server_is_reached_from_the_files_and_from_anywhere_and_esc_leads_back() {
    let mut app = App::at_server();
    assert!(matches!(app.load.stage, Stage::Server));
    app.key(ESC);
    assert!(matches!(app.load.stage, Stage::Form));
    let (mut app, _) = App::at_dashboard(Role::Manager);
    app.key(Key::char('7'));
    assert!(app.screen == Screen::Load && matches!(app.load.stage, Stage::Server));
    let (mut app, _) = App::at_dashboard(Role::Employee);
    app.key(Key::char('7'));
    assert_eq!(app.screen, Screen::Dashboard);
    assert_eq!(app.notice.unwrap().words(), "The role employee may not load data. A manager can.");
}

#[test]
fn a_saved_server_is_found_by_its_letters_or_its_row() {
    let mut app = App::at_server();
    let (_, target) = the_target(&app.key(ENTER));
    assert_eq!((target.address.as_str(), target.auth), ("shop", None), "the row with the cursor");
    let mut app = App::at_server();
    app.type_text("sho");
    assert!(app.fields_of_server().source().is_none(), "nothing is assumed of letters alone");
    app.key(DOWN);
    let (_, target) = the_target(&app.key(ENTER));
    assert_eq!(target.address, "shop");
    let mut app = App::at_server();
    app.type_text("127.0.0.1:3000");
    assert_eq!(the_target(&app.key(ENTER)).1.address, "127.0.0.1:3000");
}

#[test]
fn each_way_to_sign_in_asks_for_what_it_takes_and_no_more() {
    let table = [
        (SignIn::AsSaved, vec![]),
        (SignIn::Header, vec![Focus::Name, Focus::Secret]),
        (SignIn::Query, vec![Focus::Name, Focus::Secret]),
        (SignIn::Bearer, vec![Focus::Secret]),
        (SignIn::Basic, vec![Focus::Name, Focus::Secret]),
        (SignIn::OAuth2, vec![Focus::Name, Focus::TokenUrl, Focus::Scope, Focus::Secret]),
    ];
    let mut app = App::at_server();
    app.type_text("shop.example");
    app.key(TAB);
    for (way, asked) in table {
        assert_eq!(app.fields_of_server().sign_in, way);
        let parts = app.fields_of_server().parts();
        let between: Vec<Focus> =
            parts.into_iter().skip(2).take_while(|part| *part != Focus::Extent).collect();
        assert_eq!(between, asked, "{way:?}");
        app.key(SPACE);
    }
    assert_eq!(app.fields_of_server().sign_in, SignIn::AsSaved, "and around");
}

#[test]
fn what_is_missing_has_the_focus_and_a_secret_goes_along_as_one() {
    let mut app = App::at_server();
    app.type_text("shop.example");
    app.key(TAB);
    app.key(SPACE);
    assert!(app.key(ENTER).is_empty());
    assert_eq!(app.fields_of_server().focus, Focus::Name);
    app.type_text("X-Api-Key");
    assert!(app.key(ENTER).is_empty());
    assert_eq!(app.fields_of_server().focus, Focus::Secret);
    app.type_text("c4nary");
    let effects = app.key(ENTER);
    assert!(!format!("{effects:?} {app:?}").contains("c4nary"));
    let (_, target) = the_target(&effects);
    assert_eq!(target.auth, Some(Auth::Header("X-Api-Key".to_owned())));
    assert_eq!(target.secret.unwrap().expose_secret(), "c4nary");
    app.key(ESC);
    app.key(ESC);
    assert!(app.fields_of_server().secret.is_empty(), "who goes back to files leaves no secret");
    assert_eq!(app.fields_of_server().name.text(), "X-Api-Key");
}

#[test]
fn a_test_tells_what_is_there_and_another_address_forgets_it() {
    let mut app = App::at_server();
    app.type_text("shop.example");
    let (id, _) = the_target(&app.key(Key::plain(Code::F(5))));
    assert_eq!(app.load.waiting, Some((id, Waiting::Test)));
    let tested = Tested {
        address: "https://shop.example/".to_owned(),
        milliseconds: 12,
        status: 200,
        came: "JSON".to_owned(),
        server: None,
    };
    app.answer(id, Reply::Load(Answer::Tested(Box::new(tested.clone()))));
    assert_eq!(app.fields_of_server().tested, Some(tested));
    assert!(matches!(app.load.stage, Stage::Server));
    app.type_text("x");
    assert_eq!(app.fields_of_server().tested, None);
}

#[test]
fn the_asking_is_told_while_it_goes_on_and_is_given_up_with_esc() {
    let mut app = App::at_server();
    app.type_text("shop.example");
    let (id, _) = the_target(&app.key(ENTER));
    let asking = Asking { requests: 7, ..Asking::default() };
    update(&mut app, Msg::Asking(RequestId(9_999), Box::new(asking.clone())), t0());
    assert!(app.load.server.asking.is_none(), "of another question");
    update(&mut app, Msg::Asking(id, Box::new(asking)), t0());
    assert_eq!(app.load.server.asking.as_ref().unwrap().requests, 7);
    let effects = app.key(ESC);
    assert!(matches!(effects.as_slice(), [Effect::GiveUp(given_up)] if *given_up == id));
    assert!(app.load.server.asking.is_none());
    app.answer(id, Reply::Load(Answer::Discovered(Box::new(found()))));
    assert!(matches!(app.load.stage, Stage::Server), "what comes too late is not wanted");
}

#[test]
fn with_reduced_motion_the_asking_is_told_once_a_second_and_a_wait_at_once() {
    let mut app = App::at_server();
    app.load.still = true;
    app.type_text("shop.example");
    let (id, _) = the_target(&app.key(ENTER));
    let mut shown = Vec::new();
    for (millis, requests, waiting) in
        [(0, 1, None), (300, 2, None), (400, 3, Some("waiting 12 s")), (900, 4, None), (1_500, 5, None)]
    {
        let asking = Asking { requests, waiting: waiting.map(str::to_owned), ..Asking::default() };
        let now = t0() + jiff::SignedDuration::from_millis(millis);
        update(&mut app, Msg::Asking(id, Box::new(asking)), now);
        shown.push(app.load.server.asking.as_ref().unwrap().requests);
    }
    assert_eq!(shown, [1, 1, 3, 3, 5]);
}

#[test]
fn a_doubtful_table_is_left_until_somebody_takes_it() {
    let mut app = App::at_endpoints();
    let taken = |app: &App| app.rows_of_server().into_iter().filter(|(_, taken)| *taken).count();
    assert_eq!(taken(&app), 2);
    app.key(Key::plain(Code::End));
    app.key(SPACE);
    let (_, look) = the_look(&app.key(ENTER));
    let tables: Vec<_> = look.parts.iter().map(|part| part.table.unwrap()).collect();
    assert_eq!(tables, [Table::Brands, Table::Products, Table::Orders]);
    assert!(look.parts.iter().all(|part| part.endpoint.is_some()));
    let mut app = App::at_endpoints();
    for _ in 0..2 {
        app.key(SPACE);
        app.key(DOWN);
    }
    assert!(app.key(ENTER).is_empty());
    assert!(app.load.message.unwrap().words().contains("Nothing is taken"));
}

/// What was said of the one table that is to be looked at again.
fn the_word(effects: &[Effect]) -> (RequestId, Table, crate::etl::source::api::Said) {
    let (id, target) = the_target(effects);
    assert_eq!(target.tables.len(), 1);
    let (table, said) = target.tables.into_iter().next().unwrap();
    assert_eq!(target.only, [table], "nothing else is looked for");
    (id, table, said)
}

#[test]
fn table_rows_and_pages_are_set_by_hand_and_looked_at_again() {
    let mut app = App::at_endpoints();
    app.key(Key::char('t'));
    app.type_text("categ");
    let (id, table, said) = the_word(&app.key(ENTER));
    assert_eq!(table, Table::Categories);
    assert_eq!(said.path.as_deref(), Some("https://shop.example/api/brands"));
    assert_eq!(
        (said.rows_at.unwrap().to_string(), said.paging.unwrap().to_string()),
        ("data".to_owned(), "page:page=1".to_owned())
    );
    let changed =
        Discovery { endpoints: vec![endpoint(Table::Categories, Sure::Sure)], ..Discovery::default() };
    app.answer(id, Reply::Load(Answer::Discovered(Box::new(changed))));
    assert_eq!(app.rows_of_server()[0], (Table::Categories, true));
    assert_eq!(app.rows_of_server().len(), 3);

    app.key(Key::char('e'));
    app.key(Key::ctrl('u'));
    app.type_text("result.list");
    let (id, _, said) = the_word(&app.key(ENTER));
    assert_eq!(said.rows_at.unwrap().to_string(), "result.list");
    app.answer(id, Reply::Load(Answer::Discovered(Box::default())));
    assert!(app.load.message.as_ref().unwrap().words().contains("no rows"), "and the row stays as it was");
    assert_eq!(app.rows_of_server()[0], (Table::Categories, true));

    app.key(Key::char('p'));
    app.key(Key::ctrl('u'));
    app.type_text("pages");
    assert!(app.key(ENTER).is_empty(), "that is no way from page to page");
    app.key(Key::ctrl('u'));
    app.type_text("offset:skip=50");
    let (_, _, said) = the_word(&app.key(ENTER));
    assert_eq!(said.paging.unwrap().to_string(), "offset:skip=50");
}

#[test]
fn what_is_left_empty_is_found_out() {
    let mut app = App::at_endpoints();
    app.key(Key::char('p'));
    app.key(Key::ctrl('u'));
    let (id, _, said) = the_word(&app.key(ENTER));
    assert_eq!(said.paging, None);
    app.key(ESC);
    app.answer(id, Reply::Load(Answer::Discovered(Box::default())));
    assert_eq!(app.rows_of_server().len(), 3, "it was given up");
}

#[test]
fn an_address_that_was_not_found_is_named_and_a_table_is_read_from_one_address() {
    let mut app = App::at_endpoints();
    app.key(Key::char('n'));
    app.type_text("brands");
    app.key(TAB);
    app.type_text("v2/makers");
    let (id, table, said) = the_word(&app.key(ENTER));
    assert_eq!((table, said.path.as_deref(), said.paging), (Table::Brands, Some("v2/makers"), None));
    let added = Discovery { endpoints: vec![endpoint(Table::Brands, Sure::Sure)], ..Discovery::default() };
    app.answer(id, Reply::Load(Answer::Discovered(Box::new(added))));
    assert_eq!(app.rows_of_server()[0], (Table::Brands, false), "the other one is left");
    assert_eq!(app.rows_of_server()[3], (Table::Brands, true));
    app.key(Key::plain(Code::Home));
    app.key(SPACE);
    assert_eq!(app.rows_of_server()[3], (Table::Brands, false));
}

#[test]
fn a_server_is_saved_with_what_is_taken_and_without_its_secret() {
    let mut app = App::at_server();
    app.type_text("shop.example/api");
    app.key(TAB);
    for _ in 0..3 {
        app.key(SPACE);
    }
    app.key(TAB);
    app.type_text("c4nary");
    let (id, _) = the_target(&app.key(ENTER));
    app.answer(id, Reply::Load(Answer::Discovered(Box::new(found()))));
    app.key(Key::char('w'));
    app.type_text("web shop");
    assert!(app.key(ENTER).is_empty(), "a name has no space");
    app.key(Key::ctrl('u'));
    app.type_text("web-shop");
    app.key(TAB);
    app.type_text("SHOP_KEY");
    let effects = app.key(ENTER);
    let [Effect::Query(id, Query::Load(Question::SaveSource(source)))] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let text = source.text();
    assert!(!text.contains("c4nary") && text.contains("secret_env = \"SHOP_KEY\""), "{text}");
    assert!(
        text.contains("auth = \"bearer\"") && text.contains("[sources.web-shop.tables.brands]"),
        "{text}"
    );
    assert!(!text.contains("orders"), "what is left is not written: {text}");
    let id = *id;
    let (name, place) = ("web-shop".to_owned(), "/home/max/config.toml".to_owned());
    app.answer(id, Reply::Load(Answer::SourceSaved { name, place }));
    assert!(app.told.unwrap().contains("without a secret"));
}

#[test]
fn what_can_not_be_written_is_shown_to_be_written_by_hand() {
    let mut app = App::at_endpoints();
    app.key(Key::char('w'));
    app.key(Key::ctrl('u'));
    app.type_text("shop");
    let effects = app.key(ENTER);
    let id = the_query(&effects, |query| matches!(query, Query::Load(Question::SaveSource(_))));
    let (text, place, why) = ("[sources.shop]".to_owned(), "/etc/config.toml".to_owned(), "No.".to_owned());
    app.answer(id, Reply::Load(Answer::SourceText { text, place, why }));
    assert!(
        matches!(&app.load.server.found.dialog, Some(Dialog::Text { why, .. }) if why.contains("/etc/config.toml"))
    );
    app.key(ESC);
    assert!(app.load.server.found.dialog.is_none() && matches!(app.load.stage, Stage::Endpoints));
}
