//! The tables of a chain that people load, look at and export.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A table of the chain's data, in the order in which tables refer to each other: parents first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each name says it all")]
pub enum Table {
    Categories,
    Brands,
    Products,
    Stores,
    Staffs,
    Stocks,
    Customers,
    Orders,
    OrderItems,
}

impl Table {
    /// All of them, parents before children.
    pub const EACH: [Table; 9] = [
        Table::Categories,
        Table::Brands,
        Table::Products,
        Table::Stores,
        Table::Staffs,
        Table::Stocks,
        Table::Customers,
        Table::Orders,
        Table::OrderItems,
    ];

    /// Its name in SQL, in file names and on screens.
    pub fn name(self) -> &'static str {
        match self {
            Table::Categories => "categories",
            Table::Brands => "brands",
            Table::Products => "products",
            Table::Stores => "stores",
            Table::Staffs => "staffs",
            Table::Stocks => "stocks",
            Table::Customers => "customers",
            Table::Orders => "orders",
            Table::OrderItems => "order_items",
        }
    }

    /// The table of that name, exactly.
    pub fn from_name(name: &str) -> Option<Table> {
        Table::EACH.into_iter().find(|table| table.name() == name)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
