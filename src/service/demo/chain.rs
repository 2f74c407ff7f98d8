//! The chain that a plan describes: what is small enough to be kept whole. Customers and orders are made as they are asked for.

use super::Plan;
use super::branches::Branches;
use super::calendar::Calendar;
use super::catalogue::Catalogue;

pub(super) struct Chain {
    pub(super) seed: u64,
    pub(super) orders: u64,
    pub(super) calendar: Calendar,
    pub(super) catalogue: Catalogue,
    pub(super) branches: Branches,
}

impl Chain {
    pub(super) fn new(plan: &Plan) -> Chain {
        let calendar = Calendar::new(plan.seed, plan.until);
        let catalogue = Catalogue::new(plan.seed, calendar.months());
        let branches = Branches::new(plan.seed, calendar.last(), catalogue.products());
        Chain { seed: plan.seed, orders: plan.orders, calendar, catalogue, branches }
    }
}
