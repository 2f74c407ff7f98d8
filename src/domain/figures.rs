//! The figures of a chain. What each one means stands in `docs/FIGURES.md`, and only there.

use super::{Measure, Money, Period, StoreId};
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
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

/// What the dashboard looks at, as a value that can be handed on: to a service, and to the rows behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The days.
    pub period: Period,
    /// What was ordered after this day does not count, and it is today to what is late.
    pub as_of: Option<Date>,
    /// One store, or all that are in sight.
    pub store: Option<StoreId>,
    /// Which orders count.
    pub measure: Measure,
}

impl Filter {
    /// The orders that count.
    pub fn scope(&self) -> Scope {
        let last = self.period.last_day();
        Scope {
            measure: self.measure,
            store: self.store,
            from: Some(self.period.first_day()),
            to: Some(self.as_of.map_or(last, |day| day.min(last))),
        }
    }

    /// The last day that has happened: of a period that is not over, or is looked at as of a day in it; `None` where all of
    /// it counts.
    pub fn until(&self, today: Date) -> Option<Date> {
        let now = self.as_of.unwrap_or(today);
        (now < self.period.last_day()).then_some(now)
    }

    /// The same of the year before, up to the day that meets `until`: half a month and a whole one do not compare.
    #[must_use]
    pub fn a_year_before(&self, until: Option<Date>) -> Filter {
        let as_of = until.map(|day| self.period.day_a_year_before(day));
        Filter { period: self.period.a_year_before(), as_of, ..*self }
    }

    /// The same of the period before, up to as many days in as `until` is.
    #[must_use]
    pub fn before(&self, until: Option<Date>) -> Filter {
        let period = self.period.before();
        let into = |day: Date| self.period.first_day().duration_until(day);
        let as_of = until.map(|day| period.first_day().saturating_add(into(day)));
        Filter { period, as_of, ..*self }
    }
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

impl Figures {
    /// Pieces shared out over the orders, to one decimal; nothing where there is no order.
    pub fn units_an_order(&self) -> Option<Decimal> {
        let units = Decimal::from(self.units).checked_div(self.orders.into())?;
        Some(units.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero))
    }
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
    UnitsAnOrder,
    Target,
    LastYear,
    Open,
    Late,
    NetPerDay,
    ByStore,
    ByStaff,
    ByCategory,
    ByBrand,
    TopProducts,
    LowStock,
    Promised,
    SlowStock,
    StockValue,
    Manager,
    LatestAudit,
    LatestLoads,
}

const DEFINITIONS: &str = include_str!("../../docs/FIGURES.md");

impl Figure {
    /// All of them, in the order of the page that defines them.
    pub const EACH: [Figure; 24] = [
        Figure::Gross,
        Figure::Net,
        Figure::Discount,
        Figure::Orders,
        Figure::Units,
        Figure::AverageOrderValue,
        Figure::UnitsAnOrder,
        Figure::Target,
        Figure::LastYear,
        Figure::Open,
        Figure::Late,
        Figure::NetPerDay,
        Figure::ByStore,
        Figure::ByStaff,
        Figure::ByCategory,
        Figure::ByBrand,
        Figure::TopProducts,
        Figure::LowStock,
        Figure::Promised,
        Figure::SlowStock,
        Figure::StockValue,
        Figure::Manager,
        Figure::LatestAudit,
        Figure::LatestLoads,
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
            Figure::UnitsAnOrder => "Units an order",
            Figure::Target => "Target",
            Figure::LastYear => "Last year and the period before",
            Figure::Open => "Open orders",
            Figure::Late => "Late orders",
            Figure::NetPerDay => "Net per day",
            Figure::ByStore => "By store",
            Figure::ByStaff => "By staff",
            Figure::ByCategory => "By category",
            Figure::ByBrand => "By brand",
            Figure::TopProducts => "Top products",
            Figure::LowStock => "Low stock",
            Figure::Promised => "Promised beyond stock",
            Figure::SlowStock => "Slow stock",
            Figure::StockValue => "Stock value",
            Figure::Manager => "My manager",
            Figure::LatestAudit => "Latest audit",
            Figure::LatestLoads => "Latest loads",
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
