//! Reports as PDF from the screens: which, into which folder, how far they are, and where they are in the end.

mod act;
pub mod ask;
mod offer;
pub(super) mod table;

use super::message::JobId;
use super::progress::{rate, seconds_left};
use super::widgets::form::{Form, Line};
use crate::domain::clean;
use crate::domain::number_format::in_thousands;
use crate::service::reports::What;
use ask::Printed;
use jiff::Timestamp;

/// Where reports go until somebody names another folder.
const FOLDER: &str = "~/reports";

/// The state of reports.
#[derive(Debug, Default)]
pub struct Reports {
    /// The folder they went to last, as it was typed; empty where there is none.
    pub folder: String,
    /// Whether a file can be opened where the person is.
    pub can_open: bool,
    /// Those that are being printed.
    pub running: Option<Running>,
    /// Those that were just printed, until the next key that is not about them.
    pub printed: Option<Printed>,
}

/// Reports while they are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// Which job it is.
    pub id: JobId,
    /// When it began.
    pub since: Timestamp,
    /// When it was last told of.
    pub at: Timestamp,
    /// Documents that are finished.
    pub done: u64,
    /// Of so many; 0 while that is not known.
    pub of: u64,
    /// Whether it was told to stop.
    pub stopping: bool,
}

impl Running {
    /// How far it is, in words: done of total, how many a second, the time left; each as far as it is known.
    pub fn in_words(&self) -> String {
        if self.stopping {
            return "stopping the report".to_owned();
        }
        if self.of < 2 {
            return "printing".to_owned();
        }
        let count = |count: u64| in_thousands(&count.to_string(), ",");
        let mut words = format!("printing {} of {}", count(self.done), count(self.of));
        if let Some(rate) = rate(self.done, self.since, self.at).filter(|rate| *rate > 0) {
            words.push_str(&format!(", {rate}/s"));
        }
        if let Some(left) = seconds_left(self.done as f64 / self.of as f64, self.since, self.at) {
            words.push_str(&format!(", {left} s left"));
        }
        words
    }
}

/// The form that asks for a folder.
#[derive(Debug)]
pub struct Into {
    /// What goes there.
    pub what: What,
    /// The same in words.
    pub words: String,
    /// A line for the folder.
    pub form: Form,
}

impl Into {
    fn new(what: What, words: String, folder: &str) -> Into {
        let mut form = Form::new(vec![Line::text("Folder", |text, _| {
            if text.trim().is_empty() {
                Err("A folder; it is made where it is not there.".to_owned())
            } else {
                Ok(())
            }
        })]);
        form.fill(0, if folder.is_empty() { FOLDER } else { folder });
        Into { what, words, form }
    }

    /// The folder, as it is typed.
    fn folder(&self) -> String {
        self.form.value(0).trim().to_owned()
    }
}

impl Printed {
    /// What there is, in words.
    pub fn in_words(&self) -> String {
        let pages = if self.pages == 1 { "1 page".to_owned() } else { format!("{} pages", self.pages) };
        match self.documents {
            1 => format!("Printed, {pages}: "),
            several => format!("{several} reports, {pages}, in "),
        }
    }

    /// Where it is, as text.
    pub fn path(&self) -> String {
        clean(&self.place.display().to_string())
    }
}
