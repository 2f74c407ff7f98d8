//! How fast a million order lines are loaded by each road, beside the `mariadb` client's LOAD DATA LOCAL on the
//! same server (which is what `mariadb-import --local` sends).
//!
//! `cargo bench --bench loading [-- ROWS]`. The peer validates nothing; ratios are to its rows a second. Where
//! `STOREKEEPER_BENCH_PYTHON` names a Python with pandas and pymysql, an upsert by these runs beside ours.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

#[path = "../tests/loading/chain.rs"]
mod chain;
#[path = "../tests/support/mod.rs"]
mod support;

use chain::{Chain, operator, target};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use storekeeper::etl::{Options, undo};

const LINES_AN_ORDER: u64 = 4;
const PRODUCTS: u64 = 300;

#[tokio::main]
async fn main() {
    let rows = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(1_000_000);
    let folder = tempfile::tempdir().unwrap();
    let (parents, lines) = write_files(folder.path(), rows);
    let options = Options::by(operator());

    let peer = peer(&parents, &lines, rows).await;
    println!("{:<44} {peer:>9} rows/s", "mariadb client, LOAD DATA LOCAL");
    let tell = |what: &str, speed: u64| {
        println!("{what:<44} {speed:>9} rows/s  {:.2}x", speed as f64 / peer as f64);
    };

    let chain = with_parents(&parents).await;
    let receipt = chain.load_with(&lines, &options).await.unwrap();
    assert_eq!(receipt.tables[0].inserted, rows);
    tell("into an empty table", receipt.rows_per_second);
    let receipt = chain.load_with(&lines, &options).await.unwrap();
    assert_eq!(receipt.tables[0].unchanged, rows);
    tell("the same file again", receipt.rows_per_second);

    for (what, infile) in [("beside other rows, by LOAD DATA", true), ("beside other rows, by INSERT", false)]
    {
        let chain = with_parents(&parents).await;
        chain
            .run("INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price) VALUES (1, 99, 1, 1, 1)")
            .await;
        let options = Options { infile, ..options.clone() };
        let receipt = chain.load_with(&lines, &options).await.unwrap();
        assert_eq!(receipt.tables[0].inserted, rows);
        tell(what, receipt.rows_per_second);
    }
    upserts(&parents, &lines, &changed(folder.path(), &lines), rows, &options).await;
    println!("peak memory of this program: {} kB", peak_memory());
}

/// New rows, the same again, every row changed, and that undone: ours, and the first two by pandas and pymysql.
async fn upserts(parents: &Path, lines: &Path, changed: &Path, rows: u64, options: &Options) {
    let peers = match std::env::var("STOREKEEPER_BENCH_PYTHON") {
        Ok(python) => {
            let database = support::database().await;
            let chain = Chain::at(&target(&database)).await;
            chain.load(parents).await.unwrap();
            let new = pandas(&python, &database, lines);
            let same = pandas(&python, &database, lines);
            assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM order_items").await, rows);
            println!("{:<44} {new:>9} rows/s", "pandas and pymysql, upsert of new rows");
            println!("{:<44} {same:>9} rows/s", "pandas and pymysql, upsert of the same");
            Some((new, same))
        }
        Err(_) => None,
    };
    let tell = |what: &str, speed: u64, peer: Option<u64>| {
        let ratio =
            peer.map(|peer| format!("  {:.1}x pandas", speed as f64 / peer as f64)).unwrap_or_default();
        println!("{what:<44} {speed:>9} rows/s{ratio}");
    };
    let chain = with_parents(parents).await;
    chain
        .run("INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price) VALUES (1, 99, 1, 1, 1)")
        .await;
    let receipt = chain.load_with(lines, options).await.unwrap();
    tell("upsert of new rows", receipt.rows_per_second, peers.map(|(new, _)| new));
    let receipt = chain.load_with(lines, options).await.unwrap();
    assert_eq!(receipt.status.word(), "nothing_to_do");
    tell("upsert of the same", receipt.rows_per_second, peers.map(|(_, same)| same));
    let receipt = chain.load_with(changed, options).await.unwrap();
    assert_eq!(receipt.tables[0].updated, rows);
    tell("upsert with every row changed, and kept", receipt.rows_per_second, None);
    let begun = Instant::now();
    let undone = undo(&chain.db, receipt.run_id, &options.by, false, &chain.cancel).await.unwrap();
    assert_eq!(undone.receipt.tables[0].updated, rows);
    tell("that undone", (rows as f64 / begun.elapsed().as_secs_f64()) as u64, None);
}

