//! What was sold, and what it comes to by day, store, staff, category and brand. All of it is added up from the same rows, so
//! that no two figures can differ.

use super::morning::{DayNet, Part, TopProduct};
use super::{Figures, Money, StaffId, StoreId};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What one member of the staff sold in one store on one business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sold {
    /// The day.
    pub day: Date,
    /// Where.
    pub store: StoreId,
    /// By whom.
    pub staff: StaffId,
    /// How many orders.
    pub orders: u64,
    /// How many pieces.
    pub units: u64,
    /// The lines at list price.
    pub gross: Money,
    /// The lines after discount.
    pub net: Money,
}

/// A product that was sold, with what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldProduct {
    /// The product.
    pub product: TopProduct,
    /// Its category's number and name, cleaned.
    pub category: (u32, String),
    /// Its brand's number and name, cleaned.
    pub brand: (u32, String),
}

/// The sales of a scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sales {
    /// All of them.
    pub figures: Figures,
    /// The days that have any, oldest first.
    pub net_per_day: Vec<DayNet>,
    /// By store, the most net first.
    pub by_store: Vec<Part>,
    /// By those of the staff who are in sight, the most net first.
    pub by_staff: Vec<Part>,
}

/// The products of a scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProductSales {
    /// By category, the most net first.
    pub by_category: Vec<Part>,
    /// By brand, the most net first.
    pub by_brand: Vec<Part>,
    /// Those with the most net, best first.
    pub top: Vec<TopProduct>,
}

/// What rows come to together.
pub fn added_up<'a>(sold: impl IntoIterator<Item = &'a Sold>) -> Figures {
    let mut all = Figures::default();
    for row in sold {
        all.gross = all.gross + row.gross;
        all.net = all.net + row.net;
        all.orders += row.orders;
        all.units += row.units;
    }
    all.discount = all.gross - all.net;
    all.average_order_value = all.net.per(all.orders);
    all
}

/// Net sales of each day that has any orders, oldest first.
pub fn net_per_day<'a>(sold: impl IntoIterator<Item = &'a Sold>) -> Vec<DayNet> {
    let mut days: BTreeMap<Date, Money> = BTreeMap::new();
    for row in sold {
        let net = days.entry(row.day).or_default();
        *net = *net + row.net;
    }
    days.into_iter().map(|(day, net)| DayNet { day, net }).collect()
}

/// Adds up pieces and net by what they belong to: number, name, pieces, net. The most net first, of equals the lower number.
pub fn shared_out<'a>(each: impl IntoIterator<Item = (u32, &'a str, u64, Money)>) -> Vec<Part> {
    let mut parts: BTreeMap<u32, Part> = BTreeMap::new();
    for (id, name, units, net) in each {
        let part =
            parts.entry(id).or_insert_with(|| Part { id, name: name.to_owned(), net: Money::ZERO, units: 0 });
        part.units += units;
        part.net = part.net + net;
    }
    let mut parts: Vec<Part> = parts.into_values().collect();
    parts.sort_by_key(|part| Reverse(part.net));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn money(cents: i64) -> Money {
        Money::rounded(rust_decimal::Decimal::new(cents, 2))
    }

    fn sold(day: i8, orders: u64, net: i64) -> Sold {
        Sold {
            day: date(2026, 4, day),
            store: StoreId(1),
            staff: StaffId(1),
            orders,
            units: 2,
            gross: money(net + 10),
            net: money(net),
        }
    }

    #[test]
    fn rows_are_added_up_to_figures_and_days() {
        let all = [sold(3, 2, 250), sold(1, 1, 100), sold(3, 1, 50)];
        let figures = added_up(&all);
        assert_eq!((figures.gross, figures.net, figures.discount), (money(430), money(400), money(30)));
        assert_eq!((figures.orders, figures.units), (4, 6));
        assert_eq!(figures.average_order_value, Some(money(100)));
        let days: Vec<_> = net_per_day(&all).into_iter().map(|day| (day.day.day(), day.net)).collect();
        assert_eq!(days, [(1, money(100)), (3, money(300))]);
        assert_eq!(added_up(&[]), Figures::default());
    }

    #[test]
    fn parts_stand_by_net_and_equal_ones_by_number() {
        let each = [
            (7, "Road", 1, money(5)),
            (2, "Cargo", 1, money(9)),
            (7, "Road", 3, money(4)),
            (1, "Light", 1, money(1)),
        ];
        let told: Vec<_> = shared_out(each).into_iter().map(|part| (part.id, part.units, part.net)).collect();
        assert_eq!(told, [(2, 1, money(9)), (7, 4, money(9)), (1, 1, money(1))]);
    }
}
