//! A real database server for a test process, and an empty database for each test.
//!
//! The server runs on a copy of a data directory that is made once and kept in the build folder. It ends with the
//! process, however that ends: a shell that holds the other end of a pipe sees to it.
//!
//! `STOREKEEPER_TEST_SERVER_PROGRAM` names another server program, so that the same tests run on another engine.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub mod client;
pub mod people;
pub mod private;
pub mod wire;

use std::env;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mysql_async::prelude::Queryable;
use mysql_async::{Conn, OptsBuilder};
use rustix::fs::{FlockOperation, flock};
use storekeeper::db::{Address, Db, Target, migrations};
use storekeeper::local_server::{Flavour, Program};
use storekeeper::settings::Account;
use tokio::sync::OnceCell;

/// What the test server's root signs in with.
pub const PASSWORD: &str = "Test-root-1";

/// The server of this test process.
pub struct Server {
    pub socket: PathBuf,
    pub flavour: Flavour,
    watchdog: Child,
}

/// An empty database of its own, with `<name>_staging` beside it.
pub struct Database {
    pub socket: PathBuf,
    pub user: &'static str,
    pub password: &'static str,
    pub name: String,
}

impl Database {
    /// How to connect to it as root.
    pub fn opts(&self) -> OptsBuilder {
        root(&self.socket).db_name(Some(&self.name))
    }

    /// A connection to it as root.
    pub async fn connect(&self) -> Conn {
        Conn::new(self.opts()).await.expect("a connection to the test database")
    }
}

/// The memory of the server's buffer pool, where a benchmark wants another before it starts the server.
pub static BUFFER_POOL: OnceLock<&str> = OnceLock::new();

/// The program to test with: the one named by the environment, or the one that Storekeeper would find.
pub fn program() -> Program {
    let named = env::var_os("STOREKEEPER_TEST_SERVER_PROGRAM").map(PathBuf::from);
    Program::find(named.as_deref()).expect("a server program to test with")
}

/// The one server of this test process, started by whoever asks first.
pub fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(start)
}

/// A fresh, empty database (utf8mb4) and its staging database.
pub async fn database() -> Database {
    static MADE: AtomicUsize = AtomicUsize::new(1);
    let server = server();
    let name = format!("store_{}", MADE.fetch_add(1, Ordering::Relaxed));
    let mut conn = Conn::new(root(&server.socket)).await.expect("a connection to the test server");
    for name in [name.clone(), format!("{name}_staging")] {
        conn.query_drop(format!("CREATE DATABASE {name} CHARACTER SET utf8mb4")).await.expect("a database");
    }
    conn.disconnect().await.expect("an orderly end");
    Database { socket: server.socket.clone(), user: "root", password: PASSWORD, name }
}

impl Database {
    /// Where it is, for the program itself, as root.
    pub fn target(&self) -> Target {
        Target {
            address: Address::Socket(self.socket.clone()),
            database: self.name.clone(),
            account: Account { user: self.user.to_owned(), password: self.password.into() },
            connect_timeout: Duration::from_secs(20),
        }
    }
}

/// An empty chain: a database of its own with the schema in it.
pub async fn chain() -> Db {
    Db::connect(&migrated().await.target()).await.expect("a connection")
}

/// A database with the schema in it, copied from one that was migrated: the many steps of migrating keep MySQL busy for a
/// second each time.
pub async fn migrated() -> Database {
    static SCHEMA: OnceCell<String> = OnceCell::const_new();
    let schema = SCHEMA.get_or_init(schema).await;
    let database = database().await;
    let mut conn = database.connect().await;
    conn.query_drop(schema).await.expect("the schema");
    conn.disconnect().await.expect("an orderly end");
    database
}

/// The statements that make what migrating makes, rows included.
async fn schema() -> String {
    let database = database().await;
    let db = Db::connect(&database.target()).await.expect("a connection");
    migrations::migrate(&db, None).await.expect("the schema");
    db.close().await;
    let mut conn = database.connect().await;
    let tables: Vec<String> = conn.query("SHOW TABLES").await.expect("the tables");
    let mut schema = "SET foreign_key_checks = 0;\n".to_owned();
    for table in tables {
        let made: Option<(String, String)> =
            conn.query_first(format!("SHOW CREATE TABLE {table}")).await.expect("a table");
        schema += &format!("{};\n", made.expect("a table").1);
        let rows: Option<u64> =
            conn.query_first(format!("SELECT COUNT(*) FROM {table}")).await.expect("rows");
        if rows != Some(0) {
            schema += &format!("INSERT INTO {table} SELECT * FROM {}.{table};\n", database.name);
        }
    }
    conn.disconnect().await.expect("an orderly end");
    schema + "SET foreign_key_checks = 1"
}

