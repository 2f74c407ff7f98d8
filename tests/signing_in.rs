//! Signing in, and the first administrator.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use support::people::{PASSWORD, policy, try_in};

use mysql_async::prelude::Queryable;
use std::path::Path;
use storekeeper::db::Db;
use storekeeper::service::administration::{First, FirstError, first_administrator};
use storekeeper::service::auth::{SignInError, Step};
use storekeeper::service::authorized::CreateUsers;
use storekeeper::service::{Policy, Session};

/// The rules of the default settings, where nobody's key file is needed.
fn rules() -> Policy {
    policy(Path::new("/nowhere"))
}

async fn make_first(db: &Db, name: &str, password: &str) -> Result<First, FirstError> {
    let operator = Session::operator().require(CreateUsers).unwrap();
    first_administrator(&operator, db, &name.parse().unwrap(), password.into(), &rules()).await
}

async fn execute(db: &Db, statement: &str) {
    db.conn().await.unwrap().query_drop(statement).await.unwrap();
}

#[tokio::test]
async fn the_first_administrator_signs_in_and_has_to_set_up_a_second_factor() {
    let db = support::chain().await;
    assert_eq!(make_first(&db, "boss", PASSWORD).await.unwrap(), First::Made);

    let Step::Enrol(pending) = try_in(&db, &rules(), "boss", PASSWORD).await.unwrap() else {
        panic!("an administrator must have a second factor");
    };
    assert_eq!(pending.username().as_str(), "boss");
    let noted: Option<bool> =
        db.conn().await.unwrap().query_first("SELECT last_sign_in_at IS NOT NULL FROM users").await.unwrap();
    assert_eq!(noted, Some(false));
}

#[tokio::test]
async fn every_refusal_has_the_same_words() {
    let db = support::chain().await;
    make_first(&db, "boss", PASSWORD).await.unwrap();
    let hash: String =
        db.conn().await.unwrap().query_first("SELECT password_hash FROM users").await.unwrap().unwrap();
    for (name, hash, active) in [
        ("gone", hash.as_str(), false),
        ("broken", "$2b$12$nonsense", true),
        ("slow", &hash.replace("$10$", "$31$"), true),
    ] {
        execute(&db, &format!(
            "INSERT INTO users (username, password_hash, role, active) VALUES ('{name}', '{hash}', 'manager', {active})"
        ))
        .await;
    }
    let too_long = "x".repeat(80);
    let cases = [
        ("nobody", PASSWORD),
        ("boss", "wrong"),
        ("boss", ""),
        ("boss", too_long.as_str()),
        ("boss", "Str0ng!Passw0rd-42\0"),
        ("Boss", PASSWORD),
        ("boss ", PASSWORD),
        ("bóss", PASSWORD),
        ("", PASSWORD),
        ("gone", PASSWORD),
        ("broken", PASSWORD),
        ("slow", PASSWORD),
    ];
    for (name, password) in cases {
        let refused = try_in(&db, &rules(), name, password).await;
        assert!(matches!(refused, Err(SignInError::Refused)), "{name:?} {password:?}: {refused:?}");
    }
}

#[tokio::test]
async fn of_many_first_administrators_one_is_made() {
    let db = support::chain().await;
    let made = (0..8).map(|number| {
        let db = db.clone();
        async move { make_first(&db, &format!("boss{number}"), PASSWORD).await.unwrap() }
    });
    let made = futures_util::future::join_all(made).await;
    assert_eq!(made.iter().filter(|first| **first == First::Made).count(), 1, "{made:?}");
    let administrators: Option<u32> =
        db.conn().await.unwrap().query_first("SELECT COUNT(*) FROM users").await.unwrap();
    assert_eq!(administrators, Some(1));
}

#[tokio::test]
async fn a_name_that_is_taken_is_told() {
    let db = support::chain().await;
    execute(&db, "INSERT INTO users (username, password_hash, role) VALUES ('boss', '', 'employee')").await;
    let told = make_first(&db, "boss", PASSWORD).await.unwrap_err();
    assert!(matches!(told, FirstError::Taken(_)), "{told:?}");
}
