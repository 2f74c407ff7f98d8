//! What reports tell.

use super::morning::{DayNet, TopProduct};
use super::{CustomerId, Figures, Money, OrderId, OrderStatus, ProductId, Scope, StoreId};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A store with what a letter's head says of it. Every text is cleaned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoreContact {
    /// Which.
    pub id: StoreId,
    /// Its name.
    pub name: String,
    /// Street, and place with postcode.
    pub address: Vec<String>,
    /// Telephone and e-mail address, as far as they are known.
    pub reached: Vec<String>,
}

/// A customer with all they ever ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerHistory {
    /// Which.
    pub id: CustomerId,
    /// First and last name, cleaned.
    pub name: String,
    /// Street, and place with postcode.
    pub address: Vec<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The newest first.
    pub orders: Vec<CustomerOrder>,
}

/// An order of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerOrder {
    /// Which.
    pub id: OrderId,
    /// Where it stands.
    pub status: OrderStatus,
    /// The day on which it was placed.
    pub placed: Date,
    /// The day for which it was promised.
    pub required: Date,
    /// The day on which it was shipped.
    pub shipped: Option<Date>,
    /// The store at which it was placed.
    pub store: StoreId,
    /// Its items.
    pub lines: Vec<OrderLine>,
}

/// A line of an order, its price and discount as they were then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The product's name, cleaned.
    pub product: String,
    /// Pieces.
    pub quantity: u32,
    /// The price of one.
    pub price: Money,
    /// The part of the price that was taken off, 0 to 1.
    pub discount: Decimal,
    /// Pieces times price.
    pub gross: Money,
    /// The same less the discount, rounded.
    pub net: Money,
}

/// Orders added up as `docs/FIGURES.md` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// How many orders.
    pub orders: u64,
    /// How many pieces.
    pub units: u64,
    /// At list price.
    pub gross: Money,
    /// After discount.
    pub net: Money,
}

impl CustomerOrder {
    /// The sum of its lines.
    pub fn net(&self) -> Money {
        self.lines.iter().map(|line| line.net).sum()
    }

    /// Its pieces.
    pub fn units(&self) -> u64 {
        self.lines.iter().map(|line| u64::from(line.quantity)).sum()
    }
}

impl CustomerHistory {
    /// The orders for which this holds, added up.
    pub fn sum(&self, counts: impl Fn(&CustomerOrder) -> bool) -> Sum {
        let mut sum = Sum::default();
        for order in self.orders.iter().filter(|order| counts(order)) {
            sum.orders += 1;
            sum.units += order.units();
            sum.gross = sum.gross + order.lines.iter().map(|line| line.gross).sum();
            sum.net = sum.net + order.net();
        }
        sum
    }

    /// The orders that were not rejected: those booked.
    pub fn booked(&self) -> Sum {
        self.sum(|order| order.status != OrderStatus::Rejected)
    }
}

/// Sales over a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalesReport {
    /// Which orders count.
    pub scope: Scope,
    /// What the stores are called that it is about; nothing for all there are.
    pub store: Option<String>,
    /// The figures.
    pub figures: Figures,
    /// Net sales of each day that has any, oldest first.
    pub days: Vec<DayNet>,
    /// The same figures for each store, where it is about all of them.
    pub stores: Vec<(String, Figures)>,
    /// The best products, best first.
    pub products: Vec<TopProduct>,
}

/// What is on hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stock {
    /// The stores it is about, with their names.
    pub stores: Vec<(StoreId, String)>,
    /// Products by category and name.
    pub products: Vec<StockedProduct>,
}

/// A product with what stores have of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockedProduct {
    /// Which.
    pub id: ProductId,
    /// Its name, cleaned.
    pub name: String,
    /// Its category's name, cleaned.
    pub category: String,
    /// Its brand's name, cleaned.
    pub brand: String,
    /// Its list price today.
    pub price: Money,
    /// Pieces on hand in each store of [`Stock::stores`]; nothing where they were never counted.
    pub on_hand: Vec<Option<i64>>,
}

impl StockedProduct {
    /// Pieces in all these stores.
    pub fn units(&self) -> i64 {
        self.on_hand.iter().flatten().sum()
    }

    /// The pieces at list price.
    pub fn value(&self) -> Money {
        self.price.times(self.units())
    }
}

/// A product of which a store has little left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowProduct {
    /// The store's name, cleaned.
    pub store: String,
    /// Which product.
    pub id: ProductId,
    /// Its name, cleaned.
    pub product: String,
    /// Its brand's name, cleaned.
    pub brand: String,
    /// Pieces on hand.
    pub on_hand: i64,
    /// Pieces in open orders of this store.
    pub promised: i64,
}

impl LowProduct {
    /// Pieces that bring the store back to `enough` when its open orders are served.
    pub fn to_order(&self, enough: i64) -> i64 {
        (enough + self.promised - self.on_hand).max(0)
    }
}
