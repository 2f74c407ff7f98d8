//! The private server from outside: real processes, a real engine.

use crate::support;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::support::private::{Home, PASSWORD, request};
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, OptsBuilder};
use rustix::process::{Pid, Signal, kill_process};
use storekeeper::local_server::{self, Closed, Flavour, Lease, LocalServerError, Request, Stage};

async fn open(dir: &Path) -> Result<Lease, LocalServerError> {
    local_server::open(&request(dir), |_| ()).await
}

async fn connect(socket: &Path, password: &str) -> Result<Conn, mysql_async::Error> {
    let opts = OptsBuilder::default().socket(socket.to_str()).user(Some("root")).pass(Some(password));
    Conn::new(opts).await
}

async fn pid(dir: &Path) -> Option<u32> {
    local_server::status(dir).await.unwrap().pid
}

fn kill(pid: u32) {
    kill_process(Pid::from_raw(i32::try_from(pid).unwrap()).unwrap(), Signal::KILL).unwrap();
}

/// Every file below a folder with what is in it.
fn contents(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(contents(&entry));
        } else if entry.is_file() {
            found.insert(entry.clone(), fs::read(&entry).unwrap());
        }
    }
    found
}

#[tokio::test]
async fn a_first_start_makes_a_database_that_only_the_password_opens() {
    let home = Home::empty();
    let dir = home.path().join("with a space");
    let stages = Mutex::new(Vec::new());
    let lease = local_server::open(&request(&dir), |stage| stages.lock().unwrap().push(stage)).await.unwrap();
    assert_eq!(*stages.lock().unwrap(), [Stage::Initialising, Stage::Starting, Stage::Ready]);

    let mut conn = connect(lease.socket(), PASSWORD).await.unwrap();
    assert_eq!(conn.query_first("SELECT @@skip_networking").await.unwrap(), Some(1));
    assert!(connect(lease.socket(), "").await.is_err());

    let command = fs::read(format!("/proc/{}/cmdline", pid(&dir).await.unwrap())).unwrap();
    assert!(!String::from_utf8_lossy(&command).contains(PASSWORD));
    assert!(contents(&dir).keys().all(|path| path.extension().is_none_or(|end| end != "sql")));
    assert_eq!(fs::metadata(&dir).unwrap().permissions().mode() & 0o777, 0o700);

    drop(conn);
    assert_eq!(lease.close().await.unwrap(), Closed::Stopped);
    assert_eq!(pid(&dir).await, None);
}

#[tokio::test]
async fn two_share_one_server_and_the_last_stops_it() {
    let home = Home::initialised().await;
    let dir = home.server();
    let first = open(&dir).await.unwrap();
    let served = pid(&dir).await;
    let second = open(&dir).await.unwrap();
    assert_eq!(pid(&dir).await, served);
    assert_eq!(local_server::status(&dir).await.unwrap().clients, 2);

    assert!(matches!(local_server::stop(&dir).await, Err(LocalServerError::InUse { clients: 2 })));
    assert_eq!(first.close().await.unwrap(), Closed::LeftRunning);
    assert!(connect(second.socket(), PASSWORD).await.is_ok());
    assert_eq!(second.close().await.unwrap(), Closed::Stopped);
    assert_eq!(pid(&dir).await, None);
    assert!(!local_server::stop(&dir).await.unwrap());
}

#[tokio::test]
async fn a_new_password_holds_from_the_next_start() {
    let home = Home::initialised().await;
    let dir = home.server();
    let awkward = r#"it's a "new\one"; -- ü"#;
    let request = Request { root_password: awkward.into(), ..request(&dir) };
    let lease = local_server::open(&request, |_| ()).await.unwrap();
    assert!(connect(lease.socket(), awkward).await.is_ok());
    assert!(connect(lease.socket(), PASSWORD).await.is_err());
    lease.close().await.unwrap();
}

#[tokio::test]
async fn a_killed_server_is_started_again_with_what_was_committed() {
    let home = Home::initialised().await;
    let dir = home.server();
    let lease = open(&dir).await.unwrap();
    let mut conn = connect(lease.socket(), PASSWORD).await.unwrap();
    conn.query_drop("CREATE DATABASE kept").await.unwrap();
    conn.query_drop("CREATE TABLE kept.t (a INT) ENGINE=InnoDB").await.unwrap();
    conn.query_drop("INSERT INTO kept.t VALUES (7)").await.unwrap();
    kill(pid(&dir).await.unwrap());

    let stages = Mutex::new(Vec::new());
    let again = local_server::open(&request(&dir), |stage| stages.lock().unwrap().push(stage)).await.unwrap();
    assert_eq!(*stages.lock().unwrap(), [Stage::Recovering, Stage::Ready]);
    let mut conn = connect(again.socket(), PASSWORD).await.unwrap();
    assert_eq!(conn.query_first("SELECT a FROM kept.t").await.unwrap(), Some(7));
    drop(conn);
    assert_eq!(lease.close().await.unwrap(), Closed::LeftRunning);
    assert_eq!(again.close().await.unwrap(), Closed::Stopped);
}

