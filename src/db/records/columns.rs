//! Where the columns that people see stand in SQL.

use crate::domain::Table;
use crate::domain::records::{Field, Kind};

/// A table in SQL.
pub(super) struct Source {
    /// Its statement.
    pub(super) statement: &'static str,
    /// The columns of its key.
    pub(super) keys: &'static [&'static str],
    /// Whether the greatest key comes first where nothing else orders the rows: the newest order is what people look for.
    pub(super) newest_first: bool,
}

pub(super) fn source(table: Table) -> Source {
    let (statement, keys): (_, &[&str]) = match table {
        Table::Customers => (include_str!("../../../sql/queries/records/customers.sql"), &["c.customer_id"]),
        Table::Orders => (include_str!("../../../sql/queries/records/orders.sql"), &["o.order_id"]),
        Table::OrderItems => {
            (include_str!("../../../sql/queries/records/order_items.sql"), &["i.order_id", "i.item_id"])
        }
        Table::Products => (include_str!("../../../sql/queries/records/products.sql"), &["p.product_id"]),
        Table::Stocks => {
            (include_str!("../../../sql/queries/records/stocks.sql"), &["s.store_id", "s.product_id"])
        }
        Table::Stores => (include_str!("../../../sql/queries/records/stores.sql"), &["s.store_id"]),
        Table::Staffs => (include_str!("../../../sql/queries/records/staffs.sql"), &["f.staff_id"]),
        Table::Brands => (include_str!("../../../sql/queries/records/brands.sql"), &["b.brand_id"]),
        Table::Categories => {
            (include_str!("../../../sql/queries/records/categories.sql"), &["g.category_id"])
        }
    };
    Source { statement, keys, newest_first: matches!(table, Table::Orders | Table::OrderItems) }
}

const CUSTOMER_OF_ORDER: &str =
    "(SELECT CONCAT(n.first_name, ' ', n.last_name) FROM customers n WHERE n.customer_id = o.customer_id)";
const STAFF_OF_ORDER: &str =
    "(SELECT CONCAT(n.first_name, ' ', n.last_name) FROM staffs n WHERE n.staff_id = o.staff_id)";
const MANAGER: &str =
    "(SELECT CONCAT(n.first_name, ' ', n.last_name) FROM staffs n WHERE n.staff_id = f.manager_id)";

const PRICE: &str = "(SELECT n.list_price FROM products n WHERE n.product_id = s.product_id)";
const BRAND_OF_LINE: &str = "(SELECT n.brand_id FROM products n WHERE n.product_id = i.product_id)";
const CATEGORY_OF_LINE: &str = "(SELECT n.category_id FROM products n WHERE n.product_id = i.product_id)";
const BRAND_OF_STOCK: &str = "(SELECT n.brand_id FROM products n WHERE n.product_id = s.product_id)";
const CATEGORY_OF_STOCK: &str = "(SELECT n.category_id FROM products n WHERE n.product_id = s.product_id)";

/// What a column's cells are, for a comparison.
pub(super) fn expression(table: Table, field: &Field) -> &'static str {
    match (table, field.name) {
        (Table::Customers, "name") => "CONCAT(c.first_name, ' ', c.last_name)",
        (Table::Customers, "phone") => "c.phone_digits",
        (Table::Customers, "email") => "c.email",
        (Table::Customers, "city") => "c.city",
        (Table::Customers, "street") => "c.street",
        (Table::Customers, "zip") => "c.zip_code",
        (Table::Customers, "state") => "c.state",
        (Table::Customers, _) => "c.customer_id",
        (Table::Orders, "ordered") => "o.order_date",
        (Table::Orders, "status") => "o.order_status",
        (Table::Orders, "customer") => CUSTOMER_OF_ORDER,
        (Table::Orders, "total") => {
            "(SELECT COALESCE(SUM(n.line_net), 0) FROM order_items n WHERE n.order_id = o.order_id)"
        }
        (Table::Orders, "store") => "(SELECT n.store_name FROM stores n WHERE n.store_id = o.store_id)",
        (Table::Orders, "staff") => STAFF_OF_ORDER,
        (Table::Orders, "required") => "o.required_date",
        (Table::Orders, "shipped") => "o.shipped_date",
        (Table::Orders, _) => "o.order_id",
        (Table::OrderItems, "line") => "i.item_id",
        (Table::OrderItems, "product") => {
            "(SELECT n.product_name FROM products n WHERE n.product_id = i.product_id)"
        }
        (Table::OrderItems, "quantity") => "i.quantity",
        (Table::OrderItems, "price") => "i.list_price",
        (Table::OrderItems, "discount") => "i.discount",
        (Table::OrderItems, "net") => "i.line_net",
        (Table::OrderItems, _) => "i.order_id",
        (Table::Products, "name") => "p.product_name",
        (Table::Products, "brand") => "(SELECT n.brand_name FROM brands n WHERE n.brand_id = p.brand_id)",
        (Table::Products, "category") => {
            "(SELECT n.category_name FROM categories n WHERE n.category_id = p.category_id)"
        }
        (Table::Products, "year") => "p.model_year",
        (Table::Products, "price") => "p.list_price",
        (Table::Products, _) => "p.product_id",
        (Table::Stocks, "store") => "(SELECT n.store_name FROM stores n WHERE n.store_id = s.store_id)",
        (Table::Stocks, "product") => {
            "(SELECT n.product_name FROM products n WHERE n.product_id = s.product_id)"
        }
        (Table::Stocks, "price") => PRICE,
        (Table::Stocks, "value") => {
            "s.quantity * (SELECT n.list_price FROM products n WHERE n.product_id = s.product_id)"
        }
        (Table::Stocks, _) => "s.quantity",
        (Table::Stores, "name") => "s.store_name",
        (Table::Stores, "phone") => "REGEXP_REPLACE(s.phone, '[^0-9]', '')",
        (Table::Stores, "city") => "s.city",
        (Table::Stores, "email") => "s.email",
        (Table::Stores, "street") => "s.street",
        (Table::Stores, "zip") => "s.zip_code",
        (Table::Stores, "state") => "s.state",
        (Table::Stores, "zone") => "s.time_zone",
        (Table::Stores, _) => "s.store_id",
        (Table::Staffs, "name") => "CONCAT(f.first_name, ' ', f.last_name)",
        (Table::Staffs, "store") => "(SELECT n.store_name FROM stores n WHERE n.store_id = f.store_id)",
        (Table::Staffs, "manager") => MANAGER,
        (Table::Staffs, "active") => "f.active",
        (Table::Staffs, "phone") => "REGEXP_REPLACE(f.phone, '[^0-9]', '')",
        (Table::Staffs, "email") => "f.email",
        (Table::Staffs, _) => "f.staff_id",
        (Table::Brands, "name") => "b.brand_name",
        (Table::Brands, _) => "b.brand_id",
        (Table::Categories, "name") => "g.category_name",
        (Table::Categories, _) => "g.category_id",
    }
}

