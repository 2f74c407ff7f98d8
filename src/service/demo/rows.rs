//! The tables of a made-up chain as sources of rows.

use super::cells::{self, Cells};
use super::chain::Chain;
use super::customers::known_after;
use super::models::{BRANDS, KINDS};
use super::orders::{Lines, lines};
use crate::domain::Table;
use crate::etl::source::{Source, SourceError};
use csv::StringRecord;
use std::sync::Arc;

/// What the sources of all tables have in common: whose rows they are, and how many were read.
struct Common {
    chain: Arc<Chain>,
    table: Table,
    name: String,
    header: StringRecord,
    rows_read: u64,
    buffer: String,
}

impl Common {
    fn new(chain: &Arc<Chain>, table: Table) -> Common {
        Common {
            chain: Arc::clone(chain),
            table,
            name: format!("demo {table}"),
            header: StringRecord::from(cells::columns(table).to_vec()),
            rows_read: 0,
            buffer: String::new(),
        }
    }

    /// The line of the row just written; the header is line 1.
    fn line(&mut self) -> Option<u64> {
        self.rows_read += 1;
        Some(self.rows_read + 1)
    }
}

/// A table whose rows can be made from their number.
pub(super) struct Listing {
    common: Common,
    rows: u64,
    write: fn(&Chain, u64, &mut Cells<'_>),
}

impl Listing {
    fn new(chain: &Arc<Chain>, table: Table, rows: u64, write: fn(&Chain, u64, &mut Cells<'_>)) -> Listing {
        Listing { common: Common::new(chain, table), rows, write }
    }
}

impl Source for Listing {
    fn table(&self) -> Table {
        self.common.table
    }

    fn name(&self) -> &str {
        &self.common.name
    }

    fn header(&self) -> &StringRecord {
        &self.common.header
    }

    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
        if self.common.rows_read == self.rows {
            return Ok(None);
        }
        row.clear();
        (self.write)(
            &self.common.chain,
            self.common.rows_read,
            &mut Cells { row, buffer: &mut self.common.buffer },
        );
        Ok(self.common.line())
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        None
    }

    fn position(&self) -> Option<(u64, u64)> {
        Some((self.common.rows_read, self.rows))
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.common.rows_read = 0;
        Ok(())
    }
}

/// The order lines, order by order.
struct OrderLines {
    common: Common,
    /// The order being read and the place of the next line in it, both from 0.
    order: u64,
    next: usize,
    lines: Lines,
}

impl OrderLines {
    fn new(chain: &Arc<Chain>) -> OrderLines {
        OrderLines {
            common: Common::new(chain, Table::OrderItems),
            order: 0,
            next: 0,
            lines: lines(chain, 0),
        }
    }
}

impl Source for OrderLines {
    fn table(&self) -> Table {
        self.common.table
    }

    fn name(&self) -> &str {
        &self.common.name
    }

    fn header(&self) -> &StringRecord {
        &self.common.header
    }

    fn read(&mut self, row: &mut StringRecord) -> Result<Option<u64>, SourceError> {
        while self.order < self.common.chain.orders {
            let Some(line) = self.lines.get(self.next) else {
                self.order += 1;
                self.next = 0;
                self.lines = lines(&self.common.chain, self.order);
                continue;
            };
            self.next += 1;
            row.clear();
            let mut cells = Cells { row, buffer: &mut self.common.buffer };
            cells::order_line(self.order, self.next as u64, line, &mut cells);
            return Ok(self.common.line());
        }
        Ok(None)
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        None
    }

    /// In orders, because how many lines there are is known only at the end.
    fn position(&self) -> Option<(u64, u64)> {
        Some((self.order, self.common.chain.orders))
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        *self = OrderLines::new(&self.common.chain);
        Ok(())
    }
}

/// The sources of a chain, one a table, parents first.
pub(super) fn of_chain(chain: &Arc<Chain>) -> Vec<Box<dyn Source>> {
    Table::EACH.into_iter().map(|table| of_table(chain, table)).collect()
}

fn of_table(chain: &Arc<Chain>, table: Table) -> Box<dyn Source> {
    let branches = &chain.branches;
    let (rows, write): (u64, fn(&Chain, u64, &mut Cells<'_>)) = match table {
        Table::Categories => (KINDS.len() as u64, cells::category),
        Table::Brands => (BRANDS.len() as u64, cells::brand),
        Table::Products => (chain.catalogue.products().len() as u64, cells::product),
        Table::Stores => (branches.stores.len() as u64, cells::store),
        Table::Staffs => (branches.staff.len() as u64, cells::staff),
        Table::Stocks => (branches.stock.len() as u64, cells::stock),
        Table::Customers => (known_after(chain.orders), cells::customer),
        Table::Orders => (chain.orders, cells::order),
        Table::OrderItems => return Box::new(OrderLines::new(chain)),
    };
    Box::new(Listing::new(chain, table, rows, write))
}