fn pandas(python: &str, database: &support::Database, file: &Path) -> u64 {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/upsert.py");
    let done = Command::new(python)
        .arg(script)
        .arg(&database.socket)
        .args([database.user, database.password, &database.name])
        .arg(file)
        .output()
        .expect("the Python that STOREKEEPER_BENCH_PYTHON names");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().parse().unwrap()
}

/// The lines again, each with another discount.
fn changed(folder: &Path, lines: &Path) -> PathBuf {
    let path = folder.join("again").join("order_items.csv");
    std::fs::create_dir(folder.join("again")).unwrap();
    let text = std::fs::read_to_string(lines).unwrap();
    let mut lines = text.lines();
    let mut changed = format!("{}\n", lines.next().unwrap());
    for line in lines {
        changed.push_str(line);
        changed.push_str("5\n");
    }
    std::fs::write(&path, changed).unwrap();
    path
}

/// The files of a chain with so many order lines: a folder of parents, and the lines.
fn write_files(folder: &Path, rows: u64) -> (PathBuf, PathBuf) {
    let parents = folder.join("parents");
    std::fs::create_dir(&parents).unwrap();
    let write = |path: PathBuf, header: &str, count: u64, row: &dyn Fn(&mut String, u64)| {
        let mut text = format!("{header}\n");
        for number in 1..=count {
            row(&mut text, number);
            text.push('\n');
        }
        std::fs::write(&path, text).unwrap();
        path
    };
    let parent = |name: &str, header: &str, count: u64, row: &dyn Fn(&mut String, u64)| {
        write(parents.join(name), header, count, row);
    };
    parent("categories.csv", "category_id,category_name", 1, &|text, id| write!(text, "{id},Kind").unwrap());
    parent("brands.csv", "brand_id,brand_name", 1, &|text, id| write!(text, "{id},Maker").unwrap());
    let products = "product_id,product_name,brand_id,category_id,model_year,list_price";
    parent("products.csv", products, PRODUCTS, &|text, id| {
        write!(text, "{id},Thing {id},1,1,2026,{id}.95").unwrap()
    });
    parent("stores.csv", "store_id,store_name", 1, &|text, id| write!(text, "{id},Store").unwrap());
    let staffs = "staff_id,first_name,last_name,email,store_id";
    parent("staffs.csv", staffs, 1, &|text, id| write!(text, "{id},First,Last,one@x.example,1").unwrap());
    parent("customers.csv", "customer_id,first_name,last_name", 1, &|text, id| {
        write!(text, "{id},Ann,One").unwrap()
    });
    let orders = "order_id,customer_id,order_status,order_date,required_date,shipped_date,store_id,staff_id";
    parent("orders.csv", orders, rows.div_ceil(LINES_AN_ORDER), &|text, id| {
        write!(text, "{id},1,4,2026-01-02,2026-01-04,2026-01-03,1,1").unwrap();
    });
    let lines = "order_id,item_id,product_id,quantity,list_price,discount";
    let lines = write(folder.join("order_items.csv"), lines, rows, &|text, nth| {
        let (order, item) = ((nth - 1) / LINES_AN_ORDER + 1, (nth - 1) % LINES_AN_ORDER + 1);
        let product = nth % PRODUCTS + 1;
        write!(text, "{order},{item},{product},{},{product}.95,0.0{}", nth % 3 + 1, nth % 10).unwrap();
    });
    (parents, lines)
}

async fn with_parents(parents: &Path) -> Chain {
    let chain = Chain::new().await;
    chain.load(parents).await.unwrap();
    chain
}

/// The peer's rows a second: the same file into the same tables of a chain of its own.
async fn peer(parents: &Path, lines: &Path, rows: u64) -> u64 {
    let database = support::database().await;
    let chain = Chain::at(&target(&database)).await;
    chain.load(parents).await.unwrap();
    let load = format!(
        "LOAD DATA LOCAL INFILE '{}' INTO TABLE order_items FIELDS TERMINATED BY ',' IGNORE 1 LINES \
         (order_id, item_id, product_id, quantity, list_price, discount)",
        lines.display()
    );
    let begun = Instant::now();
    let done = Command::new("mariadb")
        .args(["--local-infile=1", "--user=root"])
        .arg(format!("--socket={}", database.socket.display()))
        .args([&format!("--password={}", database.password), &database.name, "-e", &load])
        .status()
        .expect("the mariadb client");
    let seconds = begun.elapsed().as_secs_f64();
    assert!(done.success());
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM order_items").await, rows);
    (rows as f64 / seconds) as u64
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.unwrap_or("?").trim().trim_end_matches(" kB").to_owned()
}
