//! What a click and the wheel do. Nothing can be done with the mouse alone.

use super::command::{Command, Place};
use super::hits::{Direction, Target};
use super::message::Effect;
use super::{App, Popup, Screen};
use jiff::Timestamp;

impl App {
    /// A click gives the command of a hint, chooses a row or a field, or takes the focus to a tile; on the tile that has it, it
    /// explains the figure, and on the part of a
    /// tile that has it, it opens what is behind it.
    pub(super) fn click(&mut self, column: u16, row: u16, now: Timestamp) -> Vec<Effect> {
        if self.is_checking() {
            return Vec::new();
        }
        self.clear_words();
        match self.hits.at(column, row) {
            Some(Target::Hint(command)) => return self.command(command, now),
            Some(Target::Row(row)) => return self.choose_row(row, now),
            Some(Target::Field(field)) => return self.choose_field(field),
            Some(Target::Tile(tile)) if self.dashboard.is_whole(tile) => {
                return self.command(Command::Explain, now);
            }
            Some(Target::Tile(tile)) => self.dashboard.focus_on(tile),
            Some(Target::Part(tile, part)) if self.dashboard.focus_on_part(tile, part) => {
                return self.command(Command::Accept, now);
            }
            Some(Target::Part(..)) => {}
            None => {}
        }
        Vec::new()
    }

    /// The wheel scrolls what lies over the screen, and the receipt of a load.
    pub(super) fn turn_wheel(&mut self, way: Direction, now: Timestamp) -> Vec<Effect> {
        let places = self.places();
        let is_a_list = places.contains(&Place::Rows) || places.contains(&Place::List);
        match way {
            Direction::Up if is_a_list => self.command(Command::Up, now),
            Direction::Down if is_a_list => self.command(Command::Down, now),
            _ => Vec::new(),
        }
    }

    /// A row of a list is chosen at once; a row of a table has the cursor first, and is opened by the next click.
    fn choose_row(&mut self, row: usize, now: Timestamp) -> Vec<Effect> {
        match &mut self.popup {
            Some(Popup::Palette(list)) => list.go_to(row),
            Some(Popup::Stores(list)) => list.go_to(row),
            Some(Popup::Reports(list)) => list.go_to(row),
            Some(Popup::Search(search)) => search.go_to(row),
            Some(Popup::Help(_)) => return self.choose_in_help(row, now),
            Some(Popup::Explain(_) | Popup::Question(_) | Popup::Into(_)) => return Vec::new(),
            None if self.screen == Screen::Security => {
                self.security.go_to(row);
                return Vec::new();
            }
            None if self.gallery.is_none() => return self.choose_row_at_desk(row, now),
            None => {
                return self.gallery.as_mut().map_or_else(Vec::new, |gallery| gallery.choose_row(row));
            }
        }
        self.command(Command::Accept, now)
    }

    /// A command of the help is given, if it means something on the screen below.
    fn choose_in_help(&mut self, row: usize, now: Timestamp) -> Vec<Effect> {
        let Some(Popup::Help(help)) = &self.popup else {
            return Vec::new();
        };
        let shown = self.help(help.find.words().text());
        let Some(entry) = shown.into_iter().flat_map(|(_, entries)| entries).nth(row) else {
            return Vec::new();
        };
        if !self.places_below().contains(&entry.place) {
            return Vec::new();
        }
        self.popup = None;
        self.ask(entry, now)
    }

    fn choose_field(&mut self, field: usize) -> Vec<Effect> {
        if let Some(gallery) = &mut self.gallery {
            gallery.form.go_to(field);
            return Vec::new();
        }
        match self.screen {
            Screen::SignIn => self.sign_in.go_to(field),
            Screen::Security => self.security.go_to_line(field),
            Screen::Audit => self.audit.go_to_field(field),
            Screen::Load => self.touch_load(field),
            Screen::Export => self.touch_export(field),
            Screen::Dashboard => {
                if let Some(dialog) = &mut self.dashboard.dialog {
                    dialog.form_mut().go_to(field);
                }
            }
            Screen::Records => self.records.go_to_field(field),
            Screen::Users | Screen::Runs | Screen::Database => {}
        }
        Vec::new()
    }
}
