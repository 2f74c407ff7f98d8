//! What the dashboard shows beside the figures.

use super::{Money, ProductId, StaffId, StoreId};
use jiff::civil::Date;
use serde::Serialize;

/// A store, as a person picks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreName {
    /// Which.
    pub id: StoreId,
    /// Its name, cleaned.
    pub name: String,
}

/// The days that have orders at all: where the dashboard may open and how far it may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The day of the oldest order.
    pub oldest: Date,
    /// The day of the newest order that was not rejected.
    pub newest: Date,
    /// Today, in the store's time zone.
    pub today: Date,
    /// That time zone, as an IANA name: the store's, or of several that of the first one.
    pub time_zone: String,
}

impl Calendar {
    /// A day of the period a manager wants to see first: today where there are orders by now, else the newest that has any.
    pub fn opening_day(&self) -> Date {
        self.newest.min(self.today)
    }
}

/// Orders that still have to be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct OpenOrders {
    /// Pending or processing.
    pub open: u64,
    /// Of these, past their required date.
    pub late: u64,
}

/// Net sales of one business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayNet {
    /// The day.
    pub day: Date,
    /// Its net sales.
    pub net: Money,
}

/// A product among the best of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// A part of the net sales: those of one store, or of one member of the staff, a category, a brand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The number of what it is the part of.
    pub id: u32,
    /// Its name, cleaned.
    pub name: String,
    /// Net sales.
    pub net: Money,
    /// Pieces sold.
    pub units: u64,
}

/// How a period's net compares.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The period's target; nothing where none is set for any store asked for.
    pub target: Option<Money>,
    /// Net of the same period a year earlier; nothing where there was no order.
    pub last_year: Option<Money>,
    /// All of that period day by day, as far as there were orders, oldest first.
    pub last_year_per_day: Vec<DayNet>,
    /// Net of the period before; nothing where there was no order.
    pub before: Option<Money>,
    /// The last day that counts where the period is not over; the other sums then end at the day that meets it.
    pub until: Option<Date>,
}

/// Somebody to turn to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Which member of the staff.
    pub id: StaffId,
    /// Their name, cleaned.
    pub name: String,
    /// The store they work in, cleaned.
    pub store: String,
    /// Their e-mail address, cleaned.
    pub email: String,
    /// Their telephone number, where it is known.
    pub phone: Option<String>,
}
