//! What is to hold of the rows, in SQL. Whatever was typed is a parameter.

use super::behind::{counted, short};
use super::columns::{Bound, expression, named};
use super::search::{escaped, from_the_end};
use crate::domain::Table;
use crate::domain::records::{Condition, Filter, Kind, Test, Value};
use jiff::civil::Date;
use mysql_async::Value as Bind;
use std::collections::HashMap;

/// Conditions with their values.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    /// What each row has to be.
    pub(super) holds: Vec<String>,
    /// Statements that answer the keys of all rows there can be, in `found`: what is found by an index, where a condition on
    /// each row would read a large table whole.
    pub(super) keys: Vec<String>,
    /// What the order of each line has to be.
    pub(super) of_orders: Vec<String>,
    /// The values, by the names they have in the statements.
    pub(super) values: HashMap<Vec<u8>, Bind>,
}

impl Conditions {
    pub(super) fn of(table: Table, filter: &Filter) -> Conditions {
        let mut conditions = Conditions::default();
        filter.conditions.iter().for_each(|condition| conditions.add(table, condition));
        conditions.orders_first();
        filter.words.iter().for_each(|word| conditions.add_word(table, word));
        conditions
    }

    /// A value of the statement; answers the name that stands for it.
    pub(super) fn bind(&mut self, value: impl Into<Bind>) -> String {
        let name = format!("v{}", self.values.len());
        self.values.insert(name.clone().into_bytes(), value.into());
        format!(":{name}")
    }

    /// A value as an earlier row had it.
    pub(super) fn bind_back(&mut self, value: &str, bound: Bound) -> String {
        match (bound, value.parse::<i64>()) {
            (Bound::Number, Ok(number)) => self.bind(number),
            (Bound::Sum, _) => format!("CAST({} AS DECIMAL(20, 4))", self.bind(value)),
            _ => self.bind(value),
        }
    }

    pub(super) fn add(&mut self, table: Table, condition: &Condition) {
        if self.of_order(table, condition) {
            return;
        }
        let Condition { field, test, value } = condition;
        let it = expression(table, field);
        let holds = match (value, named(table, field)) {
            (Value::Text(text), _) if is_by_name(table, condition) => {
                text.split_whitespace().for_each(|word| self.find_by_name(table, word));
                return;
            }
            (Value::Text(digits), _)
                if (table, field.name, *test) == (Table::Customers, "phone", Test::Is) =>
            {
                let keys = self.by_phone(digits);
                self.keys.push(keys);
                return;
            }
            (Value::Text(text), Some((number, names))) => {
                let not = if *test == Test::Not { "NOT " } else { "" };
                let test = if *test == Test::Not { Test::Is } else { *test };
                let like = match (test, names.contains("' '")) {
                    (Test::Is, true) => self.like(Test::Holds, &format!(" {text}")),
                    (Test::Exactly, true) => self.like(test, &format!(" {text}")),
                    _ => self.like(test, text),
                };
                format!("{number} {not}IN ({names} {like})")
            }
            (Value::Nothing, Some((number, _))) => nothing(number, *test),
            (Value::Nothing, None) => nothing(it, *test),
            (Value::Amount(amount), number) => {
                let it = number.map_or(it, |(number, _)| number);
                self.compared(it, *test, &amount.to_string())
            }
            (Value::Numbers(numbers), number) => {
                let it = number.map_or(it, |(number, _)| number);
                let numbers: Vec<String> = numbers.iter().map(|number| self.bind(*number)).collect();
                unless(*test, format!("{it} IN ({})", numbers.join(", ")))
            }
            (Value::Measure(measure), _) => unless(*test, counted(*measure)),
            (Value::Span(first, last), _) => self.unsold(*test, *first, *last),
            (Value::Days(first, last), _) => self.days(it, *test, *first, *last),
            (Value::Text(text), None) if field.name == "email" && *test == Test::Is => {
                // Addresses compare exactly, and most are written in small letters whatever a person types.
                let small = self.like(*test, &text.to_lowercase());
                format!("({it} {} OR {it} {small})", self.like(*test, text))
            }
            (Value::Text(text), None) if *test == Test::Not => {
                format!("NOT (COALESCE({it}, '') {})", self.like(Test::Is, text))
            }
            (Value::Text(text), None) => format!("{it} {}", self.like(*test, text)),
            (Value::Status(status), _) => unless(*test, format!("{it} = {}", status.number())),
            (Value::Open, _) => unless(*test, format!("{it} IN (1, 2)")),
            (Value::Late, _) => unless(*test, format!("{it} IN (1, 2) AND o.required_date < :as_of")),
            (Value::Yes(yes), _) if (table, field.name) == (Table::OrderItems, "short") => {
                unless(*test, if *yes { short() } else { unless(Test::Not, short()) })
            }
            (Value::Yes(yes), _) => unless(*test, format!("{it} = {}", u8::from(*yes))),
        };
        self.holds.push(holds);
    }

    fn like(&mut self, test: Test, text: &str) -> String {
        let escaped = escaped(text);
        match test {
            Test::Exactly => format!("= {}", self.bind(text)),
            Test::Holds => format!("LIKE {} ESCAPE '!'", self.bind(format!("%{escaped}%"))),
            _ => format!("LIKE {} ESCAPE '!'", self.bind(format!("{escaped}%"))),
        }
    }

