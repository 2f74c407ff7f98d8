//! Signals, and the shell's job control.

use rustix::process::{Signal as Kill, getppid, getsid, kill_current_process_group};
use std::io;
use tokio::signal::unix::{self, SignalKind, signal};

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// Leave now: the system shuts down, the connection is gone, or somebody wants the program to end.
    End,
    /// Stop, and let the shell have the terminal.
    Stop,
    /// The shell brought the program to the front again.
    Continued,
    /// The terminal has another size.
    Resized,
}

/// The signals the program handles.
pub(super) struct Signals {
    terminate: unix::Signal,
    hangup: unix::Signal,
    interrupt: unix::Signal,
    stop: unix::Signal,
    continued: unix::Signal,
    resized: unix::Signal,
}

impl Signals {
    /// Handles them from now on.
    pub(super) fn new() -> io::Result<Signals> {
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
            // Raw mode turns ^C into a key: a SIGINT here was sent by somebody, and means it.
            interrupt: signal(SignalKind::interrupt())?,
            stop: signal(SignalKind::from_raw(Kill::TSTP.as_raw()))?,
            continued: signal(SignalKind::from_raw(Kill::CONT.as_raw()))?,
            resized: signal(SignalKind::window_change())?,
        })
    }

    /// The next one.
    pub(super) async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.terminate.recv() => Signal::End,
            _ = self.hangup.recv() => Signal::End,
            _ = self.interrupt.recv() => Signal::End,
            _ = self.stop.recv() => Signal::Stop,
            _ = self.continued.recv() => Signal::Continued,
            _ = self.resized.recv() => Signal::Resized,
        }
    }
}

/// Whether a shell waits that could bring the program back: it is the parent, in the same session. Without one (as the
/// command of an SSH connection or a tmux pane) a stopped program would never go on.
pub(super) fn has_shell() -> bool {
    let ours = getsid(None).ok();
    getppid().and_then(|parent| getsid(Some(parent)).ok()).is_some_and(|theirs| Some(theirs) == ours)
}

/// Stops the program and whatever was started with it in one job, until SIGCONT comes.
///
/// SIGSTOP, because SIGTSTP is handled here; the whole group, because a wrapper (a script, `cargo run`) that went on
/// running would keep the shell waiting.
pub(super) fn stop_here() -> io::Result<()> {
    kill_current_process_group(Kill::STOP).map_err(io::Error::from)
}
