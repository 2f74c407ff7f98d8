//! Servers that others wrote, with the sample data behind them: the program is given their address and nothing else, and
//! nine tables end in the golden figures.

use crate::support;
use crate::world::World;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The sample data as a folder of CSV files, with gross and net of it.
struct Sample {
    folder: PathBuf,
    figures: (String, String),
    _made: Option<World>,
}

/// The shared sample; where it is not there, data that the program makes.
async fn sample() -> Sample {
    if let Some(folder) = support::shared_data("bikestores") {
        return Sample { folder, figures: ("8578988.88".to_owned(), "7689109.71".to_owned()), _made: None };
    }
    let world = World::new().await;
    let made = world.run(&["demo", "--orders", "400", "--no-open"]);
    assert_eq!(made.code, 0, "{made:?}");
    let out = world.run(&["export", "all", "--exact", "--out", "made"]);
    assert_eq!(out.code, 0, "{out:?}");
    let figures = figures(&world).await;
    Sample { folder: world.folder.path().join("made"), figures, _made: Some(world) }
}

async fn figures(world: &World) -> (String, String) {
    world.one("SELECT CAST(SUM(line_gross) AS CHAR), CAST(SUM(line_net) AS CHAR) FROM order_items").await
}

/// The folder with the servers; `None`, and a word, where they can not be had.
fn servers() -> Option<PathBuf> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/api_servers.sh");
    let output = Command::new(script).stderr(Stdio::inherit()).output().unwrap();
    match output.status.code() {
        Some(0) => Some(PathBuf::from(String::from_utf8(output.stdout).unwrap().lines().last().unwrap())),
        Some(3) => {
            println!("skipped: the servers can not be had here (see above)");
            None
        }
        other => panic!("scripts/api_servers.sh ended with {other:?}"),
    }
}

/// The data in the forms that the servers take: `db.json` and `store.db`. Numbers are numbers there, as in a real shop.
fn prepare(home: &Path, sample: &Path, folder: &Path) {
    const SCRIPT: &str = r#"
import csv, json, os, sqlite3, sys
source, to = sys.argv[1:3]
def value(text):
    for kind in (int, float):
        try:
            return kind(text) if str(kind(text)) == text else text
        except ValueError:
            pass
    return None if text == "" else text
tables = {}
store = sqlite3.connect(os.path.join(to, "store.db"))
for file in sorted(os.listdir(source)):
    name = file[:-4]
    with open(os.path.join(source, file), newline="") as lines:
        rows = [{key: value(text) for key, text in row.items()} for row in csv.DictReader(lines)]
    tables[name] = rows
    columns = list(rows[0])
    store.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    store.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", [tuple(row.values()) for row in rows])
store.commit()
json.dump(tables, open(os.path.join(to, "db.json"), "w"))
"#;
    let done =
        Command::new(home.join("venv/bin/python")).args(["-c", SCRIPT]).arg(sample).arg(folder).status();
    assert!(done.unwrap().success());
}

/// A server's process, gone with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that nobody has.
fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until somebody listens there, or the server has ended.
fn listening(child: &mut Child, port: u16) {
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(child.try_wait().unwrap().is_none(), "the server ended");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[tokio::test]
async fn three_servers_that_others_wrote_end_in_the_golden_figures_unattended() {
    let Some(home) = servers() else { return };
    let sample = sample().await;
    let folder = tempfile::tempdir().unwrap();
    prepare(&home, &sample.folder, folder.path());
    let at = |name: &str| folder.path().join(name);
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api");
    for (name, program, words) in [
        ("json-server", home.join("node_modules/.bin/json-server"), vec![at("db.json"), "--quiet".into()]),
        ("datasette", home.join("venv/bin/datasette"), vec!["serve".into(), at("store.db")]),
        ("FastAPI", home.join("venv/bin/uvicorn"), vec!["--app-dir".into(), here, "service:app".into()]),
    ] {
        let port = port();
        let mut command = Command::new(program);
        command.args(words).args(["--port", &port.to_string()]).env("STORE", at("store.db"));
        command.current_dir(folder.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut running = Running(command.spawn().unwrap());
        listening(&mut running.0, port);
        let url = format!("http://127.0.0.1:{port}");
        let world = World::new().await;
        let ran = world.load(&url, &[]);
        assert_eq!(ran.code, 0, "{name}: {ran:?}");
        assert_eq!(figures(&world).await, sample.figures, "{name}");
        assert_eq!(ran.json()["api"].as_array().unwrap().len(), 9, "{name}");
        let again = world.load(&url, &["--full"]);
        assert_eq!(
            (again.code, again.json()["status"].as_str()),
            (0, Some("nothing_to_do")),
            "{name}: {again:?}"
        );
    }
}
