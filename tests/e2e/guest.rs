//! The real program as a guest of the terminal: whatever ends it, or comes over it, the terminal is given back as it was
//! found, and nothing that was typed is lost.

use crate::allowed::{HOSTILE, assert_only_ours};
use crate::demo::{Demo, load, long, sign_in};
use crate::terminal::{End, Terminal};
use rustix::process::Signal;
use std::time::Duration;

fn to_the_dashboard(terminal: &mut Terminal) {
    sign_in(terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");
}

#[test]
fn a_panic_of_the_screens_is_read_at_the_shell() {
    let demo = Demo::new();
    let mut terminal = demo.open_with(&[("STOREKEEPER_MISHAP", "screens"), ("RUST_BACKTRACE", "0")], 80, 24);
    let found = terminal.settings();
    terminal.wait_for("Username");
    terminal.press("x");
    let ended = terminal.wait_for_end();
    assert!(!ended.success());
    assert_eq!(terminal.settings(), found);
    terminal.assert_given_back();
    assert!(terminal.screen().contains("a mishap that was asked for"), "{}", terminal.screen());
    assert!(!demo.dir.path().join("server/mysqld.pid").exists(), "nobody is in, and the server still runs");
}

#[test]
fn a_panic_behind_the_screens_is_told_and_they_go_on() {
    let demo = Demo::new();
    let mut terminal = demo.open_with(&[("STOREKEEPER_MISHAP", "task")], 80, 24);
    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("The program made a mistake and gave this up.");
    assert!(!terminal.screen().contains("a mishap that was asked for"), "{}", terminal.screen());
    assert!(terminal.cells().alternate_screen());
    terminal.paste("still here");
    terminal.wait_for("••••••••••");
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
}

#[test]
fn signals_to_end_are_obeyed_soon() {
    let demo = Demo::new();
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let mut terminal = demo.open(80, 24);
        let found = terminal.settings();
        to_the_dashboard(&mut terminal);
        assert_soon(&terminal.end_by(signal), &format!("{signal:?}"));
        assert_eq!(terminal.settings(), found, "{signal:?}");
        terminal.assert_given_back();
        demo.assert_server_ends();
    }
}

#[test]
fn a_load_under_way_does_not_hold_up_the_end() {
    let demo = Demo::new();
    let loading = || {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = demo.open(80, 24);
        to_the_dashboard(&mut terminal);
        load(&mut terminal, &long(folder.path()));
        terminal.wait_for("reading brands");
        (terminal, folder)
    };
    let (mut terminal, _folder) = loading();
    assert_in_time(&terminal.end_by(Signal::HUP), "SIGHUP");
    terminal.assert_given_back();
    demo.assert_server_ends();
    let (terminal, _folder) = loading();
    assert_in_time(&terminal.hang_up(), "the terminal is gone");
    demo.assert_server_ends();
}

#[test]
fn where_its_terminal_is_gone_the_program_ends_and_so_does_its_server() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    to_the_dashboard(&mut terminal);
    assert!(demo.has_server());
    assert_soon(&terminal.hang_up(), "the terminal is gone");
    demo.assert_server_ends();
}

/// The program is gone within the 2 s it promises.
fn assert_in_time(end: &End, why: &str) {
    assert!(end.took < Duration::from_secs(2), "{why}: {end:?}");
}

/// The same of a program that had nothing to do, and did not spin meanwhile.
fn assert_soon(end: &End, why: &str) {
    assert_in_time(end, why);
    assert!(end.worked < Duration::from_millis(300), "{why}: {end:?}");
}

#[test]
fn control_z_leads_to_the_shell_and_fg_back() {
    let demo = Demo::new();
    let shell = ["--norc", "--noprofile", "--noediting", "-i"];
    let mut terminal = Terminal::run("bash", &shell, &[("PS1", "ready> "), ("HISTFILE", "")], (100, 30));
    terminal.wait_for("ready>");
    terminal.press(&format!("{} --data-dir {}\r", env!("CARGO_BIN_EXE_storekeeper"), demo.path()));
    to_the_dashboard(&mut terminal);
    for _ in 0..2 {
        terminal.press("\x1a");
        terminal.wait_for("Stopped");
        terminal.assert_given_back();
        terminal.press("echo cooked-$((6 * 7))\r");
        terminal.wait_for("cooked-42");
        terminal.press("clear; fg\r");
        terminal.wait_for("of the target of");
        assert!(terminal.cells().alternate_screen() && terminal.cells().bracketed_paste());
    }
    terminal.press("q");
    terminal.wait_for("ready>");
    terminal.press("exit\r");
    terminal.wait_for_end();
    terminal.assert_given_back();
}

