//! Every shared piece on one screen, to be looked at; it needs no database.

mod pieces;
pub mod source;
#[cfg(test)]
mod tests;

use super::key::{Code, Key};
use super::message::{Effect, Failure, Msg, Query, Reply, RequestId, Source};
use super::widgets::confirm::{Confirm, Pressed as Answer};
use super::widgets::data_table::{Ask, DataTable, Pressed};
use super::widgets::form::{Form, Pressed as Typed};
use super::widgets::log_view::LogView;
use super::widgets::pick_list::{PickList, Pressed as Picked};
use super::widgets::qr::Qr;
use super::widgets::toast::{Mood, Toasts};

/// An example's secret, and nobody's.
pub const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// A page of the gallery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Every page, in the order of the function keys.
    pub const ALL: [Plate; 7] =
        [Plate::Form, Plate::Table, Plate::List, Plate::Questions, Plate::Charts, Plate::Log, Plate::Code];

    /// What it shows, in a word.
    pub fn title(self) -> &'static str {
        match self {
            Plate::Form => "form",
            Plate::Table => "table",
            Plate::List => "list",
            Plate::Questions => "questions",
            Plate::Charts => "charts",
            Plate::Log => "log",
            Plate::Code => "code",
        }
    }
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
    /// The question that is open.
    pub question: Option<Confirm>,
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
            question: None,
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

    /// Takes in one thing that happened.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Key(key) => return self.press(key),
            Msg::Paste(text) => return self.paste(&text),
            Msg::Reply(id, Ok(Reply::Rows(rows))) => {
                let next = self.table.take(id, rows, ids(&mut self.last_id));
                return next.map_or_else(Vec::new, query);
            }
            Msg::Reply(id, Err(failure)) => self.table.fail(id, failure),
            _ => {}
        }
        Vec::new()
    }

    fn press(&mut self, key: Key) -> Vec<Effect> {
        self.toasts.dismiss();
        if key == Key::ctrl('c') {
            return vec![Effect::Quit];
        }
        if key == Key::ctrl('z') {
            return vec![Effect::Suspend];
        }
        if let Code::F(number) = key.code {
            return self.open(number);
        }
        match self.plate {
            Plate::Table => return self.in_table(key),
            Plate::Form => {
                if self.form.press(key) == Typed::Submit {
                    self.toasts.say(Mood::Good, "The form is right.");
                }
            }
            Plate::List => {
                if let (Picked::Picked, Some(words)) = (self.list.press(key), self.list.current()) {
                    self.toasts.say(Mood::Plain, words);
                }
            }
            Plate::Questions => self.in_questions(key),
            Plate::Log => {
                self.log.press(key);
            }
            Plate::Charts | Plate::Code => {}
        }
        Vec::new()
    }

    fn in_table(&mut self, key: Key) -> Vec<Effect> {
        match self.table.press(key, ids(&mut self.last_id)) {
            Pressed::Ask(ask) => return query(ask),
            Pressed::Open(row) => self.toasts.say(Mood::Plain, &format!("order {}", row.0)),
            Pressed::Ignored | Pressed::Taken => {}
        }
        Vec::new()
    }

    fn in_questions(&mut self, key: Key) {
        let Some(question) = &mut self.question else {
            self.question = pieces::question(key);
            return;
        };
        match question.press(key) {
            Answer::Yes => self.answered(Mood::Good, "Yes."),
            Answer::No => self.answered(Mood::Bad, "No."),
            Answer::YesWith(_) => question.refuse(Failure::new("That code is not right. Type the next one.")),
            Answer::Ignored | Answer::Taken => {}
        }
    }

    fn answered(&mut self, mood: Mood, words: &str) {
        self.question = None;
        self.toasts.say(mood, words);
    }

    fn open(&mut self, number: u8) -> Vec<Effect> {
        let plate = usize::from(number).checked_sub(1).and_then(|at| Plate::ALL.get(at).copied());
        self.plate = plate.unwrap_or(self.plate);
        if self.plate == Plate::Table && self.table.held() == 0 {
            return query(self.table.refresh(ids(&mut self.last_id)));
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        match (self.plate, &mut self.question) {
            (Plate::Table, _) => {
                if let Pressed::Ask(ask) = self.table.paste(text, ids(&mut self.last_id)) {
                    return query(ask);
                }
            }
            (Plate::Form, _) => self.form.paste(text),
            (Plate::List, _) => self.list.paste(text),
            (Plate::Questions, Some(question)) => question.paste(text),
            _ => {}
        }
        Vec::new()
    }
}
