//! Loading again: only what is new is asked for where a server can tell, and everything where it can not.

use crate::server::{Asked, Reply, Server, json, nothing};
use crate::world::World;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// A shop's customers, which a test changes while the server runs.
type Shop = Arc<Mutex<Vec<Value>>>;

fn customer(id: usize, name: &str, changed: &str) -> Value {
    json!({"customer_id": id, "first_name": name, "last_name": "Holm", "updated_at": changed})
}

/// Pages of ten; where `filter` is one, rows from that value of `field` on.
fn serve(shop: &Shop, field: &'static str, filter: &'static str) -> Server {
    let shop = shop.clone();
    Server::start(move |asked| {
        if asked.path != "/customers" {
            return nothing();
        }
        let all = shop.lock().unwrap().clone();
        let from = asked.query.get(filter).filter(|_| !filter.is_empty());
        let number = |text: &str| text.parse::<u64>().ok();
        let is_new = |row: &Value| {
            from.is_none_or(|from| match (row[field].as_u64(), number(from)) {
                (Some(one), Some(other)) => one >= other,
                _ => row[field].as_str().unwrap_or_default() >= from.as_str(),
            })
        };
        let rows: Vec<Value> = all.into_iter().filter(is_new).collect();
        page(asked, &rows)
    })
}

fn page(asked: &Asked, rows: &[Value]) -> Reply {
    let page = asked.number("page").unwrap_or(1);
    let some: Vec<&Value> = rows.iter().skip((page - 1) * 10).take(10).collect();
    json(&json!({"total": rows.len(), "data": some}))
}

fn shop() -> Shop {
    Arc::new(Mutex::new((1..=25).map(|id| customer(id, "Ann", "2026-01-01T00:00:00Z")).collect()))
}

#[tokio::test]
async fn by_the_time_of_change_new_and_changed_rows_alone_are_asked_for() {
    let (world, shop) = (World::new().await, shop());
    let server = serve(&shop, "updated_at", "updated_since");
    let first = world.load(&server.url, &[]);
    assert_eq!((first.code, world.count("customers").await), (0, 25), "{first:?}");
    {
        let mut shop = shop.lock().unwrap();
        shop[3] = customer(4, "Berit", "2026-02-01T00:00:00Z");
        shop.push(customer(26, "Cay", "2026-02-02T00:00:00Z"));
    }
    let second = world.load(&server.url, &[]);
    let table = second.table("customers");
    assert_eq!(second.code, 0, "{second:?}");
    assert!(
        table["only_new"].as_str().unwrap().contains("only rows with updated_at from 2026-01-01"),
        "{table}"
    );
    let name: String = world.one("SELECT first_name FROM customers WHERE customer_id = 4").await;
    assert_eq!((name.as_str(), world.count("customers").await), ("Berit", 26));
    // From here on the mark is the newest, and what is new is next to nothing.
    let third = world.load(&server.url, &[]);
    assert_eq!(third.table("customers")["rows"], 1, "{third:?}");
    assert_eq!(third.json()["status"], "nothing_to_do");
    let full = world.load(&server.url, &["--full"]);
    assert_eq!(
        (full.table("customers")["rows"].as_u64(), full.table("customers")["only_new"].is_null()),
        (Some(26), true)
    );
}

#[tokio::test]
async fn by_a_growing_number_and_a_load_that_was_undone_counts_no_more() {
    let (world, shop) = (World::new().await, shop());
    for row in shop.lock().unwrap().iter_mut() {
        row.as_object_mut().unwrap().remove("updated_at");
    }
    let server = serve(&shop, "customer_id", "customer_id_gte");
    assert_eq!(world.load(&server.url, &[]).code, 0);
    shop.lock().unwrap().push(customer(26, "Cay", ""));
    let second = world.load(&server.url, &[]);
    assert_eq!(second.table("customers")["rows"], 2, "{second:?}");
    assert_eq!(world.count("customers").await, 26);
    let run = second.json()["run_id"].to_string();
    assert_eq!(world.run(&["undo", &run]).code, 0);
    assert_eq!(world.count("customers").await, 25);
    let third = world.load(&server.url, &[]);
    assert_eq!((third.table("customers")["rows"].as_u64(), world.count("customers").await), (Some(2), 26));
    // Without the first, nothing that builds on it counts either.
    let first: u64 = world.one("SELECT MIN(run_id) FROM import_runs").await;
    let third = third.json()["run_id"].to_string();
    assert_eq!(world.run(&["undo", &third]).code, 0);
    assert_eq!(world.run(&["undo", &first.to_string()]).code, 0);
    assert_eq!(world.count("customers").await, 0);
    let whole = world.load(&server.url, &[]);
    assert_eq!((whole.table("customers")["rows"].as_u64(), world.count("customers").await), (Some(26), 26));
}

