//! The screens of records: the tables, and the way one went through them, as in a browser.

mod act;
pub mod ask;
mod behind;
mod columns;
pub mod edit;
mod list;
mod open;
mod search;
pub(super) mod table;
#[cfg(test)]
mod tests;

use edit::Dialog;
pub use list::List;
pub use open::Open;
pub use search::Search;

use super::command::{Command, Place};
use super::message::{Effect, RequestId};
use super::users::ids;
use super::widgets::pick_list::PickList;
use crate::domain::Table;
use crate::domain::records::edit::Doomed;
use crate::domain::records::{RowId, Sheet, title};
use jiff::Timestamp;

/// The most stops that are kept.
const KEPT: usize = 50;

/// The tables in the order in which they are offered: what is looked for most first.
const OFFERED: [Table; 9] = [
    Table::Customers,
    Table::Orders,
    Table::Products,
    Table::Stocks,
    Table::Staffs,
    Table::Stores,
    Table::OrderItems,
    Table::Brands,
    Table::Categories,
];

/// Somewhere on the way.
#[derive(Debug)]
pub enum Stop {
    /// A table.
    List(Box<List>),
    /// A record.
    Record(Open),
}

/// The state of these screens.
#[derive(Debug, Default)]
pub struct Records {
    /// Where one was, the oldest first; each as it was left.
    trail: Vec<Stop>,
    /// Which of them is shown.
    at: usize,
    /// Which of them is behind a figure of the dashboard, with the words it was opened with.
    behind: Option<(usize, String)>,
    /// Whether the next stop is.
    awaits_behind: bool,
    /// The tables to choose from, while one is chosen.
    pub menu: Option<PickList<Table>>,
    /// What is open to change a record, or to tell of one.
    pub dialog: Option<Dialog>,
    /// The record a yes deletes.
    doomed: Option<Box<Doomed>>,
    /// The question that is open about a deletion, or the deletion itself.
    deleting: Option<RequestId>,
}

impl Records {
    /// What is shown.
    pub fn current(&self) -> Option<&Stop> {
        self.trail.get(self.at)
    }

    fn current_mut(&mut self) -> Option<&mut Stop> {
        self.trail.get_mut(self.at)
    }

    /// The table that is shown.
    pub fn list(&self) -> Option<&List> {
        match self.current() {
            Some(Stop::List(list)) => Some(list),
            _ => None,
        }
    }

    fn list_mut(&mut self) -> Option<&mut List> {
        match self.current_mut() {
            Some(Stop::List(list)) => Some(list),
            _ => None,
        }
    }

    /// The record that is shown.
    pub fn record(&self) -> Option<&Open> {
        match self.current() {
            Some(Stop::Record(open)) => Some(open),
            _ => None,
        }
    }

    /// The table that asked this, wherever on the way.
    fn asker(&mut self, id: RequestId) -> Option<&mut List> {
        self.trail.iter_mut().find_map(|stop| match stop {
            Stop::List(list) if list.rows.awaits(id) => Some(&mut **list),
            _ => None,
        })
    }

    /// The records on the way.
    fn records_mut(&mut self) -> impl Iterator<Item = &mut Open> {
        self.trail.iter_mut().filter_map(|stop| match stop {
            Stop::Record(open) => Some(open),
            Stop::List(_) => None,
        })
    }

    /// Takes in a record. The cursor stays where it was in one that is shown already.
    fn take_sheet(&mut self, id: RequestId, sheet: Option<Box<Sheet>>, now: Timestamp) {
        let mut sheet = Some(sheet);
        for open in self.records_mut().filter(|open| open.sheet.awaits(id)) {
            let is_first = open.sheet.value().is_none();
            open.sheet.fill(id, sheet.take().flatten(), now);
            if is_first {
                open.begin();
            } else {
                open.go(Command::Refresh, 0);
            }
        }
    }

    /// Goes on to something new. What one had gone back from is forgotten, as in a browser.
    fn go_on(&mut self, stop: Stop) {
        self.trail.truncate(self.at + 1);
        self.trail.push(stop);
        if self.trail.len() > KEPT {
            self.trail.remove(0);
            self.behind = self.behind.take().and_then(|(at, words)| Some((at.checked_sub(1)?, words)));
        }
        self.at = self.trail.len() - 1;
        self.mark_behind();
    }

