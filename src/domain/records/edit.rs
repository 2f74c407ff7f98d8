//! What of a record can be changed by hand, and what is found out on the way.

use super::RowId;
use crate::domain::number_format::in_thousands;
use crate::domain::{OrderStatus, StoreId, Table};
use std::collections::HashMap;

/// A field of a form for a record. What it may hold is said where loads have it: in the table of columns of `etl`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditField {
    /// The column.
    pub column: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// How it is filled.
    pub takes: Takes,
    /// Whether it is a part of the key: it is given when the record is made, and never changes.
    pub is_key: bool,
}

/// How a field is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// It is typed.
    Typed,
    /// Yes or no.
    YesNo,
    /// Where an order stands.
    Status,
    /// A row of another table, by its name.
    Named(Table),
}

const fn typed(column: &'static str, title: &'static str) -> EditField {
    EditField { column, title, takes: Takes::Typed, is_key: false }
}

const fn named(column: &'static str, title: &'static str, table: Table) -> EditField {
    EditField { takes: Takes::Named(table), ..typed(column, title) }
}

const CUSTOMERS: &[EditField] = &[
    typed("first_name", "First name"),
    typed("last_name", "Last name"),
    typed("phone", "Phone"),
    typed("email", "E-mail"),
    typed("street", "Street"),
    typed("city", "City"),
    typed("state", "State"),
    typed("zip_code", "Postcode"),
];

const ORDERS: &[EditField] = &[
    EditField { takes: Takes::Status, ..typed("order_status", "Status") },
    typed("order_date", "Ordered"),
    typed("required_date", "Required"),
    typed("shipped_date", "Shipped"),
];

const PRODUCTS: &[EditField] = &[
    typed("product_name", "Name"),
    named("brand_id", "Brand", Table::Brands),
    named("category_id", "Category", Table::Categories),
    typed("model_year", "Model year"),
    typed("list_price", "Price"),
];

const STOCKS: &[EditField] = &[
    EditField { is_key: true, ..named("store_id", "Store", Table::Stores) },
    EditField { is_key: true, ..named("product_id", "Product", Table::Products) },
    typed("quantity", "On hand"),
];

const STORES: &[EditField] = &[
    typed("store_name", "Name"),
    typed("phone", "Phone"),
    typed("email", "E-mail"),
    typed("street", "Street"),
    typed("city", "City"),
    typed("state", "State"),
    typed("zip_code", "Postcode"),
    typed("time_zone", "Time zone"),
];

const STAFFS: &[EditField] = &[
    typed("first_name", "First name"),
    typed("last_name", "Last name"),
    typed("email", "E-mail"),
    typed("phone", "Phone"),
    EditField { takes: Takes::YesNo, ..typed("active", "Active") },
    named("store_id", "Store", Table::Stores),
    named("manager_id", "Manager", Table::Staffs),
];

const BRANDS: &[EditField] = &[typed("brand_name", "Name")];
const CATEGORIES: &[EditField] = &[typed("category_name", "Name")];

/// What of a row of the table can be given or changed by hand, in the order of the form. Of order lines nothing: they are
/// what was sold, and at which price.
pub fn editable(table: Table) -> &'static [EditField] {
    match table {
        Table::Customers => CUSTOMERS,
        Table::Orders => ORDERS,
        Table::OrderItems => &[],
        Table::Products => PRODUCTS,
        Table::Stocks => STOCKS,
        Table::Stores => STORES,
        Table::Staffs => STAFFS,
        Table::Brands => BRANDS,
        Table::Categories => CATEGORIES,
    }
}

/// Whether rows of the table can be changed by hand.
pub fn can_change(table: Table) -> bool {
    !editable(table).is_empty()
}

/// Whether rows of the table can be made, and deleted, by hand: orders come from the tills.
pub fn can_make(table: Table) -> bool {
    can_change(table) && table != Table::Orders
}

/// A value for each editable field of a table, as text in the one way in which it is written; `None` for nothing.
pub type Values = Vec<Option<String>>;

/// A row as the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// How often it was changed, and so which state of it this is.
    pub version: u32,
    /// The store it belongs to; none where it belongs to the whole chain.
    pub store: Option<StoreId>,
    /// Its values, cleaned.
    pub values: Values,
}

/// A row that can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its number.
    pub number: u32,
    /// Its name, cleaned.
    pub name: String,
}

/// What a form for a record begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The record; nothing where it is to be made.
    pub held: Option<Held>,
    /// For each field the rows it can name, by name; nothing for a field that names none.
    pub choices: Vec<Vec<Choice>>,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Of which column.
    pub column: &'static str,
    /// In words for the person who gave it.
    pub words: String,
}

/// Rows that name a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Of which table, as the database calls it.
    pub table: String,
    /// How many.
    pub count: u64,
    /// How many of them are orders that are still open.
    pub open: u64,
}

/// A record that somebody wants to delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doomed {
    /// Which.
    pub row: RowId,
    /// Its state.
    pub version: u32,
    /// What it is called, cleaned.
    pub name: String,
    /// What names it: then it can not be deleted.
    pub references: Vec<Reference>,
}

