//! A server that does everything wrong: for each fault the receipt, the exit code, and that nothing is left half loaded.

use crate::server::{Asked, Reply, Server, json, nothing, raw, text};
use crate::world::{Ran, World};
use serde_json::{Value, json};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Brands from one number up to before another.
fn brands(from: usize, to: usize) -> Vec<Value> {
    (from..to).map(|id| json!({"brand_id": id, "brand_name": format!("Brand {id}")})).collect()
}

/// A server of brands alone, that answers like this where they are asked for.
fn server(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |asked| if asked.path == "/brands" { answer(asked) } else { nothing() })
}

const ONLY: [&str; 2] = ["--table", "brands=brands"];

/// Loads brands from that server, told where they are.
async fn told(
    answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    paging: &str,
) -> (World, Server, Ran) {
    let (world, server) = (World::new().await, server(answer));
    let paging = format!("brands={paging}");
    let ran = world.load(&server.url, &[&ONLY[..], &["--paging", &paging]].concat());
    (world, server, ran)
}

/// That a load failed with these words, and nothing is left.
async fn failed(world: &World, ran: &Ran, words: &str) {
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains(words) && ran.err.contains("Nothing was loaded"), "{}", ran.err);
    world.is_untouched().await;
}

/// A page of so many brands by number from 1, of so many in all; none after the last.
fn page(asked: &Asked, size: usize, all: usize) -> Vec<Value> {
    let from = 1 + (asked.number("page").unwrap_or(1) - 1) * size;
    brands(from, (from + size).min(all + 1).max(from))
}

#[tokio::test]
async fn a_server_that_only_fails_is_left_alone_before_all_tries_are_used() {
    let world = World::new().await.set("API__ATTEMPTS", "20").set("API__CONCURRENCY", "1");
    let server = server(|asked| match asked.number("page") {
        None | Some(1) => json(&json!({"total": 9, "data": page(asked, 3, 9)})),
        _ => text(503, "text/plain", "oh"),
    });
    let ran = world.load(&server.url, &[&ONLY[..], &["--paging", "brands=page:page=1"]].concat());
    failed(&world, &ran, "failed 12 times in a row and is left alone").await;
    let failures = server.asked().iter().filter(|asked| asked.number("page") > Some(1)).count();
    assert_eq!(failures, 12, "the thirteenth was not asked");
}

#[tokio::test]
async fn a_server_that_asks_to_wait_is_waited_for_and_that_is_told() {
    let times = AtomicUsize::new(0);
    let (world, server, ran) = told(
        move |_| match times.fetch_add(1, Ordering::SeqCst) {
            1 => text(429, "text/plain", "slowly").with("Retry-After", "1"),
            _ => json(&json!({"total": 3, "data": brands(1, 4)})),
        },
        "single",
    )
    .await;
    assert_eq!((ran.code, ran.table("brands")["complete"].as_str()), (0, Some("proved")), "{ran:?}");
    assert_eq!((server.times("/brands"), world.count("brands").await), (3, 3));
}

#[tokio::test]
async fn one_that_asks_to_wait_for_an_hour_is_not_waited_for() {
    let times = AtomicUsize::new(0);
    let (world, _server, ran) = told(
        move |_| match times.fetch_add(1, Ordering::SeqCst) {
            0 => json(&json!(brands(1, 4))),
            _ => text(503, "text/plain", "later").with("Retry-After", "3600"),
        },
        "single",
    )
    .await;
    failed(&world, &ran, "asks to wait 3600 s, which is longer than the 300 s").await;
}

#[tokio::test]
async fn a_server_that_fails_twice_and_then_works_is_loaded_and_one_that_keeps_failing_is_not() {
    let times = AtomicUsize::new(0);
    let (world, _server, ran) = told(
        move |_| match times.fetch_add(1, Ordering::SeqCst) {
            1 | 2 => text(503, "text/plain", "oh"),
            _ => json(&json!({"total": 3, "data": brands(1, 4)})),
        },
        "single",
    )
    .await;
    assert_eq!((ran.code, world.count("brands").await), (0, 3), "{ran:?}");
    let times = AtomicUsize::new(0);
    let (world, server, ran) = told(
        move |_| match times.fetch_add(1, Ordering::SeqCst) {
            0 => json(&json!(brands(1, 4))),
            _ => text(500, "text/plain", "oh"),
        },
        "single",
    )
    .await;
    failed(&world, &ran, "answered with status 500 (the server failed)").await;
    assert_eq!(server.times("/brands"), 4, "a look, and three tries");
}

