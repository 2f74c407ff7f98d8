//! What others do with the same files and the same server. Each answers rows a second.

use crate::support::Database;
use jiff::civil::Date;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

fn mariadb(database: &Database) -> Command {
    let mut client = Command::new("mariadb");
    client
        .args(["--local-infile=1", "--user=root"])
        .arg(format!("--socket={}", database.socket.display()))
        .args([&format!("--password={}", database.password), &database.name]);
    client
}

/// The `mariadb` client's `LOAD DATA LOCAL`.
pub fn load_data(database: &Database, lines: &Path, rows: u64) -> u64 {
    let load = format!(
        "LOAD DATA LOCAL INFILE '{}' INTO TABLE order_items FIELDS TERMINATED BY ',' IGNORE 1 LINES \
         (order_id, item_id, product_id, quantity, list_price, discount)",
        lines.display()
    );
    let begun = Instant::now();
    let done = mariadb(database).args(["-e", &load]).status().expect("the mariadb client");
    assert!(done.success());
    speed(rows, begun)
}

/// `mariadb --batch --quick` to a file.
pub fn select_to(database: &Database, file: &Path, rows: u64) -> u64 {
    let select = "SELECT order_id, item_id, product_id, quantity, list_price, discount FROM order_items \
                  ORDER BY order_id, item_id";
    let file = File::create(file).unwrap();
    let begun = Instant::now();
    let done = mariadb(database)
        .args(["--batch", "--quick", "-e", select])
        .stdout(file)
        .status()
        .expect("the mariadb client");
    assert!(done.success());
    speed(rows, begun)
}

fn speed(rows: u64, begun: Instant) -> u64 {
    (rows as f64 / begun.elapsed().as_secs_f64()) as u64
}

/// A Python that has pandas and pymysql.
pub struct Python(PathBuf);

impl Python {
    /// Installs both into the build folder, once; `None`, and a word about it, where that can not be done.
    pub fn with_pandas() -> Option<Python> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-python");
        let python = folder.join("bin/python");
        let has_both = || {
            let asked = Command::new(&python).args(["-c", "import pandas, pymysql"]).output();
            asked.is_ok_and(|asked| asked.status.success())
        };
        if !has_both() {
            let run = |command: &mut Command| command.status().is_ok_and(|done| done.success());
            let _ = run(Command::new("python3").args(["-m", "venv"]).arg(&folder))
                && run(Command::new(&python).args(["-m", "pip", "install", "-q", "pandas", "pymysql"]));
        }
        if has_both() {
            return Some(Python(python));
        }
        println!("no Python with pandas and pymysql can be had here: these peers are left out");
        None
    }

    /// pandas reads the file, pymysql upserts it in batches of 1,000.
    pub fn upsert(&self, database: &Database, file: &Path) -> u64 {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/load/upsert.py");
        let done = Command::new(&self.0)
            .arg(script)
            .arg(&database.socket)
            .args([database.user, database.password, &database.name])
            .arg(file)
            .output()
            .expect("python");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).trim().parse().unwrap()
    }

    /// pandas reads every row and works out a dashboard; answers its net sales and how many seconds it took.
    pub fn dashboard(&self, database: &Database, first: Date, last: Date) -> (String, f64) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/dashboard/sums.py");
        let done = Command::new(&self.0)
            .arg(script)
            .arg(&database.socket)
            .args([database.user, database.password, &database.name])
            .args([first.to_string(), last.to_string()])
            .output()
            .expect("python");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let told = String::from_utf8_lossy(&done.stdout).into_owned();
        let (net, seconds) = told.trim().split_once(' ').expect("net and seconds");
        (net.to_owned(), seconds.parse().unwrap())
    }
}
