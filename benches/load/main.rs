//! How fast order lines are loaded and exported, each road beside its peer on the same server in the same run, with durable
//! commits.
//!
//! `cargo bench --bench load [-- ROWS]`. Peers: the `mariadb` client's `LOAD DATA LOCAL` (what `mariadb-import --local` sends;
//! it validates nothing), pandas with pymysql (installed into `target/bench-python`), and `mariadb --batch --quick`.
//!
//! On another engine: `STOREKEEPER_TEST_SERVER_PROGRAM=$(./scripts/mysql9.sh)`; what takes the `mariadb` client is left out there.
//! `STOREKEEPER_BENCH_LARGE=20000000` also loads and exports so many rows, for the memory that takes.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

#[path = "../../tests/loading/chain.rs"]
mod chain;
mod files;
mod memory;
mod moments;
mod peers;
#[path = "../../tests/support/mod.rs"]
mod support;

use chain::{Chain, operator, target};
use files::Files;
use jiff::Timestamp;
use peers::Python;
use std::path::Path;
use std::time::Instant;
use storekeeper::domain::{Receipt, Table};
use storekeeper::etl::Filter;
use storekeeper::etl::{Options, undo};
use storekeeper::local_server::Flavour;
use storekeeper::report::Format;
use storekeeper::service::Session;
use storekeeper::service::authorized::ExportData;
use storekeeper::service::export::{self, Destination, Exporting, Request};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often each is measured; the best counts, for what others do on the machine only slows down.
const TIMES: usize = 2;

#[tokio::main]
async fn main() {
    let rows = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(1_000_000);
    make_durable().await;
    let files = Files::write(rows);
    let python = Python::with_pandas();
    let is_mariadb = support::server().flavour == Flavour::MariaDb;
    println!("{rows} order lines, {:?}, the best of {TIMES}\n", support::server().flavour);
    let bench = Bench { files, rows, python };
    if is_mariadb {
        bench.append().await;
        bench.export().await;
    }
    bench.upserts(true).await;
    bench.upserts(false).await;
    bench.changes().await;
    moments::measure(&bench.files).await;
    memory::measure(rows).await;
}

/// A server as a shop would run it: every commit is on the disk, and the log is not smaller than one load.
async fn make_durable() {
    let _ = support::BUFFER_POOL.set("512M");
    let chain = Chain::new().await;
    chain.run("SET GLOBAL innodb_flush_log_at_trx_commit = 1").await;
    let log = match support::server().flavour {
        Flavour::MariaDb => "SET GLOBAL innodb_log_file_size = 268435456",
        Flavour::MySql => "SET GLOBAL innodb_redo_log_capacity = 268435456",
    };
    chain.run(log).await;
}

/// Prints one comparison. Speeds are in rows a second.
pub fn tell(what: &str, ours: u64, peer: Option<(&str, u64)>, asked: Option<f64>) {
    let asked = asked.map(|asked| format!(", asked {asked}")).unwrap_or_default();
    match peer {
        Some((peer, speed)) => {
            let ratio = ours as f64 / speed as f64;
            println!("{what:<46} {ours:>9}   {peer} {speed}   {ratio:.2}x{asked}");
        }
        None => println!("{what:<46} {ours:>9}"),
    }
}

struct Bench {
    files: Files,
    rows: u64,
    python: Option<Python>,
}

impl Bench {
    /// A chain with everything but order lines.
    async fn with_parents(&self) -> (support::Database, Chain) {
        let database = support::database().await;
        let chain = Chain::at(&target(&database)).await;
        chain.load(&self.files.parents).await.unwrap();
        (database, chain)
    }

    async fn load(&self, chain: &Chain, file: &Path, infile: bool) -> Receipt {
        let receipt = chain.load_with(file, &Options { infile, ..Options::by(operator()) }).await.unwrap();
        assert_eq!((receipt.rejected(), receipt.read()), (0, self.rows));
        receipt
    }

