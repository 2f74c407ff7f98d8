//! Leaving the keyboard and coming back: a locked screen, the last minute before a session ends; and administration
//! without any session.

use crate::demo::{Demo, sign_in};
use crate::terminal::Terminal;
use vt100::Color;

const LOAD: &str = "\x1bOR";
const LOCK: &str = "\x0c";

fn manager(terminal: &mut Terminal) {
    sign_in(terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");
}

#[test]
fn a_locked_screen_shows_nothing_and_comes_back_as_it_was_left() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    manager(&mut terminal);
    terminal.press(LOAD);
    terminal.wait_for("files › columns");
    terminal.press("\x05\x15");
    terminal.paste("/half/typed/path");
    terminal.wait_for("/half/typed/path");

    terminal.press(LOCK);
    terminal.wait_for("locked by manager");
    assert!(!terminal.screen().contains("/half/typed"), "{}", terminal.screen());
    terminal.paste("Not-the-0ne");
    terminal.press("\r");
    terminal.wait_for("That password is not right");
    terminal.paste("Pump-up-2-bar");
    terminal.press("\r");
    terminal.wait_for("/half/typed/path");
    terminal.press("/more");
    terminal.wait_for("/half/typed/path/more");
}

#[test]
fn the_end_of_a_session_is_counted_down_until_a_key_is_pressed() {
    let demo = Demo::new();
    // The shortest there is: the last half of it is the warning.
    let short = ("STOREKEEPER__SECURITY__IDLE_MINUTES", "1");
    let mut terminal = demo.open_with(&[short], 80, 24);
    manager(&mut terminal);
    terminal.wait_for("Your session ends in 30 s.");
    terminal.wait_for("Your session ends in 29 s.");
    // No command of the dashboard, and none of any other screen either: it is the key that counts.
    terminal.press("z");
    terminal.wait_until_gone("Your session ends");
    assert!(terminal.screen().contains("of the target of"), "{}", terminal.screen());
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
}

#[test]
fn direct_administration_is_refused_or_under_a_red_banner_and_recorded_either_way() {
    let demo = Demo::new();
    let run = |profile: &str| {
        let arguments = ["--data-dir", demo.path(), "--profile", profile, "--direct"];
        Terminal::run(env!("CARGO_BIN_EXE_storekeeper"), &arguments, &[], (80, 24))
    };
    let mut terminal = run("production");
    assert_eq!(terminal.wait_for_end().exit_code(), 4);
    assert!(terminal.screen().contains("Direct administration is off"), "{}", terminal.screen());

    let mut terminal = run("development");
    for screen in ["", LOAD] {
        terminal.press(screen);
        terminal.wait_for(if screen.is_empty() { "of the target of" } else { "files › columns" });
        let banner = terminal.screen().lines().next().unwrap().to_owned();
        assert!(banner.contains("DIRECT ADMINISTRATION"), "{banner}");
        let shown = (0..80).map(|column| terminal.cells().cell(0, column).unwrap());
        assert!(
            shown.clone().all(|cell| is_red(cell.bgcolor()) || (cell.inverse() && is_red(cell.fgcolor())))
        );
    }
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());

    let told = demo.storekeeper(&["audit", "list", "--action", "direct_administration", "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    let each: Vec<(&str, &str)> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["actor"].as_str().unwrap(), entry["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(each, [("(direct)", "done"), ("(direct)", "refused")]);
}

fn is_red(color: Color) -> bool {
    matches!(color, Color::Idx(1 | 9))
}
