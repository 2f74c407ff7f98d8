//! What the audit log costs a write, and how fast a long log is checked.
//!
//! `cargo bench --bench audit [-- ROWS]`: the ratio of a write with an entry to the same transaction without one, on a server
//! that flushes at each commit, and the time to verify a log of so many entries (a million where none is said).

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

#[path = "../tests/support/mod.rs"]
mod support;

use futures_util::FutureExt;
use mysql_async::prelude::Queryable;
use serde_json::json;
use std::time::{Duration, Instant};
use storekeeper::db::{Db, DbError, Recorded};
use storekeeper::domain::Role;
use storekeeper::domain::audit::{Action, Entry};
use storekeeper::service::authorized::{ModifyData, ViewLogs};
use storekeeper::service::{Authorized, Session, audit};
use support::people::{add_user, signed_in};

const WRITES: u32 = 300;

#[tokio::main]
async fn main() {
    let rows = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(1_000_000);
    let db = support::chain().await;
    // The tests' server does not wait for the disk; one that keeps what it said does.
    db.conn().await.unwrap().query_drop("SET GLOBAL innodb_flush_log_at_trx_commit = 1").await.unwrap();
    add_user(&db, "ann", Role::Manager).await;
    db.conn().await.unwrap().query_drop(CHAIN).await.unwrap();
    for work in [Work::Edit, Work::Order] {
        for round in 1..=3 {
            println!("{work:?}, round {round}");
            writes(&db, work).await;
        }
    }
    verifying(rows).await;
}

/// What somebody does.
#[derive(Debug, Clone, Copy)]
enum Work {
    /// Changes one customer, where nobody else did meanwhile.
    Edit,
    /// Takes an order of four lines, and takes them off the stock.
    Order,
}

const CHAIN: &str = "
INSERT INTO brands (brand_id, brand_name) VALUES (1, 'Heron');
INSERT INTO categories (category_id, category_name) VALUES (1, 'City');
INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price)
VALUES (1, 'A', 1, 1, 2026, 100), (2, 'B', 1, 1, 2026, 100), (3, 'C', 1, 1, 2026, 100), (4, 'D', 1, 1, 2026, 100);
INSERT INTO stores (store_id, store_name) VALUES (1, 'Harbour');
INSERT INTO staffs (staff_id, first_name, last_name, email, active, store_id) VALUES (1, 'An', 'Ode', 'a@x.org', 1, 1);
INSERT INTO stocks (store_id, product_id, quantity) VALUES (1, 1, 9999999), (1, 2, 9999999), (1, 3, 9999999), (1, 4, 9999999);
INSERT INTO customers (customer_id, first_name, last_name, email) VALUES (1, 'Bo', 'Sun', 'bo@x.org')";

impl Work {
    async fn done(self, tx: &mut impl Queryable) -> Result<(), mysql_async::Error> {
        match self {
            Work::Edit => {
                tx.exec_drop("UPDATE customers SET phone = LEFT(UUID(), 18), version = version + 1 WHERE customer_id = ?", (1,)).await
            }
            Work::Order => {
                tx.exec_drop(
                    "INSERT INTO orders (customer_id, order_status, order_date, required_date, store_id, staff_id) \
                     VALUES (1, 1, '2026-01-31', '2026-02-07', 1, 1)",
                    (),
                )
                .await?;
                let id: Option<u64> = tx.query_first("SELECT LAST_INSERT_ID()").await?;
                for line in 1..=4 {
                    tx.exec_drop(
                        "INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price, discount) \
                         VALUES (?, ?, ?, 1, 100, 0)",
                        (id, line, line),
                    )
                    .await?;
                    tx.exec_drop(
                        "UPDATE stocks SET quantity = quantity - 1 WHERE store_id = 1 AND product_id = ?",
                        (line,),
                    )
                    .await?;
                }
                Ok(())
            }
        }
    }
}

async fn writes(db: &Db, work: Work) {
    // An operator's right is not asked for, so that this pays for the entry alone.
    let operator = Session::operator().require(ModifyData).unwrap();
    let ann = signed_in(db, "ann").await.require(ModifyData).unwrap();
    let (mut plain, mut audited, mut both) = (Vec::new(), Vec::new(), Vec::new());
    // Turn about, so that all meet the same disk.
    for _ in 0..WRITES {
        plain.push(timed(without(db, work)).await);
        audited.push(timed(with(db, work, &operator)).await);
        both.push(timed(with(db, work, &ann)).await);
    }
    let (base, base_median) = (mean(&plain), median(&mut plain));
    let tell = |what: &str, mut times: Vec<Duration>| {
        let (mean, median) = (mean(&times), median(&mut times));
        println!(
            "{what:<52} mean {:>6} µs {:.2}x   median {:>6} µs {:.2}x",
            mean.as_micros(),
            mean.as_secs_f64() / base.as_secs_f64(),
            median.as_micros(),
            median.as_secs_f64() / base_median.as_secs_f64()
        );
    };
    tell("  without an entry", plain);
    tell("  with an entry", audited);
    tell("  with the right read again, and an entry", both);
}

fn mean(times: &[Duration]) -> Duration {
    times.iter().sum::<Duration>() / WRITES
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

async fn timed(work: impl Future<Output = ()>) -> Duration {
    let start = Instant::now();
    work.await;
    start.elapsed()
}

/// The same transaction, as any program would do it, with as few round trips as it takes.
async fn without(db: &Db, work: Work) {
    let mut conn = db.conn().await.unwrap();
    conn.query_drop("START TRANSACTION").await.unwrap();
    work.done(&mut conn).await.unwrap();
    conn.query_drop("COMMIT").await.unwrap();
}

async fn with(db: &Db, work: Work, by: &Authorized<ModifyData>) {
    let entry = Entry::done(Action::RecordChanged, "order 17")
        .before(&json!({ "phone": "(555) 010-7788" }))
        .after(&json!({ "phone": "(555) 010-7789" }));
    let done: Result<(), DbError> = db
        .write(by, |tx| {
            let entry = entry.clone();
            async move {
                work.done(&mut **tx).await?;
                Ok(Recorded::with((), entry))
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
