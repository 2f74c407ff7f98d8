//! What is behind a figure: the rows it is made of, as a table and the words that leave just these.
//!
//! The words follow the definitions of `docs/FIGURES.md`, as the statements of the figures do. That both come to the same is
//! proved for every tile on a real server, in `tests/records/behind.rs`.

use super::buckets::{self, buckets};
use super::{Dashboard, Tile};
use crate::domain::records::{RecordId, Words};
use crate::domain::sight::Extent;
use crate::domain::stock::{LOW_BELOW, slow_days};
use crate::domain::{Filter, Measure, ProductId, RunId, StoreId, Table};
use jiff::ToSpan;
use jiff::civil::Date;

/// What is behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// Rows of a table.
    Rows(Table, String),
    /// One record.
    Record(RecordId),
    /// The targets that managers set.
    Targets,
    /// The audit log, and an entry of it.
    Audit(Option<u64>),
    /// The loads of the past, and one of them.
    Loads(Option<RunId>),
}

/// What net sales are held against, each a part of the tile that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it all")]
pub enum Against {
    Target,
    LastYear,
    Before,
}

impl Dashboard {
    /// What net sales are held against, as far as it is known.
    pub fn against(&self) -> Vec<Against> {
        let Some(told) = self.answers.comparison() else { return Vec::new() };
        let last_year = told.last_year.map(|_| Against::LastYear);
        let before = told.before.map(|_| Against::Before);
        std::iter::once(Against::Target).chain(last_year).chain(before).collect()
    }

    /// How many parts of a tile can be chosen: its rows, its bars, what it is held against.
    pub fn parts_of(&self, tile: Tile) -> usize {
        let answers = &self.answers;
        let count = match tile {
            Tile::Net => Some(self.against().len()),
            Tile::Open => answers.open().map(|_| 1),
            Tile::Days => self.period().zip(answers.days()).map(|(period, days)| buckets(period, days).len()),
            Tile::Top => answers.top().map(Vec::len),
            Tile::Low => answers.low().map(|told| told.low.rows.len()),
            Tile::Promised => answers.promised().map(|told| told.rows.len()),
            Tile::Slow => answers.slow().map(|told| told.slow.rows.len()),
            Tile::Audit => answers.audit().map(Vec::len),
            Tile::Loads => answers.loads().map(Vec::len),
            Tile::Stores | Tile::Staff | Tile::Categories | Tile::Brands => answers.parts(tile).map(Vec::len),
            Tile::Orders | Tile::Average | Tile::Units | Tile::Discount | Tile::Manager | Tile::Value => None,
        };
        count.unwrap_or(0)
    }

    /// What is behind the focused figure, or behind the part of it that is chosen; nothing while the figure is not known.
    pub fn behind(&self) -> Option<Behind> {
        self.answers.fresh(self.focus.slot()).value()?;
        match self.part() {
            Some(part) => self.behind_part(self.focus, part),
            None => self.behind_whole(self.focus),
        }
    }

    fn behind_whole(&self, tile: Tile) -> Option<Behind> {
        let rows = |table, words: Words| Some(Behind::Rows(table, words.into()));
        match tile {
            Tile::Net | Tile::Orders | Tile::Average | Tile::Days | Tile::Stores => {
                rows(Table::Orders, self.sold(self.filter()?)?)
            }
            Tile::Units | Tile::Discount | Tile::Categories | Tile::Brands => {
                rows(Table::OrderItems, self.sold(self.filter()?)?)
            }
            // Of people there are those in sight, who are the ones that are listed.
            Tile::Staff => {
                let people = self.answers.parts(tile)?.iter().map(|part| part.id);
                rows(Table::Orders, self.sold(self.filter()?)?.among("staff", people))
            }
            Tile::Top => {
                let products = self.answers.top()?.iter().map(|product| product.id.0);
                rows(Table::OrderItems, self.sold(self.filter()?)?.among("product", products))
            }
            Tile::Open => rows(Table::Orders, self.open()?),
            Tile::Low => rows(Table::Stocks, self.low()?),
            Tile::Value => rows(Table::Stocks, self.in_stores(Words::default().and("quantity", ">0"))?),
            Tile::Promised => rows(
                Table::OrderItems,
                self.in_stores(Words::default().and("short", "yes").and("status", "open"))?,
            ),
            Tile::Slow => rows(Table::Stocks, self.slow()?),
            Tile::Manager => Some(Behind::Record(RecordId::Staff(self.answers.manager()?.as_ref()?.id))),
            Tile::Audit => Some(Behind::Audit(None)),
            Tile::Loads => Some(Behind::Loads(None)),
        }
    }

