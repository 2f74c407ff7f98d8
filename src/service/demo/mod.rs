//! A plausible bicycle chain of nobody's, for trying the program: any size, the same each time.
//!
//! Everything is a pure function of the [`Plan`]. Stores, staff, products and stock are few and made at once; customers,
//! orders and order lines are made from their numbers as they are read, so that a chain of any size takes little memory.

mod branches;
mod calendar;
mod catalogue;
mod cells;
mod chain;
mod clear;
mod customers;
mod dice;
mod make;
mod models;
mod orders;
mod places;
mod rows;
mod targets;
mod users;
mod words;

pub use clear::{ClearError, clear};
pub use make::{DemoError, make};
pub use users::{DemoUser, users};

use crate::db::chain::Demo;
use crate::domain::{Money, Month, StoreId};
use crate::etl::source::Source;
use chain::Chain;
use jiff::civil::Date;
use std::sync::Arc;

/// Which chain to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How many orders it has, at most [`Plan::MOST_ORDERS`]; the number of customers follows from it.
    pub orders: u64,
    /// Another seed gives other names, prices and days.
    pub seed: u64,
    /// The last day of trade; the first is about three years earlier.
    pub until: Date,
}

impl Plan {
    /// The most orders a chain can have, by the type of `orders.order_id`.
    pub const MOST_ORDERS: u64 = u32::MAX as u64;
}

/// What the load of a demo is called in the history of loads.
fn source_name(demo: Demo) -> String {
    format!("demo of {} orders, seed {}", demo.orders, demo.seed)
}

/// The rows of the nine tables, parents first, under the column names of the schema.
pub fn sources(plan: &Plan) -> Vec<Box<dyn Source>> {
    rows::of_chain(&Arc::new(Chain::new(plan)))
}

/// A sales target for each store and month with sales. Goes over all orders, so it takes as long as reading them.
pub fn targets(plan: &Plan) -> impl Iterator<Item = (StoreId, Month, Money)> + use<> {
    targets::of_chain(&Chain::new(plan))
}