    fn compared(&mut self, it: &str, test: Test, amount: &str) -> String {
        let sign = match test {
            Test::Not => "<>",
            Test::MoreThan => ">",
            Test::AtLeast => ">=",
            Test::LessThan => "<",
            Test::AtMost => "<=",
            Test::Is | Test::Exactly | Test::Holds => "=",
        };
        let bound = if amount.contains('.') { Bound::Sum } else { Bound::Number };
        format!("{it} {sign} {}", self.bind_back(amount, bound))
    }

    fn days(&mut self, it: &str, test: Test, first: Date, last: Date) -> String {
        let (from, to) = (self.bind(first.to_string()), self.bind(last.to_string()));
        match test {
            Test::MoreThan => format!("{it} > {to}"),
            Test::AtLeast => format!("{it} >= {from}"),
            Test::LessThan => format!("{it} < {from}"),
            Test::AtMost => format!("{it} <= {to}"),
            Test::Not => format!("({it} IS NULL OR {it} NOT BETWEEN {from} AND {to})"),
            Test::Is | Test::Exactly | Test::Holds => format!("{it} BETWEEN {from} AND {to}"),
        }
    }

    /// Rows that have this word in one of their natural texts.
    fn add_word(&mut self, table: Table, word: &str) {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        let number = word.parse::<u32>().ok();
        match (table, number) {
            (Table::Customers, _) if !digits.is_empty() && !word.chars().any(char::is_alphabetic) => {
                let mut keys = self.by_phone(&digits);
                if let Some(number) = number {
                    let number = self.bind(number);
                    keys.push_str(&format!(
                        " UNION SELECT customer_id AS found FROM customers WHERE customer_id = {number}"
                    ));
                }
                self.keys.push(keys);
            }
            (Table::Customers, _) => {
                let small = word.to_lowercase();
                let names = ["last_name", "first_name", "city", "email"].map(|column| (column, word));
                let in_small_letters = Some(("email", small.as_str())).filter(|_| small != word);
                let keys = names.into_iter().chain(in_small_letters).map(|(column, word)| {
                    let like = self.like(Test::Is, word);
                    format!("SELECT customer_id AS found FROM customers WHERE {column} {like}")
                });
                let keys: Vec<String> = keys.collect();
                self.keys.push(keys.join(" UNION "));
            }
            (Table::Orders, Some(number)) => {
                let holds = format!("o.order_id = {}", self.bind(number));
                self.holds.push(holds);
            }
            (Table::Orders, None) => self.find_by_name(table, word),
            (Table::OrderItems, Some(number)) => {
                let holds = format!("i.order_id = {}", self.bind(number));
                self.holds.push(holds);
            }
            _ => {
                let like = self.like(Test::Holds, word);
                self.holds.push(texts(table, &like));
            }
        }
    }

    /// Customers whose telephone number begins with these digits, or ends with them.
    fn by_phone(&mut self, digits: &str) -> String {
        let (first, last) = (self.bind(format!("{digits}%")), self.bind(from_the_end(digits)));
        format!(
            "SELECT customer_id AS found FROM customers WHERE phone_digits LIKE {first} \
             UNION SELECT customer_id AS found FROM customers WHERE phone_ends LIKE {last}"
        )
    }

    /// Customers, or orders of customers, whose first or last name begins so.
    fn find_by_name(&mut self, table: Table, word: &str) {
        let (key, from) = match table {
            Table::Orders => ("w.order_id", "customers n JOIN orders w ON w.customer_id = n.customer_id"),
            _ => ("n.customer_id", "customers n"),
        };
        let keys = ["last_name", "first_name"].map(|column| {
            let like = self.like(Test::Is, word);
            format!("SELECT {key} AS found FROM {from} WHERE n.{column} {like}")
        });
        self.keys.push(keys.join(" UNION "));
    }
}

/// Whether the condition is on the names of customers, of whom there may be a million: they are found by the index.
fn is_by_name(table: Table, condition: &Condition) -> bool {
    let names =
        matches!((table, condition.field.name), (Table::Customers, "name") | (Table::Orders, "customer"));
    names && condition.test == Test::Is && condition.field.kind != Kind::Phone
}

fn nothing(it: &str, test: Test) -> String {
    if test == Test::Not { format!("{it} IS NOT NULL") } else { format!("{it} IS NULL") }
}

pub(super) fn unless(test: Test, holds: String) -> String {
    if test == Test::Not { format!("NOT ({holds})") } else { format!("({holds})") }
}

/// That a row of a table has a word in one of its natural texts.
fn texts(table: Table, like: &str) -> String {
    let of_products = format!("IN (SELECT n.product_id FROM products n WHERE n.product_name {like})");
    match table {
        Table::OrderItems => format!("i.product_id {of_products}"),
        Table::Stocks => format!(
            "(s.product_id {of_products} OR s.store_id IN (SELECT n.store_id FROM stores n WHERE n.store_name {like}))"
        ),
        Table::Products => format!(
            "(p.product_name {like} OR p.brand_id IN (SELECT n.brand_id FROM brands n WHERE n.brand_name {like}) \
             OR p.category_id IN (SELECT n.category_id FROM categories n WHERE n.category_name {like}))"
        ),
        Table::Stores => format!("(s.store_name {like} OR s.city {like} OR s.email {like})"),
        Table::Staffs => format!(
            "(CONCAT(f.first_name, ' ', f.last_name) {like} OR f.email {like} \
             OR f.store_id IN (SELECT n.store_id FROM stores n WHERE n.store_name {like}))"
        ),
        Table::Brands => format!("b.brand_name {like}"),
        Table::Categories => format!("g.category_name {like}"),
        Table::Customers | Table::Orders => "FALSE".to_owned(),
    }
}
