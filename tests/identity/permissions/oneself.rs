//! What somebody does to their own account takes their session, which is asked for each time.

use crate::support;
use crate::support::people::{PASSWORD, Phone, add_user, now, policy, signed_in};
use jiff::Timestamp;
use mysql_async::prelude::Queryable;
use secrecy::SecretString;
use std::error::Error;
use storekeeper::db::DbError;
use storekeeper::domain::{Role, SessionId};
use storekeeper::service::{auth, backup_codes, passwords, second_factor as factor, sessions};

/// Whether an error is, or comes from, the session's end.
fn is_signed_out(error: &(dyn Error + 'static)) -> bool {
    let here = matches!(error.downcast_ref::<DbError>(), Some(DbError::SignedOut(_)));
    here || error.source().is_some_and(is_signed_out) || error.to_string().contains("Your session has ended")
}

#[tokio::test]
async fn nothing_of_ones_own_is_had_or_changed_after_ones_session_ended() {
    let db = support::chain().await;
    add_user(&db, "joe", Role::Employee).await;
    let folder = tempfile::tempdir().unwrap();
    let policy = policy(folder.path());
    let by = signed_in(&db, "joe").await.oneself().unwrap();
    let enrolment = factor::begin(&by, &db, &policy, PASSWORD.into()).await.unwrap();
    let code = Phone::with(&enrolment.groups()).code(now(&db).await);
    let mut conn = db.conn().await.unwrap();
    conn.query_drop("UPDATE sessions SET ended_at = UTC_TIMESTAMP(6), ended_why = 'by_hand'").await.unwrap();
    let before: Vec<(String, bool, u32)> =
        conn.query("SELECT password_hash, totp_enabled, failed_attempts FROM users").await.unwrap();

    let new = || SecretString::from("Quite-another-0ne");
    let at = Timestamp::now();
    macro_rules! refused {
        ($($name:literal: $call:expr),+ $(,)?) => {
            [$(($name, $call.await.err().map(|error| is_signed_out(&error)))),+]
        };
    }
    let told = refused! {
        "touch": sessions::touch(&by, &db),
        "left": sessions::left(&by, &db),
        "own": sessions::own(&by, &db),
        "end_own": sessions::end_own(&by, &db, SessionId(1)),
        "unlock_screen": auth::unlock_screen(&by, &db, &policy, PASSWORD.into()),
        "change": passwords::change(&by, &db, &policy, PASSWORD.into(), new()),
        "slots": backup_codes::slots(&by, &db),
        "status": factor::status(&by, &db, &policy),
        "begin": factor::begin(&by, &db, &policy, PASSWORD.into()),
        "confirm": factor::confirm(&by, &db, &policy, &enrolment, &code, at),
        "show_again": factor::show_again(&by, &db, &policy, PASSWORD.into()),
        "prove_code": factor::prove_code(&by, &db, &policy, &code, at),
        "disable": factor::disable(&by, &db, &policy, PASSWORD.into(), &code, at),
        "regenerate_backup_codes":
            factor::regenerate_backup_codes(&by, &db, &policy, PASSWORD.into(), &code, at),
    };
    for (name, signed_out) in told {
        assert_eq!(signed_out, Some(true), "{name}");
    }
    let after: Vec<(String, bool, u32)> =
        conn.query("SELECT password_hash, totp_enabled, failed_attempts FROM users").await.unwrap();
    assert_eq!(after, before, "not even a try is counted");
}

#[test]
fn no_function_on_ones_own_account_is_forgotten_above() {
    let walked = include_str!("oneself.rs");
    let mut found = 0;
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/service"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for part in text.split("\npub async fn ").skip(1) {
                let signature = part.split("->").next().unwrap();
                if signature.contains("by: &Oneself") {
                    let name = signature.split(['(', '<']).next().unwrap();
                    assert!(walked.contains(&format!("\"{name}\":")), "{name} is not walked");
                    found += 1;
                }
            }
        }
    }
    assert!(found > 10, "{found}");
}
