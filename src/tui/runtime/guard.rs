//! The terminal is taken, and given back as it was found, whatever happens in between.

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use std::io::{self, stdout};
use std::panic::{self, PanicHookInfo};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Puts the window's title on the terminal's stack, and takes it back from there (XTWINOPS 22 and 23).
const KEEP_TITLE: &str = "\x1b[22;2t";
const GIVE_TITLE_BACK: &str = "\x1b[23;2t";

/// Whether the terminal is taken. It is given back once: a title taken from the stack twice would be somebody else's.
static TAKEN: AtomicBool = AtomicBool::new(false);

type Hook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// Holds the terminal; gives it back when dropped.
pub(super) struct Guard {
    found: Arc<Hook>,
}

impl Guard {
    /// Takes the terminal: raw keys, a screen of its own, pastes marked as such.
    pub(super) fn enter() -> io::Result<Guard> {
        let found: Arc<Hook> = Arc::from(panic::take_hook());
        hook_panics(Arc::clone(&found));
        let guard = Guard { found };
        guard.take()?;
        Ok(guard)
    }

    /// Takes the terminal again after [`Guard::leave`].
    pub(super) fn take(&self) -> io::Result<()> {
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        execute!(stdout(), Print(KEEP_TITLE), EnterAlternateScreen, EnableBracketedPaste, Hide)
    }

    /// Gives it back.
    pub(super) fn leave(&self) {
        give_back();
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
        if !thread::panicking() {
            let found = Arc::clone(&self.found);
            panic::set_hook(Box::new(move |info| found(info)));
        }
    }
}

/// Undoes all that was done to the terminal. The terminal may be gone, and then there is nobody to tell.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = execute!(
        stdout(),
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        ResetColor,
        Show,
        LeaveAlternateScreen,
        Print(GIVE_TITLE_BACK)
    );
    let _ = disable_raw_mode();
}

/// A panic of the thread that draws gives the terminal back first, so that its message can be read. One of a worker
/// goes to the log alone: the screens live on, and its words must not be written over them.
fn hook_panics(found: Arc<Hook>) {
    let screens = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == screens {
            give_back();
            found(info);
        } else {
            tracing::error!(panic = %info, "a task behind the screens panicked");
        }
    }));
}
