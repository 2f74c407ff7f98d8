//! From frames to bytes: what turns the last frame into the next one, and no more. Writes nothing itself.

mod shift;
#[cfg(test)]
mod tests;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{Clear, ClearType};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use shift::Shift;
use std::io;

/// What a terminal shows, as far as it was told.
#[derive(Debug, Default)]
pub struct Surface {
    shown: Buffer,
    next: Buffer,
    cursor: Option<Position>,
    /// Whether the terminal still shows what it was told.
    is_known: bool,
    bytes: Vec<u8>,
}

impl Surface {
    /// What is on the screen is not known any more: the next frame is drawn whole.
    pub fn forget(&mut self) {
        self.is_known = false;
    }

    /// The first cell of the last frame.
    pub fn corner(&self) -> Option<&Cell> {
        self.shown.content().first()
    }

    /// The bytes for the frame that `paint` draws into a blank buffer of this area; it answers where the terminal's
    /// cursor belongs, if anywhere. There are none where nothing changed.
    ///
    /// # Errors
    /// None that is known: the bytes go to memory. The type is that of the libraries which make them.
    pub fn frame(
        &mut self,
        area: Rect,
        paint: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<&[u8]> {
        self.bytes.clear();
        if !self.is_known || area != self.shown.area {
            self.begin(area)?;
        }
        self.next.reset();
        let cursor = paint(&mut self.next);
        if let Some(shift) = shift::find(&self.shown, &self.next) {
            self.scroll(shift)?;
        }
        let mut changes = self.shown.diff_iter(&self.next).peekable();
        if changes.peek().is_some() {
            CrosstermBackend::new(&mut self.bytes).draw(changes)?;
        }
        self.place(cursor)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(&self.bytes)
    }

    /// Begins anew, with a blank screen of this size.
    fn begin(&mut self, area: Rect) -> io::Result<()> {
        queue!(self.bytes, SetAttribute(Attribute::Reset), Clear(ClearType::All), Hide)?;
        self.shown = Buffer::empty(area);
        self.next = Buffer::empty(area);
        self.cursor = None;
        self.is_known = true;
        Ok(())
    }

    /// Has the terminal move rows that it shows already.
    ///
    /// By margins (DECSTBM) and deleted or inserted lines (DL, IL; ECMA-48, 8.3.32 and 8.3.67), which a VT102 knows, the
    /// Linux console as well, unlike SU and SD. The margins are taken away at once: nothing else knows of them.
    fn scroll(&mut self, shift: Shift) -> io::Result<()> {
        let Shift { top, bottom, up, by } = shift;
        let (first, way) = (top + 1, if up { 'M' } else { 'L' });
        // New lines get the colours that are set. After the margins the cursor is somewhere else.
        queue!(self.bytes, SetAttribute(Attribute::Reset), Print(format_args!("\x1b[{first};{bottom}r")))?;
        queue!(self.bytes, MoveTo(0, top), Print(format_args!("\x1b[{by}{way}\x1b[r")))?;
        shift.apply(&mut self.shown);
        Ok(())
    }

    /// Puts the cursor where it belongs: whatever was drawn has left it elsewhere.
    fn place(&mut self, cursor: Option<Position>) -> io::Result<()> {
        let has_moved = !self.bytes.is_empty() || cursor != self.cursor;
        match (self.cursor, cursor) {
            (None, None) => {}
            (Some(_), None) => queue!(self.bytes, Hide)?,
            (None, Some(at)) => queue!(self.bytes, MoveTo(at.x, at.y), Show)?,
            (Some(_), Some(at)) if has_moved => queue!(self.bytes, MoveTo(at.x, at.y))?,
            (Some(_), Some(_)) => {}
        }
        self.cursor = cursor;
        Ok(())
    }
}