#[tokio::test]
async fn a_reply_that_drips_is_given_up() {
    let (world, server) = (
        World::new().await.set("API__REPLY_SECONDS", "1").set("API__ATTEMPTS", "1"),
        server(|_| {
            raw(|stream| {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[");
                while stream.write_all(b" ").is_ok() {
                    std::thread::sleep(std::time::Duration::from_millis(50));
                }
            })
        }),
    );
    let ran = world.load(&server.url, &ONLY);
    failed(&world, &ran, "did not answer in 1 s").await;
}

#[tokio::test]
async fn a_reply_that_is_cut_is_asked_for_again_and_named_where_it_stays_cut() {
    let cut = |whole: String, length: usize| {
        raw(move |stream| {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(whole.as_bytes()));
        })
    };
    let whole = json!({"total": 3, "data": brands(1, 4)}).to_string();
    let half = whole[..whole.len() / 2].to_owned();
    // Cut by the connection once, then whole.
    let (times, first, good) = (AtomicUsize::new(0), half.clone(), whole.clone());
    let (world, _server, ran) = told(
        move |_| match times.fetch_add(1, Ordering::SeqCst) {
            1 => cut(first.clone(), 1000),
            _ => text(200, "application/json", &good),
        },
        "single",
    )
    .await;
    assert_eq!((ran.code, world.count("brands").await), (0, 3), "{ran:?}");
    // Always cut: with a length that is too long, and with one that is right for the half.
    for length in [1000, half.len()] {
        let (half, good) = (half.clone(), whole.clone());
        let times = AtomicUsize::new(0);
        let (world, _server, ran) = told(
            move |_| match times.fetch_add(1, Ordering::SeqCst) {
                0 => text(200, "application/json", &good),
                _ => cut(half.clone(), length),
            },
            "single",
        )
        .await;
        failed(&world, &ran, "is cut short").await;
    }
    // A length that is too short: the rest is no part of the reply.
    let good = whole.clone();
    let (world, _server, ran) = told(move |_| cut(good.clone(), good.len() - 5), "single").await;
    failed(&world, &ran, "is cut short").await;
}

#[tokio::test]
async fn next_links_without_an_end_are_given_up() {
    let world = World::new().await.set("API__PAGES", "20");
    let server = server(|asked| {
        let at = asked.number("at").unwrap_or(1);
        json(&json!({"next": format!("/brands?at={}", at + 2), "data": brands(at, at + 2)}))
    });
    let ran = world.load(&server.url, &ONLY);
    failed(&world, &ran, "more than 20 pages").await;
}

#[tokio::test]
async fn next_links_in_a_circle_are_seen_and_the_receipt_says_so() {
    let (world, _server, ran) = told(
        |asked| {
            let at = asked.number("at").unwrap_or(1);
            let next = if at == 5 { 1 } else { at + 2 };
            json(&json!({"next": format!("/brands?at={next}"), "data": brands(at, at + 2)}))
        },
        "next:next",
    )
    .await;
    assert_eq!((ran.code, world.count("brands").await), (3, 6), "{ran:?}");
    assert_eq!(ran.table("brands")["complete"], "not_shown");
    assert!(ran.table("brands")["why"].as_str().unwrap().contains("in a circle"), "{ran:?}");
    assert_eq!(ran.json()["complete"], false);
    let kept: String = world.one("SELECT message FROM import_runs").await;
    assert!(kept.contains("Not shown to be complete"), "{kept}");
    assert_eq!(world.count("api_marks").await, 0, "what may be incomplete is no beginning for the next load");
}

#[tokio::test]
async fn a_next_link_to_another_origin_is_not_followed() {
    let other = Server::start(|_| json(&json!({"data": brands(3, 5)})));
    let place = other.url.clone();
    let (world, _server, ran) =
        told(move |_| json(&json!({"next": format!("{place}/brands"), "data": brands(1, 3)})), "next:next")
            .await;
    failed(&world, &ran, "which is another server").await;
    assert_eq!(other.asked().len(), 0);
}

#[tokio::test]
async fn a_redirect_into_this_network_is_not_followed_and_one_on_the_server_is() {
    let inside = Server::start(|_| json(&json!(brands(1, 3))));
    for place in [inside.url.clone(), "http://169.254.169.254/latest/meta-data".to_owned()] {
        let (world, _server, ran) =
            told(move |_| text(302, "text/plain", "").with("Location", &format!("{place}/brands")), "single")
                .await;
        failed(&world, &ran, "which is another server").await;
    }
    assert_eq!(inside.asked().len(), 0);
    let world = World::new().await;
    let server = Server::start(|asked| match asked.path.as_str() {
        "/brands" => text(301, "text/plain", "").with("Location", "/v2/brands"),
        "/v2/brands" => json(&json!({"total": 2, "data": brands(1, 3)})),
        _ => nothing(),
    });
    let ran = world.load(&server.url, &ONLY);
    assert_eq!((ran.code, world.count("brands").await), (0, 2), "{ran:?}");
    let circle = Server::start(|asked| text(302, "text/plain", "").with("Location", &asked.path));
    failed(&World::new().await, &World::new().await.load(&circle.url, &ONLY), "redirects in a circle").await;
}

