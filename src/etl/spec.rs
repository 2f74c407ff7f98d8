//! What each table takes from a file: the one list of columns, from which alignment, validation and SQL are made.
//!
//! A test compares it with the live schema, so that the two can not drift apart.

use crate::domain::Table;

/// What a cell may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A key: a whole number from 1 (`INT UNSIGNED`).
    Id,
    /// A whole number within bounds, both included.
    Integer {
        /// The smallest.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// `DECIMAL(digits, scale)` from 0 up to `max`.
    Decimal {
        /// Digits in all.
        digits: u32,
        /// Digits after the decimal mark.
        scale: u32,
        /// The greatest whole number allowed, where the digits alone do not say it.
        max: Option<i64>,
    },
    /// Text of at most so many characters.
    Text(usize),
    /// A time zone by its IANA name, as text of at most so many characters.
    TimeZone(usize),
    /// A calendar day.
    Date,
    /// Yes or no.
    Flag,
}

impl Kind {
    /// Whether it is kept as text.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Kind::Text(_) | Kind::TimeZone(_))
    }
}

/// What an empty cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// The row is rejected.
    Required,
    /// Nothing is known; `NULL`.
    Optional,
    /// This value, also where the column is missing and the row is new.
    Default(&'static str),
}

/// One column of a table.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its name in SQL and in files.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Whether it may be empty.
    pub(crate) need: Need,
}

/// A column that names a row of another table.
#[derive(Debug, Clone)]
pub(crate) struct Parent {
    /// The column here.
    pub(crate) column: &'static str,
    /// The other table.
    pub(crate) table: Table,
    /// Its key there.
    pub(crate) key: &'static str,
    /// What one row of it is called.
    pub(crate) word: &'static str,
}

/// What one table takes.
#[derive(Debug)]
pub(crate) struct Spec {
    /// The table.
    pub(crate) table: Table,
    /// Its primary key.
    pub(crate) key: &'static [&'static str],
    /// A second column whose values must differ, with the collation by which they are compared.
    pub(crate) unique: Option<(&'static str, &'static str)>,
    /// All columns that a file may fill, in the table's order.
    pub(crate) columns: &'static [Column],
    /// Rows of other tables that it names.
    pub(crate) parents: &'static [Parent],
}

impl Spec {
    /// The column of that name, with its place.
    pub(crate) fn column(&self, name: &str) -> Option<(usize, &'static Column)> {
        self.columns.iter().enumerate().find(|(_, column)| column.name == name)
    }

    /// Whether a file without the key is understood: its rows are known by `unique` and new ones are numbered.
    pub(crate) fn numbers_itself(&self) -> bool {
        self.unique.is_some()
    }
}

/// The spec of a table.
pub(crate) fn spec(table: Table) -> &'static Spec {
    match table {
        Table::Categories => &CATEGORIES,
        Table::Brands => &BRANDS,
        Table::Products => &PRODUCTS,
        Table::Stores => &STORES,
        Table::Staffs => &STAFFS,
        Table::Stocks => &STOCKS,
        Table::Customers => &CUSTOMERS,
        Table::Orders => &ORDERS,
        Table::OrderItems => &ORDER_ITEMS,
    }
}

const fn required(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, need: Need::Required }
}

const fn optional(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, need: Need::Optional }
}

const fn or(name: &'static str, kind: Kind, default: &'static str) -> Column {
    Column { name, kind, need: Need::Default(default) }
}

const fn parent(column: &'static str, table: Table, key: &'static str, word: &'static str) -> Parent {
    Parent { column, table, key, word }
}

const PRICE: Kind = Kind::Decimal { digits: 12, scale: 2, max: None };
const TO_STORE: Parent = parent("store_id", Table::Stores, "store_id", "store");
const TO_PRODUCT: Parent = parent("product_id", Table::Products, "product_id", "product");

static CATEGORIES: Spec = Spec {
    table: Table::Categories,
    key: &["category_id"],
    unique: None,
    columns: &[required("category_id", Kind::Id), required("category_name", Kind::Text(255))],
    parents: &[],
};

static BRANDS: Spec = Spec {
    table: Table::Brands,
    key: &["brand_id"],
    unique: None,
    columns: &[required("brand_id", Kind::Id), required("brand_name", Kind::Text(255))],
    parents: &[],
};

static PRODUCTS: Spec = Spec {
    table: Table::Products,
    key: &["product_id"],
    unique: None,
    columns: &[
        required("product_id", Kind::Id),
        required("product_name", Kind::Text(255)),
        required("brand_id", Kind::Id),
        required("category_id", Kind::Id),
        required("model_year", Kind::Integer { min: 0, max: 65_535 }),
        required("list_price", PRICE),
    ],
    parents: &[
        parent("brand_id", Table::Brands, "brand_id", "brand"),
        parent("category_id", Table::Categories, "category_id", "category"),
    ],
};

