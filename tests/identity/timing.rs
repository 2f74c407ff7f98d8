//! How long a refusal takes must not tell whether there is such a user (OWASP ASVS 5, 6.3.8).

#![allow(clippy::disallowed_methods, reason = "how long a refusal takes is what is looked at")]

use crate::support;
use crate::support::people::{add_user, policy, try_in};
use mysql_async::prelude::Queryable;
use std::path::Path;
use std::time::{Duration, Instant};
use storekeeper::db::Db;
use storekeeper::db::users::Lockout;
use storekeeper::domain::Role;
use storekeeper::service::Policy;

const TRIES: usize = 200;

/// How often a try of one kind took longer than a try of the other, of all pairs: 0.5 where nobody can tell them apart, 0 or
/// 1 where one try gives it away.
fn longer(one: &[Duration], other: &[Duration]) -> f64 {
    let pairs = one.iter().flat_map(|one| other.iter().map(move |other| one > other));
    pairs.filter(|longer| *longer).count() as f64 / (one.len() * other.len()) as f64
}

async fn timed(db: &Db, policy: &Policy, name: &str) -> Duration {
    let began = Instant::now();
    assert!(try_in(db, policy, name, "Wr0ng!Passw0rd").await.is_err());
    began.elapsed()
}

#[tokio::test]
async fn how_long_a_refusal_takes_does_not_tell_who_is_there() {
    let db = support::chain().await;
    // The tests' server does not wait for the disk; one that keeps what it said does, and how often it waits could tell.
    db.conn().await.unwrap().query_drop("SET GLOBAL innodb_flush_log_at_trx_commit = 1").await.unwrap();
    add_user(&db, "known", Role::Manager).await;
    let policy =
        Policy { lockout: Lockout { attempts: 100_000, minutes: 15 }, ..policy(Path::new("/nowhere")) };
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        // In turn, so that whatever else the machine does falls on both alike.
        known.push(timed(&db, &policy, "known").await);
        unknown.push(timed(&db, &policy, "unknown").await);
    }
    let told_apart = longer(&known, &unknown);
    println!("a known name took longer than an unknown one in {told_apart:.2} of {} pairs", TRIES * TRIES);
    assert!((0.05..=0.95).contains(&told_apart), "{told_apart}");
}
