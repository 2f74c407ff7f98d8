//! A terminal that answers what it is told to.

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::ioctl_fionread;
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Longer than anything takes on the slowest machine: reached only when something is broken.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    /// Kept open, so that the terminal lives on after the program, as under a shell.
    slave: Option<Box<dyn SlavePty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    seen: Vec<u8>,
    /// The settings before.
    found: String,
    /// The settings after, and what was left to read.
    left: Option<(String, u64)>,
}

impl Pty {
    /// A program in a terminal of 100 columns and 30 rows.
    pub(crate) fn run(program: &str, arguments: &[&str], environment: &[(String, String)]) -> Pty {
        let size = PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let found = format!("{:?}", pair.master.get_termios().unwrap());
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        for name in ["NO_COLOR", "COLORTERM", "TMUX"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (tell, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if tell.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Pty {
            master: pair.master,
            writer,
            slave: Some(pair.slave),
            child,
            output,
            seen: Vec::new(),
            found,
            left: None,
        }
    }

    /// Waits until the program has written this, `times` in all.
    pub(crate) fn wait_for(&mut self, text: &str, times: usize) {
        while String::from_utf8_lossy(&self.seen).matches(text).count() < times {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.seen.extend(bytes),
                Err(error) => panic!("{text:?} did not come ({error}): {}", self.text()),
            }
        }
    }

    /// Sends what a terminal would.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// Waits until the program is gone and its last words are read.
    pub(crate) fn wait_for_end(&mut self) -> ExitStatus {
        let status = self.child.wait().unwrap();
        self.left = Some(self.state());
        self.slave = None;
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.seen.extend(bytes),
                Err(RecvTimeoutError::Disconnected) => return status,
                Err(RecvTimeoutError::Timeout) => panic!("the terminal is still held open: {}", self.text()),
            }
        }
    }

    /// The terminal's settings, and how many bytes wait to be typed into the shell.
    fn state(&self) -> (String, u64) {
        let settings = format!("{:?}", self.master.get_termios().unwrap());
        let device =
            open(self.master.tty_name().unwrap(), OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        // A line that has no end yet is counted in raw mode only.
        let mut raw = tcgetattr(&device).unwrap();
        raw.make_raw();
        tcsetattr(&device, OptionalActions::Now, &raw).unwrap();
        (settings, ioctl_fionread(&device).unwrap())
    }

    /// Everything the program wrote.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }

    /// What a person sees of it.
    pub(crate) fn screen(&self) -> String {
        let mut screen = vt100::Parser::new(60.try_into().unwrap(), 300.try_into().unwrap(), 0);
        screen.process(&self.seen);
        screen.screen().contents()
    }

    /// The program left the terminal's settings as they were, and nothing to be typed into the shell.
    pub(crate) fn assert_given_back(&self) {
        assert_eq!(self.left, Some((self.found.clone(), 0)), "settings, and bytes for the shell");
    }
}
