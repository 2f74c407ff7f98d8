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
    mouse: bool,
}

/// Clicks and the wheel (mode 1000), told in the form that knows any column (1006). Not crossterm's own capture: it
/// asks for each movement of the mouse as well (1003), which would wake an idle program.
const MOUSE_ON: Print<&str> = Print("\x1b[?1000h\x1b[?1006h");
const MOUSE_OFF: Print<&str> = Print("\x1b[?1006l\x1b[?1000l");

impl Guard {
    /// Takes the terminal: raw keys, a screen of its own, pastes marked as such, and the mouse where it is asked for.
    pub(super) fn enter(mouse: bool) -> io::Result<Guard> {
        let found: Arc<Hook> = Arc::from(panic::take_hook());
        hook_panics(Arc::clone(&found));
        let guard = Guard { found, mouse };
        guard.take()?;
        Ok(guard)
    }

    /// Takes the terminal again after [`Guard::leave`].
    pub(super) fn take(&self) -> io::Result<()> {
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        execute!(stdout(), Print(KEEP_TITLE), EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        if self.mouse { execute!(stdout(), MOUSE_ON) } else { Ok(()) }
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
        MOUSE_OFF,
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
