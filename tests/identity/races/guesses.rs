//! A hundred guesses at a password at once, where five are allowed.

use crate::support;
use crate::support::people::{PASSWORD, add_user, policy, try_in};
use futures_util::future::join_all;
use mysql_async::prelude::Queryable;
use std::path::Path;
use storekeeper::db::Db;
use storekeeper::domain::Role;
use tokio::sync::Barrier;

const GUESSES: usize = 100;
const LIMIT: u32 = 5;

/// Reads the count, checks, raises the count, as one would write it first, where all come at the same moment: nobody has
/// raised it before everybody has read it.
async fn naive(db: &Db, all_have_read: &Barrier) -> bool {
    let mut conn = db.conn().await.unwrap();
    let (failed, hash): (u32, String) =
        conn.query_first("SELECT failed_attempts, password_hash FROM users").await.unwrap().unwrap();
    drop(conn);
    all_have_read.wait().await;
    if failed >= LIMIT {
        return false;
    }
    let right = tokio::task::spawn_blocking(move || bcrypt::verify("wrong", &hash).unwrap()).await.unwrap();
    assert!(!right);
    let raise = "UPDATE users SET failed_attempts = failed_attempts + 1";
    db.conn().await.unwrap().query_drop(raise).await.unwrap();
    true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_guesses_at_once_no_more_than_the_limit_are_checked() {
    let db = support::chain().await;
    add_user(&db, "max", Role::Manager).await;
    let barrier = Barrier::new(GUESSES);
    let checked = join_all((0..GUESSES).map(|_| naive(&db, &barrier))).await;
    let naive = checked.into_iter().filter(|checked| *checked).count();
    db.conn().await.unwrap().query_drop("UPDATE users SET failed_attempts = 0").await.unwrap();

    let policy = policy(Path::new("/nowhere"));
    let guesses = (0..GUESSES).map(|_| try_in(&db, &policy, "max", "wrong"));
    assert!(join_all(guesses).await.iter().all(Result::is_err));

    let by_reason = "SELECT detail, COUNT(*) FROM audit_log WHERE action = 'sign_in_refused' GROUP BY detail ORDER BY detail";
    let told: Vec<(String, u32)> = db.conn().await.unwrap().query(by_reason).await.unwrap();
    println!("guesses checked at a limit of {LIMIT}: naive {naive}, shipped {told:?}");
    assert_eq!(told, [("the account is locked".to_owned(), 95), ("wrong password".to_owned(), LIMIT)]);
    assert_eq!(naive, GUESSES);
    assert!(try_in(&db, &policy, "max", PASSWORD).await.is_err(), "and the account is locked");
}