static STORES: Spec = Spec {
    table: Table::Stores,
    key: &["store_id"],
    unique: Some(("store_name", "utf8mb4_unicode_ci")),
    columns: &[
        required("store_id", Kind::Id),
        required("store_name", Kind::Text(255)),
        optional("phone", Kind::Text(32)),
        optional("email", Kind::Text(254)),
        optional("street", Kind::Text(255)),
        optional("city", Kind::Text(255)),
        optional("state", Kind::Text(32)),
        optional("zip_code", Kind::Text(16)),
        or("time_zone", Kind::TimeZone(64), "UTC"),
    ],
    parents: &[],
};

static STAFFS: Spec = Spec {
    table: Table::Staffs,
    key: &["staff_id"],
    unique: Some(("email", "utf8mb4_bin")),
    columns: &[
        required("staff_id", Kind::Id),
        required("first_name", Kind::Text(100)),
        required("last_name", Kind::Text(100)),
        required("email", Kind::Text(254)),
        optional("phone", Kind::Text(32)),
        or("active", Kind::Flag, "1"),
        required("store_id", Kind::Id),
        optional("manager_id", Kind::Id),
    ],
    // The manager is checked apart, with the whole tree in sight (`managers`).
    parents: &[TO_STORE],
};

static STOCKS: Spec = Spec {
    table: Table::Stocks,
    key: &["store_id", "product_id"],
    unique: None,
    columns: &[
        required("store_id", Kind::Id),
        required("product_id", Kind::Id),
        required("quantity", Kind::Integer { min: 0, max: 2_147_483_647 }),
    ],
    parents: &[TO_STORE, TO_PRODUCT],
};

static CUSTOMERS: Spec = Spec {
    table: Table::Customers,
    key: &["customer_id"],
    unique: None,
    columns: &[
        required("customer_id", Kind::Id),
        required("first_name", Kind::Text(100)),
        required("last_name", Kind::Text(100)),
        optional("phone", Kind::Text(32)),
        optional("email", Kind::Text(254)),
        optional("street", Kind::Text(255)),
        optional("city", Kind::Text(255)),
        optional("state", Kind::Text(32)),
        optional("zip_code", Kind::Text(16)),
    ],
    parents: &[],
};

static ORDERS: Spec = Spec {
    table: Table::Orders,
    key: &["order_id"],
    unique: None,
    columns: &[
        required("order_id", Kind::Id),
        required("customer_id", Kind::Id),
        required("order_status", Kind::Integer { min: 1, max: 4 }),
        required("order_date", Kind::Date),
        required("required_date", Kind::Date),
        optional("shipped_date", Kind::Date),
        required("store_id", Kind::Id),
        required("staff_id", Kind::Id),
    ],
    parents: &[
        parent("customer_id", Table::Customers, "customer_id", "customer"),
        TO_STORE,
        parent("staff_id", Table::Staffs, "staff_id", "staff"),
    ],
};

static ORDER_ITEMS: Spec = Spec {
    table: Table::OrderItems,
    key: &["order_id", "item_id"],
    unique: None,
    columns: &[
        required("order_id", Kind::Id),
        required("item_id", Kind::Id),
        required("product_id", Kind::Id),
        required("quantity", Kind::Integer { min: 1, max: 4_294_967_295 }),
        required("list_price", PRICE),
        or("discount", Kind::Decimal { digits: 5, scale: 4, max: Some(1) }, "0"),
    ],
    parents: &[parent("order_id", Table::Orders, "order_id", "order"), TO_PRODUCT],
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_foreign_key_to_another_table_leads_to_a_parent() {
        let schema = include_str!("../../sql/schema.tsv");
        for table in Table::EACH {
            let keys: BTreeSet<String> = schema
                .lines()
                .filter_map(|line| line.strip_prefix(&format!("{}\tforeign key\t", table.name())))
                .filter_map(|key| key.split_once('\t').map(|(_, what)| what.to_owned()))
                .filter(|key| !key.contains(&format!("refers to {table} ")))
                .collect();
            let parents: BTreeSet<String> = spec(table)
                .parents
                .iter()
                .map(|Parent { column, table, key, .. }| {
                    format!("({column}) refers to {} ({key})", table.name())
                })
                .collect();
            assert_eq!(parents, keys, "{table}");
        }
    }
}
