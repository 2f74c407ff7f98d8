//! From a telephone number to a customer's order and back, in the real program, in a terminal.

use crate::demo::{Demo, sign_in};
use crate::terminal::Terminal;
use serde_json::Value;

/// A customer with an order whose last four digits nobody else has: the record, and these digits. And their newest order.
fn known_by_digits(demo: &Demo) -> (Value, String, Value) {
    let rows = |table: &str| -> Vec<Value> {
        let file = demo.dir.path().join(format!("{table}.json"));
        let out = demo.storekeeper(&["export", table, "--format", "json", "--out", file.to_str().unwrap()]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap()
    };
    let (customers, orders) = (rows("customers"), rows("orders"));
    let last_digits = |customer: &Value| {
        let phone = customer["phone"].as_str()?;
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        digits.get(digits.len() - 4..).map(str::to_owned)
    };
    let ends: Vec<String> = customers.iter().filter_map(last_digits).collect();
    let of = |customer: &Value| {
        orders
            .iter()
            .filter(|order| order["customer_id"] == customer["customer_id"])
            .cloned()
            .collect::<Vec<_>>()
    };
    let (customer, typed) = customers
        .iter()
        .filter(|customer| !of(customer).is_empty())
        .filter_map(|customer| Some((customer, last_digits(customer)?)))
        .find(|(_, wanted)| ends.iter().filter(|end| *end == wanted).count() == 1)
        .expect("a customer whose number has an end of its own");
    let newest = of(customer)
        .into_iter()
        .max_by_key(|order| (order["order_date"].as_str().unwrap().to_owned(), order["order_id"].as_u64()))
        .unwrap();
    (customer.clone(), typed, newest)
}

fn name(customer: &Value) -> String {
    format!("{} {}", customer["first_name"].as_str().unwrap(), customer["last_name"].as_str().unwrap())
}

/// Somebody's way through the screens, and the keys it took.
struct Walk {
    terminal: Terminal,
    keys: usize,
}

impl Walk {
    fn press(&mut self, key: &str) {
        self.keys += 1;
        self.terminal.press(key);
    }

    /// Searches by four digits and opens the customer.
    fn open_by_digits(&mut self, typed: &str, name: &str) {
        self.press("\x06");
        self.terminal.wait_for("digits of a telephone number");
        for digit in typed.chars() {
            self.press(&digit.to_string());
        }
        self.terminal.wait_for(name);
        self.press("\r");
        self.terminal.wait_for("Lifetime value");
    }
}

#[test]
fn a_customer_is_found_by_digits_and_their_letter_is_printed_in_under_ten_keys() {
    let demo = Demo::new();
    let (customer, typed, _) = known_by_digits(&demo);
    let home = tempfile::tempdir().unwrap();
    let mut terminal = demo.open_with(&[("HOME", home.path().to_str().unwrap())], 80, 24);
    sign_in(&mut terminal, "employee", "Ring-the-8ell");
    terminal.wait_for("of the target of");
    let mut walk = Walk { terminal, keys: 0 };
    walk.open_by_digits(&typed, &name(&customer));
    // The report, into the folder that is offered.
    walk.press("w");
    walk.terminal.wait_for("~/reports");
    walk.press("\r");
    walk.terminal.wait_for("Printed, ");
    // Back.
    walk.press("\x1b");
    walk.terminal.wait_for("of the target of");
    let Walk { mut terminal, keys } = walk;
    assert!(keys < 10, "{keys} keys");
    let written: Vec<_> =
        std::fs::read_dir(home.path().join("reports")).unwrap().map(Result::unwrap).collect();
    assert_eq!(written.len(), 1, "{written:?}");
    let file = written[0].file_name().into_string().unwrap();
    assert!(file.starts_with(&format!("customer_report_{}_", customer["customer_id"])), "{file}");
    assert!(std::fs::read(written[0].path()).unwrap().starts_with(b"%PDF-"));
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
}

#[test]
fn sales_and_all_letters_are_printed_from_their_screens_and_the_path_is_copied() {
    let demo = Demo::new();
    let home = tempfile::tempdir().unwrap();
    let environment =
        [("HOME", home.path().to_str().unwrap()), ("SSH_CONNECTION", "1 2 3 4"), ("DISPLAY", "")];
    let mut terminal = demo.open_with(&environment, 100, 30);
    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");
    terminal.press("w");
    terminal.wait_for("Low stock of");
    terminal.press("\r");
    terminal.wait_for("~/reports");
    let folder = home.path().join("mine");
    terminal.press(&format!("\x15{}\r", folder.display()));
    terminal.wait_for("Printed, ");
    // Over SSH without a display there is nothing to open it with, and nobody is told so.
    terminal.wait_for("copy the path");
    assert!(!terminal.screen().contains("o open"), "{}", terminal.screen());
    terminal.press("y");
    terminal.wait_for_bytes(b"\x1b]52;c;");
    // All letters of those that are listed; the folder is remembered.
    terminal.press("8");
    terminal.wait_for("Customers   as of");
    terminal.press("/number:<=40\r");
    terminal.wait_for("with \"number:<=40\"");
    terminal.wait_until_gone("asking");
    terminal.press("w");
    terminal.wait_for("number:<=40 leaves");
    terminal.press("\x1b[B\r");
    terminal.wait_for(&folder.display().to_string());
    terminal.press("\r");
    terminal.wait_for("40 reports");
    let names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let of = |beginning: &str| names.iter().filter(|name| name.starts_with(beginning)).count();
    assert_eq!((of("sales_report_"), of("customer_report_"), names.len()), (1, 40, 41), "{names:?}");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    // And is remembered the next time.
    let mut terminal = demo.open_with(&environment, 100, 30);
    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");
    terminal.press("w");
    terminal.wait_for("Low stock of");
    terminal.press("\r");
    terminal.wait_for(&folder.display().to_string());
    terminal.press("\x1b");
    terminal.wait_until_gone("Folder");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
}

#[test]
fn a_customer_is_found_by_digits_and_an_order_is_three_keys_further() {
    let demo = Demo::new();
    let (customer, typed, newest) = known_by_digits(&demo);
    let mut terminal = demo.open(80, 24);
    sign_in(&mut terminal, "employee", "Ring-the-8ell");
    terminal.wait_for("of the target of");
    let mut walk = Walk { terminal, keys: 0 };
    walk.open_by_digits(&typed, &name(&customer));
    walk.press("\r");
    walk.terminal.wait_for(&format!("Order {}", newest["order_id"]));
    walk.terminal.wait_for("Lines");
    walk.press("\x1b");
    walk.terminal.wait_for("Lifetime value");
    let Walk { mut terminal, keys } = walk;
    assert!(keys < 10, "{keys} keys");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
}

#[test]
fn every_letter_asks_anew_and_what_is_typed_last_is_answered() {
    let demo = Demo::new();
    let mut terminal = demo.open(100, 30);
    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");
    terminal.press("8");
    terminal.wait_for("Customers   as of");
    // More questions at once than there are connections, twice over.
    terminal.press("/name:abcdefghijklmnopqrstuvwxyz");
    terminal.press("\x15status:late");
    terminal.wait_for("No column \"status\" in customers");
    terminal.press("\x15number:<=2\r");
    terminal.wait_for("with \"number:<=2\"");
    terminal.wait_until_gone("asking");
    let rows = |screen: &str| screen.lines().filter(|line| line.trim_start().starts_with(['1', '2'])).count();
    assert_eq!(rows(&terminal.screen()), 2, "{}", terminal.screen());
    terminal.press("\r");
    terminal.wait_for("Lifetime value");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
}

#[test]
fn two_people_at_one_record_settle_what_both_changed_and_the_history_tells_of_both() {
    let demo = Demo::new();
    let open_form = |size: (u16, u16), typed: &str| {
        let mut terminal = demo.open(size.0, size.1);
        sign_in(&mut terminal, "manager", "Pump-up-2-bar");
        terminal.wait_for("of the target of");
        terminal.press("8");
        terminal.wait_for("Customers   as of");
        terminal.press("m");
        terminal.wait_for("First name");
        // Behind the telephone number.
        terminal.press(&format!("\t\t{typed}"));
        terminal.wait_for(typed);
        terminal
    };
    let mut slow = open_form((80, 24), "777");
    let mut quick = open_form((200, 60), "888");
    quick.press("\r");
    quick.wait_for("Saved: customer 1.");
    slow.press("\r");
    slow.wait_for("Somebody saved this record while you typed");
    assert!(slow.screen().contains("888") && slow.screen().contains("777"), "{}", slow.screen());
    // Nothing is taken unasked.
    slow.press("\r");
    slow.wait_for("choose whose is to stand");
    slow.press("\x1b[C");
    slow.wait_for("Enter saves what is marked");
    slow.press("\r");
    slow.wait_for("Saved: customer 1.");
    slow.press("v");
    slow.wait_for("History of ");
    slow.wait_for("888 → ");
    let out = demo.storekeeper(&["export", "customers", "--format", "json"]);
    let customers: Vec<Value> = serde_json::from_slice(&out.stdout).unwrap();
    let phone = customers.iter().find(|customer| customer["customer_id"] == 1).unwrap()["phone"].as_str();
    assert!(phone.is_some_and(|phone| phone.ends_with("777")), "{phone:?}");
    slow.press("\x1b");
    slow.wait_until_gone("History of ");
    for mut terminal in [slow, quick] {
        terminal.press("q");
        assert!(terminal.wait_for_end().success());
        terminal.assert_given_back();
    }
}
