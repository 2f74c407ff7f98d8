//! How fast letters to customers are made, beside reportlab (installed into `target/bench-reportlab`) on the same customers.
//!
//! `cargo bench --bench reports`: a customer with 20 orders as a whole command, one with 1,000 orders, and all customers of
//! the sample, or of a demo of 1,500 orders where the sample is not at hand.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

#[path = "../../tests/loading/chain.rs"]
mod chain;
mod peer;
#[path = "../../tests/support/mod.rs"]
mod support;

use chain::Chain;
use jiff::Zoned;
use peer::Python;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use storekeeper::db::reports::Reader;
use storekeeper::domain::CustomerId;
use storekeeper::domain::report::{CustomerHistory, StoreContact};
use storekeeper::report::pdf::{self, Stamp};
use storekeeper::settings;
use tokio_util::sync::CancellationToken;

/// How often each is measured; the best counts, for what others do on the machine only slows down.
const TIMES: usize = 5;
const TWENTY: CustomerId = CustomerId(900_001);
const THOUSAND: CustomerId = CustomerId(900_002);

#[tokio::main]
async fn main() {
    let Some(sample) = support::shared_data("bikestores") else { return };
    let chain = Chain::new().await;
    chain.load(&sample).await.unwrap();
    let all = customers(&chain, CustomerId(1), CustomerId(899_999)).await;
    add(&chain, TWENTY, 20).await;
    add(&chain, THOUSAND, 1000).await;
    let stores = stores(&chain).await;
    let python = Python::with_reportlab();
    println!("the best of {TIMES}, {:?}\n", support::server().flavour);

    let twenty = customers(&chain, TWENTY, TWENTY).await;
    let command = best(|| run(&chain, &["customer", &TWENTY.to_string()]).0);
    let kb = laid_out(&twenty[0], &stores).len() as f64 / 1000.0;
    let alone = best(|| timed(|| laid_out(&twenty[0], &stores)));
    println!("20 orders: the command {}, {kb:.1} kB, of it the PDF {}", ms(command), ms(alone));
    told(python.as_ref(), &twenty, alone);

    let thousand = customers(&chain, THOUSAND, THOUSAND).await;
    let command = best(|| run(&chain, &["customer", &THOUSAND.to_string()]).0);
    let alone = best(|| timed(|| laid_out(&thousand[0], &stores)));
    println!("\n1,000 orders: the command {}, of it the PDF {}", ms(command), ms(alone));
    told(python.as_ref(), &thousand, alone);

    chain.run("DELETE i FROM order_items i JOIN orders USING (order_id) WHERE customer_id > 900000").await;
    chain.run("DELETE FROM orders WHERE customer_id > 900000").await;
    chain.run("DELETE FROM customers WHERE customer_id > 900000").await;
    let (whole, memory) = (0..2).map(|_| run(&chain, &["customer", "--all"])).min().unwrap();
    println!("\n{} customers: the command {}, {memory} kB of memory at the most", all.len(), ms(whole));
    told(python.as_ref(), &all, whole);
}

fn told(python: Option<&Python>, customers: &[CustomerHistory], ours: Duration) {
    let Some(python) = python else { return };
    let (inside, process) = (0..2).map(|_| python.letters(customers)).min().unwrap();
    let ratio = ours.as_secs_f64() / inside.as_secs_f64();
    println!(
        "  reportlab {}, its whole process {}; ours takes {ratio:.2} of reportlab's time",
        ms(inside),
        ms(process)
    );
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

fn best(mut measure: impl FnMut() -> Duration) -> Duration {
    (0..TIMES).map(|_| measure()).min().unwrap()
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    std::hint::black_box(work());
    begun.elapsed()
}

fn laid_out(customer: &CustomerHistory, stores: &[StoreContact]) -> Vec<u8> {
    let request = settings::Request { data_dir: Some("/nowhere".into()), ..settings::Request::default() };
    let look = settings::load(&request).unwrap().settings.report;
    let stamp = Stamp { at: Zoned::now(), by: "the bench".to_owned() };
    pdf::customer(customer, stores, &look, &stamp).unwrap().bytes
}

/// A customer with so many orders of three lines.
async fn add(chain: &Chain, id: CustomerId, orders: u32) {
    chain
        .run(&format!("INSERT INTO customers (customer_id, first_name, last_name) VALUES ({id}, 'Zofia', 'Łękawska-Müller')"))
        .await;
    for number in 0..orders {
        let order = id.0 * 2000 % 1_000_000_000 + number;
        chain
            .run(&format!(
                "INSERT INTO orders (order_id, customer_id, order_status, order_date, required_date, store_id, staff_id)
                 VALUES ({order}, {id}, {}, DATE('2024-01-01') + INTERVAL {number} DAY, '2028-01-01', 1, 2)",
                1 + number % 4
            ))
            .await;
        chain
            .run(&format!(
                "INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price, discount)
                 SELECT {order}, ROW_NUMBER() OVER (ORDER BY product_id), product_id, 1 + product_id % 3, list_price, 0.05
                   FROM products WHERE product_id IN ({}, {}, {})",
                1 + number % 300,
                2 + number * 7 % 310,
                4 + number * 13 % 300
            ))
            .await;
    }
}

async fn customers(chain: &Chain, first: CustomerId, last: CustomerId) -> Vec<CustomerHistory> {
    let mut reader = Reader::open(&chain.db).await.unwrap();
    reader.customers(first..=last, &CancellationToken::new()).await.unwrap().unwrap()
}

async fn stores(chain: &Chain) -> Vec<StoreContact> {
    let mut reader = Reader::open(&chain.db).await.unwrap();
    reader.stores(&CancellationToken::new()).await.unwrap().unwrap()
}

/// Runs `storekeeper report`; answers how long it took and the most memory it had, in kB.
fn run(chain: &Chain, words: &[&str]) -> (Duration, u64) {
    let folder = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_storekeeper"))
        .arg("report")
        .args(words)
        .arg("--out")
        .arg(folder.path().join("out"))
        .arg("--data-dir")
        .arg(folder.path().join("data"))
        .env("HOME", folder.path())
        .env("STOREKEEPER__DATABASE__SOCKET", chain.db.target().address.to_string())
        .env("STOREKEEPER__DATABASE__USER", "root")
        .env("STOREKEEPER__DATABASE__PASSWORD", support::PASSWORD)
        .env("STOREKEEPER__DATABASE__NAME", chain.db.name())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut most = 0;
    while program.try_wait().unwrap().is_none() {
        most = most.max(now(&program).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(1));
    }
    let took = begun.elapsed();
    assert!(program.wait().unwrap().success(), "{words:?}");
    (took, most)
}

fn now(program: &Child) -> Option<u64> {
    let status =
        std::fs::read_to_string(Path::new("/proc").join(program.id().to_string()).join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
