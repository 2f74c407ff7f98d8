//! Every shared piece on one screen, to be looked at; it needs no database.

mod pieces;
pub mod source;
#[cfg(test)]
mod tests;

use super::App;
use super::command::{Command, Place};
use super::key::Key;
use super::message::{Effect, Failure, Query, RequestId, Source};
use super::question::Stake;
use super::widgets::data_table::{Ask, DataTable, Outcome, Rows};
use super::widgets::form::{Form, Outcome as OfForm};
use super::widgets::log_view::LogView;
use super::widgets::pick_list::PickList;
use super::widgets::qr::Qr;
use super::widgets::toast::{Mood, Toasts};

/// An example's secret, and nobody's.
pub const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// A page of the gallery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is named after what it shows")]
pub enum Plate {
    Form,
    Table,
    List,
    Questions,
    Charts,
    Log,
    Code,
}

impl Plate {
    /// Every page, in the order of their keys.
    pub const ALL: [Plate; 7] =
        [Plate::Table, Plate::List, Plate::Questions, Plate::Form, Plate::Charts, Plate::Log, Plate::Code];
}

/// The gallery.
#[derive(Debug)]
pub struct Gallery {
    /// The page in sight.
    pub plate: Plate,
    /// A form.
    pub form: Form,
    /// A table of a million rows.
    pub table: DataTable,
    /// A list to pick a role from.
    pub list: PickList<&'static str>,
    /// Lines of a log.
    pub log: LogView,
    /// The code of a second factor that holds [`SECRET`].
    pub code: Option<Qr>,
    /// What was said.
    pub toasts: Toasts,
    last_id: u64,
}

impl Default for Gallery {
    fn default() -> Self {
        Gallery {
            plate: Plate::Form,
            form: pieces::form(),
            table: DataTable::new(source::COLUMNS),
            list: pieces::list(),
            log: pieces::log(),
            code: Qr::of(&pieces::uri()),
            toasts: Toasts::default(),
            last_id: 0,
        }
    }
}

/// The maker of ids for the questions of the table.
fn ids(last: &mut u64) -> impl FnMut() -> RequestId {
    move || {
        *last += 1;
        RequestId(*last)
    }
}

fn query(ask: Ask) -> Vec<Effect> {
    vec![Effect::Query(ask.id, Query::Rows(Source::Gallery, ask.page))]
}

impl Gallery {
    /// Takes in how many rows what is in sight had room for in the last frame.
    pub fn resize(&mut self, rows: u16) {
        match self.plate {
            Plate::Table => self.table.resize(rows),
            Plate::Log => self.log.resize(rows),
            _ => {}
        }
    }

