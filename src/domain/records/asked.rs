//! Names that narrow a table and are no column of it: they ask of what a row belongs to. With them any figure's rows can be named.

use super::fields::{Field, Kind, plain};
use crate::domain::Table;

const OF_ORDERS: &[Field] = &[plain("measure", "Measure", Kind::Measure, 8)];

const OF_LINES: &[Field] = &[
    plain("ordered", "Ordered", Kind::Day, 10),
    plain("status", "Status", Kind::Standing, 16),
    plain("measure", "Measure", Kind::Measure, 8),
    plain("store", "Store", Kind::Named, 18),
    plain("staff", "Staff", Kind::Named, 18),
    plain("brand", "Brand", Kind::Named, 14),
    plain("category", "Category", Kind::Named, 18),
    // Open orders want more pieces of the product than their store has.
    plain("short", "Short", Kind::YesNo, 5),
];

const OF_STOCKS: &[Field] = &[
    plain("brand", "Brand", Kind::Named, 14),
    plain("category", "Category", Kind::Named, 18),
    // No order placed in these days took a piece of it.
    plain("unsold", "Unsold", Kind::Span, 22),
];

/// What rows of a table can be asked for beside its columns.
pub fn asked(table: Table) -> &'static [Field] {
    match table {
        Table::Orders => OF_ORDERS,
        Table::OrderItems => OF_LINES,
        Table::Stocks => OF_STOCKS,
        _ => &[],
    }
}