    async fn append(&self) {
        let (mut peer, mut ours) = (0, 0);
        for _ in 0..TIMES {
            let (database, chain) = self.with_parents().await;
            peer = peer.max(peers::load_data(&database, &self.files.lines, self.rows));
            assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM order_items").await, self.rows);
            drop_chain(chain).await;
            let (_, chain) = self.with_parents().await;
            ours = ours.max(self.load(&chain, &self.files.lines, true).await.rows_per_second);
            drop_chain(chain).await;
        }
        tell("append into an empty table", ours, Some(("LOAD DATA", peer)), Some(1.2));
        let (_, chain) = self.with_parents().await;
        chain.run(files::ANOTHER).await;
        let receipt = self.load(&chain, &self.files.lines, true).await;
        tell("append beside other rows", receipt.rows_per_second, Some(("LOAD DATA", peer)), None);
        drop_chain(chain).await;
    }

    async fn upserts(&self, infile: bool) {
        let (mut new, mut same) = ((0, 0), (0, 0));
        for _ in 0..TIMES {
            let (_, chain) = self.with_parents().await;
            new.0 = new.0.max(self.load(&chain, &self.files.lines, infile).await.rows_per_second);
            let receipt = self.load(&chain, &self.files.lines, infile).await;
            assert_eq!(receipt.status.word(), "nothing_to_do");
            same.0 = same.0.max(receipt.rows_per_second);
            drop_chain(chain).await;
            if let Some(python) = &self.python {
                let (database, chain) = self.with_parents().await;
                new.1 = new.1.max(python.upsert(&database, &self.files.lines));
                same.1 = same.1.max(python.upsert(&database, &self.files.lines));
                assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM order_items").await, self.rows);
                drop_chain(chain).await;
            }
        }
        let (road, [asked_new, asked_same]) =
            if infile { ("", [4.0, 6.0]) } else { (", LOCAL off", [1.5, 1.5]) };
        let peer = |speed| (speed > 0).then_some(("pandas", speed));
        tell(&format!("upsert of new rows{road}"), new.0, peer(new.1), Some(asked_new));
        tell(&format!("upsert of unchanged rows{road}"), same.0, peer(same.1), Some(asked_same));
    }

    /// Every row changed, and that undone: for which there is no peer.
    async fn changes(&self) {
        let (_, chain) = self.with_parents().await;
        self.load(&chain, &self.files.lines, true).await;
        let receipt = self.load(&chain, &self.files.changed, true).await;
        assert_eq!(receipt.tables[0].updated, self.rows);
        tell("upsert with every row changed, and kept", receipt.rows_per_second, None, None);
        let begun = Instant::now();
        let undone = undo(&chain.db, receipt.run_id, &operator(), false, &chain.cancel).await.unwrap();
        assert_eq!(undone.receipt.tables[0].updated, self.rows);
        tell("that undone", (self.rows as f64 / begun.elapsed().as_secs_f64()) as u64, None, None);
        drop_chain(chain).await;
    }

    async fn export(&self) {
        let (database, chain) = self.with_parents().await;
        self.load(&chain, &self.files.lines, true).await;
        let by = Session::operator().require(ExportData).unwrap();
        let (mut peer, mut ours) = (0, 0);
        for _ in 0..=TIMES {
            let file = self.files.folder.path().join("exported.csv");
            peer =
                peer.max(peers::select_to(&database, &self.files.folder.path().join("peer.tsv"), self.rows));
            let request = Request {
                tables: vec![Table::OrderItems],
                format: Format::Csv,
                exact: false,
                only: Filter::default(),
                to: Destination::File(file.clone()),
            };
            let progress = watch::Sender::new(Exporting::default());
            let begun = Instant::now();
            let done = export::export(
                &by,
                &chain.db,
                &request,
                Timestamp::now(),
                &progress,
                &CancellationToken::new(),
            )
            .await
            .unwrap();
            assert_eq!(done.tables, [(Table::OrderItems, self.rows)]);
            ours = ours.max((self.rows as f64 / begun.elapsed().as_secs_f64()) as u64);
        }
        tell("export to CSV", ours, Some(("mariadb --batch --quick", peer)), Some(1.0));
        drop_chain(chain).await;
    }
}

/// Ten times a million rows would crowd the server's memory.
async fn drop_chain(chain: Chain) {
    let name = chain.db.name().to_owned();
    chain.run(&format!("DROP DATABASE {name}")).await;
}
