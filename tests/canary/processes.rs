//! The real program while somebody signs in: its memory is its own, and no list of processes has what they typed or saw.

use crate::support::people::Phone;
use crate::terminal::Terminal;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, geteuid, waitid};
use secrecy::ExposeSecret;
use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

const PASSWORD: &str = "Canary-0n-the-perch!";
/// Somebody without rights, by the number that most systems have for them.
const NOBODY: u32 = 65534;

/// The program, in a folder of somebody who is not root: of what root runs, nobody can tell whether it may be looked into.
struct Perch {
    folder: TempDir,
}

impl Perch {
    fn new() -> Perch {
        let folder = tempfile::Builder::new().prefix("sk-").tempdir().unwrap();
        fs::copy(env!("CARGO_BIN_EXE_storekeeper"), folder.path().join("storekeeper")).unwrap();
        if geteuid().is_root() {
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
            chown(folder.path().join("storekeeper"), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        Perch { folder }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn run(&self, arguments: &[&str]) -> Terminal {
        let (data, program) = (self.data(), self.folder.path().join("storekeeper"));
        let (data, program) = (data.to_str().unwrap(), program.to_str().unwrap());
        let arguments = [&["--data-dir", data], arguments].concat();
        let environment = [("HOME", self.folder.path().to_str().unwrap())];
        if geteuid().is_root() {
            let user = format!("--reuid={NOBODY}");
            let group = format!("--regid={NOBODY}");
            let before = [user.as_str(), group.as_str(), "--clear-groups", program];
            Terminal::run("setpriv", &[&before, &arguments[..]].concat(), &environment, (80, 24))
        } else {
            Terminal::run(program, &arguments, &environment, (80, 24))
        }
    }

    fn server(&self) -> u32 {
        fs::read_to_string(self.data().join("server/mysqld.pid")).unwrap().trim().parse().unwrap()
    }

    /// The passwords of the database's accounts.
    fn credentials(&self) -> Vec<String> {
        let text = fs::read_to_string(self.data().join("credentials.toml")).unwrap();
        let secrets = text.lines().filter_map(|line| line.strip_prefix("password = "));
        secrets.map(|secret| secret.trim_matches('"').to_owned()).collect()
    }
}

/// proc(5): what belongs to a process that may not be dumped belongs to root, whoever runs it.
fn owner(pid: u32) -> u32 {
    fs::metadata(format!("/proc/{pid}/environ")).unwrap().uid()
}

fn core_limit(pid: u32) -> String {
    let limits = fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).unwrap();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_memory_is_private(pid: u32) {
    assert_eq!(core_limit(pid), "0 0 bytes");
    assert_eq!(owner(pid), 0, "the program can be looked into");
    if !geteuid().is_root() {
        assert!(fs::File::open(format!("/proc/{pid}/mem")).is_err());
        assert!(fs::read(format!("/proc/{pid}/environ")).is_err());
    }
}

/// Arguments and environment of every process that can be seen.
fn processes() -> HashSet<String> {
    let numbers = fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path());
    let of_process = |folder: PathBuf| {
        let part = |name: &str| fs::read(folder.join(name)).unwrap_or_default();
        String::from_utf8_lossy(&[part("cmdline"), part("environ")].concat()).into_owned()
    };
    numbers.filter(|path| path.join("cmdline").exists()).map(of_process).collect()
}

/// Looks at the list of processes again and again, until it is told to stop.
fn watch(stop: &AtomicBool) -> HashSet<String> {
    let mut seen = HashSet::new();
    while !stop.load(Ordering::Relaxed) {
        seen.extend(processes());
        thread::sleep(Duration::from_millis(20));
    }
    seen
}

fn init(perch: &Perch) {
    let mut terminal = perch.run(&["init"]);
    terminal.wait_for("Username of the first administrator");
    assert_memory_is_private(terminal.pid());
    terminal.press("ada\r");
    for question in ["Password of ada", "The same again"] {
        terminal.wait_for(question);
        terminal.press(&format!("{PASSWORD}\r"));
    }
    terminal.wait_for("can sign in");
    assert!(!terminal.screen().contains(PASSWORD));
    assert!(terminal.wait_for_end().success());
}

/// Signs in and sets up the second factor; answers what is secret of it.
fn sign_in(terminal: &mut Terminal) -> Vec<String> {
    terminal.wait_for("Username");
    terminal.paste("ada");
    terminal.press("\t");
    terminal.paste(PASSWORD);
    terminal.press("\r");
    terminal.wait_for("Set up the second factor");
    let base32 = |word: &&str| {
        word.len() == 4 && word.bytes().all(|byte| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".contains(&byte))
    };
    let screen = terminal.screen();
    let groups: Vec<&str> = screen.split_whitespace().filter(base32).collect();
    assert_eq!(groups.len(), 8, "{screen}");
    let now = u64::try_from(jiff::Timestamp::now().as_second()).unwrap();
    let code = Phone::with(&groups.join(" ").into()).code(now).expose_secret().to_owned();
    terminal.press(&format!("{code}\r"));
    terminal.wait_for("Each of these codes lets you in once");
    let screen = terminal.screen();
    let paper = screen.split_whitespace().filter(|word| word.len() == 13 && word.matches('-').count() == 2);
    let mut secrets: Vec<String> = paper.map(str::to_owned).collect();
    assert_eq!(secrets.len(), 8, "{screen}");
    secrets.extend([groups.concat(), groups.join(" "), code]);
    secrets
}

/// A process list has numbers by the thousand, six digits among them; a code counts where it is a word of its own.
fn has(text: &str, secret: &str) -> bool {
    let is_code = secret.len() == 6;
    text.match_indices(secret).any(|(at, _)| {
        let around = |side: Option<char>| side.is_some_and(|character| character.is_ascii_alphanumeric());
        !is_code || !(around(text[..at].chars().last()) || around(text[at + 6..].chars().next()))
    })
}

#[test]
fn nobody_looks_into_the_program_and_no_list_of_processes_tells_a_secret() {
    let perch = Perch::new();
    let stop = AtomicBool::new(false);
    let (seen, mut secrets) = thread::scope(|scope| {
        let watching = scope.spawn(|| watch(&stop));
        init(&perch);
        let mut terminal = perch.run(&[]);
        let secrets = sign_in(&mut terminal);
        assert_memory_is_private(terminal.pid());
        let server = perch.server();
        assert_eq!(core_limit(server), "0 0 bytes", "the server has what is typed in its memory too");
        // The check would see it: the server itself, of the same account, may be looked into.
        assert_ne!(owner(server), 0);
        ends_without_a_core(&mut terminal);
        assert!(perch.run(&["db", "stop"]).wait_for_end().success());
        stop.store(true, Ordering::Relaxed);
        (watching.join().unwrap(), secrets)
    });
    assert!(seen.iter().any(|process| process.contains(perch.data().join("server").to_str().unwrap())));
    secrets.push(PASSWORD.to_owned());
    secrets.extend(perch.credentials());
    assert!(secrets.len() >= 15, "three accounts of the database among them");
    let logs = logs(&perch.data());
    for secret in &secrets {
        assert!(!logs.contains(secret) || secret.len() == 6, "{secret} is in the log");
        let found = seen.iter().find(|process| has(process, secret));
        assert!(found.is_none(), "{secret} is in the list of processes: {found:?}");
    }
}

fn ends_without_a_core(terminal: &mut Terminal) {
    terminal.signal(Signal::ABORT);
    let pid = Pid::from_raw(i32::try_from(terminal.pid()).unwrap()).unwrap();
    let ended = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT).unwrap().unwrap();
    assert!(ended.killed() && !ended.dumped());
    terminal.wait_for_end();
}

fn logs(data: &Path) -> String {
    let files = fs::read_dir(data.join("logs")).unwrap();
    files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}
