//! `import`, `kpi` and `demo`.

use crate::support;
use crate::{Shop, Told};
use serde_json::json;

const BRANDS: &str = "brand_id,brand_name\n1,Heron\n2,Egret\n";

fn kpi(shop: &Shop, measure: &str) -> serde_json::Value {
    shop.run(&["kpi", "--measure", measure, "--json"]).json()
}

fn sum(receipt: &serde_json::Value, count: &str) -> u64 {
    receipt["tables"].as_array().unwrap().iter().map(|table| table[count].as_u64().unwrap()).sum()
}

#[test]
fn the_complete_sample_chain_is_loaded_whole_and_a_second_time_changes_nothing() {
    let Some(folder) = support::shared_data("bikestores") else {
        return;
    };
    let shop = Shop::ready();
    let load = || shop.run(&["import", folder.to_str().unwrap(), "--json"]);

    let first = load();
    let receipt = first.json();
    assert_eq!((first.code, &receipt["status"]), (0, &json!("committed")), "{first:?}");
    assert_eq!(receipt["tables"].as_array().unwrap().len(), 9);
    assert_eq!(
        (sum(&receipt, "read"), sum(&receipt, "inserted"), sum(&receipt, "rejected")),
        (9071, 9071, 0)
    );

    let figures = kpi(&shop, "all");
    assert_eq!((&figures["gross"], &figures["net"]), (&json!("8578988.88"), &json!("7689109.71")));
    assert_eq!((&figures["orders"], &figures["units"]), (&json!(1615), &json!(7078)));

    let second = load();
    assert_eq!((second.code, &second.json()["status"]), (0, &json!("nothing_to_do")));
    assert_eq!(sum(&second.json(), "unchanged"), 9071);
}

#[test]
fn the_old_programs_files_are_loaded_by_their_names() {
    let Some(folder) = support::shared_data("seed") else {
        return;
    };
    let shop = Shop::ready();
    let load = || shop.run(&["import", folder.to_str().unwrap(), "--json"]);

    let receipt = load().json();
    assert_eq!(receipt["status"], json!("committed"));
    assert_eq!(
        (sum(&receipt, "read"), sum(&receipt, "inserted"), sum(&receipt, "rejected")),
        (4354, 4354, 0)
    );
    // The five lines of order 1, by hand: 479.99 + 3347.98 + 2943.10 + 1139.98 + 2319.99.
    assert_eq!(kpi(&shop, "all")["net"], json!("10231.04"));
    assert_eq!(load().json()["status"], json!("nothing_to_do"));
}

#[test]
fn a_receipt_has_the_names_that_scripts_rely_on() {
    let shop = Shop::ready();
    let file = shop.write("brands.csv", BRANDS);
    let told = shop.run(&["import", &file, "--json"]);
    let receipt = told.json();
    let names = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut expected =
        ["run_id", "source", "mode", "status", "tables", "rejects_file", "seconds", "rows_per_second"]
            .map(String::from);
    expected.sort();
    let mut found = names(&receipt);
    found.sort();
    assert_eq!(found, expected);
    let mut found = names(&receipt["tables"][0]);
    found.sort();
    assert_eq!(found, ["deleted", "file", "inserted", "read", "rejected", "table", "unchanged", "updated"]);
    assert_eq!(receipt["tables"][0]["table"], json!("brands"));
}

#[test]
fn rejected_rows_have_an_exit_code_a_reason_and_a_file() {
    let shop = Shop::ready();
    let file = shop.write("brands.csv", &format!("{BRANDS}x,Stork\n"));

    let aborted = shop.run(&["import", &file, "--json"]);
    assert_eq!((aborted.code, &aborted.json()["status"]), (3, &json!("rejected")), "{aborted:?}");
    assert!(aborted.err.contains("line 4"), "{}", aborted.err);
    let rejects =
        std::fs::read_to_string(shop.path().join(aborted.json()["rejects_file"].as_str().unwrap())).unwrap();
    assert!(rejects.contains("Stork"), "{rejects}");

    let skipped = shop.run(&[
        "import",
        &file,
        "--on-reject",
        "skip",
        "--rejects",
        shop.path().to_str().unwrap(),
        "--json",
    ]);
    assert_eq!((skipped.code, &skipped.json()["status"]), (3, &json!("committed")), "{skipped:?}");
    assert_eq!((sum(&skipped.json(), "inserted"), sum(&skipped.json(), "rejected")), (2, 1));
}

