//! Sessions: what ends them, and that an ended one can neither read nor write.

use crate::support;
use mysql_async::prelude::Queryable;
use std::time::Duration;
use storekeeper::db::{Db, DbError};
use storekeeper::domain::Role;
use storekeeper::domain::session::Ended;
use storekeeper::service::authorized::ViewDashboard;
use storekeeper::service::{Session, figures, sessions};

async fn run(db: &Db, statement: &str) {
    db.conn().await.unwrap().query_drop(statement).await.unwrap();
}

/// A chain with the manager ann.
async fn chain() -> Db {
    let db = support::chain().await;
    support::people::add_user(&db, "ann", Role::Manager).await;
    db
}

async fn ann(db: &Db) -> Session {
    support::people::signed_in(db, "ann").await
}

async fn reads(db: &Db, session: &Session) -> Result<(), DbError> {
    figures::stores(&session.require(ViewDashboard).unwrap(), db).await.map(drop)
}

#[tokio::test]
async fn whoever_lost_their_right_reads_nothing_more_from_the_next_question_on() {
    const OPEN: &str = "UPDATE sessions SET ended_at = NULL, ended_why = NULL, last_seen_at = UTC_TIMESTAMP(6), \
                        ends_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR";
    let db = chain().await;
    let session = ann(&db).await;
    let cases = [
        ("UPDATE users SET active = FALSE", "UPDATE users SET active = TRUE", Some(Ended::Deactivated)),
        ("UPDATE sessions SET last_seen_at = last_seen_at - INTERVAL 31 MINUTE", OPEN, Some(Ended::Idle)),
        ("UPDATE sessions SET ends_at = opened_at", OPEN, Some(Ended::Over)),
        (
            "UPDATE sessions SET ended_at = UTC_TIMESTAMP(6), ended_why = 'role_changed'",
            OPEN,
            Some(Ended::RoleChanged),
        ),
        (
            "UPDATE users SET must_change_password = TRUE",
            "UPDATE users SET must_change_password = FALSE",
            None,
        ),
        ("UPDATE sessions SET token_hash = REPEAT('x', 32)", OPEN, Some(Ended::Unknown)),
    ];
    for (taken, given, why) in cases {
        reads(&db, &session).await.unwrap();
        run(&db, taken).await;
        let refused = reads(&db, &session).await.unwrap_err();
        match (&refused, why) {
            (DbError::SignedOut(ended), Some(why)) => assert_eq!(*ended, why, "{taken}"),
            (DbError::Forbidden(_), None) => {}
            _ => panic!("{taken}: {refused:?}"),
        }
        run(&db, given).await;
    }
    db.close().await;
}

#[tokio::test]
async fn a_session_whose_time_is_over_is_ended_and_recorded() {
    for (over, why) in [
        ("UPDATE sessions SET last_seen_at = last_seen_at - INTERVAL 31 MINUTE", Ended::Idle),
        ("UPDATE sessions SET ends_at = opened_at", Ended::Over),
    ] {
        let db = chain().await;
        let session = ann(&db).await;
        run(&db, over).await;
        sessions::leave(&session, &db, why).await.unwrap();
        let mut conn = db.conn().await.unwrap();
        let stored: Option<String> = conn.query_first("SELECT ended_why FROM sessions").await.unwrap();
        assert_eq!(stored.as_deref(), Some(why.word()));
        let told: Option<String> =
            conn.query_first("SELECT detail FROM audit_log WHERE action = 'session_ended'").await.unwrap();
        assert!(told.is_some_and(|told| told.ends_with(why.word())));
        sessions::leave(&session, &db, why).await.unwrap();
        let count: Option<u64> =
            conn.query_first("SELECT COUNT(*) FROM audit_log WHERE action = 'session_ended'").await.unwrap();
        assert_eq!(count, Some(1));
    }
}

#[tokio::test]
async fn a_role_that_was_taken_away_counts_at_once() {
    let db = chain().await;
    let session = ann(&db).await;
    run(&db, "UPDATE users SET role = 'employee'").await;
    let by = session.require(storekeeper::service::authorized::ImportData).unwrap();
    let refused = db.recheck(&by).await.unwrap_err();
    assert!(refused.to_string().contains("may not load data any more"), "{refused}");
    db.close().await;
}

#[tokio::test]
async fn a_key_prolongs_a_session_and_a_look_does_not() {
    let db = chain().await;
    let session = ann(&db).await;
    let oneself = session.oneself().unwrap();
    run(&db, "UPDATE sessions SET last_seen_at = last_seen_at - INTERVAL 29 MINUTE").await;
    let left = sessions::left(&oneself, &db).await.unwrap();
    assert!(left.idle <= Duration::from_secs(60), "{left:?}");
    assert!(left.absolute > Duration::from_secs(11 * 3600), "{left:?}");

    let left = sessions::touch(&oneself, &db).await.unwrap();
    assert!(left.idle > Duration::from_secs(29 * 60), "{left:?}");

    run(&db, "UPDATE sessions SET last_seen_at = last_seen_at - INTERVAL 30 MINUTE").await;
    let late = sessions::touch(&oneself, &db).await;
    assert!(matches!(late, Err(DbError::SignedOut(Ended::Idle))), "{late:?}");
    db.close().await;
}

#[tokio::test]
async fn one_sees_ones_sessions_and_ends_them() {
    let db = chain().await;
    let (here, there) = (ann(&db).await, ann(&db).await);
    let oneself = here.oneself().unwrap();
    let open = sessions::own(&oneself, &db).await.unwrap();
    assert_eq!(open.iter().map(|session| session.is_own).collect::<Vec<_>>(), [false, true]);

    assert!(sessions::end_own(&oneself, &db, open[0].id).await.unwrap());
    assert!(!sessions::end_own(&oneself, &db, open[0].id).await.unwrap());
    assert!(matches!(reads(&db, &there).await, Err(DbError::SignedOut(Ended::ByHand))));

    sessions::sign_out(&here, &db).await.unwrap();
    sessions::sign_out(&here, &db).await.unwrap();
    assert!(matches!(reads(&db, &here).await, Err(DbError::SignedOut(Ended::SignedOut))));
    let told: Vec<String> =
        db.conn().await.unwrap().query("SELECT action FROM audit_log ORDER BY audit_id").await.unwrap();
    assert_eq!(told, ["sign_in", "sign_in", "session_ended", "session_ended"]);
    db.close().await;
}