    /// Goes back; tells whether there was anything.
    pub(super) fn go_back(&mut self) -> bool {
        let can = self.at > 0;
        self.at = self.at.saturating_sub(1);
        can
    }

    /// Goes forward again; tells whether there was anything.
    pub(super) fn go_forward(&mut self) -> bool {
        let can = self.can_go_forward();
        self.at += usize::from(can);
        can
    }

    /// Whether one went back from anywhere.
    pub fn can_go_forward(&self) -> bool {
        self.at + 1 < self.trail.len()
    }

    /// Whether one came from anywhere.
    pub fn can_go_back(&self) -> bool {
        self.at > 0
    }

    /// The table that is shown, or of which a record is.
    pub fn table(&self) -> Option<Table> {
        match self.current()? {
            Stop::List(list) => Some(list.table),
            Stop::Record(open) => Some(RowId::of_record(open.id).table),
        }
    }

    /// The record that is shown, or has the cursor.
    pub fn row(&self) -> Option<RowId> {
        match self.current()? {
            Stop::List(list) => list.row(),
            Stop::Record(open) => Some(RowId::of_record(open.id)),
        }
    }

    /// Something was changed: what is not shown now is asked for anew when one comes back to it.
    fn mark_outdated(&mut self) {
        for stop in &mut self.trail {
            match stop {
                Stop::List(list) => list.is_outdated = true,
                Stop::Record(open) => open.is_outdated = true,
            }
        }
    }

    /// Asks for what is shown anew.
    fn refresh(&mut self, last: &mut u64) -> Vec<Effect> {
        match self.current_mut() {
            Some(Stop::List(list)) => list.refresh(last),
            Some(Stop::Record(open)) => open.refresh(ids(last)()),
            None => Vec::new(),
        }
    }

    /// The same where something was changed since it was asked for.
    fn refresh_outdated(&mut self, last: &mut u64) -> Vec<Effect> {
        let is_outdated = match self.current() {
            Some(Stop::List(list)) => list.is_outdated,
            Some(Stop::Record(open)) => open.is_outdated,
            None => false,
        };
        if is_outdated { self.refresh(last) } else { Vec::new() }
    }

    /// Whether a deletion is what was asked about with this; it is not asked about any more then.
    fn deletes(&mut self, id: RequestId) -> bool {
        self.deleting.take_if(|deleting| *deleting == id).is_some()
    }

    /// Where commands can be given now, the most particular place first.
    pub(super) fn places(&self) -> Vec<Place> {
        if let Some(dialog) = &self.dialog {
            return dialog.places().to_vec();
        }
        match (&self.menu, self.current()) {
            (Some(_), _) => vec![Place::List],
            (None, Some(Stop::List(list))) => list.places(),
            (None, Some(Stop::Record(_))) => vec![Place::Record, Place::Rows],
            (None, None) => Vec::new(),
        }
    }

    /// Whether a form waits for an answer: what is typed then is for what comes after.
    pub(super) fn is_waiting(&self) -> bool {
        self.deleting.is_some() || self.dialog.as_ref().is_some_and(Dialog::is_waiting)
    }

    /// Whether a key with a character is text now, and no command.
    pub fn is_typing(&self) -> bool {
        self.places().first().is_some_and(|place| place.is_for_text())
    }

    /// Whether other rows than those shown are on their way.
    pub(super) fn is_stale(&self) -> bool {
        self.menu.is_none()
            && self.dialog.is_none()
            && match self.current() {
                Some(Stop::List(list)) => list.rows.is_stale(),
                Some(Stop::Record(open)) => open.sheet.is_first_on_its_way(),
                None => false,
            }
    }

    /// A line of the form was clicked.
    pub(super) fn go_to_field(&mut self, line: usize) {
        if let Some(Dialog::Form(form)) = &mut self.dialog {
            form.form.go_to(line);
        }
    }

    fn open_menu(&mut self) {
        self.menu = Some(PickList::new(OFFERED.map(|table| (table, title(table).to_owned())).to_vec()));
    }
}
