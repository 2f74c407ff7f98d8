//! The tables of a made-up chain as sources of rows.

use super::chain::Chain;
use super::customers::{Customer, known_after};
use super::models::{BRANDS, KINDS};
use super::orders::{Lines, lines, order};
use crate::domain::Table;
use crate::etl::source::{Source, SourceError};
use csv::StringRecord;
use std::fmt::Write;
use std::sync::Arc;

/// Where a row's cells go, one after the other, through one buffer.
struct Cells<'a> {
    row: &'a mut StringRecord,
    buffer: &'a mut String,
}

impl Cells<'_> {
    fn text(&mut self, text: &str) -> &mut Self {
        self.row.push_field(text);
        self
    }

    fn optional(&mut self, text: Option<&str>) -> &mut Self {
        self.text(text.unwrap_or_default())
    }

    fn number(&mut self, number: impl Into<u64>) -> &mut Self {
        self.shown(format_args!("{}", number.into()))
    }

    fn money(&mut self, cents: u64) -> &mut Self {
        self.shown(format_args!("{}.{:02}", cents / 100, cents % 100))
    }

    fn ten_thousandths(&mut self, part: u32) -> &mut Self {
        self.shown(format_args!("{}.{:04}", part / 10_000, part % 10_000))
    }

    fn shown(&mut self, value: std::fmt::Arguments<'_>) -> &mut Self {
        self.buffer.clear();
        // Writing into a String can not fail.
        let _ = self.buffer.write_fmt(value);
        self.row.push_field(self.buffer);
        self
    }
}

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
            header: StringRecord::from(columns(table).to_vec()),
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
        Listing {
            common: Common::new(chain, table),
            rows,
            write,
        }
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
            &mut Cells {
                row,
                buffer: &mut self.common.buffer,
            },
        );
        Ok(self.common.line())
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        None
    }

    fn position(&self) -> Option<(u64, u64)> {
        Some((self.common.rows_read, self.rows))
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
            Cells {
                row,
                buffer: &mut self.common.buffer,
            }
            .number(self.order + 1)
            .number(self.next as u64)
            .number(line.product as u64 + 1)
            .number(line.quantity)
            .money(line.price)
            .ten_thousandths(line.discount);
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
}

/// The sources of a chain, one a table, parents first.
pub(super) fn of_chain(chain: &Arc<Chain>) -> Vec<Box<dyn Source>> {
    Table::EACH
        .into_iter()
        .map(|table| of_table(chain, table))
        .collect()
}

fn of_table(chain: &Arc<Chain>, table: Table) -> Box<dyn Source> {
    let branches = &chain.branches;
    let (rows, write): (u64, fn(&Chain, u64, &mut Cells<'_>)) = match table {
        Table::Categories => (KINDS.len() as u64, write_category),
        Table::Brands => (BRANDS.len() as u64, write_brand),
        Table::Products => (chain.catalogue.products().len() as u64, write_product),
        Table::Stores => (branches.stores.len() as u64, write_store),
        Table::Staffs => (branches.staff.len() as u64, write_staff),
        Table::Stocks => (branches.stock.len() as u64, write_stock),
        Table::Customers => (known_after(chain.orders), write_customer),
        Table::Orders => (chain.orders, write_order),
        Table::OrderItems => return Box::new(OrderLines::new(chain)),
    };
    Box::new(Listing::new(chain, table, rows, write))
}

#[rustfmt::skip]
fn columns(table: Table) -> &'static [&'static str] {
    match table {
        Table::Categories => &["category_id", "category_name"],
        Table::Brands => &["brand_id", "brand_name"],
        Table::Products => &["product_id", "product_name", "brand_id", "category_id", "model_year", "list_price"],
        Table::Stores => {
            &["store_id", "store_name", "phone", "email", "street", "city", "state", "zip_code", "time_zone"]
        }
        Table::Staffs => {
            &["staff_id", "first_name", "last_name", "email", "phone", "active", "store_id", "manager_id"]
        }
        Table::Stocks => &["store_id", "product_id", "quantity"],
        Table::Customers => &[
            "customer_id", "first_name", "last_name", "phone", "email", "street", "city", "state", "zip_code",
        ],
        Table::Orders => &[
            "order_id", "customer_id", "order_status", "order_date", "required_date", "shipped_date", "store_id", "staff_id",
        ],
        Table::OrderItems => &["order_id", "item_id", "product_id", "quantity", "list_price", "discount"],
    }
}

fn write_category(_: &Chain, number: u64, cells: &mut Cells<'_>) {
    cells
        .number(number + 1)
        .optional(at(&KINDS, number).map(|kind| kind.category));
}

fn write_brand(_: &Chain, number: u64, cells: &mut Cells<'_>) {
    cells.number(number + 1).optional(at(&BRANDS, number).copied());
}

fn write_product(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
    let Some(product) = at(chain.catalogue.products(), number) else {
        return;
    };
    cells
        .number(number + 1)
        .text(&product.name)
        .number(product.brand)
        .number(product.category)
        .number(product.model_year.unsigned_abs())
        .money(product.price);
}

fn write_store(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
    let Some(place) = at(&chain.branches.stores, number).map(|store| store.place) else {
        return;
    };
    cells
        .number(number + 1)
        .shown(format_args!("Larkspoke {}", place.town.0))
        .shown(format_args!("({}) 555-0100", place.area_code))
        .shown(format_args!("{}@larkspoke.example", place.mail))
        .text(place.street)
        .text(place.town.0)
        .text(place.state)
        .text(place.town.1)
        .text(place.time_zone);
}

fn write_staff(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
    let Some(staff) = at(&chain.branches.staff, number) else {
        return;
    };
    cells
        .number(number + 1)
        .text(staff.first_name.0)
        .text(staff.last_name.0)
        .text(&staff.email)
        .text(&staff.phone)
        .number(staff.left.is_none())
        .number(staff.store);
    match staff.manager {
        Some(manager) => cells.number(manager),
        None => cells.optional(None),
    };
}

fn write_stock(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
    let Some(stock) = at(&chain.branches.stock, number) else {
        return;
    };
    cells
        .number(stock.store)
        .number(stock.product)
        .number(stock.quantity);
}

fn write_customer(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
    let Some(customer) = Customer::new(chain, number).details(chain) else {
        return;
    };
    cells
        .number(number + 1)
        .text(customer.first_name)
        .text(customer.last_name)
        .optional(customer.phone.as_deref())
        .optional(customer.email.as_deref())
        .text(&customer.street)
        .text(customer.town.0)
        .text(customer.state)
        .text(customer.town.1);
}

fn write_order(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
    let order = order(chain, number);
    let calendar = &chain.calendar;
    cells
        .number(number + 1)
        .number(order.customer + 1)
        .number(order.status.number())
        .text(calendar.text(order.placed.index))
        .text(calendar.text(order.required))
        .optional(order.shipped.map(|day| calendar.text(day)))
        .number(order.store as u64 + 1)
        .number(order.staff);
}

fn at<T>(list: &[T], number: u64) -> Option<&T> {
    list.get(usize::try_from(number).ok()?)
}
