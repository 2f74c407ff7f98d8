//! A client of a private server as a process of its own: this test binary again, asked to run one ignored test, which
//! opens a lease, tells each stage on a line, and holds the lease until its input ends.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use storekeeper::local_server;

const DIR: &str = "STOREKEEPER_TEST_HOLD";
const TEST: &str = "clients::a_client_process";

/// A running client process; killed when dropped.
pub struct Client {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Client {
    /// Starts a client of the server in this folder; returns at once.
    pub fn open(dir: &Path) -> Self {
        let mut child = command(dir).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a client");
        let lines = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, lines }
    }

    /// The client's process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Reads what the client tells up to a line that ends so, and returns that line.
    pub fn await_line(&mut self, end: &str) -> String {
        let mut told = String::new();
        loop {
            let mut line = String::new();
            let read = self.lines.read_line(&mut line).expect("the client's output");
            assert!(read > 0, "the client ended before it told {end:?}: {told}");
            if line.trim_end().ends_with(end) {
                return line.trim_end().to_owned();
            }
            told.push_str(&line);
        }
    }

    /// Asks the client to leave, without waiting for it.
    pub fn ask_to_leave(&mut self) {
        drop(self.child.stdin.take());
    }

    /// Lets the client leave in order, and tells what became of the server.
    pub fn close(mut self) -> String {
        self.ask_to_leave();
        let line = self.await_line("closed");
        assert!(self.child.wait().expect("its end").success());
        line.split_whitespace().rev().nth(1).expect("a word before the last").to_owned()
    }

    /// Kills the client so that it can do nothing more, and waits until it has ended.
    pub fn kill(&mut self) {
        self.child.kill().expect("a process to kill");
        self.child.wait().expect("its end");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the client process does.
pub async fn run() {
    let dir = env::var_os(DIR).expect("the folder to open");
    let request = super::private::request(Path::new(&dir));
    let lease = local_server::open(&request, |stage| println!("{stage:?}")).await.expect("a lease");
    println!("ready");
    // Blocks the runtime's thread, which has nothing else to do.
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).expect("an input");
    println!("{:?} closed", lease.close().await.expect("an orderly end"));
}

fn command(dir: &Path) -> Command {
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.args([TEST, "--exact", "--ignored", "--nocapture"]).env(DIR, dir);
    command
}
