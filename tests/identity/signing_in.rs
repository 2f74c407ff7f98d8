//! Signing in, and the first administrator.

use crate::support;
use crate::support::people::{PASSWORD, add_user, policy, signed_in, try_in};

use mysql_async::params;
use mysql_async::prelude::Queryable;
use std::path::Path;
use storekeeper::db::Db;
use storekeeper::domain::Role;
use storekeeper::service::administration::{First, FirstError, first_administrator};
use storekeeper::service::auth::{SignInError, Step, unlock_screen};
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

/// A chain with the manager max.
async fn chain_of_max() -> Db {
    let db = support::chain().await;
    add_user(&db, "max", Role::Manager).await;
    db
}

async fn entries(db: &Db, action: &str) -> Vec<(String, String, String)> {
    let statement = "SELECT actor, subject, detail FROM audit_log WHERE action = ? ORDER BY audit_id";
    db.conn().await.unwrap().exec(statement, (action,)).await.unwrap()
}

async fn enters(db: &Db, password: &str) -> Result<Option<u32>, SignInError> {
    Ok(match try_in(db, &rules(), "max", password).await? {
        Step::Done(signed_in) => Some(signed_in.failed_tries),
        _ => None,
    })
}

#[tokio::test]
async fn five_wrong_passwords_lock_an_account_for_a_while_and_are_told() {
    let db = chain_of_max().await;
    for _ in 0..5 {
        assert!(matches!(enters(&db, "wrong").await, Err(SignInError::Refused)));
    }
    let locked = enters(&db, PASSWORD).await;
    assert!(matches!(locked, Err(SignInError::Refused)), "the right one is refused too: {locked:?}");
    assert_eq!(entries(&db, "locked_out").await.len(), 1);
    let refused = entries(&db, "sign_in_refused").await;
    let why: Vec<&str> = refused.iter().map(|(_, _, detail)| detail.as_str()).collect();
    assert_eq!(why, [&["wrong password"; 5][..], &["the account is locked"]].concat());
    assert!(
        refused
            .iter()
            .all(|(actor, subject, _)| (actor.as_str(), subject.as_str()) == ("(nobody)", "user max"))
    );

    execute(&db, "UPDATE users SET locked_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND").await;
    assert!(enters(&db, "wrong").await.is_err(), "the count begins anew: one wrong one does not lock again");
    assert_eq!(enters(&db, PASSWORD).await.unwrap(), Some(7));
    assert_eq!(enters(&db, PASSWORD).await.unwrap(), Some(0), "told once");
}

#[tokio::test]
async fn a_right_password_starts_the_count_anew() {
    let db = chain_of_max().await;
    for _ in 0..3 {
        for _ in 0..4 {
            assert!(enters(&db, "wrong").await.is_err());
        }
        assert_eq!(enters(&db, PASSWORD).await.unwrap(), Some(4));
    }
}

#[tokio::test]
async fn a_locked_screen_opens_to_its_own_password_and_counts_wrong_ones() {
    let db = chain_of_max().await;
    let by = signed_in(&db, "max").await.oneself().unwrap();
    assert!(matches!(unlock_screen(&by, &db, &rules(), "wrong".into()).await, Err(SignInError::Refused)));
    unlock_screen(&by, &db, &rules(), PASSWORD.into()).await.unwrap();
    for _ in 0..5 {
        assert!(unlock_screen(&by, &db, &rules(), "wrong".into()).await.is_err());
    }
    assert!(unlock_screen(&by, &db, &rules(), PASSWORD.into()).await.is_err(), "locked");
    execute(&db, "UPDATE users SET locked_until = NULL, active = FALSE").await;
    let ended = unlock_screen(&by, &db, &rules(), PASSWORD.into()).await;
    assert!(matches!(ended, Err(SignInError::Database(_))), "{ended:?}");
}

#[tokio::test]
async fn a_password_typed_in_the_wrong_field_is_not_recorded() {
    let db = chain_of_max().await;
    assert!(try_in(&db, &rules(), "canary-in-the-name", "x").await.is_err());
    let written = entries(&db, "sign_in_refused").await;
    assert_eq!(written, [("(nobody)".into(), "unknown user".into(), "no such user".into())]);
}

#[tokio::test]
async fn a_sign_in_that_takes_too_long_is_over() {
    let db = chain_of_max().await;
    // The sign-in began when the clock showed what it shows here; eleven minutes later it is over.
    for (minutes, in_time) in [(0, true), (9, true), (11, false), (-1, false)] {
        let now: i64 = db
            .conn()
            .await
            .unwrap()
            .query_first("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)")
            .await
            .unwrap()
            .unwrap();
        let since = now - minutes * 60_000_000;
        let mut tx = db.conn().await.unwrap();
        let statement = include_str!("../../sql/queries/users/at_the_door.sql");
        let values = params! { "user_id" => 1, "since" => since, "within" => 600_000_000 };
        let row: mysql_async::Row = tx.exec_first(statement, values).await.unwrap().unwrap();
        assert_eq!(row.get::<bool, _>("in_time"), Some(in_time), "{minutes}");
    }
}
