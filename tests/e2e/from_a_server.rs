//! The road from another system's server in the real program, in a terminal: which server, what it has, preview, load, what is
//! new; and leaving a server that does not answer.

use crate::demo::{Demo, sign_in};
use crate::server::{Asked, Reply, Server, json, nothing, raw, text};
use crate::terminal::Terminal;
use serde_json::{Value, json as value};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

const DOWN: &str = "\x1b[B";
const F3: &str = "\x1bOR";
const F5: &str = "\x1b[15~";
const CTRL_R: &str = "\x12";

/// Nobody waits for politeness in a test; and no reply is given up, so that whoever leaves a silent server was not let go
/// by a clock.
const SETTINGS: &str = "[api]\nrate = 100000\nfirst_wait_ms = 1\nreply_seconds = 86400\n";

/// Longer than anything takes that is going to happen.
const LONG: Duration = Duration::from_secs(60);

type Brands = Arc<Mutex<Vec<Value>>>;

fn brands(from: u64, to: u64) -> Vec<Value> {
    (from..=to)
        .map(|id| value!({"brand_id": id, "brand_name": format!("Heron {id}"), "colour": "red"}))
        .collect()
}

/// A page of ten of them, of those from `brand_id_gte` on.
fn page(asked: &Asked, all: &[Value]) -> Reply {
    let from = asked.number("brand_id_gte").unwrap_or_default() as u64;
    let all: Vec<&Value> = all.iter().filter(|brand| brand["brand_id"].as_u64() >= Some(from)).collect();
    let page = asked.number("page").unwrap_or(1);
    let some: Vec<&&Value> = all.iter().skip((page - 1) * 10).take(10).collect();
    json(&value!({"total": all.len(), "data": some}))
}

fn shop(brands: &Brands) -> Server {
    let brands = brands.clone();
    Server::start(move |asked| match asked.path.as_str() {
        "/api" | "/api/" => json(&value!({"brands": "/api/brands"})),
        "/api/brands" => page(asked, &brands.lock().unwrap()),
        _ => nothing(),
    })
}

/// A connection that is taken and never answered, until the other side ends it.
fn silent() -> Reply {
    raw(|stream| {
        let _ = stream.read(&mut [0]);
    })
}

