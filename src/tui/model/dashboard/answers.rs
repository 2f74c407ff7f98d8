//! What the tiles were told, each question by itself.

use super::ask::Answer;
use super::tile::{Depends, Slot, Tile};
use crate::domain::Figures;
use crate::domain::audit::Logged;
use crate::domain::history::PastRun;
use crate::domain::morning::{Colleague, Comparison, DayNet, OpenOrders, Part, TopProduct};
use crate::domain::sales::{ProductSales, Sales};
use crate::domain::stock::{Listed, NotSold, Promised, RunningOut, StockValue};
use crate::tui::model::fresh::Fresh;
use crate::tui::model::message::{Failure, RequestId};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The answers.
#[derive(Debug, Default)]
pub struct Answers {
    each: BTreeMap<Slot, Fresh<Answer>>,
}

/// What was never asked.
static NEVER: Fresh<Answer> = Fresh::NEVER;

/// One method an answer: its value, once there is one.
macro_rules! values {
    ($($(#[$doc:meta])* $name:ident: $answer:ident -> $value:ty;)+) => {$(
        $(#[$doc])*
        pub fn $name(&self) -> Option<&$value> {
            match self.fresh(Slot::$answer).value() {
                Some(Answer::$answer(value)) => Some(value),
                _ => None,
            }
        }
    )+};
}

impl Answers {
    /// What is known of a question, and how fresh it is.
    pub fn fresh(&self, slot: Slot) -> &Fresh<Answer> {
        self.each.get(&slot).unwrap_or(&NEVER)
    }

    values! {
        /// The figures, and net by day, store and staff.
        sales: Sales -> Sales;
        /// Target, last year, the period before.
        comparison: Comparison -> Comparison;
        /// Open and late orders.
        open: Open -> OpenOrders;
        /// Net by category and brand, and the best products.
        products: Products -> ProductSales;
        /// What is running out.
        low: Low -> RunningOut;
        /// What was promised beyond stock.
        promised: Promised -> Listed<Promised>;
        /// What is not sold.
        slow: Slow -> NotSold;
        /// What is on hand altogether.
        value: Value -> StockValue;
        /// Whom one works for.
        manager: Manager -> Option<Colleague>;
        /// The latest entries of the audit log.
        audit: Audit -> Vec<Logged>;
        /// The latest loads.
        loads: Loads -> Vec<PastRun>;
    }

    /// Gross, net, discount, orders, units, average.
    pub fn figures(&self) -> Option<&Figures> {
        self.sales().map(|sales| &sales.figures)
    }

    /// Net, day by day, and that of a year earlier as far as it is known.
    pub fn days(&self) -> Option<(&[DayNet], &[DayNet])> {
        let last_year = self.comparison().map_or(&[][..], |told| &told.last_year_per_day);
        Some((&self.sales()?.net_per_day, last_year))
    }

    /// The best products.
    pub fn top(&self) -> Option<&Vec<TopProduct>> {
        self.products().map(|products| &products.top)
    }

    /// The net by store, staff, category or brand that a tile shows.
    pub fn parts(&self, tile: Tile) -> Option<&Vec<Part>> {
        match tile {
            Tile::Stores => self.sales().map(|sales| &sales.by_store),
            Tile::Staff => self.sales().map(|sales| &sales.by_staff),
            Tile::Categories => self.products().map(|products| &products.by_category),
            Tile::Brands => self.products().map(|products| &products.by_brand),
            _ => None,
        }
    }

    pub(super) fn ask(&mut self, slot: Slot, id: RequestId) {
        self.each.entry(slot).or_default().ask(id);
    }

    pub(super) fn fill(&mut self, id: RequestId, answer: Answer, now: Timestamp) {
        if let Some(fresh) = self.each.values_mut().find(|fresh| fresh.awaits(id)) {
            fresh.fill(id, answer, now);
        }
    }

    pub(super) fn fail(&mut self, id: RequestId, failure: &Failure) {
        for fresh in self.each.values_mut() {
            fresh.fail(id, failure);
        }
    }

    /// What hangs on the calendar can not be asked.
    pub(super) fn give_up(&mut self, failure: &Failure) {
        for slot in Slot::EACH.into_iter().filter(|slot| slot.depends() == Depends::Filter) {
            self.each.entry(slot).or_default().give_up(failure);
        }
    }

    /// The answers for another period, store or measure must not stand under this one's name.
    pub(super) fn forget(&mut self, is_another_store: bool) {
        self.each.retain(|slot, _| match slot.depends() {
            Depends::Filter => false,
            Depends::Store => !is_another_store,
            Depends::Nothing => true,
        });
    }

    /// The first failure there is.
    pub(super) fn failure(&self) -> Option<&Failure> {
        self.each.values().find_map(Fresh::failure)
    }
}
