//! Frames written to the terminal, each as one piece.

use crate::tui::model::App;
use crate::tui::model::hits::HitMap;
use crate::tui::view::{theme::Theme, view};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::layout::Rect;
use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::mem::ManuallyDrop;

/// Room for the largest frame there usually is, so that it goes out in one write.
const FRAME: usize = 64 * 1024;

/// The terminal as a surface to draw on.
pub(super) struct Screen {
    /// Never dropped: ratatui's `Drop` tells on standard error that the cursor could not be shown, which panics where
    /// the terminal is gone, before the database is closed. The guard shows the cursor.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
}

impl Screen {
    /// The surface; nothing is written yet.
    pub(super) fn new() -> io::Result<Screen> {
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME, stdout()));
        Ok(Screen { terminal: ManuallyDrop::new(Terminal::new(backend)?) })
    }

    /// Draws `app`. The frame is wrapped in a synchronized update (mode 2026), which a terminal that does not know it
    /// ignores, so that it is never seen half done.
    pub(super) fn draw(&mut self, app: &App, theme: &Theme) -> io::Result<HitMap> {
        let mut hits = HitMap::default();
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| hits = view(app, theme, frame))?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Write::flush(self.terminal.backend_mut())?;
        Ok(hits)
    }

    /// What is on the screen is not known any more: the next frame is drawn whole.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        // `Terminal::clear` would ask the terminal where its cursor is, and the answer would be read as keys.
        let size = self.terminal.backend().size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }
}
