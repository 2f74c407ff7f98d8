//! The database: one that is well, one that lacks something, and none.

use crate::impostor::{freezes_at, mute};
use crate::{Place, Told, support};
use mysql_async::prelude::Queryable;

/// A place that is configured for the test server as its root, with a database of its own.
async fn configured() -> (Place, support::Database) {
    let database = support::database().await;
    let place = Place::empty()
        .with("SOCKET", database.socket.to_str().unwrap())
        .with("USER", database.user)
        .with("PASSWORD", database.password)
        .with("NAME", &database.name);
    (place, database)
}

fn assert_all_pass(told: &Told, group: &str) {
    for finding in told.findings().iter().filter(|finding| finding["group"] == group) {
        assert!(finding["status"] == "pass" && finding["next"].is_null(), "{finding}");
    }
}

#[test]
fn a_private_chain_that_is_well_passes_and_its_server_is_stopped_again() {
    let place = Place::empty();
    place.init();
    let told = place.examine();
    assert_eq!(told.code, 0, "{told:?}");
    assert_all_pass(&told, "database");
    assert_all_pass(&told, "files");
    told.assert("reachable", "pass", "the private server");
    told.assert("account", "pass", "storekeeper_app@localhost");
    told.assert("schema owner", "pass", "storekeeper_migrate");
    told.assert("connection", "pass", "Unix socket");
    told.assert("staging", "pass", "storekeeper_staging");
    // Standard input is no terminal here.
    told.assert("terminal", "warn", "not a terminal");
    assert!(!place.data_dir().join("server/mysqld.pid").exists());

    let words = place.command(&["doctor"]).output().unwrap();
    let words = String::from_utf8(words.stdout).unwrap();
    assert!(
        words.contains("\ndatabase\n  pass  reachable ") && words.ends_with(" 1 warn, 0 fail\n"),
        "{words}"
    );
}

#[test]
fn where_there_is_no_database_none_is_made() {
    let place = Place::empty();
    let told = place.examine();
    assert_eq!(told.code, 5, "{told:?}");
    told.assert("reachable", "fail", "storekeeper init");
    assert_all_pass(&told, "files");
    assert!(!place.data_dir().exists());
}

#[tokio::test]
async fn one_account_for_everything_is_warned_of() {
    let (place, database) = configured().await;
    storekeeper::db::migrations::migrate(
        &storekeeper::db::Db::connect(&database.target()).await.unwrap(),
        None,
    )
    .await
    .unwrap();
    let told = place.examine();
    assert_eq!((told.code, &told.json["status"]), (0, &"warn".into()), "{told:?}");
    told.assert("account", "warn", "root@localhost does everything");
    told.assert("grants", "warn", "may UPDATE, DELETE, DROP, ALTER the audit log");
    told.assert_helpful();
}

#[tokio::test]
async fn what_was_taken_from_a_chain_or_given_to_its_account_is_told() {
    let (place, database) = configured().await;
    place.init();
    let told = place.examine();
    assert_eq!(told.code, 0, "{told:?}");
    assert_all_pass(&told, "database");

    let name = &database.name;
    let mut root = database.connect().await;
    for statement in [
        format!("GRANT UPDATE, DELETE ON {name}.audit_log TO '{name}_app'@localhost"),
        format!("DELETE FROM {name}.refinery_schema_history ORDER BY version DESC LIMIT 1"),
        format!("DROP DATABASE {name}_staging"),
        format!("ALTER USER '{name}_migrate'@localhost IDENTIFIED BY 'An0ther-word!'"),
        "SET GLOBAL local_infile = 0".to_owned(),
    ] {
        root.query_drop(statement).await.unwrap();
    }
    let told = place.examine();
    root.query_drop("SET GLOBAL local_infile = 1").await.unwrap();
    assert_eq!(told.code, 1, "{told:?}");
    told.assert("grants", "fail", "may UPDATE, DELETE the audit log");
    told.assert("schema", "fail", "storekeeper db migrate");
    told.assert("staging", "warn", &format!("{name}_staging is not there"));
    told.assert("schema owner", "warn", "can not sign in");
    told.assert("load data local", "warn", "not allowed");
    told.assert("version", "pass", "");
    told.assert("sql_mode", "pass", "strict");
    told.assert_helpful();
}

#[tokio::test]
async fn a_right_on_the_whole_database_reaches_the_audit_log_too() {
    let (place, database) = configured().await;
    place.init();
    // A pattern, as a GRANT takes it: `_` would stand for any character.
    let pattern = database.name.replace('_', "\\_");
    let grant = format!("GRANT DELETE ON `{pattern}`.* TO '{}_app'@localhost", database.name);
    database.connect().await.query_drop(grant).await.unwrap();
    let told = place.examine();
    assert_eq!(told.code, 1, "{told:?}");
    told.assert("grants", "fail", "may DELETE the audit log");
}

#[test]
fn what_takes_a_connection_and_stays_silent_is_given_up_on() {
    let place = Place::empty()
        .with("HOST", "127.0.0.1")
        .with("PORT", &mute(b"").to_string())
        .with("USER", "owner")
        .with("CONNECT_TIMEOUT_SECONDS", "1");
    let told = place.examine();
    assert_eq!(told.code, 5, "{told:?}");
    told.assert("reachable", "fail", "no answer within 1 seconds");
    told.assert("free space", "pass", "MiB");
    told.assert_helpful();
}

#[test]
fn what_is_no_database_is_told_as_such() {
    let place = Place::empty()
        .with("HOST", "127.0.0.1")
        .with("PORT", &mute(b"HTTP/1.1 400 Bad Request\r\n\r\n").to_string())
        .with("USER", "owner")
        .with("CONNECT_TIMEOUT_SECONDS", "1");
    let told = place.examine();
    assert_eq!(told.code, 5, "{told:?}");
    told.assert("reachable", "fail", "127.0.0.1");
    told.assert_helpful();
}

#[tokio::test]
async fn a_question_that_is_never_answered_stops_no_other() {
    let database = support::database().await;
    storekeeper::db::migrations::migrate(
        &storekeeper::db::Db::connect(&database.target()).await.unwrap(),
        None,
    )
    .await
    .unwrap();
    let place = Place::empty()
        .with("HOST", "127.0.0.1")
        .with("PORT", &freezes_at(database.socket.clone(), "UNIX_TIMESTAMP").to_string())
        .with("USER", database.user)
        .with("PASSWORD", database.password)
        .with("NAME", &database.name);
    let told = place.examine();
    assert_eq!(told.code, 1, "{told:?}");
    told.assert("clock", "fail", "no answer within 5 seconds");
    for check in ["reachable", "version", "schema", "sql_mode", "connection", "staging"] {
        told.assert(check, "pass", "");
    }
}