#[test]
fn a_dry_run_writes_nothing() {
    let shop = Shop::ready();
    let file = shop.write("brands.csv", BRANDS);
    let told = shop.run(&["import", &file, "--dry-run", "--json"]);
    assert_eq!((told.code, &told.json()["status"]), (0, &json!("dry_run")));
    assert_eq!(shop.run(&["import", &file, "--json"]).json()["tables"][0]["inserted"], json!(2));
}

#[test]
fn words_for_nothing_and_rows_that_are_asked_for_are_said_by_flags() {
    let shop = Shop::ready();
    let file = shop.write(
        "customers.csv",
        "customer_id,first_name,last_name,phone,city\n1,Ann,One,-,Oslo\n2,Bo,Two,7,-\n",
    );
    let told = shop.run(&["import", &file, "--null", "phone=-", "--json"]);
    assert_eq!((told.code, &told.json()["status"]), (0, &json!("committed")), "{told:?}");
    assert_eq!(shop.run(&["export", "customers", "--where", "phone="]).out.lines().count(), 2);
    assert!(shop.run(&["export", "customers", "--where", "city=-"]).out.contains("2,Bo,Two,7,,,\"'-\""));
    for (arguments, words) in [
        (vec!["import", &file, "--null", "fone=-"], "no table has a column fone"),
        (vec!["export", "customers", "--where", "town=Oslo"], "no column town"),
        (vec!["export", "all", "--where", "city=Oslo"], "one table"),
    ] {
        let told = shop.run(&arguments);
        assert!(told.code == 2 && told.err.contains(words), "{told:?}");
    }
}

#[test]
fn a_path_that_leads_nowhere_is_a_usage_error() {
    let shop = Shop::ready();
    let odd = shop.write("prices.csv", "a,b\n1,2\n");
    for (path, words) in [("/nonexistent/brands.csv", "brands.csv"), (odd.as_str(), "--table")] {
        let told = shop.run(&["import", path]);
        assert!(told.code == 2 && told.err.contains(words), "{told:?}");
    }
}