#[tokio::test]
async fn a_server_that_does_not_filter_is_read_whole() {
    let (world, shop) = (World::new().await, shop());
    let server = serve(&shop, "updated_at", "");
    assert_eq!(world.load(&server.url, &[]).code, 0);
    shop.lock().unwrap()[0] = customer(1, "Berit", "2026-02-01T00:00:00Z");
    let second = world.load(&server.url, &[]);
    assert_eq!((second.code, second.table("customers")["rows"].as_u64()), (0, Some(25)), "{second:?}");
    let name: String = world.one("SELECT first_name FROM customers WHERE customer_id = 1").await;
    assert_eq!(name, "Berit");
}

#[tokio::test]
async fn a_reply_that_is_still_the_same_is_not_sent_again() {
    let world = World::new().await;
    let server = Server::start(|asked| {
        if asked.path != "/brands" {
            return nothing();
        }
        if asked.headers.get("if-none-match").map(String::as_str) == Some("\"v1\"") {
            return Reply::Whole { status: 304, headers: Vec::new(), body: Vec::new() };
        }
        json(&json!({"total": 2, "data": [{"brand_id": 1, "brand_name": "A"}, {"brand_id": 2, "brand_name": "B"}]}))
            .with("ETag", "\"v1\"")
    });
    let words = ["--table", "brands=brands"];
    assert_eq!(world.load(&server.url, &words).code, 0);
    for _ in 0..2 {
        let again = world.load(&server.url, &words);
        let table = again.table("brands");
        assert_eq!((again.code, again.json()["status"].as_str()), (0, Some("nothing_to_do")), "{again:?}");
        assert!(table["only_new"].as_str().unwrap().contains("nothing changed since run"), "{table}");
    }
    assert_eq!(world.load(&server.url, &["--table", "brands=brands", "--full"]).table("brands")["rows"], 2);
}

#[tokio::test]
async fn a_reply_without_a_tag_is_asked_for_by_its_time_of_change() {
    const THEN: &str = "Wed, 22 Apr 2026 06:00:00 GMT";
    let world = World::new().await;
    let changed = Arc::new(Mutex::new(THEN));
    let newest = changed.clone();
    let server = Server::start(move |asked| {
        let newest = *newest.lock().unwrap();
        if asked.path != "/brands" {
            return nothing();
        }
        if asked.headers.get("if-modified-since").map(String::as_str) == Some(newest) {
            return Reply::Whole { status: 304, headers: Vec::new(), body: Vec::new() };
        }
        let name = if newest == THEN { "A" } else { "B" };
        json(&json!({"total": 1, "data": [{"brand_id": 1, "brand_name": name}]}))
            .with("Last-Modified", newest)
    });
    let words = ["--table", "brands=brands"];
    assert_eq!(world.load(&server.url, &words).code, 0);
    let again = world.load(&server.url, &words);
    assert_eq!((again.code, again.json()["status"].as_str()), (0, Some("nothing_to_do")), "{again:?}");
    assert!(again.table("brands")["only_new"].as_str().unwrap().contains("nothing changed since run"));
    *changed.lock().unwrap() = "Thu, 23 Apr 2026 06:00:00 GMT";
    let other = world.load(&server.url, &words);
    assert_eq!((other.code, other.table("brands")["rows"].as_u64()), (0, Some(1)), "{other:?}");
    assert_eq!(world.one::<String>("SELECT brand_name FROM brands").await, "B");
}
