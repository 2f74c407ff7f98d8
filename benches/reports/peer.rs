//! reportlab.

use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use storekeeper::domain::report::CustomerHistory;

/// A Python that has reportlab.
pub struct Python(PathBuf);

impl Python {
    /// Installs it into the build folder, once; `None`, and a word about it, where that can not be done.
    pub fn with_reportlab() -> Option<Python> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-reportlab");
        let python = folder.join("bin/python");
        let has_it = || {
            let asked = Command::new(&python).args(["-c", "import reportlab"]).output();
            asked.is_ok_and(|asked| asked.status.success())
        };
        if !has_it() {
            let run = |command: &mut Command| command.status().is_ok_and(|done| done.success());
            let _ = run(Command::new("python3").args(["-m", "venv"]).arg(&folder))
                && run(Command::new(&python).args(["-m", "pip", "install", "-q", "reportlab"]));
        }
        if has_it() {
            return Some(Python(python));
        }
        println!("no Python with reportlab can be had here: it is left out");
        None
    }

    /// A letter to each customer; answers the time for them, and that of the whole process.
    pub fn letters(&self, customers: &[CustomerHistory]) -> (Duration, Duration) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("customers.json");
        let told: Vec<_> = customers.iter().map(told).collect();
        std::fs::write(&file, serde_json::to_vec(&told).unwrap()).unwrap();
        let begun = Instant::now();
        let done = Command::new(&self.0)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/reports/letters.py"))
            .arg(&file)
            .arg(folder.path())
            .output()
            .expect("python");
        let process = begun.elapsed();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let seconds = String::from_utf8_lossy(&done.stdout).trim().parse().unwrap();
        (Duration::from_secs_f64(seconds), process)
    }
}

fn told(customer: &CustomerHistory) -> serde_json::Value {
    let number = |sum: String| sum.parse::<f64>().unwrap();
    let orders: Vec<_> = customer
        .orders
        .iter()
        .map(|order| {
            let lines: Vec<_> = order
                .lines
                .iter()
                .map(|line| {
                    json!([
                        line.product,
                        line.quantity,
                        number(line.price.to_string()),
                        number(line.discount.to_string()),
                        number(line.net.to_string())
                    ])
                })
                .collect();
            json!({ "id": order.id, "day": order.placed, "status": order.status.number(), "lines": lines })
        })
        .collect();
    json!({ "id": customer.id, "name": customer.name, "address": customer.address, "orders": orders })
}
