//! The columns of the tables as people see them. The same names narrow a table: `city:Rowlett`.

use super::asked::asked;
use crate::domain::Table;

/// What a column holds, which says how it is compared and how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The number of a record, or a year.
    Number,
    /// How many.
    Count,
    /// A sum.
    Money,
    /// A part of the whole.
    Share,
    /// A business day.
    Day,
    /// Text.
    Text,
    /// Another record by its name; it can be asked for by its number too.
    Named,
    /// A telephone number, asked for by its digits.
    Phone,
    /// Where an order stands.
    Standing,
    /// Yes or no.
    YesNo,
    /// Which orders count.
    Measure,
    /// From a day to another.
    Span,
}

impl Kind {
    /// Whether its values stand under each other by their ends.
    pub fn is_number(self) -> bool {
        matches!(self, Kind::Number | Kind::Count | Kind::Money | Kind::Share)
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What it is called where rows are narrowed.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// How many characters it usually takes.
    pub width: u16,
    /// Whether rows can be put in its order: without reading a large table whole.
    pub sorts: bool,
}

pub(super) const fn plain(name: &'static str, title: &'static str, kind: Kind, width: u16) -> Field {
    Field { name, title, kind, width, sorts: false }
}

const fn sorted(name: &'static str, title: &'static str, kind: Kind, width: u16) -> Field {
    Field { name, title, kind, width, sorts: true }
}

const CUSTOMERS: &[Field] = &[
    sorted("number", "No.", Kind::Number, 8),
    sorted("name", "Name", Kind::Text, 24),
    plain("phone", "Phone", Kind::Phone, 16),
    sorted("city", "City", Kind::Text, 18),
    sorted("email", "E-mail", Kind::Text, 30),
    plain("street", "Street", Kind::Text, 26),
    plain("zip", "Postcode", Kind::Text, 8),
    plain("state", "State", Kind::Text, 5),
];

const ORDERS: &[Field] = &[
    sorted("number", "No.", Kind::Number, 8),
    sorted("ordered", "Ordered", Kind::Day, 10),
    plain("status", "Status", Kind::Standing, 16),
    plain("customer", "Customer", Kind::Named, 22),
    plain("total", "Total", Kind::Money, 12),
    plain("store", "Store", Kind::Named, 18),
    plain("staff", "Staff", Kind::Named, 18),
    plain("required", "Required", Kind::Day, 10),
    plain("shipped", "Shipped", Kind::Day, 10),
];

const ORDER_ITEMS: &[Field] = &[
    sorted("order", "Order", Kind::Number, 8),
    plain("line", "Line", Kind::Number, 4),
    plain("product", "Product", Kind::Named, 30),
    plain("quantity", "Pieces", Kind::Count, 6),
    plain("price", "Price", Kind::Money, 10),
    plain("discount", "Discount", Kind::Share, 8),
    plain("net", "Net", Kind::Money, 12),
];

const PRODUCTS: &[Field] = &[
    sorted("number", "No.", Kind::Number, 6),
    sorted("name", "Name", Kind::Text, 34),
    sorted("brand", "Brand", Kind::Named, 14),
    sorted("category", "Category", Kind::Named, 18),
    sorted("year", "Year", Kind::Number, 4),
    sorted("price", "Price", Kind::Money, 10),
];

const STOCKS: &[Field] = &[
    plain("store", "Store", Kind::Named, 20),
    plain("product", "Product", Kind::Named, 40),
    sorted("quantity", "On hand", Kind::Count, 8),
    plain("price", "Price", Kind::Money, 10),
    plain("value", "Value", Kind::Money, 12),
];

const STORES: &[Field] = &[
    sorted("number", "No.", Kind::Number, 6),
    sorted("name", "Name", Kind::Text, 22),
    plain("phone", "Phone", Kind::Phone, 16),
    sorted("city", "City", Kind::Text, 16),
    sorted("email", "E-mail", Kind::Text, 26),
    plain("street", "Street", Kind::Text, 24),
    plain("zip", "Postcode", Kind::Text, 8),
    sorted("state", "State", Kind::Text, 5),
    sorted("zone", "Time zone", Kind::Text, 20),
];

const STAFFS: &[Field] = &[
    sorted("number", "No.", Kind::Number, 6),
    sorted("name", "Name", Kind::Text, 22),
    sorted("store", "Store", Kind::Named, 18),
    sorted("manager", "Manager", Kind::Named, 20),
    sorted("active", "Active", Kind::YesNo, 6),
    plain("phone", "Phone", Kind::Phone, 16),
    sorted("email", "E-mail", Kind::Text, 28),
];

const NAMES: &[Field] = &[sorted("number", "No.", Kind::Number, 6), sorted("name", "Name", Kind::Text, 40)];

/// The columns of a table, in the order in which it shows them.
pub fn fields(table: Table) -> &'static [Field] {
    match table {
        Table::Customers => CUSTOMERS,
        Table::Orders => ORDERS,
        Table::OrderItems => ORDER_ITEMS,
        Table::Products => PRODUCTS,
        Table::Stocks => STOCKS,
        Table::Stores => STORES,
        Table::Staffs => STAFFS,
        Table::Brands | Table::Categories => NAMES,
    }
}

/// The column of that name, or what else rows can be asked for by it; whatever its case.
pub fn field(table: Table, name: &str) -> Option<&'static Field> {
    fields(table).iter().chain(asked(table)).find(|field| field.name.eq_ignore_ascii_case(name))
}

/// What a table is called on screens.
pub fn title(table: Table) -> &'static str {
    match table {
        Table::Customers => "Customers",
        Table::Orders => "Orders",
        Table::OrderItems => "Order lines",
        Table::Products => "Products",
        Table::Stocks => "Stocks",
        Table::Stores => "Stores",
        Table::Staffs => "Staff",
        Table::Brands => "Brands",
        Table::Categories => "Categories",
    }
}
