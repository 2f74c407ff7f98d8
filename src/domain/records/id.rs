//! Which record.

use crate::domain::{BrandId, CategoryId, CustomerId, OrderId, ProductId, StaffId, StoreId, Table};

/// A record that can be shown whole. A stock is shown with its product, an order line with its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each name says it all")]
pub enum RecordId {
    Customer(CustomerId),
    Order(OrderId),
    Product(ProductId),
    Staff(StaffId),
    Store(StoreId),
    Brand(BrandId),
    Category(CategoryId),
}

impl RecordId {
    /// The record that a row of the table is about. The numbers are those of the row's key: of a stock its store and its
    /// product, of an order line its order and its place.
    pub fn of_row(table: Table, key: &[u32]) -> Option<RecordId> {
        let (first, last) = (*key.first()?, *key.last()?);
        Some(match table {
            Table::Customers => RecordId::Customer(CustomerId(first)),
            Table::Orders | Table::OrderItems => RecordId::Order(OrderId(first)),
            Table::Products | Table::Stocks => RecordId::Product(ProductId(last)),
            Table::Staffs => RecordId::Staff(StaffId(first)),
            Table::Stores => RecordId::Store(StoreId(first)),
            Table::Brands => RecordId::Brand(BrandId(first)),
            Table::Categories => RecordId::Category(CategoryId(first)),
        })
    }
}
