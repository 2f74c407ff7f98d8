//! How long the one search takes to answer each letter that is typed, over a million customers.
//!
//! `cargo bench --bench search [-- CUSTOMERS]`: each of some words is typed letter by letter, and each answer timed, the middle of
//! several tries; beside it the plain way over the same rows, which looks for the letters in every name, telephone number and address.

#![allow(
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

#[path = "../../tests/support/mod.rs"]
mod support;
#[path = "../dashboard/timing.rs"]
mod timing;

use mysql_async::prelude::Queryable;
use mysql_async::{Row, params};
use std::time::Duration;
use storekeeper::db::Db;
use storekeeper::service::authorized::ViewData;
use storekeeper::service::{Session, records};
use timing::{middle, millis};
use tokio_util::sync::CancellationToken;

const ROUNDS: usize = 9;

/// A name, both, turned round, an address, the first digits of a number, the last four, a customer's number.
const WORDS: [&str; 7] = ["last77", "first12 last3", "last400 f", "mail4711@", "(612) 77", "9077", "123456"];

/// Rows with names as often as people share them, and ten digits a number. The keys are made in order, a tenth at a time.
const CUSTOMERS: &str = "
    INSERT INTO customers (customer_id, first_name, last_name, phone, email, city)
    SELECT n, CONCAT('First', CRC32(n) % 2000), CONCAT('Last', CRC32(n * 7) % 30000),
           CONCAT('(', 200 + CRC32(n * 3) % 800, ') ', 200 + CRC32(n * 5) % 800, '-', LPAD(CRC32(n * 11) % 10000, 4, '0')),
           CONCAT('mail', n, '@x.example'), CONCAT('City', n % 499)
      FROM (SELECT seq.d + :from AS n FROM n seq WHERE seq.d < :count) numbers
     ORDER BY n";

#[tokio::main]
async fn main() {
    let customers = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(1_000_000_u32);
    support::BUFFER_POOL.set("1G").unwrap();
    let db = support::chain().await;
    fill(&db, customers).await;

    let by = Session::operator().require(ViewData).unwrap();
    let (mut all, mut plain) = (Vec::new(), Vec::new());
    for word in WORDS {
        let mut worst = (Duration::ZERO, "");
        for typed in (1..=word.len()).map(|length| &word[..length]) {
            let search = async || {
                records::search(&by, &db, typed, &CancellationToken::new()).await.unwrap().unwrap();
            };
            let taken = middle(ROUNDS, search).await;
            all.push(taken);
            if taken > worst.0 {
                worst = (taken, typed);
            }
        }
        let theirs = middle(1, async || looked_for_everywhere(&db, word).await).await;
        plain.push(theirs);
        println!(
            "{word:<16} slowest letter {:>6.1} ms (at {:?}); looked for everywhere {:>7.1} ms",
            millis(worst.0),
            worst.1,
            millis(theirs)
        );
    }
    all.sort();
    plain.sort();
    let (ours, theirs) = (all[all.len() / 2], plain[plain.len() / 2]);
    println!(
        "{customers} customers, {} letters: middle {:.1} ms, slowest {:.1} ms, {:.0}x the plain way",
        all.len(),
        millis(ours),
        millis(all[all.len() - 1]),
        theirs.as_secs_f64() / ours.as_secs_f64()
    );
}

async fn fill(db: &Db, customers: u32) {
    const PART: u32 = 100_000;
    let mut conn = db.conn().await.unwrap();
    conn.query_drop("CREATE TABLE n (d INT UNSIGNED PRIMARY KEY)").await.unwrap();
    conn.query_drop("INSERT INTO n WITH RECURSIVE up (d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM up WHERE d < 999) SELECT d FROM up")
        .await
        .unwrap();
    conn.query_drop("INSERT INTO n SELECT a.d + 1000 * b.d FROM n a, n b WHERE b.d BETWEEN 1 AND 99")
        .await
        .unwrap();
    for from in (0..customers).step_by(PART as usize) {
        let count = PART.min(customers - from);
        conn.exec_drop(CUSTOMERS, params! { "from" => from + 1, "count" => count }).await.unwrap();
    }
    conn.query_drop("ANALYZE TABLE customers").await.unwrap();
}

/// What a program does that has no index for it.
async fn looked_for_everywhere(db: &Db, typed: &str) {
    let mut conn = db.conn().await.unwrap();
    let statement = "SELECT customer_id, first_name, last_name, city, phone FROM customers
                      WHERE CONCAT(first_name, ' ', last_name) LIKE :typed OR phone LIKE :typed OR email LIKE :typed
                      ORDER BY last_name LIMIT 20";
    let _: Vec<Row> = conn.exec(statement, params! { "typed" => format!("%{typed}%") }).await.unwrap();
}
