//! What the dashboard tells of stock.

use super::{Money, ProductId, StoreId};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

/// A product is low where a store has fewer pieces than this.
pub const LOW_BELOW: u32 = 5;

/// Stock is slow that was not sold for so many days.
pub const SLOW_DAYS: i64 = 90;

/// The days in which nothing was sold of what is slow: those up to this one.
pub fn slow_days(last: Date) -> (Date, Date) {
    (last.saturating_sub((SLOW_DAYS - 1).days()), last)
}

/// A list of which the first rows are told, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed<T> {
    /// How many there are, told or not.
    pub total: u64,
    /// The first of them.
    pub rows: Vec<T>,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Listed { total: 0, rows: Vec::new() }
    }
}

/// A product of which a store has little left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LowStock {
    /// Which product.
    pub product_id: ProductId,
    /// Which store.
    pub store_id: StoreId,
    /// The product's name, cleaned.
    pub product: String,
    /// The store's name, cleaned.
    pub store: String,
    /// Pieces on hand.
    pub quantity: i64,
}

/// What is running out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RunningOut {
    /// Products that are low, and the least first.
    pub low: Listed<LowStock>,
    /// How many of them a store has none of.
    pub out: u64,
}

/// A product of which a store has promised more than it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promised {
    /// Which product.
    pub product_id: ProductId,
    /// Which store.
    pub store_id: StoreId,
    /// The product's name, cleaned.
    pub product: String,
    /// The store's name, cleaned.
    pub store: String,
    /// Pieces in open orders.
    pub promised: u64,
    /// Pieces on hand; nothing where none was ever counted.
    pub on_hand: Option<i64>,
}

/// A product that lies in a store and is not sold there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SlowStock {
    /// Which product.
    pub product_id: ProductId,
    /// Which store.
    pub store_id: StoreId,
    /// The product's name, cleaned.
    pub product: String,
    /// The store's name, cleaned.
    pub store: String,
    /// Pieces on hand.
    pub quantity: i64,
    /// What they are worth at list price.
    pub value: Money,
}

/// What is not sold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct NotSold {
    /// The products, the dearest stock first.
    pub slow: Listed<SlowStock>,
    /// What all of it is worth at list price.
    pub value: Money,
}

/// What is on hand altogether.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct StockValue {
    /// At list price.
    pub value: Money,
    /// Pieces.
    pub pieces: u64,
    /// Products of stores that have any pieces.
    pub stocked: u64,
}
