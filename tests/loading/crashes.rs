//! The worst: server or program killed in the middle, deadlocks, nowhere to write. Afterwards all or nothing, no lock held,
//! nothing staged, and the next load succeeds.

use crate::chain::{Chain, SET, SET_ROWS, counts};
use crate::faults::{Gated, MANY, until_read};
use crate::support::{self, private};
use mysql_async::Conn;
use mysql_async::prelude::Queryable;
use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use storekeeper::db::{Address, Target};
use storekeeper::etl::Options;
use storekeeper::local_server;
use storekeeper::settings::Account;

/// A connection that holds the first brand.
async fn holding_a_brand(chain: &Chain) -> Conn {
    let mut conn = chain.db.conn().await.unwrap();
    conn.query_drop("START TRANSACTION").await.unwrap();
    conn.query_drop("UPDATE brands SET brand_name = 'Held' WHERE brand_id = 1").await.unwrap();
    conn
}

#[tokio::test]
async fn a_program_killed_while_it_writes_leaves_nothing_and_the_next_load_clears_up() {
    let database = support::database().await;
    let chain = Chain::at(&database.target()).await;
    chain.load(&chain.set("set", &[])).await.unwrap();
    let before = chain.everything().await;
    let mut holder = holding_a_brand(&chain).await;
    let set = chain.set("other", &[("brands", "brand_id,brand_name\n1,Sol\n2,Fjell\n")]);
    let mut program = Command::new(env!("CARGO_BIN_EXE_storekeeper"))
        .args(["import", set.to_str().unwrap(), "--data-dir"])
        .arg(chain.folder.path().join("data"))
        .env("HOME", chain.folder.path())
        .env("STOREKEEPER__DATABASE__SOCKET", &database.socket)
        .env("STOREKEEPER__DATABASE__USER", database.user)
        .env("STOREKEEPER__DATABASE__PASSWORD", database.password)
        .env("STOREKEEPER__DATABASE__NAME", &database.name)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    support::until_a_lock_is_waited_for(&chain.db).await;
    program.kill().unwrap();
    program.wait().unwrap();
    holder.query_drop("ROLLBACK").await.unwrap();

    let receipt = chain.load(&chain.set("set", &[])).await.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("nothing_to_do", [SET_ROWS, 0, 0, SET_ROWS, 0]));
    assert_eq!(chain.everything().await, before);
    assert_eq!(chain.history().await[1].1, "failed");
}

#[tokio::test]
async fn a_deadlock_is_fought_out_and_the_load_comes_through() {
    let chain = Chain::stocked().await;
    chain.run("INSERT INTO brands (brand_id, brand_name) VALUES (2, 'Two'), (3, 'Three')").await;
    // The other has written more, so that the server gives up the load and not the other.
    let mut other = chain.db.conn().await.unwrap();
    other.query_drop("START TRANSACTION").await.unwrap();
    other.query_drop("UPDATE customers SET city = 'Oslo'").await.unwrap();
    other.query_drop("UPDATE brands SET brand_name = 'Other' WHERE brand_id = 3").await.unwrap();
    let brands = chain.file("brands.csv", "brand_id,brand_name\n1,Sol\n2,Fjell\n3,Vidde\n");
    let crossing = async {
        support::until_a_lock_is_waited_for(&chain.db).await;
        other.query_drop("UPDATE brands SET brand_name = 'Other' WHERE brand_id = 1").await.unwrap();
        other.query_drop("COMMIT").await.unwrap();
    };
    let (receipt, ()) = tokio::join!(chain.load(&brands), crossing);
    let receipt = receipt.unwrap();
    assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", [3, 0, 3, 0, 0]));
    let names: Vec<String> = chain.rows("SELECT brand_name FROM brands ORDER BY brand_id").await;
    assert_eq!(names, ["Sol", "Fjell", "Vidde"]);
    assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM customers WHERE city = 'Oslo'").await, 2);
}

#[tokio::test]
async fn rejects_that_can_not_be_written_take_the_load_with_them() {
    let chain = Chain::stocked().await;
    let before = chain.everything().await;
    let options = Options { rejects_dir: Some(chain.file("taken", "").join("rejects")), ..chain.skipping() };
    let brands = chain.file("brands.csv", "brand_id,brand_name\n2,Good\nx,Bad\n");
    let refused = chain.load_with(&brands, &options).await.unwrap_err().to_string();
    assert!(refused.contains("can not be written") && refused.contains("--rejects"), "{refused}");
    assert_eq!(chain.everything().await, before);
}

/// The server's process, by its data folder.
pub fn server_of(dir: &Path) -> Pid {
    let wanted = format!("--datadir={}", dir.display());
    let is_it = |pid: &i32| {
        let command = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&command).contains(&wanted)
    };
    let pids = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_string_lossy().parse().ok());
    pids.filter(is_it).find_map(Pid::from_raw).expect("a server")
}

#[tokio::test]
async fn a_server_killed_in_the_middle_has_all_or_nothing_when_it_is_back() {
    for straight in [true, false] {
        let home = private::Home::initialised().await;
        let request = private::request(&home.server());
        let lease = local_server::open(&request, |_| ()).await.unwrap();
        let target = Target {
            address: Address::Socket(lease.socket().to_owned()),
            database: "store".to_owned(),
            account: Account { user: "root".to_owned(), password: private::PASSWORD.into() },
            connect_timeout: Duration::from_secs(20),
        };
        let mut root = Conn::new(
            mysql_async::OptsBuilder::default()
                .socket(Some(lease.socket().to_str().unwrap()))
                .user(Some("root"))
                .pass(Some(private::PASSWORD)),
        )
        .await
        .unwrap();
        for database in ["store", "store_staging"] {
            root.query_drop(format!("CREATE DATABASE {database} CHARACTER SET utf8mb4")).await.unwrap();
        }
        let chain = Chain::at(&target).await;
        if !straight {
            chain.load(&chain.set("set", &[])).await.unwrap();
        }
        let before = chain.everything().await;
        let (source, gate) = Gated::closed();
        gate.send(MANY).unwrap();
        let killed = async {
            until_read(&chain, MANY - 1000).await;
            kill_process(server_of(&home.server()), Signal::KILL).unwrap();
            gate.send(MANY).unwrap();
            drop(gate);
        };
        let options = chain.options();
        let load =
            storekeeper::etl::load(&chain.db, "test", vec![source], &options, &chain.progress, &chain.cancel);
        let (loaded, ()) = tokio::join!(load, killed);
        let message = loaded.unwrap_err().to_string();
        assert!(message.contains("Nothing was loaded"), "{message}");
        drop(root);
        lease.close().await.ok();

        let lease = local_server::open(&request, |_| ()).await.unwrap();
        let chain = Chain::at(&target).await;
        assert_eq!(chain.everything().await, before);
        let receipt = chain.load(&chain.file("brands.csv", SET[1].1)).await.unwrap();
        assert_eq!(receipt.status.word(), if straight { "committed" } else { "nothing_to_do" });
        let interrupted = usize::from(!straight);
        assert_eq!(chain.history().await[interrupted].1, "failed");
        lease.close().await.unwrap();
    }
}