#[test]
fn an_interrupted_load_writes_nothing() {
    let shop = Shop::ready();
    let fifo = shop.path().join("brands.csv");
    rustix::fs::mkfifoat(rustix::fs::CWD, &fifo, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR).unwrap();
    let running = shop
        .command(&["import", fifo.to_str().unwrap(), "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // Opening waits until the load reads; the end of the file never comes, so the load can only end by the signal.
    let mut rows = std::fs::OpenOptions::new().write(true).open(&fifo).unwrap();
    std::io::Write::write_all(&mut rows, BRANDS.as_bytes()).unwrap();
    let pid = rustix::process::Pid::from_child(&running);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let told = Told::of(running.wait_with_output().unwrap());
    assert_eq!((told.code, &told.json()["status"]), (1, &json!("cancelled")), "{told:?}");

    drop(rows);
    std::fs::remove_file(&fifo).unwrap();
    let file = shop.write("brands.csv", BRANDS);
    assert_eq!(shop.run(&["import", &file, "--json"]).json()["tables"][0]["inserted"], json!(2));
}

#[test]
fn a_load_can_be_stopped_before_its_file_answers() {
    let shop = Shop::ready();
    let fifo = shop.path().join("brands.csv");
    rustix::fs::mkfifoat(rustix::fs::CWD, &fifo, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR).unwrap();
    let running = shop
        .command(&["import", fifo.to_str().unwrap(), "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // Opening waits until the program opens the other end; then it waits for a header that never comes.
    let header = std::fs::OpenOptions::new().write(true).open(&fifo).unwrap();
    rustix::process::kill_process(rustix::process::Pid::from_child(&running), rustix::process::Signal::INT)
        .unwrap();
    let told = Told::of(running.wait_with_output().unwrap());
    assert_eq!((told.code, &told.json()["status"]), (1, &json!("cancelled")), "{told:?}");
    drop(header);
}

#[test]
fn figures_are_strings_with_two_decimals_and_bounds_are_checked() {
    let shop = Shop::ready();
    let empty = kpi(&shop, "booked");
    assert_eq!((&empty["net"], &empty["average_order_value"]), (&json!("0.00"), &json!(null)));
    for (arguments, words) in [
        (vec!["kpi", "--from", "2026-05-01", "--to", "2026-04-01"], "earlier day first"),
        (vec!["kpi", "--store", "9"], "no store 9"),
        (vec!["kpi", "--measure", "sold"], "booked"),
        (vec!["kpi", "--from", "01/04/2026"], "01/04/2026"),
    ] {
        let told = shop.run(&arguments);
        assert!(told.code == 2 && told.err.contains(words), "{told:?}");
    }
}

#[test]
fn a_demo_is_made_once_and_never_over_data() {
    let shop = Shop::empty();
    let demo = |arguments: &[&str]| {
        shop.run(&[&["demo", "--no-open", "--orders", "300", "--until", "2026-03-14"], arguments].concat())
    };
    let made = demo(&[]);
    assert!(made.code == 0 && made.out.contains("Sign in as one of"), "{made:?}");
    let figures = kpi(&shop, "all");
    assert_eq!(figures["orders"], json!(300));

    assert!(demo(&[]).out.contains("there already"));
    assert_eq!(kpi(&shop, "all"), figures);
    let other = demo(&["--seed", "9"]);
    assert!(other.code == 1 && other.err.contains("seed 1 already"), "{other:?}");

    let theirs = Shop::ready();
    let file = theirs.write("brands.csv", BRANDS);
    assert_eq!(theirs.run(&["import", &file]).code, 0);
    let refused = theirs.run(&["demo", "--no-open"]);
    assert!(refused.code == 1 && refused.err.contains("data of its own"), "{refused:?}");
}

#[test]
fn what_comes_on_standard_input_is_loaded_listed_and_undone() {
    let shop = Shop::ready();
    let told = shop.run_with_input(&["import", "-", "--json"], BRANDS);
    assert!(told.code == 2 && told.err.contains("--table"), "{told:?}");
    let told =
        shop.run_with_input(&["import", "-", "--table", "brands", "--json"], &BRANDS.replace(',', ";"));
    assert_eq!((told.code, sum(&told.json(), "inserted")), (0, 2), "{told:?}");
    assert!(told.err.contains("standard input is read as UTF-8, separated by semicolon"), "{}", told.err);

    let runs = shop.run(&["runs", "--json"]).json();
    let run = runs[0]["run_id"].to_string();
    assert_eq!((&runs[0]["status"], &runs[0]["rows"]["inserted"]), (&json!("committed"), &json!(2)));
    let shown = shop.run(&["runs", "show", &run]);
    assert!(shown.out.contains("standard input") && shown.out.contains("SHA-256"), "{shown:?}");
    let undone = shop.run(&["undo", &run, "--json"]);
    assert_eq!((undone.code, &undone.json()["tables"][0]["deleted"]), (0, &json!(2)), "{undone:?}");
    assert_eq!(shop.run(&["undo", &run]).code, 2);
    assert_eq!(shop.run(&["runs", "show", "999"]).code, 2);
}

#[test]
fn a_replacing_load_says_what_goes_and_a_dry_run_shows_it_cell_by_cell() {
    let shop = Shop::ready();
    let file = shop.write("brands.csv", &format!("{BRANDS}3,Stork\n"));
    assert_eq!(shop.run(&["import", &file]).code, 0);
    let file = shop.write("brands.csv", "brand_id,brand_name\n1,Grey heron\n4,Crane\n");
    let dry = shop.run(&["import", &file, "--mode", "replace", "--dry-run"]);
    assert!(dry.out.contains("removed") && dry.out.contains("2 rows would be removed."), "{}", dry.out);
    for line in ["+ brands 4", "~ brands 1", "- brands 2", "Heron -> Grey heron"] {
        assert!(dry.out.contains(line), "{line}: {}", dry.out);
    }
    let told = shop.run(&["import", &file, "--mode", "replace"]);
    assert!(told.out.contains("2 rows were removed."), "{}", told.out);
}

#[test]
fn a_load_in_chunks_says_what_is_stored_when_it_stops() {
    let shop = Shop::ready();
    let file = shop.write("brands.csv", &format!("{BRANDS}x,Stork\n"));
    let told = shop.run(&["import", &file, "--chunk", "1"]);
    assert_eq!(told.code, 3, "{told:?}");
    assert!(told.out.contains("2 chunks before it are in the chain"), "{}", told.out);
    assert!(!told.out.contains("nothing was written"), "{}", told.out);
}

#[test]
fn names_of_files_do_not_reach_the_terminal_as_they_are() {
    let shop = Shop::ready();
    let folder = shop.path().join("set");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("brands.csv"), BRANDS).unwrap();
    std::fs::write(folder.join("note\u{1b}[2J.csv"), "a\n").unwrap();
    let told = shop.run(&["import", folder.to_str().unwrap()]);
    assert!(told.code == 0 && told.err.contains("Left alone"), "{told:?}");
    let gone = shop.run(&["import", "gone\u{1b}]0;x\u{7}.csv", "--mapping", "no\u{1b}[2J.toml"]);
    assert_eq!(gone.code, 2);
    for text in [told.err, told.out, gone.err] {
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
}