#[test]
fn a_storm_of_sizes_loses_nothing_that_was_typed() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    terminal.wait_for("Username");
    let name: String = ('a'..='z').chain('0'..='9').collect();
    for (round, letter) in name.chars().enumerate() {
        let round = u16::try_from(round).unwrap();
        for (columns, rows) in [(1, 1), (200, 60), (20 + round, 5 + round), (61, 17)] {
            terminal.resize(columns, rows);
        }
        terminal.press(&letter.to_string());
    }
    terminal.resize(80, 24);
    terminal.wait_for(&name);
    terminal.wait_for("Password");
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
}

#[test]
fn a_long_paste_without_an_end_does_not_hang() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    terminal.wait_for("Username");
    terminal.press(&format!("\x1b[200~{}", "x".repeat(100_000)));
    terminal.wait_for(&"x".repeat(30));
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
}

#[test]
fn frames_are_marked_only_for_a_terminal_that_said_it_knows_the_marks() {
    let demo = Demo::new();
    let begin: &[u8] = b"\x1b[?2026h";
    let begins = |bytes: &[u8]| bytes.windows(begin.len()).filter(|window| *window == begin).count();
    for (answer, marked) in [("\x1b[?2026;2$y", true), ("\x1b[?2026;0$y", false), ("", false)] {
        let mut terminal = demo.open(80, 24);
        terminal.wait_for_bytes(b"\x1b[?2026$p");
        assert!(terminal.screen().contains("Username"), "asked before the first frame was there");
        terminal.press(answer);
        terminal.paste("nobody");
        terminal.wait_for("nobody");
        assert_eq!(begins(terminal.written()) > 0, marked, "{answer:?}");
        assert!(!terminal.screen().contains("2026"), "{}", terminal.screen());
        terminal.press("\x03");
        assert!(terminal.wait_for_end().success());
    }
}

/// Whether anything on the screen has a colour.
fn is_coloured(terminal: &Terminal) -> bool {
    let (rows, columns) = terminal.cells().size();
    let cells = (0..u16::from(rows)).flat_map(|row| (0..u16::from(columns)).map(move |column| (row, column)));
    let mut cells = cells.filter_map(|(row, column)| terminal.cells().cell(row, column));
    cells.any(|cell| cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default)
}

#[test]
fn a_theme_is_chosen_by_a_key_and_kept_for_the_next_time() {
    let demo = Demo::new();
    let config = demo.dir.path().join("config.toml");
    std::fs::write(&config, "").unwrap();
    let themes = demo.dir.path().join("themes");
    std::fs::create_dir(&themes).unwrap();
    std::fs::write(themes.join("sea.toml"), "ground = \"#001f3f\"\n").unwrap();
    let full = [("COLORTERM", "truecolor")];
    let arguments = ["--data-dir", demo.path(), "--config", config.to_str().unwrap()];
    let open = |size| Terminal::run(env!("CARGO_BIN_EXE_storekeeper"), &arguments, &full, size);

    let mut terminal = open((80, 24));
    terminal.wait_for("Username");
    assert_eq!(terminal.cells().cell(0, 0).unwrap().bgcolor(), vt100::Color::Default);
    for name in ["light", "dark", "high-contrast", "mono", "sea"] {
        terminal.press("\x1b[19~");
        terminal.wait_for(&format!("Theme: {name}"));
    }
    assert_eq!(terminal.cells().cell(0, 0).unwrap().bgcolor(), vt100::Color::Rgb(0, 0x1f, 0x3f));
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());

    let mut terminal = open((80, 24));
    terminal.wait_for("Username");
    assert_eq!(terminal.cells().cell(0, 0).unwrap().bgcolor(), vt100::Color::Rgb(0, 0x1f, 0x3f));
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
}

