//! What the dashboard asks of the outside, and what it is told.

use crate::domain::audit::Logged;
use crate::domain::history::PastRun;
use crate::domain::morning::{Calendar, Colleague, Comparison, OpenOrders};
use crate::domain::sales::{ProductSales, Sales};
use crate::domain::sight::StoresSeen;
use crate::domain::stock::{Listed, NotSold, Promised, RunningOut, StockValue};
use crate::domain::target::{StoreTarget, TargetChange};
use crate::domain::{Filter, Month, StoreId};
use jiff::civil::Date;

/// A question. It has all that tells which rows a figure is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Which stores are in sight?
    Stores,
    /// Which days have orders?
    Calendar(Option<StoreId>),
    /// The figures, and net by day, store and staff.
    Sales(Filter),
    /// Target, last year day by day, and the period before, seen from today.
    Comparison(Filter, Date),
    /// Open and late orders, seen from today.
    Open(Filter, Date),
    /// Net by category and brand, and the best products, at most so many.
    Products(Filter, u32),
    /// What is running out, at most so many.
    Low(Option<StoreId>, u32),
    /// What was promised beyond stock, at most so many.
    Promised(Option<StoreId>, u32),
    /// What is not sold, seen from today, at most so many.
    Slow(Filter, Date, u32),
    /// What is on hand altogether.
    Value(Option<StoreId>),
    /// Whom one works for.
    Manager,
    /// The latest entries of the audit log.
    Audit(u32),
    /// The latest loads.
    Loads(u32),
    /// The targets of a month.
    Targets(Option<StoreId>, Month),
    /// Set these targets of a month.
    SetTargets(Month, Vec<TargetChange>),
}

/// An answer. Whoever makes one has cleaned its text.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each answers the question of its name")]
pub enum Answer {
    Stores(StoresSeen),
    Calendar(Option<Calendar>),
    Sales(Sales),
    Comparison(Comparison),
    Open(OpenOrders),
    Products(ProductSales),
    Low(RunningOut),
    Promised(Listed<Promised>),
    Slow(NotSold),
    Value(StockValue),
    Manager(Option<Colleague>),
    Audit(Vec<Logged>),
    Loads(Vec<PastRun>),
    Targets(Vec<StoreTarget>),
    TargetsSet(usize),
}
