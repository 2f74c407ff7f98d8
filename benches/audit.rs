//! What the audit log costs a write, and how fast a long log is checked.
//!
//! `cargo bench --bench audit [-- ROWS]`: the ratio of a write with an entry to the same transaction without one, on a server
//! that flushes at each commit, and the time to verify a log of so many entries (a million where none is said).

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

#[path = "../tests/support/mod.rs"]
mod support;

use futures_util::FutureExt;
use mysql_async::prelude::Queryable;
use mysql_async::{IsolationLevel, TxOpts};
use std::time::{Duration, Instant};
use storekeeper::db::{Db, DbError, Recorded};
use storekeeper::domain::Role;
use storekeeper::domain::audit::{Action, Entry};
use storekeeper::service::authorized::{ModifyData, ViewLogs};
use storekeeper::service::{Authorized, Session, audit};
use support::people::{add_user, signed_in};

const WRITES: u32 = 300;
const STATEMENTS: u32 = 5;

#[tokio::main]
async fn main() {
    let rows = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(1_000_000);
    let db = support::chain().await;
    // The tests' server does not wait for the disk; one that keeps what it said does.
    db.conn().await.unwrap().query_drop("SET GLOBAL innodb_flush_log_at_trx_commit = 1").await.unwrap();
    for round in 1..=3 {
        writes(&db, round).await;
    }
    verifying(rows).await;
}

async fn writes(db: &Db, round: u32) {
    if round == 1 {
        add_user(db, "ann", Role::Manager).await;
    }
    // An operator's right is not asked for, so that this pays for the entry alone.
    let operator = Session::operator().require(ModifyData).unwrap();
    let ann = signed_in(db, "ann").await.require(ModifyData).unwrap();
    let (mut plain, mut audited, mut both) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    // Turn about, so that all meet the same disk.
    for _ in 0..WRITES {
        plain += timed(without(db)).await;
        audited += timed(with(db, &operator)).await;
        both += timed(with(db, &ann)).await;
    }
    let tell = |what: &str, time: Duration| {
        let ratio = time.as_secs_f64() / plain.as_secs_f64();
        println!("{what:<44} {:>6} µs  {ratio:.2}x", (time / WRITES).as_micros());
    };
    tell("inserts and a commit", plain);
    tell("the same with an entry", audited);
    tell("the same with the right read again, and an entry", both);
}

async fn timed(work: impl Future<Output = ()>) -> Duration {
    let start = Instant::now();
    work.await;
    start.elapsed()
}

const INSERT: &str = "INSERT INTO categories (category_name) VALUES (UUID())";

/// The same transaction, as any program would do it.
async fn without(db: &Db) {
    let mut options = TxOpts::new();
    options.with_isolation_level(IsolationLevel::ReadCommitted);
    let mut conn = db.conn().await.unwrap();
    let mut tx = conn.start_transaction(options).await.unwrap();
    for _ in 0..STATEMENTS {
        tx.exec_drop(INSERT, ()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn with(db: &Db, by: &Authorized<ModifyData>) {
    let done: Result<(), DbError> = db
        .write(by, |tx| {
            async move {
                for _ in 0..STATEMENTS {
                    tx.exec_drop(INSERT, ()).await?;
                }
                Ok(Recorded::with((), Entry::done(Action::RecordCreated, "categories")))
            }
            .boxed()
        })
        .await;
    done.unwrap();
}

async fn verifying(rows: u64) {
    const AT_ONCE: u64 = 5000;
    let db = support::chain().await;
    db.conn().await.unwrap().query_drop("SET GLOBAL innodb_flush_log_at_trx_commit = 0").await.unwrap();
    let by = Session::operator().require(ModifyData).unwrap();
    let entry = Entry::done(Action::RecordChanged, "order 17").detail("what was done, in words");
    for _ in 0..rows.div_ceil(AT_ONCE) {
        let entries = vec![entry.clone(); usize::try_from(AT_ONCE).unwrap()];
        let done: Result<(), DbError> = db
            .write(&by, |_| {
                let entries = entries.clone();
                async move { Ok(Recorded::with_all((), entries)) }.boxed()
            })
            .await;
        done.unwrap();
    }
    let logs = Session::operator().require(ViewLogs).unwrap();
    let start = Instant::now();
    let whole = audit::verify(&logs, &db, None).await.unwrap().unwrap();
    println!("{} entries verified in {:.2} s", whole.head.id, start.elapsed().as_secs_f64());
}