/// Waits until a statement in this database waits for a row that somebody else holds. The server's own report is asked, for
/// the table `innodb_trx` is not made anew as long as somebody reads it more often than each 0.1 s.
pub async fn until_a_lock_is_waited_for(db: &Db) {
    let here = format!("`{}`.", db.name());
    let mut conn = db.conn().await.unwrap();
    loop {
        let report: Option<(String, String, String)> =
            conn.query_first("SHOW ENGINE INNODB STATUS").await.unwrap();
        let (_, _, text) = report.unwrap();
        // What comes before the first is of the past: the latest deadlock, the latest broken key.
        let mut transactions = text.split("---TRANSACTION").skip(1);
        if transactions.any(|one| one.contains("LOCK WAIT") && one.contains(&here)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A folder of the sample data, as in `shared_data("bikestores")`; where it is not there the test has to be skipped, and
/// this says so.
pub fn shared_data(name: &str) -> Option<PathBuf> {
    let base = env::var_os("STOREKEEPER_SHARED_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let folder = base.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is not there (set STOREKEEPER_SHARED_DATA)", folder.display());
    None
}

fn root(socket: &Path) -> OptsBuilder {
    OptsBuilder::default()
        .socket(Some(socket.to_str().expect("a socket path in UTF-8")))
        .user(Some("root"))
        .pass(Some(PASSWORD))
}

fn start() -> Server {
    let program = program();
    let template = template(&program);
    let dir = tempfile::Builder::new().prefix("sk-").tempdir().expect("a folder").keep();
    let copied = Command::new("cp").arg("-a").arg(&template).arg(dir.join("data")).status();
    assert!(copied.expect("cp").success(), "the template data directory can not be copied");
    fs::write(dir.join("init.sql"), format!("ALTER USER 'root'@'localhost' IDENTIFIED BY '{PASSWORD}';\n"))
        .expect("init.sql");

    let socket = dir.join("s.sock");
    let mut watchdog = Command::new("sh");
    // `read` returns when this process ends, for that closes the pipe.
    watchdog.args([
        "-c",
        r#"dir=$1; shift; "$@" & server=$!; read -r _; kill -9 $server; wait $server; rm -rf "$dir""#,
    ]);
    watchdog.arg("sh").arg(&dir).arg(program.path()).arg("--no-defaults");
    fs::create_dir(dir.join("tmp")).expect("tmp");
    for (option, path) in [
        ("tmpdir", "tmp"),
        ("datadir", "data"),
        ("socket", "s.sock"),
        ("pid-file", "pid"),
        ("log-error", "error.log"),
        ("init-file", "init.sql"),
    ] {
        watchdog.arg(format!("--{option}={}", dir.join(path).display()));
    }
    watchdog.args(["--skip-networking", "--skip-name-resolve", "--skip-log-bin", "--performance-schema=OFF"]);
    watchdog.args(["--local-infile=1", "--character-set-server=utf8mb4"]);
    watchdog.arg(format!("--innodb-buffer-pool-size={}", BUFFER_POOL.get().unwrap_or(&"64M")));
    // The disk is never waited for: what a server loses with the machine, no test misses.
    watchdog.args(["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync"]);
    if program.flavour() == Flavour::MySql {
        watchdog.args(["--mysqlx=OFF", "--secure-file-priv=NULL"]);
    }
    watchdog.args(user());
    // A group of its own, so that Ctrl-C ends the tests first and the pipe tells the shell.
    std::os::unix::process::CommandExt::process_group(&mut watchdog, 0);
    let mut watchdog =
        watchdog.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("sh");
    await_greeting(&socket, &mut watchdog, &dir.join("error.log"));
    Server { socket, flavour: program.flavour(), watchdog }
}

/// A data directory of this engine, made once for all tests of all test programs.
fn template(program: &Program) -> PathBuf {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let name = format!("{}-{}", program.flavour(), program.version());
    let lock = File::create(base.join(format!("{name}.lock"))).expect("the template's lock");
    flock(&lock, FlockOperation::LockExclusive).expect("the template's lock");
    let (template, partial) = (base.join(&name), base.join(format!("{name}.partial")));
    if template.exists() {
        return template;
    }
    let _ = fs::remove_dir_all(&partial);
    let mut initialise = match program.flavour() {
        Flavour::MariaDb => {
            let mut command = Command::new(program.installer().expect("mariadb-install-db"));
            command.args([
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve",
                "--innodb-log-file-size=8M",
                "--innodb-flush-log-at-trx-commit=0",
            ]);
            command
        }
        Flavour::MySql => {
            let mut command = Command::new(program.path());
            command.args([
                "--no-defaults",
                "--initialize-insecure",
                "--innodb-redo-log-capacity=8M",
                "--skip-log-bin",
            ]);
            command
        }
    };
    let temporary = base.join(format!("{name}.tmp"));
    fs::create_dir_all(&temporary).expect("the template's temporary files");
    let output = initialise
        .arg(format!("--datadir={}", partial.display()))
        .args(user())
        // Not shared with another server, which would remove its tables.
        .env("TMPDIR", &temporary)
        .output()
        .expect("a server program");
    assert!(output.status.success(), "no template: {}", String::from_utf8_lossy(&output.stderr));
    fs::rename(&partial, &template).expect("the template in its place");
    template
}

fn user() -> Option<&'static str> {
    rustix::process::geteuid().is_root().then_some("--user=root")
}

/// Waits for the first packet that a server sends, whose fifth byte is the protocol's version.
fn await_greeting(socket: &Path, watchdog: &mut Child, log: &Path) {
    for _ in 0..6000 {
        let mut start = [0_u8; 5];
        if UnixStream::connect(socket).and_then(|mut stream| stream.read_exact(&mut start)).is_ok()
            && start[4] == 10
        {
            return;
        }
        let ended = fs::read_to_string(log).is_ok_and(|log| log.contains("Aborting"));
        let gone = watchdog.try_wait().expect("the watchdog's state").is_some();
        assert!(!ended && !gone, "the server did not start: {}", fs::read_to_string(log).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the server takes no connections after a minute: {}", fs::read_to_string(log).unwrap_or_default());
}
