//! Passwords: what is taken, what is not taken again, and what a change ends.

use crate::support;
use crate::support::people::{COST, PASSWORD, add_user, policy, signed_in, try_in};
use mysql_async::prelude::Queryable;
use secrecy::ExposeSecret;
use std::path::Path;
use storekeeper::db::{Db, DbError};
use storekeeper::domain::Role;
use storekeeper::domain::session::Ended;
use storekeeper::service::auth::{SignInError, Step};
use storekeeper::service::authorized::ModifyUsers;
use storekeeper::service::passwords::{ChangeError, change, change_at_sign_in};
use storekeeper::service::{Policy, Session, sessions, users};

/// The rules of the default settings, where nobody's key file is needed.
fn rules() -> Policy {
    policy(Path::new("/nowhere"))
}

/// A chain with the employee joe.
async fn chain() -> Db {
    let db = support::chain().await;
    add_user(&db, "joe", Role::Employee).await;
    db
}

async fn run(db: &Db, statement: &str) {
    db.conn().await.unwrap().query_drop(statement).await.unwrap();
}

async fn changes(db: &Db, session: &Session, old: &str, new: &str) -> Result<(), ChangeError> {
    change(&session.oneself().unwrap(), db, &rules(), old.into(), new.into()).await
}

#[tokio::test]
async fn none_of_the_last_five_passwords_is_taken_again() {
    let db = chain().await;
    let session = signed_in(&db, "joe").await;
    let password = |number: usize| match number {
        0 => PASSWORD.to_owned(),
        number => format!("gYx{number}!vbQ-zm"),
    };
    for number in 1..=5 {
        changes(&db, &session, &password(number - 1), &password(number)).await.unwrap();
    }
    for before in 1..=5 {
        let again = changes(&db, &session, &password(5), &password(before)).await;
        assert!(matches!(again, Err(ChangeError::UsedBefore)), "{before}: {again:?}");
    }
    changes(&db, &session, &password(5), &password(0)).await.unwrap();
    let kept: Option<u64> =
        db.conn().await.unwrap().query_first("SELECT COUNT(*) FROM password_history").await.unwrap();
    assert_eq!(kept, Some(4), "no more hashes are kept than are needed");
}

#[tokio::test]
async fn temporary_passwords_push_none_of_the_persons_own_out_of_mind() {
    let db = chain().await;
    let by = Session::operator().require(ModifyUsers).unwrap();
    let joe = "joe".parse().unwrap();
    for _ in 0..6 {
        users::reset_password(&by, &db, &joe, COST).await.unwrap();
    }
    let last = users::reset_password(&by, &db, &joe, COST).await.unwrap();
    let step = try_in(&db, &rules(), "joe", last.password.expose_secret()).await.unwrap();
    let Step::ChangePassword(pending) = step else { panic!("{step:?}") };
    let again = change_at_sign_in(&db, &rules(), &pending, PASSWORD.into()).await;
    assert!(matches!(again, Err(ChangeError::UsedBefore)), "{again:?}");
}

#[tokio::test]
async fn a_change_takes_the_old_password_and_a_good_new_one() {
    let db = chain().await;
    let session = signed_in(&db, "joe").await;
    let too_long = format!("aA1!{}", "x".repeat(70));
    for (new, told) in [
        ("Sh0rt!", "8 characters or more"),
        (too_long.as_str(), "at most 71 bytes"),
        ("gYx7!vbQ\0zm", "without NUL"),
        ("Joe-gYx7!vbQzm", "nothing of the username"),
        ("Passw0rd!", "nothing common"),
    ] {
        let refused = changes(&db, &session, PASSWORD, new).await.unwrap_err();
        assert!(refused.to_string().contains(told), "{new:?}: {refused}");
        assert!(!refused.to_string().contains(new), "{refused}");
    }
    let refused = changes(&db, &session, "wrong", "gYx7!vbQ-zm").await;
    assert!(matches!(refused, Err(ChangeError::Refused)), "{refused:?}");
    assert!(matches!(try_in(&db, &rules(), "joe", PASSWORD).await, Ok(Step::Done(_))));
}

