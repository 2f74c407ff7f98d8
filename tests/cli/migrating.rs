//! `db status` and `db migrate`: who may, and what is recorded.

use crate::support::people::{PASSWORD, add_user, enrol, policy, try_in};
use crate::support::{self, PASSWORD as ROOT};
use crate::{Shop, Told};
use mysql_async::prelude::Queryable;
use secrecy::ExposeSecret;
use storekeeper::db::{Db, migrations};
use storekeeper::domain::Role;
use storekeeper::service::auth::Step;

/// Runs a command on this chain, as somebody or as the operator.
fn run(shop: &Shop, db: &Db, person: Option<&str>, words: &[&str], input: &str) -> Told {
    let who = person.map_or_else(Vec::new, |person| vec!["--as", person, "--password-stdin"]);
    let mut command = shop.command(&[&who[..], words].concat());
    command
        .env("STOREKEEPER__DATABASE__SOCKET", db.target().address.to_string())
        .env("STOREKEEPER__DATABASE__NAME", db.name())
        .env("STOREKEEPER__DATABASE__USER", "root")
        .env("STOREKEEPER__DATABASE__PASSWORD", ROOT);
    Told::with_input(command, input)
}

async fn recorded(db: &Db) -> Vec<(String, String, String)> {
    let question = "SELECT actor, outcome, CONCAT(values_before, values_after) FROM audit_log \
                    WHERE action = 'schema_changed' ORDER BY audit_id";
    db.conn().await.unwrap().query(question).await.unwrap()
}

#[test]
fn the_making_of_the_schema_is_recorded() {
    let shop = Shop::ready();
    let told = shop.run(&["audit", "list", "--action", "schema_changed", "--json"]).json();
    let entries = told.as_array().unwrap();
    assert_eq!(entries.len(), 1, "{told}");
    assert_eq!((&entries[0]["id"], &entries[0]["actor"]), (&1.into(), &"(operator)".into()));
    let after = format!(r#"{{"version":{}}}"#, migrations::known_version());
    assert_eq!(entries[0]["after"], after);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_brings_the_schema_up_to_date_and_it_is_recorded() {
    let shop = Shop::empty();
    let db = support::chain().await;
    add_user(&db, "mia", Role::Manager).await;
    add_user(&db, "boss", Role::Administrator).await;
    let policy = policy(shop.path());
    let Step::Enrol(pending) = try_in(&db, &policy, "boss", PASSWORD).await.unwrap() else { panic!() };
    let codes = enrol(&db, &policy, &pending).await.backup_codes.lines();
    let known = migrations::known_version();
    let older = format!("DELETE FROM refinery_schema_history WHERE version = {known}");
    db.conn().await.unwrap().query_drop(older).await.unwrap();

    let old = run(&shop, &db, None, &["db", "status"], "");
    assert!(old.code == 1 && old.out.contains(&format!("version {} of {known}", known - 1)), "{old:?}");
    assert_eq!(run(&shop, &db, Some("mia"), &["db", "status"], "wrong").code, 4);
    for (words, failed) in [(["db", "status"], true), (["db", "migrate"], false)] {
        let told = run(&shop, &db, Some("mia"), &words, PASSWORD);
        assert!(told.code == 4 && told.err.contains("may not manage the database"), "{told:?}");
        assert_eq!(told.err.contains("1 failed sign-in as mia since the last one"), failed, "{told:?}");
    }
    let refused = "SELECT actor, detail FROM audit_log WHERE action = 'right_refused'";
    let refused: Vec<(String, String)> = db.conn().await.unwrap().query(refused).await.unwrap();
    assert!(refused.len() == 2 && refused.iter().all(|(who, what)| who == "mia" && what.contains("may not")));
    assert!(recorded(&db).await.is_empty());

    let answers = format!("{PASSWORD}\n{}", codes[0].expose_secret());
    let told = run(&shop, &db, Some("boss"), &["db", "migrate"], &answers);
    assert!(told.code == 0 && told.out.contains(&format!("version {known}")), "{told:?}");
    let change = format!(r#"{{"version":{}}}{{"version":{known}}}"#, known - 1);
    assert_eq!(recorded(&db).await, [("boss".to_owned(), "done".to_owned(), change)]);

    assert_eq!(run(&shop, &db, None, &["db", "migrate"], "").code, 0);
    assert_eq!(recorded(&db).await.len(), 1, "nothing was to be done");
}

#[tokio::test(flavor = "multi_thread")]
async fn to_a_schema_whose_log_is_older_nobody_signs_in_and_its_change_is_recorded_afterwards() {
    let shop = Shop::empty();
    let db = support::chain().await;
    add_user(&db, "mia", Role::Manager).await;
    let mut conn = db.conn().await.unwrap();
    conn.query_drop("DELETE FROM refinery_schema_history WHERE version >= 11").await.unwrap();
    conn.query_drop("ALTER TABLE audit_head DROP COLUMN recorded_at, DROP COLUMN previous_hash")
        .await
        .unwrap();
    let told = run(&shop, &db, Some("mia"), &["db", "status"], PASSWORD);
    assert!(told.code == 2 && told.err.contains("Nobody can sign in to a schema of version 10"), "{told:?}");
    let told = run(&shop, &db, None, &["db", "migrate"], "");
    assert_eq!(told.code, 0, "{told:?}");
    let change = format!(r#"{{"version":10}}{{"version":{}}}"#, migrations::known_version());
    assert_eq!(recorded(&db).await, [("(operator)".to_owned(), "done".to_owned(), change)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schema_that_can_not_be_changed_is_recorded_as_well() {
    let shop = Shop::empty();
    let db = support::chain().await;
    let mut conn = db.conn().await.unwrap();
    conn.query_drop("DELETE FROM refinery_schema_history WHERE version >= 9").await.unwrap();
    // A view where the table should be: what is to be put into it can not be.
    conn.query_drop("DROP TABLE tries_at_nobody").await.unwrap();
    conn.query_drop("CREATE VIEW tries_at_nobody AS SELECT 1 AS other").await.unwrap();
    let told = run(&shop, &db, None, &["db", "migrate"], "");
    assert!(told.code == 1 && told.err.contains("could not be brought up to date"), "{told:?}");
    let ends: Vec<String> = recorded(&db).await.into_iter().map(|(_, outcome, _)| outcome).collect();
    assert_eq!(ends, ["done", "failed"]);
}
