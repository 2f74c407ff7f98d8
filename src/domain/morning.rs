//! What the dashboard shows beside the figures.

use super::{Money, Month, ProductId, StoreId};
use jiff::civil::Date;

/// A store, as a person picks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreName {
    /// Which.
    pub id: StoreId,
    /// Its name, cleaned.
    pub name: String,
}

/// The days that have orders at all: where the dashboard may open and how far it may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// The day of the oldest order.
    pub oldest: Date,
    /// The day of the newest order that was not rejected.
    pub newest: Date,
    /// Today, in the store's time zone.
    pub today: Date,
}

impl Calendar {
    /// The month a manager wants to see first: this one where it has orders, else the newest that has.
    pub fn opening_month(&self) -> Month {
        Month::of(self.newest.min(self.today))
    }
}

/// Orders that still have to be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenOrders {
    /// Pending or processing.
    pub open: u64,
    /// Of these, past their required date.
    pub late: u64,
}

/// Net sales of one business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayNet {
    /// The day.
    pub day: Date,
    /// Its net sales.
    pub net: Money,
}

/// A product among the best of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopProduct {
    /// Which.
    pub id: ProductId,
    /// Its name, cleaned.
    pub name: String,
    /// Pieces sold.
    pub units: u64,
    /// Net sales.
    pub net: Money,
    /// Pieces on hand now, in the store or the chain; nothing where none was ever counted.
    pub on_hand: Option<i64>,
}

/// A product of which a store has little left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowStock {
    /// The product's name, cleaned.
    pub product: String,
    /// The store's name, cleaned.
    pub store: String,
    /// Pieces on hand.
    pub quantity: i64,
}

/// How a month's net compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The month's target; nothing where none is set for any store asked for.
    pub target: Option<Money>,
    /// Net of the same month a year earlier; nothing where there was no order.
    pub last_year: Option<Money>,
}
