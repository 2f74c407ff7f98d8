//! Where commands can be given now.

use super::command::Place;
use super::{App, Popup, Screen};

impl App {
    /// Where commands can be given now, the most particular place first.
    pub fn places(&self) -> Vec<Place> {
        match &self.popup {
            Some(Popup::Stores(_) | Popup::Palette(_) | Popup::Reports(_)) => {
                vec![Place::List, Place::Everywhere]
            }
            Some(Popup::Into(_)) => vec![Place::Folder, Place::Form, Place::Everywhere],
            Some(Popup::Search(_)) => vec![Place::Search, Place::List, Place::Everywhere],
            Some(Popup::Question(question)) if question.is_for_text() => {
                vec![Place::Proof, Place::Everywhere]
            }
            Some(Popup::Question(_)) => vec![Place::Question, Place::Everywhere],
            Some(Popup::Help(help)) => help.places().to_vec(),
            Some(Popup::Explain(_)) => vec![Place::Text, Place::Rows, Place::Everywhere],
            None => self.places_below(),
        }
    }

    /// The same for the screen alone, whatever lies over it.
    pub fn places_below(&self) -> Vec<Place> {
        self.with_places_of_reports(self.places_of_screen())
    }

    fn places_of_screen(&self) -> Vec<Place> {
        if let Some(gallery) = &self.gallery {
            return [gallery.places(), &[Place::Gallery, Place::Everywhere]].concat();
        }
        if self.lock.is_some() {
            return vec![Place::Lock, Place::Everywhere];
        }
        let of_screen: &[Place] = match self.screen {
            Screen::SignIn => return vec![self.sign_in.place(), Place::Everywhere],
            Screen::Security => self.security.places(),
            Screen::Dashboard => match &self.dashboard.dialog {
                Some(dialog) => return dialog.places().to_vec(),
                None => &[Place::Dashboard],
            },
            Screen::Load => &self.load.places(),
            Screen::Users => return self.places_of_users(),
            Screen::Audit => return self.places_of_audit(),
            Screen::Records => return self.places_of_records(),
            Screen::Runs => &self.runs.places(),
            Screen::Export => self.export.places(),
            Screen::Database => self.database.places(),
        };
        [of_screen, &[Place::SignedIn, Place::Everywhere]].concat()
    }
}