#[test]
fn who_asks_for_no_colour_or_no_boxes_gets_none() {
    let demo = Demo::new();
    let mut terminal = demo.open_with(&[("NO_COLOR", "1")], 80, 24);
    terminal.wait_for("Username");
    assert!(!is_coloured(&terminal) && terminal.screen().contains('─'));
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());

    let mut terminal = demo.open_with(&[("TERM", "dumb")], 80, 24);
    terminal.wait_for("Username");
    assert!(!is_coloured(&terminal) && terminal.screen().is_ascii(), "{}", terminal.screen());
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());

    let arguments = ["--data-dir", demo.path(), "--ascii"];
    let mut terminal = Terminal::run(env!("CARGO_BIN_EXE_storekeeper"), &arguments, &[], (80, 24));
    terminal.wait_for("Username");
    assert!(is_coloured(&terminal) && terminal.screen().is_ascii(), "{}", terminal.screen());
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
}

#[test]
fn a_theme_that_is_not_there_is_named_before_the_screens_open() {
    let demo = Demo::new();
    let mut terminal = demo.open_with(&[("STOREKEEPER__SCREEN__THEME", "drak")], 80, 24);
    assert_eq!(terminal.wait_for_end().exit_code(), 2);
    assert!(terminal.screen().contains("\"drak\""), "{}", terminal.screen());
    assert!(!terminal.written().windows(8).any(|bytes| bytes == b"\x1b[?1049h"));
}

#[test]
fn the_window_has_a_title_while_the_program_is_open_and_its_own_again_after() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    let times = |terminal: &Terminal, wanted: &str| {
        let written = String::from_utf8_lossy(terminal.written()).into_owned();
        written.matches(wanted).count()
    };
    terminal.wait_for_bytes(b"\x1b]2;Storekeeper: sign in\x07");
    to_the_dashboard(&mut terminal);
    assert_eq!(times(&terminal, "\x1b]2;Storekeeper: Whole chain\x07"), 1);
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    assert_eq!((times(&terminal, "\x1b[22;2t"), times(&terminal, "\x1b[23;2t")), (1, 1));
}

#[test]
fn a_figure_is_copied_through_the_terminal() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    to_the_dashboard(&mut terminal);
    assert!(!terminal.written().windows(5).any(|bytes| bytes == b"\x1b]52;"));
    terminal.press("\t");
    terminal.press("y");
    terminal.wait_for("Copied: ");
    terminal.wait_for_bytes(b"\x1b]52;c;");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
}

/// Files whose names, and whose text, try to act on the terminal, and a person who pastes the like.
#[test]
fn nothing_but_our_own_bytes_reaches_the_terminal() {
    let demo = Demo::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("brands.csv");
    let rows: Vec<String> = HOSTILE.iter().map(|text| format!("x,\"{}\"\n", text.replace('"', ""))).collect();
    std::fs::write(&file, format!("brand_id,brand_name\n{}", rows.concat())).unwrap();
    let beside = folder.path().join("names");
    std::fs::create_dir(&beside).unwrap();
    for text in HOSTILE {
        let name = text.replace(['/', '\0'], "");
        std::fs::write(beside.join(format!("{name}.csv")), "").unwrap();
    }
    let mut terminal = demo.open(120, 40);
    terminal.wait_for("Username");
    for text in HOSTILE {
        terminal.paste(text);
    }
    // From the cursor to the beginning of the line: the field is empty again.
    terminal.press("\x05\x15");
    to_the_dashboard(&mut terminal);
    terminal.press("\x1bOR");
    terminal.wait_for("After the columns");
    terminal.paste(&format!("{}/", beside.display()));
    terminal.paste(HOSTILE[0]);
    terminal.press("\r");
    terminal.wait_for("can not be read");
    terminal.press("\x1b");
    load(&mut terminal, &file);
    terminal.wait_for("brands.csv, line 2");
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
    assert_only_ours(terminal.written());
}
