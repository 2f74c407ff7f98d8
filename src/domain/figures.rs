//! The figures of a chain. What each one means stands in `docs/FIGURES.md`, and only there.

use super::{Measure, Money, StoreId};
use jiff::civil::Date;
use serde::Serialize;

/// Which orders a set of figures is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Scope {
    /// Which orders count.
    pub measure: Measure,
    /// One store, or the whole chain.
    pub store: Option<StoreId>,
    /// The first business day, or since the beginning.
    pub from: Option<Date>,
    /// The last business day (it counts too), or up to the newest.
    pub to: Option<Date>,
}

/// The figures over a [`Scope`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    /// Sum of the lines at list price.
    pub gross: Money,
    /// Sum of the lines after discount, each rounded to cents.
    pub net: Money,
    /// Gross less net.
    pub discount: Money,
    /// How many orders.
    pub orders: u64,
    /// How many pieces.
    pub units: u64,
    /// Net shared out over the orders; nothing where there is no order.
    pub average_order_value: Option<Money>,
}

/// A figure that has a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "docs/FIGURES.md defines each")]
pub enum Figure {
    Gross,
    Net,
    Discount,
    Orders,
    Units,
    AverageOrderValue,
    Target,
    Open,
    Late,
    NetPerDay,
    TopProducts,
    LowStock,
}

const DEFINITIONS: &str = include_str!("../../docs/FIGURES.md");

impl Figure {
    /// All of them, in the order of the page that defines them.
    pub const EACH: [Figure; 12] = [
        Figure::Gross,
        Figure::Net,
        Figure::Discount,
        Figure::Orders,
        Figure::Units,
        Figure::AverageOrderValue,
        Figure::Target,
        Figure::Open,
        Figure::Late,
        Figure::NetPerDay,
        Figure::TopProducts,
        Figure::LowStock,
    ];

    /// Its name, on screens and as a heading of `docs/FIGURES.md`.
    pub fn name(self) -> &'static str {
        match self {
            Figure::Gross => "Gross",
            Figure::Net => "Net sales",
            Figure::Discount => "Discount given",
            Figure::Orders => "Orders",
            Figure::Units => "Units",
            Figure::AverageOrderValue => "Average order value",
            Figure::Target => "Target",
            Figure::Open => "Open orders",
            Figure::Late => "Late orders",
            Figure::NetPerDay => "Net per day",
            Figure::TopProducts => "Top products",
            Figure::LowStock => "Low stock",
        }
    }

    /// What it means: the section of `docs/FIGURES.md` under its name.
    pub fn definition(self) -> &'static str {
        DEFINITIONS
            .split("\n## ")
            .find_map(|section| section.strip_prefix(self.name())?.strip_prefix('\n'))
            .map_or("", str::trim)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_its_definition_on_the_page() {
        for figure in Figure::EACH {
            assert!(figure.definition().len() > 40, "{} is not defined in docs/FIGURES.md", figure.name());
        }
    }
}
