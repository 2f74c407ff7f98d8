//! Asking the terminal. It is made raw for the time of the questions and given back as it was found, whatever happens:
//! no answer, garbage, a signal.

use super::answers::{Answer, answers};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr,
};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::{flag, low_level};
use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// How long the terminal may take to answer everything; a line over a satellite takes less.
pub(super) const PATIENCE: Duration = Duration::from_millis(1000);
/// How many round trips are measured.
const ROUND_TRIPS: usize = 3;
/// More than any terminal answers; whoever sends more is not answering.
const MOST: usize = 16 * 1024;

/// Every question at once. The last is one that every terminal answers, so its answer says that no other is to come. What
/// a terminal that does not know a question writes instead of an answer is erased at the end.
const QUESTIONS: &str = concat!(
    "\r",
    "\x1b[?2026$p",
    "\x1b[?2004$p",
    "\x1bP+q524742\x1b\\",
    "\x1bP+q4d73\x1b\\",
    "\x1b[48;2;1;2;3m\x1bP$qm\x1b\\\x1b[m",
    "\x1b[c",
    "\r\x1b[K"
);
/// "Are you there?" (DSR 5).
const THERE: &str = "\x1b[5n";

/// What came of asking.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Columns and rows; `None` where the terminal does not say.
    pub(super) size: Option<(u16, u16)>,
    /// Whether anything was sent back, be it an answer or not.
    pub(super) anything: bool,
    /// The answers.
    pub(super) answers: Vec<Answer>,
    /// The middle one of a few round trips.
    pub(super) round_trip: Option<Duration>,
}

/// Why the terminal was not asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotAsked {
    /// There is none, or it can not be used.
    #[error("this is not a terminal")]
    NotATerminal,
    /// Another program has it: asking would stop this one.
    #[error("the terminal belongs to another job of the shell")]
    Background,
    /// The system says no.
    #[error("the terminal can not be asked: {0}")]
    Failed(#[from] io::Error),
}

/// Asks the terminal that this process runs in. Takes no longer than [`PATIENCE`] for the questions and as long again
/// for the round trips.
pub(super) fn ask(questions: bool) -> Result<Told, NotAsked> {
    if !rustix::termios::isatty(io::stdin()) {
        return Err(NotAsked::NotATerminal);
    }
    // Opened anew, so that not waiting on it is ours alone and not also the shell's.
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let device = rustix::fs::open("/dev/tty", flags, Mode::empty()).map_err(|_| NotAsked::NotATerminal)?;
    // Changing a terminal from the background stops the process (termios(3), SIGTTOU).
    if tcgetpgrp(&device).map_err(io::Error::from)? != rustix::process::getpgrp() {
        return Err(NotAsked::Background);
    }
    let size = tcgetwinsize(&device).ok().filter(|size| size.ws_col > 0 && size.ws_row > 0);
    let mut told = Told { size: size.map(|size| (size.ws_col, size.ws_row)), ..Told::default() };
    if questions {
        let raw = Raw::enter(device)?;
        converse(&raw.device, &mut told)?;
    }
    Ok(told)
}

fn converse(device: &OwnedFd, told: &mut Told) -> io::Result<()> {
    let until = Instant::now() + PATIENCE;
    let done = |answers: &[Answer]| answers.iter().any(|answer| matches!(answer, Answer::Attributes(_)));
    (told.answers, told.anything) = exchange(device, QUESTIONS, until, done)?;
    if !done(&told.answers) {
        return Ok(());
    }
    let until = Instant::now() + PATIENCE;
    let mut trips = Vec::new();
    while trips.len() < ROUND_TRIPS {
        let begun = Instant::now();
        let (answers, _) = exchange(device, THERE, until, |answers| answers.contains(&Answer::Well))?;
        if !answers.contains(&Answer::Well) {
            break;
        }
        trips.push(begun.elapsed());
    }
    trips.sort();
    told.round_trip = trips.get(trips.len() / 2).copied();
    Ok(())
}

/// Sends a question and reads until its answer is there, or the time is up. Also says whether anything came at all.
fn exchange(
    device: &OwnedFd,
    question: &str,
    until: Instant,
    done: impl Fn(&[Answer]) -> bool,
) -> io::Result<(Vec<Answer>, bool)> {
    let mut left = question.as_bytes();
    while !left.is_empty() && ready(device, PollFlags::OUT, until)? {
        match rustix::io::write(device, left) {
            Ok(count) => left = left.get(count..).unwrap_or_default(),
            Err(Errno::AGAIN | Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut sent = Vec::new();
    let mut found = Vec::new();
    while !done(&found) && sent.len() < MOST && ready(device, PollFlags::IN, until)? {
        let mut buffer = [0; 1024];
        match rustix::io::read(device, &mut buffer) {
            // The terminal was closed.
            Ok(0) => break,
            Ok(count) => sent.extend_from_slice(buffer.get(..count).unwrap_or_default()),
            Err(Errno::AGAIN | Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        found = answers(&sent);
    }
    Ok((found, !sent.is_empty()))
}

/// Waits until the terminal can be read or written; `false` when the time is up.
fn ready(device: &OwnedFd, what: PollFlags, until: Instant) -> io::Result<bool> {
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            // Whoever sends without end is not waited for without end.
            return Ok(false);
        }
        let left = Timespec::try_from(left).map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(device, what)], Some(&left)) {
            Ok(count) => return Ok(count > 0),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// The terminal while it is raw: no echo, no lines, and no signals from keys, which would leave it so.
struct Raw {
    device: OwnedFd,
    found: Termios,
    signals: Signals,
}

impl Raw {
    fn enter(device: OwnedFd) -> io::Result<Raw> {
        let signals = Signals::hold()?;
        let found = tcgetattr(&device)?;
        let mut raw = found.clone();
        raw.make_raw();
        // Made by hand, so that the terminal is given back even where setting it fails half-way.
        let guard = Raw { device, found, signals };
        tcsetattr(&guard.device, OptionalActions::Now, &raw)?;
        Ok(guard)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // What is still unread is an answer that came late or garbage, and must not be typed into the shell. Nothing
        // waits for output here: a terminal that was stopped (Ctrl-S) would hold it up for ever.
        let _ = tcflush(&self.device, QueueSelector::IFlush);
        let _ = tcsetattr(&self.device, OptionalActions::Now, &self.found);
        self.signals.release();
    }
}

/// Signals that would end the program are put off while the terminal is raw.
struct Signals {
    /// The one that came; 0 for none.
    came: Arc<AtomicUsize>,
    released: Arc<AtomicBool>,
}

impl Signals {
    fn hold() -> io::Result<Signals> {
        let signals = Signals { came: Arc::default(), released: Arc::default() };
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            let number = usize::try_from(signal).map_err(io::Error::other)?;
            flag::register_usize(signal, Arc::clone(&signals.came), number)?;
            flag::register_conditional_default(signal, Arc::clone(&signals.released))?;
        }
        Ok(signals)
    }

    fn release(&self) {
        self.released.store(true, Ordering::SeqCst);
        if let Ok(signal) = i32::try_from(self.came.swap(0, Ordering::SeqCst))
            && signal > 0
        {
            let _ = low_level::emulate_default_handler(signal);
        }
    }
}
