//! Each table's columns, and how its rows are written.

use super::chain::Chain;
use super::customers::Customer;
use super::models::{BRANDS, KINDS};
use super::orders::{self, Line};
use crate::domain::Table;
use csv::StringRecord;
use std::fmt::Write;

/// Where a row's cells go, one after the other, through one buffer.
pub(super) struct Cells<'a> {
    pub(super) row: &'a mut StringRecord,
    pub(super) buffer: &'a mut String,
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

/// The columns of a table, as the schema names them, in the order in which the functions below write them.
#[rustfmt::skip]
pub(super) fn columns(table: Table) -> &'static [&'static str] {
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

pub(super) fn category(_: &Chain, number: u64, cells: &mut Cells<'_>) {
    cells.number(number + 1).optional(at(&KINDS, number).map(|kind| kind.category));
}

pub(super) fn brand(_: &Chain, number: u64, cells: &mut Cells<'_>) {
    cells.number(number + 1).optional(at(&BRANDS, number).copied());
}

pub(super) fn product(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
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

pub(super) fn store(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
    let Some(place) = at(&chain.branches.stores, number).map(|store| store.place) else {
        return;
    };
    cells
        .number(number + 1)
        .shown(format_args!("{} Bicycles", place.town.0))
        .shown(format_args!("({}) 555-0100", place.area_code))
        .shown(format_args!("{}@larkspoke.example", place.mail))
        .text(place.street)
        .text(place.town.0)
        .text(place.state)
        .text(place.town.1)
        .text(place.time_zone);
}

pub(super) fn staff(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
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

pub(super) fn stock(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
    let Some(stock) = at(&chain.branches.stock, number) else {
        return;
    };
    cells.number(stock.store).number(stock.product).number(stock.quantity);
}

pub(super) fn customer(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
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

pub(super) fn order(chain: &Chain, number: u64, cells: &mut Cells<'_>) {
    let order = orders::order(chain, number);
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

/// Line `place` (from 1) of order `number` (from 0).
pub(super) fn order_line(number: u64, place: u64, line: &Line, cells: &mut Cells<'_>) {
    cells
        .number(number + 1)
        .number(place)
        .number(line.product as u64 + 1)
        .number(line.quantity)
        .money(line.price)
        .ten_thousandths(line.discount);
}

fn at<T>(list: &[T], number: u64) -> Option<&T> {
    list.get(usize::try_from(number).ok()?)
}