#[tokio::test]
async fn a_reply_without_an_end_is_stopped_at_the_limit() {
    let world = World::new().await.set("API__REPLY_MIB", "9");
    let server = server(|_| {
        raw(|stream| {
            // Ten gigabytes, says the server.
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10000000000\r\n\r\n[";
            let _ = stream.write_all(head.as_bytes());
            let rows: String = brands(1, 500).iter().map(|row| format!("{row},")).collect();
            while stream.write_all(rows.as_bytes()).is_ok() {}
        })
    });
    let ran = world.load(&server.url, &ONLY);
    failed(&world, &ran, "is longer than 9 MiB").await;
}

#[tokio::test]
async fn a_single_row_without_an_end_is_stopped_too() {
    let (world, _server, ran) = told(
        |_| {
            raw(|stream| {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[{\"brand_id\":1},{\"brand_name\":\"");
                let letters = vec![b'x'; 1 << 16];
                while stream.write_all(&letters).is_ok() {}
            })
        },
        "single",
    )
    .await;
    failed(&world, &ran, "has more than 8 MiB in a single piece").await;
}

#[tokio::test]
async fn a_packed_reply_that_becomes_large_is_stopped() {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(b"[").unwrap();
    let rows = "{\"brand_id\":1,\"brand_name\":\"A\"},".repeat(1 << 15);
    for _ in 0..40 {
        packer.write_all(rows.as_bytes()).unwrap();
    }
    packer.write_all(b"{}]").unwrap();
    let bomb = packer.finish().unwrap();
    let world = World::new().await.set("API__REPLY_MIB", "16");
    let server = server(move |_| Reply::Whole {
        status: 200,
        headers: vec![("Content-Encoding".to_owned(), "gzip".to_owned())],
        body: bomb.clone(),
    });
    failed(&world, &world.load(&server.url, &ONLY), "is longer than 16 MiB").await;
    // Packed as it should be, it is read.
    let server = self::server(|asked| {
        assert_eq!(asked.headers["accept-encoding"], "gzip");
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(json!({"total": 2, "data": brands(1, 3)}).to_string().as_bytes()).unwrap();
        let headers = vec![("Content-Encoding".to_owned(), "gzip".to_owned())];
        Reply::Whole { status: 200, headers, body: packer.finish().unwrap() }
    });
    assert_eq!((world.load(&server.url, &ONLY).code, world.count("brands").await), (0, 2));
}

#[tokio::test]
async fn what_is_not_json_is_called_what_it_is() {
    for (kind, body, words) in [
        ("text/html", "<!doctype html><form><input type=\"password\" name=p></form>", "a login page (HTML)"),
        ("text/html", "<html><body>Welcome</body></html>", "a web page (HTML)"),
        ("application/xml", "<?xml version=\"1.0\"?><brands/>", "XML"),
        ("application/json", "", "nothing"),
        ("text/plain", "brand_id,brand_name", "text of text/plain"),
        ("application/json", "[{brand_id: 1}]", "almost JSON"),
        ("application/json", "{\"error\":\"no such thing\"}", "has no rows"),
    ] {
        let (world, _server, ran) = told(move |_| text(200, kind, body), "single").await;
        failed(&world, &ran, words).await;
    }
}

#[tokio::test]
async fn a_server_that_wants_credentials_says_so() {
    let world = World::new().await;
    let server = Server::start(|_| text(401, "application/json", "{}"));
    failed(&world, &world.load(&server.url, &[]), "asks for credentials (status 401)").await;
}

#[tokio::test]
async fn pages_that_come_twice_are_not_loaded_twice() {
    // Page numbers after the last give the last again; it is not full, so that is the end.
    let (world, _server, ran) = told(
        |asked| {
            let number = asked.number("page").unwrap_or(1).min(3);
            json(&json!(brands(1 + (number - 1) * 4, (1 + number * 4).min(11))))
        },
        "page:page=1",
    )
    .await;
    assert_eq!((ran.code, world.count("brands").await), (0, 10), "{ran:?}");
    assert_eq!(ran.table("brands")["complete"], "proved");
    // The same page for ever, and full: that is no end.
    let (world, _server, ran) = told(|_| json(&json!(brands(1, 5))), "page:page=1").await;
    assert_eq!((ran.code, world.count("brands").await), (3, 4), "{ran:?}");
    assert!(ran.table("brands")["why"].as_str().unwrap().contains("had come before"), "{ran:?}");
}

#[tokio::test]
async fn rows_that_move_while_they_are_read_are_read_again() {
    // A brand is added in front while page two is on its way; then the server is quiet.
    let added = AtomicUsize::new(0);
    let (world, _server, ran) = told(
        move |asked| {
            let at = asked.number("offset").unwrap_or(0);
            let shift = usize::from(at == 4 && added.fetch_add(1, Ordering::SeqCst) == 0);
            let from = 1 + at - shift;
            json(&json!(brands(from, (from + 4).min(11).max(from))))
        },
        "offset:offset=4",
    )
    .await;
    assert_eq!((ran.code, world.count("brands").await), (0, 10), "{ran:?}");
    assert!(ran.err.contains("rows moved while they were read, so they were read again"), "{}", ran.err);
    // A count that never stands still.
    let count = AtomicUsize::new(20);
    let (world, _server, ran) = told(
        move |asked| {
            let total = count.fetch_add(1, Ordering::SeqCst);
            json(&json!({"total": total, "data": page(asked, 4, 10)}))
        },
        "page:page=1",
    )
    .await;
    assert_eq!((ran.code, world.count("brands").await), (3, 10), "{ran:?}");
    assert!(ran.table("brands")["why"].as_str().unwrap().contains("the server's count went from"), "{ran:?}");
}

#[tokio::test]
async fn a_total_that_lies_is_found_out_either_way() {
    for (total, came) in [(14, 10), (8, 10), (6, 10)] {
        let (world, _server, ran) =
            told(move |asked| json(&json!({"total": total, "data": page(asked, 4, 10)})), "page:page=1")
                .await;
        assert_eq!((ran.code, world.count("brands").await), (3, came), "{total}: {ran:?}");
        let why = ran.table("brands")["why"].as_str().unwrap().to_owned();
        assert!(why.contains(&format!("there are {total} (total), but {came} came")), "{why}");
        // What may be a part must not remove the rest.
        let part = world.load(
            &_server.url,
            &[&ONLY[..], &["--paging", "brands=page:page=1", "--mode", "replace"]].concat(),
        );
        assert!(part.code == 1 && part.err.contains("Replacing removes rows that do not come"), "{part:?}");
        assert_eq!(world.count("brands").await, came);
    }
}

#[tokio::test]
async fn a_bare_list_of_a_suspicious_length_is_not_taken_for_all() {
    for (rows, code) in [(100, 3), (7, 0)] {
        let world = World::new().await;
        let server = server(move |_| json(&json!(brands(1, rows + 1))));
        let ran = world.load(&server.url, &ONLY);
        assert_eq!((ran.code, world.count("brands").await), (code, rows as u64), "{ran:?}");
        assert!(server.times("/brands") > 2, "it is asked for more");
    }
}

#[tokio::test]
async fn the_next_candidate_is_read_where_the_best_fails() {
    let world = World::new().await;
    let times = AtomicUsize::new(0);
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/" => json(&json!({"brands": "/v1/brands", "more brands": "/v2/brands"})),
        "/v1/brands" if times.fetch_add(1, Ordering::SeqCst) > 0 && asked.query.is_empty() => {
            text(500, "text/plain", "oh")
        }
        "/v1/brands" => json(&json!({"total": 2, "data": brands(1, 3)})),
        "/v2/brands" => json(&json!({"total": 2, "data": brands(1, 3)})),
        _ => nothing(),
    });
    let ran = world.load(&server.url, &[]);
    assert_eq!((ran.code, world.count("brands").await), (0, 2), "{ran:?}");
    assert!(ran.err.contains("It is read from") && ran.err.contains("/v2/brands instead"), "{}", ran.err);
}

#[tokio::test]
async fn a_load_is_stopped_though_the_server_says_nothing_more() {
    use std::io::Read;
    let world = World::new().await;
    // A reply that begins and then says nothing more.
    let (began, begun) = std::sync::mpsc::channel();
    let began = std::sync::Mutex::new(began);
    let server = server(move |_| {
        let began = began.lock().unwrap().clone();
        raw(move |stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[");
            let _ = began.send(());
            // Until the other side hangs up.
            let _ = stream.read(&mut [0]);
        })
    });
    let mut child = world.start(&["api", "load", &server.url, "--json", "--table", "brands=brands"]);
    begun.recv().unwrap();
    let pid = rustix::process::Pid::from_raw(child.id() as i32).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let status = child.wait().unwrap();
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert_eq!(status.code(), Some(1), "{out}");
    let receipt: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(receipt["status"], "cancelled");
    world.is_untouched().await;
}
