//! The screens of users and of the audit log in the real program, in a terminal.

use crate::demo::{Demo, sign_in};
use std::fs;

const F10: &str = "\x1b[21~";

#[test]
fn a_manager_finds_a_new_user_and_what_was_done_to_them() {
    let demo = Demo::new();
    let made = demo.storekeeper(&["users", "create", "zoe", "--role", "employee"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut terminal = demo.open(120, 40);
    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");

    terminal.press("3");
    terminal.wait_for("zoe");
    terminal.press("/zo");
    terminal.wait_for("/ zo");
    terminal.press("\r");
    terminal.wait_for("with \"zo\"");
    // Nothing can be changed by a manager.
    terminal.press("d");
    terminal.wait_for("may not change users");
    terminal.press("\r");
    terminal.wait_for("Second factor");
    terminal.press("v");
    terminal.wait_for("Only by or about zoe");
    terminal.wait_for("user created");
    terminal.press("\r");
    terminal.wait_for("Hash before");
    // A letter that comes with Esc would be Alt with that letter.
    terminal.press("\x1b");
    terminal.wait_for("e export");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.csv");
    terminal.press("e");
    terminal.wait_for("Entries to a file");
    terminal.paste(file.to_str().unwrap());
    terminal.press("\r");
    terminal.wait_for("entries were written to");
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.lines().count() == 2 && written.contains("user zoe"), "{written}");

    terminal.press("1");
    terminal.wait_for("of the target of");
    terminal.press(F10);
    terminal.press("r");
    terminal.wait_for("Only by or about zoe");
    terminal.press("\x1b");
    terminal.wait_for("All entries");
    terminal.wait_for("audit exported");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
}

#[test]
fn an_employee_sees_neither() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    sign_in(&mut terminal, "employee", "Ring-the-8ell");
    terminal.wait_for("of the target of");
    assert!(!terminal.screen().contains("users") && !terminal.screen().contains("audit log"));
    terminal.press("3");
    terminal.wait_for("may not see the users");
    terminal.press("4");
    terminal.wait_for("may not see the logs");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
}
