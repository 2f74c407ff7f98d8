//! The second step of a load from a server: which address holds which table, and why that is thought.

use super::dialog::Dialog;
use crate::domain::Table;
use crate::etl::source::api::{Discovery, Endpoint, Envelope, Paging, Said, Sure};
use crate::service::api::{Chosen, Target};
use crate::tui::model::command::{Command, Place};
use std::collections::HashMap;

/// An address that was found, or named.
#[derive(Debug, Clone)]
pub struct Row {
    /// What is known of it.
    pub endpoint: Endpoint,
    /// Whether it is loaded.
    pub is_taken: bool,
}

/// What a person changed, while it is looked at what that gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// The row at this place.
    Row(usize),
    /// A new one.
    Added,
}

/// The step.
#[derive(Debug, Default)]
pub struct Endpoints {
    /// The addresses.
    pub rows: Vec<Row>,
    /// Which of them has the cursor, from 0.
    pub cursor: usize,
    /// Whether the first rows of that are shown in place of the reasons, where there is no room for both.
    pub shows_rows: bool,
    /// What lies over the table.
    pub dialog: Option<Dialog>,
    /// Descriptions that the server gives of itself.
    pub documents: Vec<String>,
    /// Addresses that were looked at.
    pub looked_at: u32,
    /// The server.
    pub(super) target: Target,
    /// Its address, where it has a name.
    pub(super) url: String,
    others: Vec<Endpoint>,
    pub(super) change: Option<Change>,
}

impl Endpoints {
    /// What was found of a server.
    pub(super) fn of(target: Target, url: String, found: Discovery) -> Endpoints {
        let row = |endpoint: Endpoint| Row { is_taken: endpoint.sure > Sure::Doubtful, endpoint };
        Endpoints {
            rows: found.endpoints.into_iter().map(row).collect(),
            documents: found.documents,
            looked_at: found.looked_at,
            others: found.others,
            target,
            url,
            ..Endpoints::default()
        }
    }

    /// The address with the cursor.
    pub fn current(&self) -> Option<&Row> {
        self.rows.get(self.cursor)
    }

    /// The server, as it was typed.
    pub fn server(&self) -> &str {
        &self.target.address
    }

    /// Whether a secret was typed for it.
    pub fn has_secret(&self) -> bool {
        self.target.secret.is_some()
    }

    /// Where commands can be given, the most particular place first.
    pub(in crate::tui::model) fn places(&self) -> Vec<Place> {
        match &self.dialog {
            Some(dialog) => dialog.places().to_vec(),
            None => vec![Place::LoadEndpoints, Place::Rows],
        }
    }

    /// The first address that is seen where there is room for so many.
    pub fn first_seen(&self, room: usize) -> usize {
        (self.cursor + 1).saturating_sub(room)
    }

    /// A row that is seen was clicked; tells whether that chooses something.
    pub(in crate::tui::model) fn choose_row(&mut self, row: usize, room: u16) -> bool {
        if let Some(dialog) = &mut self.dialog {
            if let Dialog::Table(list) = dialog {
                list.go_to(row);
            }
            return matches!(dialog, Dialog::Table(_));
        }
        self.go_to(self.first_seen(room.into()) + row);
        false
    }

    fn go_to(&mut self, row: usize) {
        self.cursor = row.min(self.rows.len().saturating_sub(1));
    }

    pub(super) fn go(&mut self, command: Command, room: u16) {
        let page = usize::from(room.saturating_sub(1).max(1));
        match command {
            Command::Up => self.cursor = self.cursor.saturating_sub(1),
            Command::Down => self.go_to(self.cursor + 1),
            Command::PageUp => self.cursor = self.cursor.saturating_sub(page),
            Command::PageDown => self.go_to(self.cursor + page),
            Command::First => self.cursor = 0,
            Command::Last => self.go_to(usize::MAX),
            Command::NextField => self.shows_rows = !self.shows_rows,
            Command::Toggle => self.take_or_leave(),
            _ => {}
        }
    }

    /// A table is read from one address: the other one of it is left then.
    fn take_or_leave(&mut self) {
        let Some(row) = self.rows.get_mut(self.cursor) else { return };
        row.is_taken = !row.is_taken;
        if row.is_taken {
            self.leave_others(self.cursor);
        }
    }

    fn leave_others(&mut self, taken: usize) {
        let Some(table) = self.rows.get(taken).map(|row| row.endpoint.table) else { return };
        let others = self.rows.iter_mut().enumerate().filter(|(at, _)| *at != taken);
        others.filter(|(_, row)| row.endpoint.table == table).for_each(|(_, row)| row.is_taken = false);
    }

    /// The server with what was said of the address with the cursor: it is looked at anew then.
    pub(super) fn said(
        &mut self,
        table: Option<Table>,
        change: impl FnOnce(&mut Said),
    ) -> Option<Box<Target>> {
        let endpoint = &self.current()?.endpoint;
        let table = table.unwrap_or(endpoint.table);
        let mut said = Said {
            path: Some(endpoint.url.to_string()),
            rows_at: Some(endpoint.rows_at.clone()),
            paging: Some(endpoint.paging.clone()),
        };
        change(&mut said);
        self.change = Some(Change::Row(self.cursor));
        Some(self.only(table, said))
    }

    /// The server with an address that was named.
    pub(super) fn named(&mut self, table: Table, path: &str) -> Box<Target> {
        self.change = Some(Change::Added);
        self.only(table, Said { path: Some(path.trim().to_owned()), ..Said::default() })
    }

    fn only(&self, table: Table, said: Said) -> Box<Target> {
        let tables = HashMap::from([(table, said)]);
        Box::new(Target { tables, only: vec![table], ..self.target.clone() })
    }

    /// Takes in what an address gives as it was said. Tells whether it gives anything.
    pub(super) fn take_changed(&mut self, change: Change, found: Discovery) -> bool {
        let Some(endpoint) = found.endpoints.into_iter().next() else { return false };
        let is_taken = endpoint.sure > Sure::Doubtful;
        let row = Row { endpoint, is_taken };
        let at = match change {
            Change::Row(at) if at < self.rows.len() => at,
            _ => self.rows.len(),
        };
        match self.rows.get_mut(at) {
            Some(there) => *there = row,
            None => self.rows.push(row),
        }
        self.cursor = at;
        if is_taken {
            self.leave_others(at);
        }
        true
    }

    /// The addresses that are taken, parents before children.
    pub(super) fn taken(&self) -> Vec<Endpoint> {
        let taken = self.rows.iter().filter(|row| row.is_taken);
        let mut taken: Vec<Endpoint> = taken.map(|row| row.endpoint.clone()).collect();
        taken.sort_by_key(|endpoint| endpoint.table);
        taken
    }

    /// What is to be read.
    pub(super) fn chosen(&self) -> Chosen {
        Chosen { endpoints: self.taken(), others: self.others.clone() }
    }
}

/// What was typed for a place of rows: nothing where it shall be found.
pub(super) fn place_of_rows(text: &str) -> Option<Envelope> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(Envelope::from_words)
}

/// The same for the way from page to page.
pub(super) fn paging(text: &str) -> Result<Option<Paging>, String> {
    let text = Some(text.trim()).filter(|text| !text.is_empty());
    text.map(Paging::from_words).transpose()
}
