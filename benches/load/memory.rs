//! The most memory that the program itself takes, as the system counts it (`VmHWM`).

use crate::chain::{Chain, target};
use crate::files::Files;
use crate::support::{self, Database};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub async fn measure(rows: u64) {
    let large = std::env::var("STOREKEEPER_BENCH_LARGE").ok().and_then(|rows| rows.parse().ok());
    for rows in [Some(rows), large].into_iter().flatten() {
        let files = Files::write(rows);
        let database = support::database().await;
        let data = tempfile::tempdir().unwrap();
        let run = |arguments: &[&str]| peak(&database, data.path(), arguments);
        let lines = files.lines.to_str().unwrap();
        Chain::at(&target(&database)).await;
        run(&["import", files.parents.to_str().unwrap()]);
        let new = run(&["import", lines]);
        let same = run(&["import", lines]);
        let out = files.folder.path().join("out.csv");
        let export = run(&["export", "order_items", "--out", out.to_str().unwrap()]);
        println!("\npeak memory, {rows} rows: new {new} kB, unchanged {same} kB, export {export} kB");
    }
}

fn peak(database: &Database, data: &Path, arguments: &[&str]) -> u64 {
    let mut program = Command::new(env!("CARGO_BIN_EXE_storekeeper"))
        .args(arguments)
        .arg("--data-dir")
        .arg(data)
        .env("HOME", data)
        .env("STOREKEEPER__DATABASE__SOCKET", &database.socket)
        .env("STOREKEEPER__DATABASE__USER", database.user)
        .env("STOREKEEPER__DATABASE__PASSWORD", database.password)
        .env("STOREKEEPER__DATABASE__NAME", &database.name)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut most = 0;
    while program.try_wait().unwrap().is_none() {
        most = most.max(now(&program).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(program.wait().unwrap().success(), "{arguments:?}");
    most
}

fn now(program: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
