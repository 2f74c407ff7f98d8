//! Terminals that answer, that do not, and that send what is no answer.

use crate::pty::Pty;
use crate::{Place, Told};
use rustix::process::Signal;

/// The last question, which every terminal answers.
const LAST: &str = "\x1b[c";
const THERE: &str = "\x1b[5n";

/// The doctor in a terminal, on a folder without a database.
fn doctor(place: &Place, arguments: &[&str]) -> Pty {
    let data_dir = place.data_dir();
    let arguments = [&["--data-dir", data_dir.to_str().unwrap(), "doctor"], arguments].concat();
    Pty::run(env!("CARGO_BIN_EXE_storekeeper"), &arguments, &place.environment)
}

fn told(pty: &mut Pty) -> Told {
    let status = pty.wait_for_end();
    let text = pty.text();
    let (_, json) = text.split_at(text.find('{').unwrap_or(text.len()));
    // What is sent on after the end is shown by the terminal itself, behind what the program said.
    let (json, _) = json.split_at(json.find("\r\n}").map_or(json.len(), |at| at + 3));
    Told::new(i32::try_from(status.exit_code()).unwrap(), json)
}

#[test]
fn a_terminal_that_answers_is_believed() {
    let place = Place::empty();
    let mut pty = doctor(&place, &["--json"]);
    pty.wait_for(LAST, 1);
    // Somebody types ahead, and the answers come between.
    pty.send(b"l\x1b[?2026;2$y\x1b[?2004;2$ys");
    pty.send(b"\x1bP1+r524742=382f382f38\x1b\\\x1bP0+r4d73\x1b\\\x1bP1$r0;48:2::1:2:3m\x1b\\\x1b[?62;22;52c");
    for trip in 1..=3 {
        pty.wait_for(THERE, trip);
        pty.send(b"\x1b[0n");
    }
    let told = told(&mut pty);
    assert_eq!(told.code, 5);
    told.assert("size", "pass", "100 x 30");
    told.assert("colours", "pass", "24 bits, by the terminal's own word");
    for check in ["synchronized output", "bracketed paste", "clipboard (OSC 52)"] {
        told.assert(check, "pass", "own word");
    }
    told.assert("latency", if told.of("latency").0 == "warn" { "warn" } else { "pass" }, "ms a round trip");
    pty.assert_given_back();
}

#[test]
fn a_terminal_that_says_no_is_believed_too() {
    let place = Place::empty();
    let mut pty = doctor(&place, &["--json"]);
    pty.wait_for(LAST, 1);
    pty.send(b"\x1b[?2026;0$y\x1b[?2004;4$y\x1bP0+r\x1b\\\x1bP0$r\x1b\\\x1b[?6c");
    let told = told(&mut pty);
    told.assert("colours", "pass", "16, as TERM says (xterm)");
    told.assert("synchronized output", "warn", "no: ");
    told.assert("bracketed paste", "warn", "no: ");
    told.assert("clipboard (OSC 52)", "warn", "does not say");
    told.assert("latency", "warn", "not whether it is there");
    told.assert_helpful();
    pty.assert_given_back();
}

#[test]
fn a_terminal_that_never_answers_is_given_up_on_and_stays_clean() {
    let place = Place::empty();
    let mut pty = doctor(&place, &[]);
    assert_eq!(pty.wait_for_end().exit_code(), 5);
    let screen = pty.screen();
    assert!(screen.starts_with("terminal\n  pass  size "), "{screen}");
    assert!(
        screen.contains("  warn  latency ") && screen.contains("answered nothing within 1000 ms"),
        "{screen}"
    );
    assert!(screen.contains("storekeeper init"), "{screen}");
    pty.assert_given_back();
}

#[test]
fn garbage_is_no_answer_and_none_of_it_is_left() {
    let place = Place::empty();
    for garbage in [
        b"\x1b[?2026;\x1b[\x1b]52;c;?\x07\xff\xfe\x00\x03\x04\x1a\x1bPrm -rf /\r\n".repeat(60),
        b"\x1b[?2026;1$".to_vec(),
        // More than anybody reads.
        vec![b'7'; 20_000],
    ] {
        let mut pty = doctor(&place, &["--json"]);
        pty.wait_for(LAST, 1);
        pty.send(&garbage);
        let told = told(&mut pty);
        assert_eq!(told.code, 5);
        told.assert("latency", "warn", "is no answer");
        told.assert("synchronized output", "warn", "does not say");
        if garbage.len() < 16_384 {
            pty.assert_given_back();
        }
    }
}

#[test]
fn a_signal_while_the_terminal_is_asked_gives_it_back_first() {
    let place = Place::empty();
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let mut pty = doctor(&place, &["--json"]);
        pty.wait_for(LAST, 1);
        pty.signal(signal);
        let status = pty.wait_for_end();
        assert!(status.signal().is_some(), "{status:?}: {}", pty.text());
        assert!(!pty.text().contains('{'), "{}", pty.text());
        pty.assert_given_back();
    }
}

#[test]
fn another_jobs_terminal_is_left_alone() {
    let place = Place::empty();
    let line = format!(
        "'{}' --data-dir '{}' doctor & wait $!; echo \"ended $?\"",
        env!("CARGO_BIN_EXE_storekeeper"),
        place.data_dir().display()
    );
    let mut pty = Pty::run("bash", &["-mc", &line], &place.environment);
    pty.wait_for("ended 5", 1);
    pty.wait_for_end();
    assert!(pty.screen().contains("not asked: the terminal belongs to another job"), "{}", pty.screen());
    assert!(!pty.text().contains(LAST));
}

#[test]
fn a_terminal_without_abilities_is_not_asked_for_any() {
    let mut place = Place::empty();
    place.environment.push(("TERM".to_owned(), "dumb".to_owned()));
    let mut pty = doctor(&place, &["--json"]);
    let told = told(&mut pty);
    told.assert("colours", "warn", "none");
    told.assert("answers", "warn", "TERM is \"dumb\"");
    assert!(!pty.text().contains('\x1b'), "{}", pty.text());
}
