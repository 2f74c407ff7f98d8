//! The screen of the database in the real program, in a terminal.

use crate::demo::{Demo, sign_in};
use crate::terminal::Terminal;

#[test]
fn the_database_is_looked_at_checked_and_cleared_of_its_sample_data_after_its_name_is_typed() {
    let demo = Demo::new();
    let arguments = ["--data-dir", demo.path(), "--direct"];
    let environment = [("STOREKEEPER__SECURITY__DIRECT_ADMINISTRATION", "true")];
    let mut terminal = Terminal::run(env!("CARGO_BIN_EXE_storekeeper"), &arguments, &environment, (100, 45));
    terminal.wait_for("of the target of");
    terminal.press("0");
    terminal.wait_for("mysqld.sock");
    terminal.wait_for("as this program expects it");
    terminal.wait_for("yes, made with 400 orders, seed 3");
    terminal.press("v");
    terminal.wait_for("All is well.");
    let ok = terminal.screen().lines().filter(|line| line.trim_start().starts_with("ok ")).count();
    assert_eq!(ok, 5, "{}", terminal.screen());
    // Another name clears nothing.
    terminal.press("x");
    terminal.wait_for("Type the name of the database");
    terminal.press("shop\r");
    terminal.press("\x1b");
    terminal.wait_until_gone("Type the name of the database");
    terminal.press("r");
    terminal.wait_for("yes, made with 400 orders, seed 3");
    terminal.wait_until_gone("stops");
    terminal.press("x");
    terminal.wait_for("Type the name of the database");
    terminal.press("storekeeper\r");
    terminal.wait_for("The sample data is gone");
    terminal.wait_until_gone("yes, made with");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
    assert_eq!(demo.kpi(&[])["orders"], 0);
}

#[test]
fn nobody_else_comes_to_it() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");
    terminal.press("0");
    terminal.wait_for("may not manage the database");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
}
