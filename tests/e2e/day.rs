//! The real program in a terminal: it signs in, shows the figures, loads, stops a load, and leaves the terminal as it
//! found it.

use crate::demo::{Demo, load, long, sign_in};
use crate::terminal::Terminal;
use std::fs;
use std::process::Command;

/// A sum as people write it, from a sum as JSON has it.
pub(crate) fn grouped(sum: &serde_json::Value) -> String {
    let (whole, cents) = sum.as_str().unwrap().split_once('.').unwrap();
    let groups: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    format!("{}.{cents}", groups.join(","))
}

/// The first and the last day of the month the dashboard opened with, read off its title.
fn shown_month(screen: &str) -> (String, String) {
    let title = screen.lines().next().unwrap();
    let words: Vec<&str> = title.split_whitespace().collect();
    let year = words.iter().position(|word| word.len() == 4 && word.parse::<u16>().is_ok()).unwrap();
    let text = format!("1 {} {}", words[year - 1], words[year]);
    let first = jiff::civil::Date::strptime("%d %b %Y", &text).unwrap();
    (first.to_string(), first.last_of_month().to_string())
}

#[test]
fn a_manager_signs_in_sees_the_figures_loads_stops_a_load_and_leaves() {
    let demo = Demo::new();
    let mut terminal = demo.open(120, 40);
    let found = terminal.settings();

    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");
    let (from, to) = shown_month(&terminal.screen());
    let figures = demo.kpi(&["--from", &from, "--to", &to]);
    terminal.wait_for(&grouped(&figures["net"]));
    terminal.wait_for(&grouped(&figures["average_order_value"]));
    terminal.wait_for(&grouped(&figures["discount"]));

    let folder = tempfile::tempdir().unwrap();
    let brands = folder.path().join("brands.csv");
    fs::write(&brands, "brand_id,brand_name\n9001,Nimbus Works\n9002,Zoë & Sons\n").unwrap();
    load(&mut terminal, folder.path());
    terminal.wait_for("Loaded: 2 rows new or changed.");
    terminal.press("\r");
    load(&mut terminal, folder.path());
    terminal.wait_for("Nothing to do: every row was there already.");
    terminal.press("\r");

    stop_a_load(&mut terminal, &demo);

    terminal.press("q");
    let ended = terminal.wait_for_end();
    assert!(ended.success(), "{ended:?}\n{}", terminal.screen());
    assert_eq!(terminal.settings(), found, "the terminal's settings are not as they were found");
    terminal.assert_given_back();
}

/// Stops a load that is under way.
fn stop_a_load(terminal: &mut Terminal, demo: &Demo) {
    let folder = tempfile::tempdir().unwrap();
    let orders_before = demo.kpi(&["--measure", "all"]);
    load(terminal, &long(folder.path()));
    terminal.wait_for("reading brands");
    terminal.press("c");
    terminal.wait_for("Stop the load?");
    terminal.press("y");
    terminal.wait_for("Stopped. Nothing was loaded.");
    terminal.press("\x1bOQ");
    terminal.wait_for("of the target of");
    assert_eq!(demo.kpi(&["--measure", "all"]), orders_before);
}

#[test]
fn commands_are_found_by_name_keys_are_ones_own_and_hints_can_be_clicked() {
    let demo = Demo::new();
    let files =
        [("config.toml", "[screen]\nmouse = true\n"), ("keymap.toml", "[dashboard]\nstore = [\"F6\"]\n")];
    let mut terminal = demo.open_with_files(&files, 120, 40);
    let found = terminal.settings();
    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");
    assert!(terminal.tells_clicks());
    terminal.press("\x1b[17~");
    terminal.wait_for("╭ Store");
    terminal.press("\r");
    terminal.press(":load dt\r");
    terminal.wait_for("After the columns");
    terminal.click("F2 dashboard");
    terminal.wait_for("of the target of");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    assert_eq!(terminal.settings(), found);
    terminal.assert_given_back();
}

#[test]
fn a_wrong_password_is_told_and_ctrl_c_leaves() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    let found = terminal.settings();
    terminal.wait_for("Username");
    assert!(!terminal.tells_clicks(), "nobody asked for the mouse");
    sign_in(&mut terminal, "manager", "Not-the-0ne");
    terminal.wait_for("do not go together");
    assert!(!terminal.screen().contains("Not-the-0ne"));
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
    assert_eq!(terminal.settings(), found);
    terminal.assert_given_back();
}

#[test]
fn a_signal_to_end_gives_the_terminal_back() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    let found = terminal.settings();
    terminal.wait_for("Username");
    terminal.signal(rustix::process::Signal::TERM);
    terminal.wait_for_end();
    assert_eq!(terminal.settings(), found);
    terminal.assert_given_back();
}

#[test]
fn what_is_no_terminal_gets_a_word() {
    let dir = tempfile::tempdir().unwrap();
    let told = Command::new(env!("CARGO_BIN_EXE_storekeeper"))
        .arg("--data-dir")
        .arg(dir.path())
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(told.status.code(), Some(1));
    let words = String::from_utf8(told.stderr).unwrap();
    assert!(words.contains("need a terminal"), "{words}");
    assert!(told.stdout.is_empty());
}
