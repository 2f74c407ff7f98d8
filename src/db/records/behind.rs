//! What rows are asked for by what they belong to: lines by their orders, stocks by what was sold of them.

use super::conditions::{Conditions, unless};
use crate::domain::records::{Condition, Test, field};
use crate::domain::{Measure, Table};
use jiff::civil::Date;

impl Conditions {
    /// A condition on the order of a line; tells whether it is one. Those of one line are asked of one order.
    pub(super) fn of_order(&mut self, table: Table, condition: &Condition) -> bool {
        let is_of_line = table == Table::OrderItems && condition.field.name != "order";
        let Some(field) = field(Table::Orders, condition.field.name).filter(|_| is_of_line) else {
            return false;
        };
        let before = self.holds.len();
        self.add(Table::Orders, &Condition { field, ..condition.clone() });
        self.of_orders.extend(self.holds.split_off(before));
        true
    }

    /// The orders that all of these conditions leave, as the keys of lines.
    pub(super) fn orders_first(&mut self) {
        if !self.of_orders.is_empty() {
            let holds = std::mem::take(&mut self.of_orders).join(" AND ");
            self.keys.push(format!("SELECT o.order_id AS found FROM orders o WHERE {holds}"));
        }
    }

    /// That no piece of a stock was sold in these days.
    pub(super) fn unsold(&mut self, test: Test, first: Date, last: Date) -> String {
        let (from, to) = (self.bind(first.to_string()), self.bind(last.to_string()));
        let sold = include_str!("../../../sql/queries/records/sold_in_span.sql");
        let sold = without_comments(sold).replace(":from", &from).replace(":to", &to);
        unless(test, format!("NOT EXISTS ({sold})"))
    }
}

/// That a measure counts an order.
pub(super) fn counted(measure: Measure) -> String {
    match measure {
        Measure::All => "TRUE",
        Measure::Booked => "o.order_status <> 3",
        Measure::Shipped => "o.order_status <> 3 AND o.shipped_date IS NOT NULL",
    }
    .to_owned()
}

/// That a line is wanted of a product of which its store has too little.
pub(super) fn short() -> String {
    let lines = include_str!("../../../sql/queries/records/short_lines.sql");
    format!("(i.order_id, i.item_id) IN ({})", without_comments(lines))
}

/// Comments would swallow what is put behind a statement, and the colons in them are no values.
fn without_comments(statement: &str) -> String {
    statement.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n")
}
