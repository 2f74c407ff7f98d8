//! A program in a pseudo-terminal, seen as a person would see it.
#![allow(dead_code, reason = "each test program uses a part of it")]
#![allow(clippy::disallowed_methods, reason = "how long an end takes is measured")]

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Longer than anything takes on the slowest machine: reached only when something is broken.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    reader: JoinHandle<()>,
    screen: vt100::Parser,
    /// Every byte the program wrote.
    written: Vec<u8>,
    /// The slave's end, kept open so that its settings can be read after the program is gone.
    slave: Option<Box<dyn portable_pty::SlavePty + Send>>,
}

impl Terminal {
    /// Runs `program` with these arguments and environment variables at that size, in columns and rows.
    pub(crate) fn run(
        program: &str,
        arguments: &[&str],
        environment: &[(&str, &str)],
        (columns, rows): (u16, u16),
    ) -> Terminal {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        environment.iter().for_each(|(name, value)| command.env(name, value));
        let child = pair.slave.spawn_command(command).unwrap();
        let (reader, output) = read_all(pair.master.try_clone_reader().unwrap());
        let writer = pair.master.take_writer().unwrap();
        Terminal {
            master: Some(pair.master),
            writer: Some(writer),
            child,
            output,
            reader,
            screen: vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0),
            written: Vec::new(),
            slave: Some(pair.slave),
        }
    }

    /// Every byte the program wrote so far, as far as it was waited for.
    pub(crate) fn written(&self) -> &[u8] {
        &self.written
    }

    /// What is on the screen, with its colours.
    pub(crate) fn cells(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self.screen.screen_mut().set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
    }

    /// Waits until the program wrote `bytes`.
    pub(crate) fn wait_for_bytes(&mut self, bytes: &[u8]) {
        while !self.written.windows(bytes.len()).any(|window| window == bytes) {
            self.take_more(&String::from_utf8_lossy(bytes));
        }
    }

    pub(crate) fn take_more(&mut self, wanted: &str) {
        match self.output.recv_timeout(PATIENCE) {
            Ok(bytes) => self.show(&bytes),
            Err(error) => panic!("{wanted:?} did not come ({error}). The screen:\n{}", self.screen()),
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        self.written.extend_from_slice(bytes);
        self.screen.process(bytes);
    }

    /// What is on the screen.
    pub(crate) fn screen(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until `text` is on the screen no more.
    pub(crate) fn wait_until_gone(&mut self, text: &str) {
        while self.screen().contains(text) {
            self.take_more(&format!("a screen without {text}"));
        }
    }

    /// Waits until `text` is on the screen.
    pub(crate) fn wait_for(&mut self, text: &str) {
        while !self.screen().contains(text) {
            self.take_more(text);
        }
    }

    /// Presses keys, given as the bytes a terminal sends.
    pub(crate) fn press(&mut self, keys: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Pastes, marked as a terminal marks it.
    pub(crate) fn paste(&mut self, text: &str) {
        self.press(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Clicks on the last row that has this text, as a terminal with mode 1006 tells it.
    pub(crate) fn click(&mut self, text: &str) {
        self.wait_for(text);
        let screen = self.screen();
        let column = |line: &str| Some(line.split_once(text)?.0.chars().count());
        let found = screen.lines().enumerate().filter_map(|(row, line)| Some((row, column(line)?))).last();
        let (row, column) = found.unwrap();
        self.press(&format!("\x1b[<0;{};{}M\x1b[<0;{0};{1}m", column + 1, row + 1));
    }

    /// Whether the program asked for clicks.
    pub(crate) fn tells_clicks(&self) -> bool {
        self.screen.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    }

    /// The program's process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// The settings of the terminal (speed, raw or cooked, special characters).
    pub(crate) fn settings(&self) -> String {
        format!("{:?}", self.master.as_ref().unwrap().get_termios().unwrap())
    }

    /// Waits until the program is gone, and takes in what it still wrote.
    pub(crate) fn wait_for_end(&mut self) -> ExitStatus {
        let status = self.child.wait().unwrap();
        self.slave = None;
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.show(&bytes),
                Err(RecvTimeoutError::Disconnected) => return status,
                Err(RecvTimeoutError::Timeout) => panic!("the terminal is still held open"),
            }
        }
    }

    /// The person is back at the shell's own screen, with a cursor, and pastes are plain again.
    pub(crate) fn assert_given_back(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is still on");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "pastes are still marked");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }

    /// Takes in what comes for so long, and tells how many bytes it was and how often the program woke.
    pub(crate) fn listen(&mut self, time: Duration) -> (usize, u64) {
        let (end, written) = (Instant::now() + time, self.written.len());
        let before = self.switches();
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            if let Ok(bytes) = self.output.recv_timeout(left) {
                self.show(&bytes);
            }
        }
        let after = self.switches();
        let woke = after.iter().map(|(thread, count)| count - before.get(thread).unwrap_or(&0)).sum();
        (self.written.len() - written, woke)
    }

    /// How often each of the program's threads went to sleep by itself (proc(5)).
    fn switches(&self) -> HashMap<OsString, u64> {
        let tasks = format!("/proc/{}/task", self.child.process_id().unwrap());
        let tasks = std::fs::read_dir(tasks).unwrap().flatten();
        tasks
            .filter_map(|task| {
                let status = std::fs::read_to_string(task.path().join("status")).ok()?;
                let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
                Some((task.file_name(), count.trim().parse().ok()?))
            })
            .collect()
    }

    /// Sends a signal, and waits until the program is gone.
    pub(crate) fn end_by(&mut self, signal: Signal) -> End {
        let watched = Watched::of(&*self.child);
        self.signal(signal);
        let end = watched.until_gone();
        self.wait_for_end();
        end
    }

    /// Takes the terminal away, and waits until the program is gone.
    pub(crate) fn hang_up(mut self) -> End {
        // The reader ends with the next thing it can not pass on; only then is the last end of the terminal closed.
        drop(self.output);
        let other = PtySize { rows: 17, cols: 61, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(other).unwrap();
        self.reader.join().unwrap();
        let watched = Watched::of(&*self.child);
        drop((self.writer, self.slave, self.master));
        let end = watched.until_gone();
        self.child.wait().unwrap();
        end
    }
}

/// What an end took, from the reason for it to the last of the program.
#[derive(Debug)]
pub(crate) struct End {
    /// Time on the wall.
    pub(crate) took: Duration,
    /// Time on a core.
    pub(crate) worked: Duration,
}

/// A program that is about to end.
struct Watched {
    pid: Pid,
    worked: Duration,
    since: Instant,
}

impl Watched {
    fn of(child: &dyn Child) -> Watched {
        let pid = Pid::from_raw(i32::try_from(child.process_id().unwrap()).unwrap()).unwrap();
        Watched { pid, worked: worked(pid), since: Instant::now() }
    }

    fn until_gone(self) -> End {
        // Left to be waited for again: until then the kernel still says what it used.
        waitid(WaitId::Pid(self.pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT).unwrap();
        End { took: self.since.elapsed(), worked: worked(self.pid) - self.worked }
    }
}

/// The time a process had on a core (proc(5): `utime` and `stime`, in ticks, of which Linux has 100 a second).
fn worked(pid: Pid) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // Counted from behind the program's name, which may have anything in it.
    let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
    let ticks = |at: usize| fields[at].parse::<u64>().unwrap();
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}

fn read_all(mut reader: Box<dyn Read + Send>) -> (JoinHandle<()>, Receiver<Vec<u8>>) {
    let (tell, output) = channel();
    let thread = thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(count) = reader.read(&mut buffer) {
            let chunk = buffer[..count].to_vec();
            if count == 0 || tell.send(chunk).is_err() {
                break;
            }
        }
    });
    (thread, output)
}