/// The number of the record that a column names, and where names are looked up to find it. The names of people have a space before
/// them, so that each part of them begins behind one.
pub(super) fn named(table: Table, field: &Field) -> Option<(&'static str, &'static str)> {
    const STORES: &str = "SELECT n.store_id FROM stores n WHERE n.store_name";
    const STAFFS: &str = "SELECT n.staff_id FROM staffs n WHERE CONCAT(' ', n.first_name, ' ', n.last_name)";
    const BRANDS: &str = "SELECT n.brand_id FROM brands n WHERE n.brand_name";
    const CATEGORIES: &str = "SELECT n.category_id FROM categories n WHERE n.category_name";
    const PRODUCTS: &str = "SELECT n.product_id FROM products n WHERE n.product_name";
    Some(match (table, field.name) {
        (Table::Orders, "customer") => (
            "o.customer_id",
            "SELECT n.customer_id FROM customers n WHERE CONCAT(' ', n.first_name, ' ', n.last_name)",
        ),
        (Table::Orders, "store") => ("o.store_id", STORES),
        (Table::Orders, "staff") => ("o.staff_id", STAFFS),
        (Table::OrderItems, "product") => ("i.product_id", PRODUCTS),
        (Table::Stocks, "store") => ("s.store_id", STORES),
        (Table::Stocks, "product") => ("s.product_id", PRODUCTS),
        (Table::Products, "brand") => ("p.brand_id", BRANDS),
        (Table::OrderItems, "brand") => (BRAND_OF_LINE, BRANDS),
        (Table::Stocks, "brand") => (BRAND_OF_STOCK, BRANDS),
        (Table::Products, "category") => ("p.category_id", CATEGORIES),
        (Table::OrderItems, "category") => (CATEGORY_OF_LINE, CATEGORIES),
        (Table::Stocks, "category") => (CATEGORY_OF_STOCK, CATEGORIES),
        (Table::Staffs, "store") => ("f.store_id", STORES),
        (Table::Staffs, "manager") => ("f.manager_id", STAFFS),
        _ => return None,
    })
}

/// How a value of a column goes back to the server, to be compared with the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Text,
    Number,
    Sum,
}

/// What orders the rows before their key does: the columns of an index where the table is large, so that a page is read off it.
pub(super) fn order(table: Table, field: &Field) -> Vec<(&'static str, Bound)> {
    match (table, field.name) {
        (Table::Customers, "name") => vec![("c.last_name", Bound::Text), ("c.first_name", Bound::Text)],
        (Table::Orders, "ordered") => vec![("o.order_date", Bound::Text), ("o.order_status", Bound::Number)],
        (_, "number" | "order") => Vec::new(),
        _ => {
            let bound = match field.kind {
                Kind::Number | Kind::Count | Kind::Standing | Kind::YesNo => Bound::Number,
                Kind::Money | Kind::Share => Bound::Sum,
                Kind::Text | Kind::Named | Kind::Phone | Kind::Day | Kind::Measure | Kind::Span => {
                    Bound::Text
                }
            };
            vec![(expression(table, field), bound)]
        }
    }
}
