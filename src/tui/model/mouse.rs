//! What a click and the wheel do. Nothing can be done with the mouse alone.

use super::command::Command;
use super::hits::{Direction, Target};
use super::message::Effect;
use super::{App, Popup};
use jiff::Timestamp;

impl App {
    /// A click gives the command of a hint, chooses a row, or takes the focus to a tile; on the tile that has it, it
    /// explains the figure.
    pub(super) fn click(&mut self, column: u16, row: u16, now: Timestamp) -> Vec<Effect> {
        if self.sign_in.checking.is_some() && self.popup.is_none() {
            return Vec::new();
        }
        self.notice = None;
        self.told = None;
        match self.hits.at(column, row) {
            Some(Target::Hint(command)) => return self.command(command, now),
            Some(Target::Row(row)) => return self.choose_row(row, now),
            Some(Target::Tile(tile)) if self.dashboard.focus == tile => {
                return self.command(Command::Explain, now);
            }
            Some(Target::Tile(tile)) => self.dashboard.focus = tile,
            None => {}
        }
        Vec::new()
    }

    /// The wheel scrolls what lies over the screen, and the receipt of a load.
    pub(super) fn turn_wheel(&mut self, way: Direction, now: Timestamp) -> Vec<Effect> {
        let is_a_list = self.popup.is_some() || self.places().contains(&super::Place::LoadDone);
        match way {
            Direction::Up if is_a_list => self.command(Command::Up, now),
            Direction::Down if is_a_list => self.command(Command::Down, now),
            _ => Vec::new(),
        }
    }

    fn choose_row(&mut self, row: usize, now: Timestamp) -> Vec<Effect> {
        match &mut self.popup {
            Some(Popup::Palette(palette)) => palette.go_to(row),
            Some(Popup::Stores(list)) => list.go_to(row),
            _ => return Vec::new(),
        }
        self.command(Command::Accept, now)
    }
}
