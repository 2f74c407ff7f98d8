//! Each fault at each stage: a load is held up where it checks, merges or commits, and then the worst happens. Afterwards the
//! chain is as it was, nothing is staged, no lock is held, and the same load succeeds. (While rows are read: `faults` and
//! `crashes`.)

use crate::chain::{AtWork, Chain, SET, counts};
use crate::crashes::server_of;
use crate::support::{self, private};
use mysql_async::Conn;
use mysql_async::prelude::Queryable;
use rustix::process::{Signal, kill_process};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use storekeeper::db::{Address, Target};
use storekeeper::etl::{Mode, Options};
use storekeeper::local_server::{self, Lease};
use storekeeper::settings::Account;

#[derive(Debug, Clone, Copy)]
enum Stage {
    Checking,
    Merging,
    Committing,
}

const STAGES: [Stage; 3] = [Stage::Checking, Stage::Merging, Stage::Committing];

impl Stage {
    /// Somebody who holds what the load needs at this stage.
    async fn held_up(self, chain: &Chain) -> Conn {
        let mut conn = chain.db.conn().await.unwrap();
        let statements: &[&str] = match self {
            // The parents of products are looked for there.
            Stage::Checking => &["LOCK TABLES brands WRITE"],
            Stage::Merging => {
                &["START TRANSACTION", "UPDATE products SET model_year = 1 WHERE product_id = 1"]
            }
            Stage::Committing => &["START TRANSACTION", "SELECT * FROM audit_head FOR UPDATE"],
        };
        for statement in statements {
            conn.query_drop(*statement).await.unwrap();
        }
        conn
    }