    /// Where the commands of the page can be given now, the most particular place first.
    pub fn places(&self) -> &'static [Place] {
        match self.plate {
            Plate::Form => &[Place::Form],
            Plate::Table => self.table.places(),
            Plate::List => &[Place::List],
            Plate::Questions => &[Place::Questions],
            Plate::Log => self.log.places(),
            Plate::Charts | Plate::Code => &[],
        }
    }

    /// Whether a key with a character is text now, and no command.
    pub fn is_typing(&self) -> bool {
        self.places().first().is_some_and(|place| place.is_for_text())
    }

    /// Whether going back would lose what is typed in the form.
    pub fn has_unsaved_text(&self) -> bool {
        self.plate == Plate::Form && self.form.is_changed()
    }

    /// Carries out a command of the page.
    pub fn command(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::OpenPlate(plate) => return self.open(plate),
            Command::TryYes | Command::TryName | Command::TryCode => self.toasts.say(Mood::Good, "Yes."),
            Command::No => self.toasts.say(Mood::Bad, "No."),
            _ => return self.on_plate(command),
        }
        Vec::new()
    }

    fn on_plate(&mut self, command: Command) -> Vec<Effect> {
        match self.plate {
            Plate::Table => {
                let outcome = self.table.command(command, ids(&mut self.last_id));
                return self.after(outcome);
            }
            Plate::Form => {
                if self.form.command(command) == OfForm::Submit {
                    self.form = pieces::form();
                    self.toasts.say(Mood::Good, "The form is right.");
                }
            }
            Plate::List if command == Command::Accept => {
                if let Some(words) = self.list.current() {
                    self.toasts.say(Mood::Plain, words);
                }
            }
            Plate::List => self.list.command(command),
            Plate::Log => self.log.command(command),
            Plate::Questions | Plate::Charts | Plate::Code => {}
        }
        Vec::new()
    }

    fn after(&mut self, outcome: Outcome) -> Vec<Effect> {
        match outcome {
            Outcome::Ask(ask) => return query(ask),
            Outcome::Open(row) => self.toasts.say(Mood::Plain, &format!("order {}", row.0)),
            Outcome::Ignored | Outcome::Done => {}
        }
        Vec::new()
    }

    /// Esc.
    pub fn step_back(&mut self) -> Vec<Effect> {
        match self.plate {
            Plate::Table => {
                let outcome = self.table.step_back(ids(&mut self.last_id));
                return self.after(outcome);
            }
            Plate::Log => {
                self.log.step_back();
            }
            Plate::Form => self.form = pieces::form(),
            Plate::List | Plate::Questions | Plate::Charts | Plate::Code => {}
        }
        Vec::new()
    }

    /// Does what `key` means where text is typed.
    pub fn type_key(&mut self, key: Key) -> Vec<Effect> {
        match self.plate {
            Plate::Table => {
                let outcome = self.table.type_key(key, ids(&mut self.last_id));
                return self.after(outcome);
            }
            Plate::Form => self.form.type_key(key),
            Plate::List => self.list.type_key(key),
            Plate::Log => self.log.type_key(key),
            Plate::Questions | Plate::Charts | Plate::Code => {}
        }
        Vec::new()
    }

    /// Pastes where text is typed.
    pub fn paste(&mut self, text: &str) -> Vec<Effect> {
        match self.plate {
            Plate::Table => {
                let outcome = self.table.paste(text, ids(&mut self.last_id));
                return self.after(outcome);
            }
            Plate::Form => self.form.paste(text),
            Plate::List => self.list.paste(text),
            Plate::Log => self.log.paste(text),
            Plate::Questions | Plate::Charts | Plate::Code => {}
        }
        Vec::new()
    }

    /// A row was clicked.
    pub fn choose_row(&mut self, row: usize) -> Vec<Effect> {
        match self.plate {
            Plate::Table => {
                let before = self.table.current().map(|row| row.key.clone());
                let outcome = self.table.go_to_seen(row, ids(&mut self.last_id));
                let is_second = before.is_some() && before == self.table.current().map(|row| row.key.clone());
                let mut effects = self.after(outcome);
                if is_second {
                    effects.extend(self.on_plate(Command::Accept));
                }
                effects
            }
            Plate::List => {
                self.list.go_to(row);
                self.on_plate(Command::Accept)
            }
            _ => Vec::new(),
        }
    }

    /// Takes in an answer of the table's source.
    pub fn take_rows(&mut self, id: RequestId, rows: Rows) -> Vec<Effect> {
        self.table.take(id, rows, ids(&mut self.last_id)).map_or_else(Vec::new, query)
    }

    /// Takes in that the table's source could not answer.
    pub fn fail(&mut self, id: RequestId, failure: Failure) {
        self.table.fail(id, failure);
    }

    fn open(&mut self, plate: Plate) -> Vec<Effect> {
        self.plate = plate;
        if plate == Plate::Table && self.table.held() == 0 {
            return query(self.table.refresh(ids(&mut self.last_id)));
        }
        Vec::new()
    }
}

/// What the example of a grave question would take away.
pub(super) fn stake(_: &App) -> Option<Stake> {
    Some(Stake {
        question: "Delete the store Belstow Bikes, with 4,779 orders? It can not be brought back.".to_owned(),
        name: "Belstow Bikes".to_owned(),
    })
}