#[tokio::test]
async fn a_change_ends_the_other_sessions_and_keeps_ones_own() {
    let db = chain().await;
    let (own, other) = (signed_in(&db, "joe").await, signed_in(&db, "joe").await);
    changes(&db, &own, PASSWORD, "gYx7!vbQ-zm").await.unwrap();

    sessions::left(&own.oneself().unwrap(), &db).await.unwrap();
    let ended = sessions::left(&other.oneself().unwrap(), &db).await;
    assert!(matches!(ended, Err(DbError::SignedOut(Ended::PasswordChanged))), "{ended:?}");
    assert!(matches!(try_in(&db, &rules(), "joe", PASSWORD).await, Err(SignInError::Refused)));
    assert!(matches!(try_in(&db, &rules(), "joe", "gYx7!vbQ-zm").await, Ok(Step::Done(_))));
}

#[tokio::test]
async fn of_many_changes_at_once_one_is_stored() {
    let db = chain().await;
    let session = signed_in(&db, "joe").await;
    let each = (0..8).map(|number| {
        let (db, session) = (db.clone(), session.clone());
        async move { changes(&db, &session, PASSWORD, &format!("gYx{number}!vbQ-zm")).await }
    });
    let stored = futures_util::future::join_all(each).await;
    assert_eq!(stored.iter().filter(|stored| stored.is_ok()).count(), 1, "{stored:?}");
}

#[tokio::test]
async fn a_password_that_has_to_be_changed_opens_nothing_before_it_is() {
    let db = chain().await;
    run(&db, "UPDATE users SET must_change_password = TRUE, password_expires_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR")
        .await;
    let Step::ChangePassword(pending) = try_in(&db, &rules(), "joe", PASSWORD).await.unwrap() else {
        panic!("the password has to be changed")
    };
    let again = change_at_sign_in(&db, &rules(), &pending, PASSWORD.into()).await;
    assert!(matches!(again, Err(ChangeError::UsedBefore)), "{again:?}");
    let weak = change_at_sign_in(&db, &rules(), &pending, "password".into()).await;
    assert!(matches!(weak, Err(ChangeError::Rules(_))), "{weak:?}");
    let done = change_at_sign_in(&db, &rules(), &pending, "gYx7!vbQ-zm".into()).await.unwrap();
    assert!(matches!(done, Step::Done(_)), "{done:?}");
    let twice = change_at_sign_in(&db, &rules(), &pending, "gYx8!vbQ-zm".into()).await;
    assert!(matches!(twice, Err(ChangeError::SignIn(SignInError::Over))), "{twice:?}");
    assert!(matches!(try_in(&db, &rules(), "joe", "gYx7!vbQ-zm").await, Ok(Step::Done(_))));
}

#[tokio::test]
async fn a_temporary_password_is_refused_when_its_time_is_over_and_the_log_says_why() {
    let db = chain().await;
    run(&db, "UPDATE users SET must_change_password = TRUE, password_expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND")
        .await;
    assert!(matches!(try_in(&db, &rules(), "joe", PASSWORD).await, Err(SignInError::Refused)));
    let why: Option<String> = db
        .conn()
        .await
        .unwrap()
        .query_first("SELECT detail FROM audit_log WHERE action = 'sign_in_refused' AND subject = 'user joe'")
        .await
        .unwrap();
    assert_eq!(why.as_deref(), Some("the temporary password is out of date"));
}

#[tokio::test]
async fn a_hash_of_another_program_is_taken_and_becomes_as_dear_as_the_setting() {
    let db = chain().await;
    let hash: String =
        db.conn().await.unwrap().query_first("SELECT password_hash FROM users").await.unwrap().unwrap();
    let dearer = Policy { bcrypt_cost: 11, ..rules() };
    for version in ["$2a$", "$2b$", "$2y$"] {
        run(&db, &format!("UPDATE users SET password_hash = '{}'", hash.replacen("$2b$", version, 1))).await;
        for cost in ["$10$", "$11$", "$11$"] {
            let stored: Option<String> =
                db.conn().await.unwrap().query_first("SELECT password_hash FROM users").await.unwrap();
            assert_eq!(stored.as_deref().map(|stored| &stored[3..7]), Some(cost), "{version}");
            assert!(
                matches!(try_in(&db, &dearer, "joe", PASSWORD).await, Ok(Step::Done(_))),
                "{version} {cost}"
            );
        }
    }
    assert!(matches!(try_in(&db, &rules(), "joe", PASSWORD).await, Ok(Step::Done(_))), "a dearer one stays");
}