/// Every file below a folder, as text.
fn files_below(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        match entry.file_type().unwrap().is_dir() {
            true => all.extend(files_below(&path)),
            false => {
                let bytes = std::fs::read(&path).unwrap_or_default();
                all.push((path, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    all
}

fn exported(demo: &Demo) -> usize {
    let told = demo.storekeeper(&["export", "brands"]);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).unwrap().lines().filter(|line| line.starts_with("99")).count()
}

/// Signed in, with this server's address typed.
fn to_the_address(demo: &Demo, url: &str, size: (u16, u16)) -> Terminal {
    let mut terminal = to_the_server(demo, SETTINGS, size);
    terminal.wait_for("No server has a name yet.");
    terminal.paste(url);
    terminal
}

/// Signed in, at the step that names a server.
fn to_the_server(demo: &Demo, settings: &str, size: (u16, u16)) -> Terminal {
    let mut terminal = demo.open_with_files(&[("config.toml", settings)], size.0, size.1);
    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");
    terminal.press(F3);
    terminal.wait_for("After the columns");
    terminal.press(CTRL_R);
    terminal.wait_for("Signing in");
    terminal
}

/// From the table of what the server has to the preview.
fn to_the_preview(terminal: &mut Terminal) {
    terminal.press("\r");
    terminal.wait_for("1 of 1 taken");
    terminal.press("\r");
    terminal.wait_for("Field of the server");
    terminal.wait_for("not loaded");
    terminal.press("\r");
}

#[test]
fn a_servers_rows_are_found_previewed_loaded_and_only_what_is_new_the_next_time() {
    let (demo, all) = (Demo::new(), Arc::new(Mutex::new(brands(990_001, 990_025))));
    let server = shop(&all);
    let mut terminal = to_the_address(&demo, &format!("{}/api", server.url), (120, 40));
    terminal.press(F5);
    terminal.wait_for("status 200, JSON");
    to_the_preview(&mut terminal);
    terminal.wait_for("Dry run: 25 rows would be new or changed.");
    terminal.wait_for("Everything came, and that is shown.");
    assert_eq!(exported(&demo), 0, "a preview writes nothing");
    server.forget();
    terminal.press("\r");
    terminal.wait_for("Loaded: 25 rows new or changed.");
    assert!(server.asked().is_empty(), "what was read for the preview is what is loaded");
    assert_eq!(exported(&demo), 25);

    all.lock().unwrap().extend(brands(990_026, 990_027));
    terminal.press("\r");
    terminal.wait_for("Signing in");
    to_the_preview(&mut terminal);
    terminal.wait_for("only rows with brand_id from 990025 on, since run");
    terminal.wait_for("Dry run: 2 rows would be new or changed.");
    terminal.press("f");
    terminal.wait_until_gone("only rows with brand_id");
    terminal.wait_for("Dry run: 2 rows would be new or changed.");
    terminal.press("\r");
    terminal.wait_for("Loaded: 2 rows new or changed.");
    assert_eq!(exported(&demo), 27);

    // What may not be written is shown, to be handed to somebody who may.
    terminal.press("\r");
    terminal.wait_for("Signing in");
    terminal.press("\r");
    terminal.wait_for("1 of 1 taken");
    terminal.press("w");
    terminal.wait_for("Save this server under a name");
    terminal.paste("web");
    terminal.press("\r");
    terminal.wait_for("may not change the settings of the system");
    terminal.wait_for("[sources.web.tables.brands]");
    terminal.press("\x1b");
    terminal.wait_until_gone("[sources.web.tables.brands]");
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
}

#[test]
fn a_server_that_never_answers_is_left_while_it_is_looked_at_and_while_it_is_read() {
    let demo = Demo::new();
    let is_silent = Arc::new(Mutex::new(true));
    let (all, hangs) = (brands(990_001, 990_060), is_silent.clone());
    let (in_vain, asked_in_vain) = mpsc::channel();
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/api" if *hangs.lock().unwrap() => silent(),
        "/api" => json(&value!({"brands": "/api/brands"})),
        "/api/brands" if asked.number("page") > Some(2) => {
            let _ = in_vain.send(());
            silent()
        }
        "/api/brands" => page(asked, &all),
        _ => nothing(),
    });
    let mut terminal = to_the_address(&demo, &format!("{}/api", server.url), (80, 24));
    terminal.press("\r");
    terminal.wait_for("1 request");
    terminal.press("\x1b");
    terminal.wait_until_gone("Esc stops");
    terminal.wait_for("Signing in");
    *is_silent.lock().unwrap() = false;
    to_the_preview(&mut terminal);
    terminal.wait_for("reading brands, before anything is loaded");
    asked_in_vain.recv_timeout(LONG).expect("it is read until the server falls silent");
    terminal.press("c");
    terminal.wait_for("Stop the load?");
    terminal.press("y");
    terminal.wait_for("Stopped. Nothing was loaded.");
    assert_eq!(exported(&demo), 0);
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
}

#[test]
fn a_key_that_is_typed_goes_to_its_server_and_nowhere_else() {
    const KEY: &str = "c4nary-0f-the-sh0p";
    let (demo, all) = (Demo::new(), brands(990_001, 990_003));
    let server = Server::start(move |asked| match asked.headers.get("authorization") {
        Some(sent) if *sent == format!("Bearer {KEY}") => match asked.path.as_str() {
            "/api" => json(&value!({"brands": "/api/brands"})),
            "/api/brands" => page(asked, &all),
            _ => nothing(),
        },
        _ => text(401, "text/plain", "who is there?"),
    });
    let settings =
        format!("[log]\nlevel = \"trace\"\n\n{SETTINGS}\n[sources.shop]\nurl = \"{}/api\"\n", server.url);
    let mut terminal = to_the_server(&demo, &settings, (80, 24));
    terminal.wait_for("shop  ");
    // The saved source has no credentials, and the server says what it lacks.
    terminal.press("\r");
    terminal.wait_for("asks for credentials");
    terminal.press("\t   \t");
    terminal.wait_for("› Token");
    terminal.paste(KEY);
    terminal.wait_for("••••••");
    terminal.press("\r");
    terminal.wait_for("1 of 1 taken");
    terminal.press("\r");
    terminal.wait_for("Field of the server");
    terminal.press("\r");
    terminal.wait_for("Dry run: 3 rows would be new or changed.");
    terminal.press("\r");
    terminal.wait_for("Loaded: 3 rows new or changed.");
    terminal.press("\r");
    terminal.wait_for("› Address");
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
    assert!(!String::from_utf8_lossy(terminal.written()).contains(KEY));
    let files = files_below(demo.dir.path());
    assert!(
        files.iter().any(|(path, text)| path.to_string_lossy().contains("logs") && text.contains("asking"))
    );
    let told: Vec<_> = files.iter().filter(|(_, text)| text.contains(KEY)).map(|(path, _)| path).collect();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn a_row_of_a_server_is_corrected_and_takes_the_place_of_the_one_that_was_read() {
    let demo = Demo::new();
    let mut all = brands(990_001, 990_012);
    all[10]["brand_name"] = value!("");
    let server = shop(&Arc::new(Mutex::new(all)));
    let mut terminal = to_the_address(&demo, &format!("{}/api", server.url), (120, 40));
    to_the_preview(&mut terminal);
    terminal.wait_for("Nothing would be loaded: 1 row rejected.");
    server.forget();
    terminal.press("m");
    terminal.wait_for("1 row was rejected.");
    terminal.press("\r");
    terminal.wait_for("› brand_name");
    terminal.paste("Heron Eleven");
    terminal.press("\r");
    terminal.wait_for("1 corrected since");
    terminal.press("t");
    terminal.wait_for("Dry run: 12 rows would be new or changed.");
    terminal.press("\r");
    terminal.wait_for("Loaded: 12 rows new or changed.");
    assert!(server.asked().is_empty(), "the others are as they were read");
    assert_eq!(exported(&demo), 12);
    let told = demo.storekeeper(&["export", "brands"]);
    assert!(String::from_utf8_lossy(&told.stdout).contains("990011,Heron Eleven"));
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
}

#[test]
fn who_may_change_settings_saves_a_server_under_a_name_and_loads_it_by_that() {
    let demo = Demo::new();
    let server = shop(&Arc::new(Mutex::new(brands(990_001, 990_003))));
    let config = demo.dir.path().join("config.toml");
    std::fs::write(&config, format!("# ours\n{SETTINGS}")).unwrap();
    let place = config.to_str().unwrap();
    let arguments = ["--data-dir", demo.path(), "--config", place, "--profile", "development", "--direct"];
    let mut terminal = Terminal::run(env!("CARGO_BIN_EXE_storekeeper"), &arguments, &[], (120, 40));
    terminal.wait_for("of the target of");
    terminal.press("7");
    terminal.wait_for("No server has a name yet.");
    terminal.paste(&format!("{}/api", server.url));
    terminal.press("\r");
    terminal.wait_for("1 of 1 taken");
    terminal.press("w");
    terminal.wait_for("Save this server under a name");
    terminal.paste("web-shop");
    terminal.press("\r");
    terminal.wait_for("Saved as web-shop in");
    let text = std::fs::read_to_string(&config).unwrap();
    assert!(text.starts_with(&format!("# ours\n{SETTINGS}")), "{text}");
    assert!(text.contains("[sources.web-shop.tables.brands]\npath = \"/api/brands\""), "{text}");
    // It is there at once, and what is written down is not looked for.
    terminal.press("\x1b");
    terminal.wait_for("No saved server has these letters.");
    server.forget();
    terminal.press("\x05\x15web");
    terminal.wait_for("web-shop");
    terminal.press(DOWN);
    terminal.press("\r");
    terminal.wait_for("1 of 1 taken");
    assert!(server.asked().iter().all(|asked| asked.path == "/api/brands"), "{:?}", server.asked());
    terminal.press("\r");
    terminal.wait_for("Field of the server");
    terminal.press("\r");
    terminal.wait_for("Dry run: 3 rows would be new or changed.");
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
}