    /// Waits until the load is there, and can not go on.
    async fn reached(self, chain: &Chain) {
        match self {
            Stage::Checking => {
                while !chain.at_work().await.iter().any(|one| one.state.starts_with("Waiting for table")) {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
            Stage::Merging | Stage::Committing => support::until_a_lock_is_waited_for(&chain.db).await,
        }
    }
}

async fn released(mut holder: Conn) {
    for statement in ["ROLLBACK", "UNLOCK TABLES"] {
        holder.query_drop(statement).await.unwrap();
    }
}

/// One product changed, one new, two as they are. `replace` stages whatever is there.
fn products(chain: &Chain) -> PathBuf {
    let text = SET[2].1.replace("2999.00", "3999.00") + "4,Regn,1,2,2026,10\n";
    chain.file("products.csv", &text)
}

async fn load(chain: &Chain) -> ([u64; 5], &'static str) {
    let options = Options { mode: Mode::Replace, ..chain.options() };
    let receipt = chain.load_with(&products(chain), &options).await.unwrap();
    (counts(&receipt), receipt.status.word())
}

/// The chain is as it was, the history tells of the broken load, and the same load succeeds.
async fn all_is_well(chain: &Chain, before: &[String], stage: Stage) {
    assert_eq!(chain.everything().await, before, "{stage:?}");
    assert_eq!(load(chain).await, ([4, 1, 1, 2, 0], "committed"), "{stage:?}");
    let history = chain.history().await;
    let [.., broken, last] = &history[..] else { panic!("{history:?}") };
    assert_eq!((&*broken.1, &*last.1), ("failed", "committed"), "{stage:?}");
}

#[tokio::test]
async fn a_connection_cut_at_any_stage_leaves_nothing() {
    for stage in STAGES {
        let chain = Chain::stocked().await;
        let before = chain.everything().await;
        let holder = stage.held_up(&chain).await;
        let cut = async {
            stage.reached(&chain).await;
            let busy = chain.at_work().await;
            assert!(!busy.is_empty(), "{stage:?}");
            let mut conn = chain.db.conn().await.unwrap();
            for AtWork { id, .. } in busy {
                // A second question of the load may have ended since.
                let _ = conn.query_drop(format!("KILL CONNECTION {id}")).await;
            }
            released(holder).await;
        };
        let options = Options { mode: Mode::Replace, ..chain.options() };
        let path = products(&chain);
        let (loaded, ()) = tokio::join!(chain.load_with(&path, &options), cut);
        let message = loaded.unwrap_err().to_string();
        assert!(message.contains("Nothing was loaded"), "{stage:?}: {message}");
        all_is_well(&chain, &before, stage).await;
    }
}

#[tokio::test]
async fn a_program_killed_at_any_stage_leaves_nothing() {
    for stage in STAGES {
        let database = support::database().await;
        let chain = Chain::at(&database.target()).await;
        chain.load(&chain.set("set", &[])).await.unwrap();
        let before = chain.everything().await;
        let holder = stage.held_up(&chain).await;
        let mut program = program(&chain, &database, &["--mode", "replace"], &products(&chain));
        stage.reached(&chain).await;
        program.kill().unwrap();
        program.wait().unwrap();
        released(holder).await;
        all_is_well(&chain, &before, stage).await;
    }
}

/// Where rows are staged, and where they go straight into their table.
#[tokio::test]
async fn a_program_killed_while_it_sends_rows_leaves_nothing() {
    for (straight, into) in [(true, "`brands`"), (false, "run_")] {
        let database = support::database().await;
        let chain = Chain::at(&database.target()).await;
        if !straight {
            chain.load(&chain.set("set", &[])).await.unwrap();
        }
        let before = chain.everything().await;
        let text =
            (1..300_000).fold("brand_id,brand_name\n".to_owned(), |text, id| text + &format!("{id},Brand\n"));
        let mut program = program(&chain, &database, &[], &chain.file("brands.csv", &text));
        let sent = |one: &AtWork| one.statement.starts_with("LOAD DATA") && one.statement.contains(into);
        while !chain.at_work().await.iter().any(sent) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        program.kill().unwrap();
        program.wait().unwrap();
        let receipt = chain.load(&chain.file("brands.csv", SET[1].1)).await.unwrap();
        assert_eq!(receipt.status.word(), if straight { "committed" } else { "nothing_to_do" });
        if !straight {
            assert_eq!(chain.everything().await, before);
        }
        assert_eq!(chain.one::<u64>("SELECT COUNT(*) FROM brands").await, 1);
        assert!(chain.history().await.iter().any(|(_, status, _)| status == "failed"));
    }
}

fn program(chain: &Chain, database: &support::Database, more: &[&str], file: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_storekeeper"))
        .args(["import", file.to_str().unwrap(), "--data-dir"])
        .arg(chain.folder.path().join("data"))
        .args(more)
        .env("HOME", chain.folder.path())
        .env("STOREKEEPER__DATABASE__SOCKET", &database.socket)
        .env("STOREKEEPER__DATABASE__USER", database.user)
        .env("STOREKEEPER__DATABASE__PASSWORD", database.password)
        .env("STOREKEEPER__DATABASE__NAME", &database.name)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A private server with an empty chain's databases.
pub async fn private_server(dir: &Path) -> (Lease, Target) {
    let lease = local_server::open(&private::request(dir), |_| ()).await.unwrap();
    let target = Target {
        address: Address::Socket(lease.socket().to_owned()),
        database: "store".to_owned(),
        account: Account { user: "root".to_owned(), password: private::PASSWORD.into() },
        connect_timeout: Duration::from_secs(20),
    };
    let root = mysql_async::OptsBuilder::default()
        .socket(Some(lease.socket().to_str().unwrap()))
        .user(Some("root"))
        .pass(Some(private::PASSWORD));
    let mut root = Conn::new(root).await.unwrap();
    for database in ["store", "store_staging"] {
        root.query_drop(format!("CREATE DATABASE IF NOT EXISTS {database} CHARACTER SET utf8mb4"))
            .await
            .unwrap();
    }
    root.disconnect().await.unwrap();
    (lease, target)
}

#[tokio::test]
async fn a_server_killed_at_any_stage_leaves_nothing() {
    for stage in STAGES {
        let home = private::Home::initialised().await;
        let (lease, target) = private_server(&home.server()).await;
        let chain = Chain::at(&target).await;
        chain.load(&chain.set("set", &[])).await.unwrap();
        let before = chain.everything().await;
        let holder = stage.held_up(&chain).await;
        let killed = async {
            stage.reached(&chain).await;
            kill_process(server_of(&home.server()), Signal::KILL).unwrap();
        };
        let options = Options { mode: Mode::Replace, ..chain.options() };
        let sources = crate::chain::sources(&products(&chain));
        let load =
            storekeeper::etl::load(&chain.db, "test", sources, &options, &chain.progress, &chain.cancel);
        let (loaded, ()) = tokio::join!(load, killed);
        let message = loaded.unwrap_err().to_string();
        assert!(message.contains("Nothing was loaded"), "{stage:?}: {message}");
        drop(holder);
        lease.close().await.ok();

        let (lease, target) = private_server(&home.server()).await;
        all_is_well(&Chain::at(&target).await, &before, stage).await;
        lease.close().await.unwrap();
    }
}

/// The server's answer to the commit is lost, or the commit is lost on its way: the one is stored, the other is not, and each
/// is told as what it is.
#[tokio::test]
async fn a_connection_cut_at_the_commit_is_told_as_what_it_came_to() {
    for arrives in [true, false] {
        let database = support::database().await;
        let chain = Chain::at(&database.target()).await;
        let socket = chain.folder.path().join("cut.sock");
        let listener = tokio::net::UnixListener::bind(&socket).unwrap();
        let cutting = tokio::spawn(cut_at_commit(database.socket.clone(), listener, arrives));
        let through = Target { address: Address::Socket(socket), ..database.target() };
        let crossed = Chain::over(storekeeper::db::Db::connect(&through).await.unwrap());
        // Straight, whose one commit is the last.
        let brands = chain.file("brands.csv", SET[1].1);
        let loaded = crossed.load(&brands).await;
        cutting.abort();
        let stored = chain.one::<u64>("SELECT COUNT(*) FROM brands").await;
        if arrives {
            assert_eq!((counts(&loaded.unwrap()), stored), ([1, 1, 0, 0, 0], 1));
            assert_eq!(chain.history().await[0].1, "committed");
        } else {
            let message = loaded.unwrap_err().to_string();
            assert!(message.contains("Nothing was loaded"), "{message}");
            assert_eq!((stored, &*chain.history().await[0].1), (0, "failed"));
            assert_eq!(chain.load(&brands).await.unwrap().status.word(), "committed");
        }
    }
}

/// Stands between program and server, and cuts the first connection that commits.
async fn cut_at_commit(server: PathBuf, listener: tokio::net::UnixListener, arrives: bool) {
    use std::sync::atomic::{AtomicBool, Ordering};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    static EACH_CUT: [AtomicBool; 2] = [const { AtomicBool::new(false) }; 2];
    let cut = &EACH_CUT[usize::from(arrives)];
    loop {
        let (mut program, _) = listener.accept().await.unwrap();
        let mut server = tokio::net::UnixStream::connect(&server).await.unwrap();
        tokio::spawn(async move {
            let (mut said, mut answered) = (vec![0; 1 << 16], vec![0; 1 << 16]);
            loop {
                tokio::select! {
                    count = program.read(&mut said) => {
                        let Ok(count @ 1..) = count else { return };
                        // A packet's length and number, the command "query", and the statement.
                        let is_commit = said[..count].ends_with(b"\x03COMMIT");
                        let cuts = is_commit && !cut.swap(true, Ordering::SeqCst);
                        if !cuts || arrives {
                            server.write_all(&said[..count]).await.unwrap();
                        }
                        if cuts {
                            if arrives {
                                assert_ne!(server.read(&mut answered).await.unwrap(), 0);
                            }
                            return;
                        }
                    }
                    count = server.read(&mut answered) => {
                        let Ok(count @ 1..) = count else { return };
                        if program.write_all(&answered[..count]).await.is_err() {
                            return;
                        }
                    }
                }
            }
        });
    }
}

/// On the straight road, where the keys of a parent are held one after the other; and at the commit, which waits for the
/// audit log. Each time the load gives way, and comes through.
#[tokio::test]
async fn a_deadlock_at_any_stage_is_fought_out() {
    for (stage, first, then) in [
        (
            "straight",
            "UPDATE brands SET brand_name = 'Held' WHERE brand_id = 1",
            "UPDATE brands SET brand_name = 'Held' WHERE brand_id = 2",
        ),
        (
            "commit",
            "SELECT * FROM audit_head FOR UPDATE",
            "UPDATE products SET model_year = 1 WHERE product_id = 1",
        ),
    ] {
        let chain = Chain::stocked().await;
        chain.run("INSERT INTO brands (brand_id, brand_name) VALUES (2, 'Two')").await;
        let text = if stage == "straight" {
            for table in ["order_items", "stocks", "products"] {
                chain.run(&format!("DELETE FROM {table}")).await;
            }
            "product_id,product_name,brand_id,category_id,model_year,list_price\n1,One,2,1,2026,1\n2,Two,1,1,2026,1\n".to_owned()
        } else {
            SET[2].1.replace("2999.00", "3999.00")
        };
        // The other has written more, so that the server gives up the load and not the other.
        let mut other = chain.db.conn().await.unwrap();
        for statement in [
            "START TRANSACTION",
            "UPDATE customers SET city = 'Oslo'",
            "UPDATE staffs SET phone = '1'",
            "UPDATE stores SET city = 'Oslo'",
            "UPDATE orders SET required_date = '2027-01-01'",
            first,
        ] {
            other.query_drop(statement).await.unwrap();
        }
        let crossing = async {
            support::until_a_lock_is_waited_for(&chain.db).await;
            other.query_drop(then).await.unwrap();
            other.query_drop("ROLLBACK").await.unwrap();
        };
        let path = chain.file("products.csv", &text);
        let (receipt, ()) = tokio::join!(chain.load(&path), crossing);
        let receipt = receipt.unwrap();
        let expected = if stage == "straight" { [2, 2, 0, 0, 0] } else { [3, 0, 1, 2, 0] };
        assert_eq!((receipt.status.word(), counts(&receipt)), ("committed", expected), "{stage}");
    }
}