#[tokio::test]
async fn data_this_server_can_not_read_is_refused_untouched() {
    let home = Home::initialised().await;
    let dir = home.server();
    let (mine, other) = match support::program().flavour() {
        Flavour::MariaDb => ("MariaDB", "MySQL"),
        Flavour::MySql => ("MySQL", "MariaDB"),
    };
    for (mark, word) in [
        (format!("{other} 9.0.0"), format!("was made by {other}")),
        (format!("{mine} 99.1.0"), format!("{mine} 99.1.0 or newer")),
        ("garbled".to_owned(), "mark can not be read".to_owned()),
    ] {
        fs::write(dir.join("data/storekeeper-server"), &mark).unwrap();
        let before = contents(&dir);
        let refusal = open(&dir).await.unwrap_err().to_string();
        assert!(refusal.contains(&word), "{refusal}");
        assert!(refusal.contains("Nothing was changed"), "{refusal}");
        assert!(contents(&dir) == before, "something changed");
    }
}

#[tokio::test]
async fn a_folder_of_somebody_else_is_refused_untouched() {
    let home = Home::empty();
    let foreign = home.path().join("foreign");
    fs::create_dir_all(foreign.join("data/mysql")).unwrap();
    fs::write(foreign.join("data/ibdata1"), "theirs").unwrap();
    let before = contents(&foreign);
    let refusal = open(&foreign).await.unwrap_err();
    assert!(matches!(refusal, LocalServerError::NotOurs { .. }), "{refusal}");
    assert!(!local_server::stop(&foreign).await.unwrap());
    assert_eq!(contents(&foreign), before);

    let unmarked = Home::initialised().await;
    let dir = unmarked.server();
    fs::remove_file(dir.join("data/storekeeper-server")).unwrap();
    let before = contents(&dir);
    let refusal = open(&dir).await.unwrap_err();
    assert!(matches!(refusal, LocalServerError::NotOurs { .. }), "{refusal}");
    assert!(contents(&dir) == before, "something changed");
}

#[tokio::test]
async fn a_server_that_will_not_start_says_why() {
    let home = Home::initialised().await;
    let dir = home.server();
    fs::write(dir.join("data/ibdata1"), "not a tablespace").unwrap();
    let refusal = open(&dir).await.unwrap_err();
    let LocalServerError::Start { reason, log } = &refusal else { panic!("{refusal}") };
    assert!(fs::read_to_string(log).unwrap().contains(reason.as_str()), "{refusal}");
    let status = local_server::status(&dir).await.unwrap();
    assert_eq!((status.pid, status.clients), (None, 0));
}

#[tokio::test]
async fn a_program_that_is_not_there_is_named() {
    let home = Home::empty();
    let dir = home.server();
    let request = Request { program: Some("/nowhere/mariadbd".into()), ..request(&dir) };
    let refusal = local_server::open(&request, |_| ()).await.unwrap_err().to_string();
    assert!(refusal.contains("/nowhere/mariadbd") && refusal.contains("server.program"), "{refusal}");
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_works() {
    let home = Home::initialised().await;
    let long = home.path().join("x".repeat(120));
    fs::create_dir(&long).unwrap();
    let dir = long.join("server");
    fs::rename(home.server(), &dir).unwrap();

    let lease = open(&dir).await.unwrap();
    let short = lease.socket().parent().unwrap().to_owned();
    assert!(lease.socket().as_os_str().len() <= 107);
    assert_eq!(fs::metadata(&short).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(connect(lease.socket(), PASSWORD).await.is_ok());
    let other = open(&dir).await.unwrap();
    assert_eq!(other.socket(), lease.socket());
    other.close().await.unwrap();
    lease.close().await.unwrap();
    assert!(!short.exists());
}

#[tokio::test]
async fn a_start_given_up_leaves_no_server() {
    let home = Home::initialised().await;
    let dir = home.server();
    let request = request(&dir);
    let starting = tokio::sync::Notify::new();
    tokio::select! {
        biased;
        _ = local_server::open(&request, |stage| if stage == Stage::Starting { starting.notify_one() }) => {
            panic!("the server was ready before it had started")
        }
        () = starting.notified() => {}
    }
    // Joins or outlives whatever is still on its way down, and is the last one out.
    let lease = open(&dir).await.unwrap();
    assert_eq!(lease.close().await.unwrap(), Closed::Stopped);
    assert_eq!(pid(&dir).await, None);
}

#[tokio::test]
async fn a_server_whose_folder_was_removed_is_not_waited_for() {
    let home = Home::initialised().await;
    let dir = home.server();
    let orphaned = open(&dir).await.unwrap();
    let server = pid(&dir).await.unwrap();
    // The running server may make a file in a folder that is being emptied.
    while dir.exists() {
        let _ = fs::remove_dir_all(&dir);
    }

    let lease = open(&dir).await.unwrap();

    assert_ne!(pid(&dir).await, Some(server));
    assert!(connect(lease.socket(), PASSWORD).await.is_ok());
    assert_eq!(lease.close().await.unwrap(), Closed::Stopped);
    drop(orphaned);
}
