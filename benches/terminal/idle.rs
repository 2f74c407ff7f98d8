//! What the real program does while nobody does anything, on every screen.

use crate::demo::{Demo, load, sign_in};
use crate::terminal::Terminal;
use std::fs;
use std::thread;
use std::time::Duration;

/// Threads that answered a question go away by themselves, which wakes the program once.
const SETTLE: Duration = Duration::from_secs(12);
const IDLE: Duration = Duration::from_secs(10);

/// Opens every screen, leaves them all alone, and prints what each wrote and how often it woke.
pub(crate) fn print() {
    let demo = Demo::new();
    let delivery = tempfile::tempdir().unwrap();
    let brands = delivery.path().join("brands.csv");
    fs::write(&brands, "brand_id,brand_name\n9001,Nimbus Works\n").unwrap();
    let mut screens = vec![("sign-in", at(&demo, |terminal| terminal.wait_for("Password")))];
    let inside = |keys: &'static str, words: &'static str| {
        at(&demo, move |terminal| {
            sign_in(terminal, "manager", "Pump-up-2-bar");
            terminal.wait_for("of the target of");
            terminal.press(keys);
            terminal.wait_for(words);
        })
    };
    screens.push(("dashboard", inside("", "of the target of")));
    screens.push(("load form", inside("\x1bOR", "a preview, then the question")));
    screens.push(("help", inside("\x1bOP", "╭ Keys")));
    screens.push(("palette", inside(":", "╭ ")));
    screens.push((
        "load done",
        at(&demo, |terminal| {
            sign_in(terminal, "manager", "Pump-up-2-bar");
            terminal.wait_for("of the target of");
            load(terminal, &brands);
            terminal.wait_for("Loaded: 1 row");
        }),
    ));
    let mut gallery = Terminal::run(env!("CARGO_BIN_EXE_storekeeper"), &["gallery"], &[], (200, 60));
    gallery.press("\x1bOQ");
    gallery.wait_for("1,000,000 rows");
    screens.push(("gallery, table", gallery));

    let watched = screens.into_iter().map(|(name, mut terminal)| {
        thread::spawn(move || {
            terminal.listen(SETTLE);
            let (bytes, woke) = terminal.listen(IDLE);
            println!("idle for 10 s: {name:<19} {bytes:>10} bytes, {woke} wake-ups");
            terminal.press("\x03");
            terminal.wait_for_end();
        })
    });
    let watched: Vec<_> = watched.collect();
    watched.into_iter().for_each(|thread| thread.join().unwrap());
}

fn at(demo: &Demo, go: impl FnOnce(&mut Terminal)) -> Terminal {
    let mut terminal = demo.open(200, 60);
    go(&mut terminal);
    terminal
}
