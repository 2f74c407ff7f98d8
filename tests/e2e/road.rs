//! The whole road of a delivery in the real program, in a terminal: choose, map, preview, mend what is rejected, load, look at
//! the history, undo.

use crate::demo::{Demo, sign_in};
use crate::terminal::Terminal;
use std::fs;

const DOWN: &str = "\x1b[B";
const F3: &str = "\x1bOR";
const F11: &str = "\x1b[23~";

/// The rows of a table that begin like this.
fn exported(demo: &Demo, table: &str, start: &str) -> Vec<String> {
    let told = demo.storekeeper(&["export", table]);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let text = String::from_utf8(told.stdout).unwrap();
    text.lines().filter(|line| line.starts_with(start)).map(str::to_owned).collect()
}

/// Three products: one is good, one has a brand that is not there, one a price that is none.
const DELIVERY: &str = "product_id,Product Name,brand_id,category_id,model_yaer,list_price\n\
     990001,Heron Road 3,1,1,2026,899.00\n\
     990002,Heron Road 4,990077,1,2026,949.00\n\
     990003,Heron Road 5,1,1,2026,\"12,x\"\n";

fn to_the_preview(terminal: &mut Terminal, folder: &str) {
    terminal.press(F3);
    terminal.wait_for("After the columns");
    terminal.paste(&format!("{folder}/"));
    terminal.wait_for("products.csv");
    // A few letters find the file.
    terminal.press("prcsv");
    terminal.press("\r");
    terminal.wait_for("Column of the file");
    terminal.wait_for("near: yes?");
    // Nothing is assumed: it does not go on before that is answered.
    terminal.press("\r");
    terminal.wait_for("Is it model_year?");
    terminal.press("y");
    terminal.wait_for("as you say");
    terminal.press("\r");
    terminal.wait_for("Nothing would be loaded: 2 rows rejected.");
    terminal.wait_for("990077");
}

fn mend(terminal: &mut Terminal) {
    terminal.press("m");
    terminal.wait_for("2 rows were rejected.");
    // Rows are told by line within a file; what was found while reading stands before what the database found.
    terminal.wait_for("12,x");
    terminal.press("\r");
    terminal.wait_for("› list_price");
    terminal.press("\x15");
    terminal.press("12.50");
    terminal.press("\r");
    terminal.wait_for("1 corrected since");
    terminal.press(DOWN);
    terminal.wait_for("It can be added to brands here.");
    terminal.press("n");
    terminal.wait_for("A new row of brands");
    terminal.wait_for("› brand_name");
    terminal.paste("Nimbus Works");
    terminal.press("\r");
    terminal.wait_for("Added, as run");
    terminal.wait_for("2 corrected since");
}

#[test]
fn an_employee_exports_from_the_screen_and_loads_nothing() {
    let demo = Demo::new();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("out");
    let mut terminal = demo.open(80, 24);
    sign_in(&mut terminal, "employee", "Ring-the-8ell");
    terminal.wait_for("of the target of");
    terminal.press("5");
    terminal.wait_for("may not load data");
    terminal.press("6");
    terminal.wait_for("[ ] all tables");
    terminal.press(" ");
    terminal.wait_for("[x] brands");
    terminal.press("\x1b[Z");
    terminal.wait_for("› Folder");
    terminal.paste(place.to_str().unwrap());
    terminal.press("\r");
    terminal.wait_for("Written:");
    let brands = fs::read_to_string(place.join("brands.csv")).unwrap();
    assert_eq!(
        brands.lines().skip(1).map(str::to_owned).collect::<Vec<_>>().len(),
        exported(&demo, "brands", "").len() - 1
    );
    // The same place again: what is there is not written over in silence.
    terminal.press("\r");
    terminal.wait_for("can not be written");
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
}

#[test]
fn some_rows_are_exported_and_a_file_is_replaced_only_after_a_yes() {
    let demo = Demo::new();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("one.csv");
    fs::write(&place, "mine\n").unwrap();
    let mut terminal = demo.open(80, 24);
    sign_in(&mut terminal, "employee", "Ring-the-8ell");
    terminal.wait_for("of the target of");
    terminal.press("6");
    terminal.wait_for("[ ] brands");
    terminal.press("jj ");
    terminal.wait_for("[x] brands");
    terminal.press("\x1b[Z");
    terminal.wait_for("› File");
    terminal.paste(place.to_str().unwrap());
    terminal.press("\x1b[Z");
    terminal.wait_for("› Only");
    terminal.paste("brand_id=1");
    terminal.press("\r");
    terminal.wait_for("Replace it?");
    terminal.press("n");
    terminal.wait_until_gone("Replace it?");
    assert_eq!(fs::read_to_string(&place).unwrap(), "mine\n");
    terminal.press("\r");
    terminal.wait_for("Replace it?");
    terminal.press("y");
    terminal.wait_for("Written: 1 rows.");
    let written = fs::read_to_string(&place).unwrap();
    assert!(written.lines().count() == 2 && written.contains("\n1,"), "{written}");
    terminal.press("\x03");
    assert!(terminal.wait_for_end().success());
}

#[test]
fn a_delivery_is_mapped_previewed_mended_loaded_and_undone() {
    let demo = Demo::new();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("products.csv"), DELIVERY).unwrap();
    let mut terminal = demo.open(120, 40);
    sign_in(&mut terminal, "manager", "Pump-up-2-bar");
    terminal.wait_for("of the target of");

    to_the_preview(&mut terminal, folder.path().to_str().unwrap());
    assert!(exported(&demo, "products", "99000").is_empty(), "a preview writes nothing");
    mend(&mut terminal);
    assert_eq!(exported(&demo, "brands", "990077"), ["990077,Nimbus Works"]);
    // From a preview, it is previewed again, and then loaded as it was shown.
    terminal.press("t");
    terminal.wait_for("Dry run: 3 rows would be new or changed.");
    terminal.press("\r");
    terminal.wait_for("Loaded: 3 rows new or changed.");
    let rows = exported(&demo, "products", "99000");
    assert!(rows.len() == 3 && rows[2].contains("12.50"), "{rows:?}");

    // Somebody changes one of them since.
    let change = folder.path().join("change");
    fs::create_dir(&change).unwrap();
    let dearer = DELIVERY.lines().take(2).collect::<Vec<_>>().join("\n").replace("yaer", "year");
    fs::write(change.join("products.csv"), dearer.replace("899.00", "879.00")).unwrap();
    let changed = demo.storekeeper(&["import", change.to_str().unwrap()]);
    assert!(changed.status.success(), "{}", String::from_utf8_lossy(&changed.stderr));

    terminal.press(F11);
    terminal.wait_for("committed");
    terminal.press(DOWN);
    terminal.press("\r");
    terminal.wait_for("SHA-256");
    terminal.wait_for("model_yaer → model_year");
    terminal.press("u");
    terminal.wait_for("1 rows would stay as they are:");
    terminal.wait_for("products 990001: it was changed since");
    terminal.press("u");
    terminal.wait_for("2 rows become what they were before it, or go.");
    terminal.press("y");
    terminal.wait_for("is undone, as run");
    terminal.wait_for("undone by");
    let rows = exported(&demo, "products", "99000");
    assert!(rows.len() == 1 && rows[0].contains("879.00"), "{rows:?}");
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
}
