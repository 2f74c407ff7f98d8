//! Frames written to the terminal, each as one piece.

use crate::tui::model::App;
use crate::tui::model::hits::HitMap;
use crate::tui::view::{theme::Theme, title::title, view};
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{MoveTo, RestorePosition, SavePosition};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::mem::ManuallyDrop;

/// Room for the largest frame there usually is, so that it goes out in one write.
const FRAME: usize = 64 * 1024;
/// Synchronized output: a frame between its marks is shown as one.
const SYNCHRONIZED: u16 = 2026;
/// Does the terminal know synchronized output? (DECRQM; the answer is DECRPM, xterm's ctlseqs.)
const QUESTION: &str = "\x1b[?2026$p";

/// The terminal as a surface to draw on.
pub(super) struct Screen {
    /// Never dropped: ratatui's `Drop` tells on standard error that the cursor could not be shown, which panics where
    /// the terminal is gone, before the database is closed. The guard shows the cursor.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
    /// Whether the terminal said that it knows synchronized output.
    synchronized: bool,
    /// Whether the terminal still shows the last frame.
    is_known: bool,
    /// The title the window has.
    title: String,
    /// What the last frame has in its first cell.
    corner: Cell,
}

impl Screen {
    /// The surface; nothing is written yet.
    pub(super) fn new() -> io::Result<Screen> {
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME, stdout()));
        let terminal = ManuallyDrop::new(Terminal::new(backend)?);
        Ok(Screen {
            terminal,
            synchronized: false,
            is_known: true,
            title: String::new(),
            corner: Cell::default(),
        })
    }

    /// Asks the terminal what it can do. Nothing waits for the answer: until it is here, if ever, frames go out plain.
    ///
    /// To be called after a frame, so that none is held up by it. A terminal that does not know the question may show
    /// its last letter: it is asked in the first cell, which is drawn again.
    pub(super) fn ask(&mut self) -> io::Result<()> {
        self.synchronized = false;
        let backend = self.terminal.backend_mut();
        queue!(backend, SavePosition)?;
        queue!(backend, MoveTo(0, 0), Print(QUESTION))?;
        Backend::draw(backend, std::iter::once((0, 0, &self.corner)))?;
        queue!(backend, RestorePosition)?;
        Write::flush(backend)
    }

    /// Takes the answer. Of the settings, 1 and 2 (set, reset) are those that the program may change.
    pub(super) fn mode_is(&mut self, mode: u16, setting: u16) {
        if mode == SYNCHRONIZED {
            self.synchronized = matches!(setting, 1 | 2);
        }
    }

    /// Draws `app`, so that no frame is seen half done where the terminal can do that.
    pub(super) fn draw(&mut self, app: &App, theme: &Theme) -> io::Result<HitMap> {
        let mut hits = HitMap::default();
        self.name(app)?;
        if self.synchronized {
            queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        }
        if !self.is_known {
            self.wipe()?;
        }
        let drawn = self.terminal.draw(|frame| hits = view(app, theme, frame))?;
        self.corner = drawn.buffer.content().first().cloned().unwrap_or_default();
        if self.synchronized {
            queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        }
        Write::flush(self.terminal.backend_mut())?;
        Ok(hits)
    }

    /// Names the window (OSC 2), where its name changed.
    fn name(&mut self, app: &App) -> io::Result<()> {
        let title = title(app);
        if title != self.title {
            queue!(self.terminal.backend_mut(), Print(format_args!("\x1b]2;{title}\x07")))?;
            self.title = title;
        }
        Ok(())
    }

    /// Has the terminal put `text` on the clipboard (OSC 52): over SSH it is the only way to the person's own machine.
    /// A terminal that does not allow it ignores it, and says nothing.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))?;
        Write::flush(self.terminal.backend_mut())
    }

    /// What is on the screen is not known any more: the next frame is drawn whole.
    pub(super) fn forget(&mut self) {
        self.is_known = false;
        self.title.clear();
    }

    fn wipe(&mut self) -> io::Result<()> {
        // `Terminal::clear` would ask the terminal where its cursor is, and the answer would be read as keys.
        let size = self.terminal.backend().size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))?;
        self.is_known = true;
        Ok(())
    }
}