/// Rows with their number: "12 orders, 3 of them open, 30 stock rows".
pub fn in_words(references: &[Reference]) -> String {
    let one = |Reference { table, count, open }: &Reference| {
        let (one, many) = match table.as_str() {
            "orders" => ("order", "orders"),
            "order_items" => ("order line", "order lines"),
            "products" => ("product", "products"),
            "staffs" => ("member of the staff", "members of the staff"),
            "stocks" => ("stock row", "stock rows"),
            "stock_moves" => ("stock move", "stock moves"),
            "sales_targets" => ("target", "targets"),
            "users" => ("user account", "user accounts"),
            other => (other, other),
        };
        let words = if *count == 1 { one } else { many };
        let [all, of_them] = [count, open].map(|number| in_thousands(&number.to_string(), ","));
        match open {
            0 => format!("{all} {words}"),
            open if open == count => format!("{all} open {words}"),
            _ => format!("{all} {words}, {of_them} of them open"),
        }
    };
    references.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What to do instead of deleting what is named.
pub fn instead(table: Table) -> &'static str {
    match table {
        Table::Customers => {
            "What was sold stays in the figures, and so does who bought it. Change the name and the contact instead."
        }
        Table::Products => {
            "What was sold stays in the figures. Set its stock to 0 instead, or delete its stock rows where it was never sold."
        }
        Table::Brands | Table::Categories => "Give its products another one first, or change its name.",
        Table::Stores => {
            "Its orders keep their store, and those that are open are still to be shipped from there: complete them, move \
             the staff to another store, set the stock to 0. The store stays for the figures."
        }
        Table::Staffs => {
            "Set Active to no instead, give those who work for them another manager, and let an administrator unlink the \
             account."
        }
        Table::Stocks | Table::Orders | Table::OrderItems => "",
    }
}

/// A value as people read it.
pub fn shown(takes: Takes, value: Option<&str>, choices: &[Choice]) -> String {
    let Some(value) = value else { return String::new() };
    let found = match takes {
        Takes::Typed => None,
        Takes::YesNo => Some(if value == "0" { "no" } else { "yes" }.to_owned()),
        Takes::Status => {
            value.parse().ok().and_then(OrderStatus::from_number).map(|status| status.to_string())
        }
        Takes::Named(_) => {
            let number: Option<u32> = value.parse().ok();
            choices.iter().find(|one| Some(one.number) == number).map(|one| label(one, choices))
        }
    };
    found.unwrap_or_else(|| value.to_owned())
}

/// The name of a choice, with its number where another has the same name.
fn label(choice: &Choice, choices: &[Choice]) -> String {
    let folded = choice.name.to_lowercase();
    let is_alone = choices.iter().filter(|other| other.name.to_lowercase() == folded).count() < 2;
    numbered(choice, is_alone)
}

fn numbered(Choice { number, name }: &Choice, is_alone: bool) -> String {
    if is_alone { name.clone() } else { format!("{name}, no. {number}") }
}

/// The names of choices, each with its number where another has the same name.
pub fn labels(choices: &[Choice]) -> Vec<String> {
    let mut count: HashMap<String, usize> = HashMap::new();
    for choice in choices {
        *count.entry(choice.name.to_lowercase()).or_default() += 1;
    }
    let is_alone = |choice: &Choice| count.get(&choice.name.to_lowercase()).is_none_or(|count| *count < 2);
    choices.iter().map(|choice| numbered(choice, is_alone(choice))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_record_is_told_in_words() {
        let of = |table: &str, count, open| Reference { table: table.to_owned(), count, open };
        assert_eq!(
            in_words(&[of("orders", 1_712, 3), of("stocks", 30, 0), of("staffs", 1, 0)]),
            "1,712 orders, 3 of them open, 30 stock rows, 1 member of the staff"
        );
        assert_eq!(in_words(&[of("orders", 1, 1)]), "1 open order");
    }

    #[test]
    fn a_value_is_shown_as_it_is_read_and_names_that_are_the_same_with_their_numbers() {
        let choices = [(1, "Vind"), (2, "Regn"), (3, "VIND")]
            .map(|(number, name)| Choice { number, name: name.to_owned() });
        let named = |value| shown(Takes::Named(Table::Brands), Some(value), &choices);
        assert_eq!(
            [named("2"), named("1"), named("3"), named("9")],
            ["Regn", "Vind, no. 1", "VIND, no. 3", "9"]
        );
        assert_eq!(labels(&choices), ["Vind, no. 1", "Regn", "VIND, no. 3"]);
        assert_eq!(shown(Takes::Status, Some("4"), &[]), "completed");
        assert_eq!(shown(Takes::YesNo, Some("0"), &[]), "no");
        assert_eq!(shown(Takes::Typed, None, &[]), "");
    }

    #[test]
    fn orders_are_changed_and_nothing_else_and_their_lines_not_at_all() {
        let rights = Table::EACH.map(|table| (can_change(table), can_make(table)));
        assert_eq!(rights.iter().filter(|rights| **rights == (true, true)).count(), 7);
        assert!(can_change(Table::Orders) && !can_make(Table::Orders) && !can_change(Table::OrderItems));
    }
}
