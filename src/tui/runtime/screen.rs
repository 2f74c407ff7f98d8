//! Frames written to the terminal, each as one piece.

use crate::tui::model::App;
use crate::tui::model::hits::HitMap;
use crate::tui::surface::Surface;
use crate::tui::view::{draw, theme::Theme, title::title};
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{MoveTo, RestorePosition, SavePosition};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::layout::Rect;
use rustix::termios::tcgetwinsize;
use std::io::{self, Write, stdout};

/// Synchronized output: a frame between its marks is shown as one.
const SYNCHRONIZED: u16 = 2026;
/// Does the terminal know synchronized output? (DECRQM; the answer is DECRPM, xterm's ctlseqs.)
const QUESTION: &str = "\x1b[?2026$p";

/// The terminal as a surface to draw on.
#[derive(Default)]
pub(super) struct Screen {
    surface: Surface,
    /// Whether the terminal said that it knows synchronized output.
    synchronized: bool,
    /// The title the window has.
    title: String,
    /// What is written next, so that a frame goes out in one write.
    out: Vec<u8>,
}

impl Screen {
    /// Asks the terminal what it can do. Nothing waits for the answer: until it is here, if ever, frames go out plain.
    ///
    /// To be called after a frame, so that none is held up by it. A terminal that does not know the question may show
    /// its last letter: it is asked in the first cell, which is drawn again.
    pub(super) fn ask(&mut self) -> io::Result<()> {
        self.synchronized = false;
        queue!(self.out, SavePosition, MoveTo(0, 0), Print(QUESTION))?;
        let corner = self.surface.corner().map(|cell| (0, 0, cell));
        CrosstermBackend::new(&mut self.out).draw(corner.into_iter())?;
        queue!(self.out, RestorePosition)?;
        self.write()
    }

    /// Takes the answer. Of the settings, 1 and 2 (set, reset) are those that the program may change.
    pub(super) fn mode_is(&mut self, mode: u16, setting: u16) {
        if mode == SYNCHRONIZED {
            self.synchronized = matches!(setting, 1 | 2);
        }
    }

    /// Draws `app`, so that no frame is seen half done where the terminal can do that. Where nothing changed, nothing is
    /// written.
    pub(super) fn draw(&mut self, app: &App, theme: &Theme) -> io::Result<HitMap> {
        let size = tcgetwinsize(stdout())?;
        let area = Rect::new(0, 0, size.ws_col, size.ws_row);
        let mut hits = HitMap::default();
        self.name(app)?;
        let frame = self.surface.frame(area, |buffer| {
            let drawn = draw(app, theme, area, buffer);
            hits = drawn.hits;
            drawn.cursor
        })?;
        match (frame.is_empty(), self.synchronized) {
            (true, _) => {}
            (false, false) => self.out.extend_from_slice(frame),
            (false, true) => {
                queue!(self.out, BeginSynchronizedUpdate)?;
                self.out.extend_from_slice(frame);
                queue!(self.out, EndSynchronizedUpdate)?;
            }
        }
        self.write()?;
        Ok(hits)
    }

    /// Names the window (OSC 2), where its name changed.
    fn name(&mut self, app: &App) -> io::Result<()> {
        let title = title(app);
        if title != self.title {
            queue!(self.out, Print(format_args!("\x1b]2;{title}\x07")))?;
            self.title = title;
        }
        Ok(())
    }

    /// Has the terminal put `text` on the clipboard (OSC 52): over SSH it is the only way to the person's own machine.
    /// A terminal that does not allow it ignores it, and says nothing.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        queue!(self.out, CopyToClipboard::to_clipboard_from(text))?;
        self.write()
    }

    /// What is on the screen is not known any more: the next frame is drawn whole.
    pub(super) fn forget(&mut self) {
        self.surface.forget();
        self.title.clear();
    }

    fn write(&mut self) -> io::Result<()> {
        if self.out.is_empty() {
            return Ok(());
        }
        let mut terminal = stdout().lock();
        terminal.write_all(&self.out)?;
        self.out.clear();
        terminal.flush()
    }
}
