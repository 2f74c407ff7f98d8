//! How fast rows are read from a server that takes its time: 100,000 orders in pages of 500, 20 ms a reply, beside a plain
//! loop with Python's `requests` that follows the same pages.
//!
//! `cargo bench --bench fetch [-- ROWS]`. What latency and concurrency allow is concurrency x page size / latency. Where
//! `STOREKEEPER_BENCH_PYTHON` names a Python with `requests`, that loop runs in the same run.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

#[path = "../../tests/api/server.rs"]
mod server;

use server::Server;
use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};
use storekeeper::domain::Table;
use storekeeper::etl::source::api::{Base, Client, Credentials, Envelope, Manners, Paging, Reading, fetch};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

const PAGE: usize = 500;
const LATENCY: Duration = Duration::from_millis(20);

#[tokio::main]
async fn main() {
    let rows = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(100_000_usize);
    // Made beforehand: a server that makes its pages takes the time of the program that is measured.
    let pages: Vec<String> = (0..rows.div_ceil(PAGE)).map(|number| page(number, rows)).collect();
    let server = Server::start(move |asked| {
        std::thread::sleep(LATENCY);
        let number = asked.number("page").unwrap_or(1);
        let empty = format!("{{\"total\":{rows},\"data\":[]}}");
        server::text(200, "application/json", pages.get(number - 1).unwrap_or(&empty))
    });
    let manners = Manners { rate: 100_000, ..Manners::default() };
    let allowed = f64::from(manners.concurrency) * PAGE as f64 / LATENCY.as_secs_f64();
    println!("{:<52} {allowed:>9.0} rows/s", "what concurrency and latency allow");

    let base = Base::typed(&server.url).unwrap();
    let told = watch::Sender::new(Default::default());
    let client = Client::new(base, Credentials::default(), false, manners, told, &CancellationToken::new());
    let reading = Reading {
        table: Table::Orders,
        url: format!("{}/orders", server.url).parse().unwrap(),
        envelope: Envelope::from_words("data"),
        paging: Paging::from_words("page:page=1;size:limit=500").unwrap(),
        last_time: None,
    };
    let begun = Instant::now();
    let fetched = tokio::task::spawn_blocking(move || fetch(&client, &reading)).await.unwrap().unwrap();
    let ours = rows as f64 / begun.elapsed().as_secs_f64();
    assert_eq!(fetched.spool.as_ref().map(|spool| spool.rows()), Some(rows as u64));
    assert!(fetched.whole.is_shown());
    println!(
        "{:<52} {ours:>9.0} rows/s  {:.2} of that",
        "storekeeper, every row parsed and kept",
        ours / allowed
    );
    println!("peak memory of this program, the server in it: {} kB", peak_memory());
    if let Ok(python) = std::env::var("STOREKEEPER_BENCH_PYTHON") {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/fetch/follow.py");
        let done = Command::new(python).arg(script).arg(&server.url).output().expect("that Python");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        let mut words = text.split_whitespace();
        let (count, seconds): (usize, f64) =
            (words.next().unwrap().parse().unwrap(), words.next().unwrap().parse().unwrap());
        assert_eq!(count, rows);
        let theirs = rows as f64 / seconds;
        println!("{:<52} {theirs:>9.0} rows/s  ours is {:.1}x", "requests, page after page", ours / theirs);
    }
}

fn page(number: usize, rows: usize) -> String {
    let from = number * PAGE;
    let mut body = String::with_capacity(PAGE * 180);
    let _ = write!(body, "{{\"total\":{rows},\"data\":[");
    for id in from + 1..=(from + PAGE).min(rows) {
        let comma = if id == from + 1 { "" } else { "," };
        let _ = write!(
            body,
            "{comma}{{\"order_id\":{id},\"customer_id\":{},\"order_status\":4,\"order_date\":\"2026-03-04\",\"required_date\":\"2026-03-06\",\"shipped_date\":\"2026-03-05\",\"store_id\":{},\"staff_id\":{}}}",
            id % 1000 + 1,
            id % 3 + 1,
            id % 10 + 1
        );
    }
    body.push_str("]}");
    body
}

fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
