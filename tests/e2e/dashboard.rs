//! The dashboard of the real program: its pages, its periods, targets, and whose figures one sees.

use crate::day::grouped;
use crate::demo::{Demo, sign_in};
use crate::terminal::Terminal;

/// Ctrl-O.
const SIGN_OUT: &str = "\x0f";

fn title(terminal: &Terminal) -> String {
    terminal.screen().lines().next().unwrap().to_owned()
}

#[test]
fn a_manager_turns_the_pages_changes_the_period_and_sets_a_target_and_an_employee_sees_their_store() {
    let demo = Demo::new();
    let mut terminal = demo.open(80, 24);
    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");
    let month = demo.kpi(&["--period", "month"]);
    terminal.wait_for(&grouped(&month["net"]));
    terminal.wait_for(&format!("of the target of {}", grouped(&month["target"])));
    for page in ["By category", "Slow stock", "Net sales"] {
        terminal.press("m");
        terminal.wait_for(page);
    }
    terminal.press("pp");
    let year = demo.kpi(&["--period", "year"]);
    terminal.wait_for(&grouped(&year["net"]));
    terminal.press("PPb");
    terminal.wait_for("shipped orders");
    let shipped = demo.kpi(&["--period", "month", "--measure", "shipped"]);
    terminal.wait_for(&grouped(&shipped["net"]));
    terminal.press("B");

    terminal.press("t");
    terminal.wait_for("What each store is meant to sell");
    terminal.press("\x05\x15123,456.50\r");
    terminal.wait_for("The target is set.");
    let target = &demo.kpi(&["--period", "month"])["target"];
    assert_ne!(target, &month["target"]);
    terminal.wait_for(&format!("of the target of {}", grouped(target)));

    let chain = title(&terminal);
    assert!(chain.contains("Whole chain"), "{chain}");
    terminal.press(SIGN_OUT);
    terminal.wait_for("Username");
    // The name of who was here stands there still, before the password.
    terminal.press("\x1b[Z\x05\x15");
    sign_in(&mut terminal, "employee", "Ring-the-8ell");
    terminal.wait_for("of the target of");
    assert!(!title(&terminal).contains("Whole chain"), "{}", terminal.screen());
    let store = demo.kpi(&["--period", "month", "--store", "1"]);
    terminal.wait_for(&grouped(&store["net"]));
    terminal.press("m");
    terminal.wait_for("My manager");
    assert!(!terminal.screen().contains("By staff"), "{}", terminal.screen());
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
}