    fn behind_part(&self, tile: Tile, part: usize) -> Option<Behind> {
        let rows = |table, words: Words| Some(Behind::Rows(table, words.into()));
        let sold = || self.sold(self.filter()?);
        let listed = || self.answers.parts(tile)?.get(part).map(|part| part.id);
        match tile {
            Tile::Net => match self.against().get(part)? {
                Against::Target => Some(Behind::Targets),
                Against::LastYear => rows(Table::Orders, self.sold(self.a_year_before()?)?),
                Against::Before => rows(Table::Orders, self.sold(self.period_before()?)?),
            },
            Tile::Open => rows(Table::Orders, self.late()?),
            Tile::Days => {
                let (first, last) = self.days_of_bar(part)?;
                let words = self.in_stores(Words::default().within("ordered", first, last))?;
                rows(Table::Orders, self.counted(words))
            }
            Tile::Top => {
                let product = self.answers.top()?.get(part)?.id.0;
                rows(Table::OrderItems, sold()?.among("product", [product]))
            }
            Tile::Stores => {
                let filter = Filter { store: Some(StoreId(listed()?)), ..self.filter()? };
                rows(Table::Orders, self.sold(filter)?)
            }
            Tile::Staff => rows(Table::Orders, sold()?.among("staff", [listed()?])),
            Tile::Categories => rows(Table::OrderItems, sold()?.among("category", [listed()?])),
            Tile::Brands => rows(Table::OrderItems, sold()?.among("brand", [listed()?])),
            Tile::Low => {
                let low = self.answers.low()?.low.rows.get(part)?;
                rows(Table::Stocks, stock(low.product_id, low.store_id))
            }
            Tile::Slow => {
                let slow = self.answers.slow()?.slow.rows.get(part)?;
                rows(Table::Stocks, stock(slow.product_id, slow.store_id))
            }
            Tile::Promised => {
                let one = self.answers.promised()?.rows.get(part)?;
                rows(Table::OrderItems, stock(one.product_id, one.store_id).and("status", "open"))
            }
            Tile::Audit => Some(Behind::Audit(Some(self.answers.audit()?.get(part)?.id))),
            Tile::Loads => Some(Behind::Loads(Some(self.answers.loads()?.get(part)?.run_id))),
            _ => None,
        }
    }

    /// Orders, or lines of orders, that a filter counts.
    fn sold(&self, filter: Filter) -> Option<Words> {
        let scope = filter.scope();
        let words = Words::default().within("ordered", scope.from?, scope.to?);
        Some(self.counted(self.of_store(words, filter.store)?))
    }

    fn counted(&self, words: Words) -> Words {
        if self.measure == Measure::All { words } else { words.and("measure", self.measure.word()) }
    }

    fn in_stores(&self, words: Words) -> Option<Words> {
        self.of_store(words, self.store)
    }

    /// Of a store, or of those that are looked at; nothing while it is not known which these are.
    fn of_store(&self, words: Words, store: Option<StoreId>) -> Option<Words> {
        let seen = self.stores.value()?;
        Some(match (store, seen.extent) {
            (Some(store), _) => words.among("store", [store.0]),
            (None, Extent::Chain) => words,
            (None, _) => words.among("store", seen.stores.iter().map(|store| store.id.0)),
        })
    }

    fn open(&self) -> Option<Words> {
        let scope = self.filter()?.scope();
        self.in_stores(Words::default().within("ordered", scope.from?, scope.to?).and("status", "open"))
    }

    /// Open orders that are late as things stand, or stood on the day after the period.
    fn late(&self) -> Option<Words> {
        let day = self.filter()?.period.last_day().saturating_add(1.day()).min(self.today()?);
        Some(self.open()?.and("required", &format!("<{day}")))
    }

    fn low(&self) -> Option<Words> {
        self.in_stores(Words::default().and("quantity", &format!("<{LOW_BELOW}")))
    }

    fn slow(&self) -> Option<Words> {
        let filter = self.filter()?;
        let (first, last) = slow_days(filter.until(self.today()?).unwrap_or(filter.period.last_day()));
        self.in_stores(Words::default().and("quantity", ">0").within("unsold", first, last))
    }

    fn a_year_before(&self) -> Option<Filter> {
        let filter = self.filter()?;
        Some(filter.a_year_before(filter.until(self.today()?)))
    }

    fn period_before(&self) -> Option<Filter> {
        let filter = self.filter()?;
        Some(filter.before(filter.until(self.today()?)))
    }

    /// The days of a bar of the chart, as far as they count.
    fn days_of_bar(&self, bar: usize) -> Option<(Date, Date)> {
        let (period, scope) = (self.period()?, self.filter()?.scope());
        let first = buckets(period, self.answers.days()?).get(bar)?.first;
        let last = buckets::last_day(period, first);
        Some((first, last.min(scope.to?)))
    }
}

/// The stock of a product in a store.
fn stock(product: ProductId, store: StoreId) -> Words {
    Words::default().among("product", [product.0]).among("store", [store.0])
}
