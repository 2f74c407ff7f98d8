//! Which row of a table.

use super::RecordId;
use crate::domain::Table;
use std::fmt;

/// A row of a table, by its key. A record is one row, but not each row is a record that is shown whole: a stock is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId {
    /// Of which table.
    pub table: Table,
    /// The numbers of its key: of a stock its store and its product. The second is 0 where the key has one.
    pub key: [u32; 2],
}

impl RowId {
    /// The row of a table whose key is one number.
    pub fn one(table: Table, number: u32) -> RowId {
        RowId { table, key: [number, 0] }
    }

    /// The row that has these numbers as its key.
    pub fn of_key(table: Table, key: &[u32]) -> Option<RowId> {
        match key {
            [number] => Some(RowId::one(table, *number)),
            [first, second] => Some(RowId { table, key: [*first, *second] }),
            _ => None,
        }
    }

    /// The row of a record.
    pub fn of_record(record: RecordId) -> RowId {
        let (table, number) = match record {
            RecordId::Customer(id) => (Table::Customers, id.0),
            RecordId::Order(id) => (Table::Orders, id.0),
            RecordId::Product(id) => (Table::Products, id.0),
            RecordId::Staff(id) => (Table::Staffs, id.0),
            RecordId::Store(id) => (Table::Stores, id.0),
            RecordId::Brand(id) => (Table::Brands, id.0),
            RecordId::Category(id) => (Table::Categories, id.0),
        };
        RowId::one(table, number)
    }

    /// The record that the row is, or is a part of.
    pub fn record(self) -> Option<RecordId> {
        match self.key {
            [number, 0] => RecordId::of_row(self.table, &[number]),
            key => RecordId::of_row(self.table, &key),
        }
    }
}

/// One row of a table in a word.
pub fn word(table: Table) -> &'static str {
    match table {
        Table::Customers => "customer",
        Table::Orders => "order",
        Table::OrderItems => "order line",
        Table::Products => "product",
        Table::Stocks => "stock",
        Table::Stores => "store",
        Table::Staffs => "staff",
        Table::Brands => "brand",
        Table::Categories => "category",
    }
}

/// As sentences and the audit log have it.
impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.key;
        match self.table {
            Table::Stocks => write!(f, "stock of product {second} in store {first}"),
            Table::OrderItems => write!(f, "line {second} of order {first}"),
            table => write!(f, "{} {first}", word(table)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CustomerId, ProductId};

    #[test]
    fn a_row_knows_its_record_and_its_words() {
        let customer = RowId::one(Table::Customers, 17);
        assert_eq!(customer.record(), Some(RecordId::Customer(CustomerId(17))));
        assert_eq!(RowId::of_record(RecordId::Customer(CustomerId(17))), customer);
        let stock = RowId::of_key(Table::Stocks, &[1, 3]).unwrap();
        assert_eq!(stock.record(), Some(RecordId::Product(ProductId(3))));
        assert_eq!(stock.to_string(), "stock of product 3 in store 1");
        assert_eq!(RowId::of_key(Table::Brands, &[]), None);
    }
}
