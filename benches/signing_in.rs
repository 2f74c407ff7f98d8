//! Eight people sign in at once; how soon does the screen of a ninth answer a key?
//!
//! `cargo bench --bench signing_in`: nine real programs in terminals of 80x24 on one chain, passwords at the cost of the default
//! settings. The ninth types a letter every 30 ms into the form of a load; measured from the key to the first byte back.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

#[path = "../tests/e2e/demo.rs"]
mod demo;
#[path = "../tests/e2e/terminal.rs"]
mod terminal;

use demo::{Demo, sign_in};
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use terminal::Terminal;

const PEOPLE: usize = 8;
const ROUNDS: usize = 8;
/// As fast as somebody types, and some.
const BETWEEN_KEYS: Duration = Duration::from_millis(30);

fn main() {
    let demo = Demo::new();
    let mut ninth = demo.open(80, 24);
    sign_in(&mut ninth, "manager", "Pump-up-2-bar");
    ninth.wait_for("of the target of");
    ninth.press("\x1bOR");
    ninth.wait_for("A rejected row");
    // What its screens still had to say comes before the measuring.
    ninth.listen(Duration::from_secs(2));

    let quiet: Vec<Duration> = (0..300).map(|key| typed(&mut ninth, key)).collect();
    tell("nobody signs in", quiet);
    let mut busy = Vec::new();
    let mut waits = Vec::new();
    for _ in 0..ROUNDS {
        let (keys, times) = round(&demo, &mut ninth);
        busy.extend(keys);
        waits.extend(times);
    }
    tell(&format!("{PEOPLE} sign in at once"), busy);
    tell("from Enter to the dashboard, each of them", waits);
}

/// Everybody signs in at the same moment; answers the keys of the ninth until the last is in, and how long each took.
fn round(demo: &Demo, ninth: &mut Terminal) -> (Vec<Duration>, Vec<Duration>) {
    let (ready, inside) = (Barrier::new(PEOPLE + 1), AtomicUsize::new(0));
    thread::scope(|scope| {
        let people: Vec<_> = (0..PEOPLE)
            .map(|_| {
                scope.spawn(|| {
                    // All by one account: more at once than may guess at a password.
                    let patient = ("STOREKEEPER__SECURITY__SIGN_IN_ATTEMPTS", "20");
                    let mut terminal = demo.open_with(&[patient], 80, 24);
                    terminal.wait_for("Username");
                    terminal.paste("manager");
                    terminal.press("\t");
                    terminal.paste("Pump-up-2-bar");
                    terminal.wait_for("••••");
                    ready.wait();
                    let began = Instant::now();
                    terminal.press("\r");
                    terminal.wait_for("of the target of");
                    let took = began.elapsed();
                    inside.fetch_add(1, Ordering::Relaxed);
                    terminal.press("\x03");
                    terminal.wait_for_end();
                    took
                })
            })
            .collect();
        ready.wait();
        let mut keys = Vec::new();
        while inside.load(Ordering::Relaxed) < PEOPLE {
            keys.push(typed(ninth, keys.len()));
        }
        (keys, people.into_iter().map(|person| person.join().unwrap()).collect())
    })
}

/// Types a letter or takes it away again, in turn, so that the field never fills.
fn typed(terminal: &mut Terminal, count: usize) -> Duration {
    let key = if count.is_multiple_of(2) { "z" } else { "\x7f" };
    let began = Instant::now();
    terminal.press(key);
    terminal.take_more("an answer to a key");
    let took = began.elapsed();
    terminal.listen(BETWEEN_KEYS);
    took
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
    println!(
        "{what:<44} {:>5} times: median {:>7.1} ms, p99 {:>7.1} ms, most {:>7.1} ms",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
}
