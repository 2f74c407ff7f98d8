//! One record, and the cursor in it.

use super::ask::Question;
use crate::domain::records::{Lead, RecordId, Sheet};
use crate::tui::model::command::Command;
use crate::tui::model::fresh::Fresh;
use crate::tui::model::message::{Effect, Query, RequestId};

/// The state of a record.
#[derive(Debug)]
pub struct Open {
    /// Which.
    pub id: RecordId,
    /// It, once it is known; nothing where it is not there any more.
    pub sheet: Fresh<Option<Box<Sheet>>>,
    /// What has the cursor, counted among the spots of the sheet.
    pub cursor: usize,
    /// Whether something was changed since it was asked for.
    pub(super) is_outdated: bool,
}

impl Open {
    pub(super) fn new(id: RecordId) -> Open {
        Open { id, sheet: Fresh::default(), cursor: 0, is_outdated: false }
    }

    /// Asks for it anew.
    pub(super) fn refresh(&mut self, id: RequestId) -> Vec<Effect> {
        self.is_outdated = false;
        self.sheet.ask(id);
        vec![Effect::Query(id, Query::Records(Question::Record(self.id)))]
    }

    /// It, where it is there.
    pub fn known(&self) -> Option<&Sheet> {
        self.sheet.value().and_then(|sheet| sheet.as_deref())
    }

    /// Where what has the cursor leads.
    pub fn lead(&self) -> Option<Lead> {
        self.known()?.spots().nth(self.cursor)?.leads()
    }

    /// What has the cursor, as a spreadsheet reads it.
    pub(super) fn as_text(&self) -> Option<String> {
        let text = self.known()?.spots().nth(self.cursor)?.plain();
        (!text.is_empty()).then_some(text)
    }

    /// Moves the cursor; a page is as long as the screen.
    pub(super) fn go(&mut self, command: Command, rows: u16) {
        let last = self.known().map_or(0, |sheet| sheet.spots().count().saturating_sub(1));
        let page = usize::from(rows.saturating_sub(1).max(1));
        self.cursor = match command {
            Command::Up => self.cursor.saturating_sub(1),
            Command::Down => self.cursor + 1,
            Command::PageUp => self.cursor.saturating_sub(page),
            Command::PageDown => self.cursor + page,
            Command::First => 0,
            Command::Last => last,
            _ => self.cursor,
        }
        .min(last);
    }

    /// The cursor goes to a spot; tells whether it was there already.
    pub(super) fn go_to(&mut self, spot: usize) -> bool {
        let was_there = self.cursor == spot;
        self.cursor = spot;
        was_there
    }

    /// Begins where there is most to follow: at the first row, or the first fact that leads anywhere.
    pub(super) fn begin(&mut self) {
        let Some(sheet) = self.known() else { return };
        let first = sheet.spots().position(|spot| spot.leads().is_some());
        self.cursor = if sheet.sections.is_empty() { first.unwrap_or(0) } else { sheet.facts.len() };
    }
}
