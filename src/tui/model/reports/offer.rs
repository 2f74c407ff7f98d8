//! Which reports there are where somebody is.

use super::Into;
use crate::domain::records::{Filter, RecordId, fields};
use crate::domain::{CustomerId, Table};
use crate::service::reports::{What, Whom};
use crate::tui::model::dashboard::Tile;
use crate::tui::model::records::{List, Stop};
use crate::tui::model::widgets::pick_list::PickList;
use crate::tui::model::{App, Popup, Screen};

/// A report with its name.
type Offered = (What, String);

impl App {
    /// Whether there is a report of what is shown.
    pub(in crate::tui::model) fn has_reports(&self) -> bool {
        match self.screen {
            Screen::Dashboard => self.dashboard.filter().is_some(),
            Screen::Records => !self.of_records().is_empty(),
            _ => false,
        }
    }

    /// Asks which report, where there are several, and then for its folder.
    pub(super) fn open_reports(&mut self) {
        let (offered, at) = match self.screen {
            Screen::Dashboard => self.of_dashboard(),
            _ => (self.of_records(), 0),
        };
        match <[Offered; 1]>::try_from(offered) {
            Ok([(what, words)]) => self.ask_for_folder(what, words),
            Err(several) if several.is_empty() => {}
            Err(several) => {
                let rows = several.into_iter().map(|(what, words)| ((what, words.clone()), words));
                let mut list = PickList::new(rows.collect());
                list.go_to(at);
                self.popup = Some(Popup::Reports(list));
            }
        }
    }

    pub(super) fn ask_for_folder(&mut self, what: What, words: String) {
        let into = Into::new(what, words, &self.reports.folder);
        self.popup = Some(Popup::Into(Box::new(into)));
    }

    /// Sales of what the dashboard looks at, and the stock of its store; the cursor is on what the focus is about.
    fn of_dashboard(&self) -> (Vec<Offered>, usize) {
        let board = &self.dashboard;
        let Some((filter, period)) = board.filter().zip(board.period()) else { return (Vec::new(), 0) };
        let whose = board.store_name();
        let sales = (What::Sales(filter.scope()), format!("Sales of {whose}, {period}, {}", board.measure));
        let offered = vec![
            sales,
            (What::Stock(board.store), format!("Stock of {whose}")),
            (What::LowStock(board.store), format!("Low stock of {whose}, to order")),
        ];
        let at = match board.focus {
            Tile::Low | Tile::Promised => 2,
            Tile::Value | Tile::Slow => 1,
            _ => 0,
        };
        (offered, at)
    }

    fn of_records(&self) -> Vec<Offered> {
        match self.records.current() {
            Some(Stop::Record(open)) => match (open.id, open.known()) {
                (RecordId::Customer(id), Some(sheet)) => {
                    vec![(What::Customers(Whom::These(vec![id])), format!("A letter to {}", sheet.title))]
                }
                _ => Vec::new(),
            },
            Some(Stop::List(list)) if list.table == Table::Customers => of_customers(list),
            Some(Stop::List(list)) if list.table == Table::Stocks => vec![
                (What::Stock(None), "Stock of all stores that you see".to_owned()),
                (What::LowStock(None), "Low stock of all stores that you see, to order".to_owned()),
            ],
            _ => Vec::new(),
        }
    }
}

/// The marked ones, the one with the cursor, all that are listed.
fn of_customers(list: &List) -> Vec<Offered> {
    let mut offered = Vec::new();
    let marked: Vec<CustomerId> = list.marked().into_iter().filter_map(customer).collect();
    if !marked.is_empty() {
        let words = match marked.len() {
            1 => "A letter to the marked customer".to_owned(),
            count => format!("Letters to the {count} marked customers"),
        };
        offered.push((What::Customers(Whom::These(marked)), words));
    }
    if let Some(id) = list.current().and_then(customer) {
        let name = fields(list.table).iter().position(|field| field.name == "name");
        let name = name.and_then(|at| list.rows.current()?.cells.get(at)).cloned().unwrap_or_default();
        offered.push((What::Customers(Whom::These(vec![id])), format!("A letter to {name}")));
    }
    let typed = list.rows.find().words().text().trim();
    match Filter::read(list.table, typed) {
        Ok(filter) if filter.is_empty() => {
            offered.push((What::Customers(Whom::All), "Letters to all customers".to_owned()));
        }
        Ok(filter) => {
            let words = format!("Letters to all customers that {typed} leaves");
            offered.push((What::Customers(Whom::Narrowed(Box::new(filter))), words));
        }
        Err(_) => {}
    }
    offered
}

fn customer(id: RecordId) -> Option<CustomerId> {
    match id {
        RecordId::Customer(id) => Some(id),
        _ => None,
    }
}
