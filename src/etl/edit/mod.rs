//! One row changed by hand: the rules that loads have, for what a person types into a form.
//!
//! Values travel as text, each in the one way in which its column is written (`1549.00`, `2018-04-30`, `0`), so that what
//! was typed can be compared with what is stored.

mod named;
mod rows;

pub use named::NamedRows;
pub(crate) use rows::{
    add, called, change, choices, held, let_go, loaded_by, lock_tree, missing, name_of_staff, owner,
    references, remove,
};

use super::cell::{self, Value, shown};
use super::fault::Fault;
use super::rules;
use super::spec::{Column, Kind, Spec, spec};
use crate::domain::records::edit::{EditField, Takes, Values, Wrong, editable};
use crate::domain::{OrderStatus, Table};
use jiff::civil::Date;

/// What a person typed for a field, as its column keeps it. A row of another table is named by its number here; its name
/// is for [`NamedRows`].
///
/// # Errors
/// What is wrong with it, in words.
pub fn read(table: Table, field: &EditField, typed: &str) -> Result<Option<String>, String> {
    let Some((_, column)) = spec(table).column(field.column) else {
        return Err(format!("{} is no column of {table}.", field.title));
    };
    if field.takes == Takes::Status && !typed.trim().is_empty() {
        return status(typed).map(|status| Some(status.number().to_string()));
    }
    // What is wrong is told with the name that the form has.
    let told = Column { name: field.title, kind: column.kind, need: column.need };
    match cell::parse_typed(&told, typed) {
        Ok(value) => Ok(written(column.kind, &value)),
        Err(fault) => Err(plainer(&told, typed.trim(), fault)),
    }
}

/// Loads can be told how a file writes its numbers and days; a form has one way.
fn plainer(column: &Column, typed: &str, fault: Fault) -> String {
    match column.kind {
        Kind::Date if !typed.is_empty() => cell::no_day(column.name, typed),
        Kind::Decimal { .. } if typed.contains(',') => {
            format!("{} {} has a comma. Write it like 1299.00.", column.name, shown(typed))
        }
        _ => fault.message,
    }
}

/// A value as text.
fn written(kind: Kind, value: &Value<'_>) -> Option<String> {
    match (value, kind) {
        (Value::Null, _) => None,
        (Value::Decimal(number), Kind::Decimal { scale, .. }) => Some(format!("{number:.*}", scale as usize)),
        (Value::Decimal(number), _) => Some(number.to_string()),
        (Value::Integer(number), _) => Some(number.to_string()),
        (Value::Date(day), _) => Some(day.to_string()),
        (Value::Text(text), _) => Some(text.clone().into_owned()),
    }
}

/// Whether what is shipped was ordered before, as far as both are days.
///
/// # Errors
/// That it was not, in words.
pub fn in_sequence(ordered: Option<&str>, shipped: Option<&str>) -> Result<(), String> {
    let day = |text: Option<&str>| text.and_then(|text| text.parse::<Date>().ok());
    match (day(ordered), day(shipped)) {
        (Some(ordered), Some(shipped)) => {
            rules::in_sequence(("Ordered", ordered), ("Shipped", shipped)).map_err(|fault| fault.message)
        }
        _ => Ok(()),
    }
}

/// The values of a whole row as its columns keep them.
///
/// # Errors
/// Everything that is wrong with them, but for what only the database knows.
pub(crate) fn read_row(table: Table, typed: &Values) -> Result<Values, Vec<Wrong>> {
    let fields = editable(table);
    let (mut values, mut wrong) = (Values::with_capacity(fields.len()), Vec::new());
    for (nth, field) in fields.iter().enumerate() {
        let text = typed.get(nth).and_then(Option::as_deref).unwrap_or_default();
        match read(table, field, text) {
            Ok(value) => values.push(value),
            Err(words) => {
                wrong.push(Wrong { column: field.column, words });
                values.push(None);
            }
        }
    }
    let of = |column: &str| value_of(table, &values, column);
    if let Err(words) = in_sequence(of("order_date"), of("shipped_date")) {
        wrong.push(Wrong { column: "shipped_date", words });
    }
    if wrong.is_empty() { Ok(values) } else { Err(wrong) }
}

/// The value of a column.
pub(crate) fn value_of<'v>(table: Table, values: &'v Values, column: &str) -> Option<&'v str> {
    let place = editable(table).iter().position(|field| field.column == column)?;
    values.get(place)?.as_deref()
}

/// The number that a column names.
pub(crate) fn number_of(table: Table, values: &Values, column: &str) -> Option<u32> {
    value_of(table, values, column)?.parse().ok()
}

/// A value as the audit log has it: numbers as numbers, yes and no as such, nothing as nothing.
pub(crate) fn recorded(table: Table, column: &str, value: Option<&str>) -> serde_json::Value {
    use serde_json::Value as Json;
    let kind = spec(table).column(column).map(|(_, column)| column.kind);
    match (value, kind) {
        (None, _) => Json::Null,
        (Some(flag), Some(Kind::Flag)) => Json::Bool(flag != "0"),
        (Some(number), Some(Kind::Id | Kind::Integer { .. })) => {
            number.parse::<i64>().map_or_else(|_| Json::from(number), Json::from)
        }
        (Some(text), _) => Json::from(text),
    }
}

/// A status by its word or its number.
fn status(typed: &str) -> Result<OrderStatus, String> {
    let typed = typed.trim();
    let found = OrderStatus::EACH.into_iter().find(|status| {
        status.word().eq_ignore_ascii_case(typed) || typed.parse::<u8>() == Ok(status.number())
    });
    found.ok_or_else(|| {
        let words: Vec<&str> = OrderStatus::EACH.into_iter().map(OrderStatus::word).collect();
        format!("Status {} is none of {}.", shown(typed), words.join(", "))
    })
}

/// The one column of a table, besides its key, that no two rows may share.
pub(crate) fn unique(table: Table) -> Option<&'static str> {
    spec(table).unique.map(|(column, _)| column)
}

/// That another row has a value already.
pub(crate) fn taken(table: Table, column: &'static str, value: &str, owner: u32) -> Wrong {
    let title = title_of(table, column);
    Wrong { column, words: rules::taken(table, title, value, &owner.to_string()).message }
}

/// That managers would lead back to where they begin.
pub(crate) fn ring(people: &[String]) -> Wrong {
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let words = rules::ring(&people).message;
    Wrong { column: "manager_id", words: words.replacen("the managers", "The managers would", 1) }
}

fn title_of(table: Table, column: &'static str) -> &'static str {
    editable(table).iter().find(|field| field.column == column).map_or(column, |field| field.title)
}

/// What a table takes.
fn spec_of(table: Table) -> &'static Spec {
    spec(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(table: Table, column: &str) -> &'static EditField {
        editable(table).iter().find(|field| field.column == column).unwrap()
    }

    #[test]
    fn every_editable_field_is_a_column_that_loads_know_and_only_keys_are_left_out() {
        for table in Table::EACH {
            for field in editable(table) {
                let (_, column) = spec(table).column(field.column).unwrap();
                assert_eq!(field.is_key, spec(table).key.contains(&column.name), "{table}.{}", field.column);
            }
            // Who ordered, where and from whom is not changed by hand.
            let left: Vec<&str> = spec(table)
                .columns
                .iter()
                .map(|column| column.name)
                .filter(|name| !editable(table).iter().any(|field| field.column == *name))
                .collect();
            let expected: &[&str] = match table {
                Table::Orders => &["order_id", "customer_id", "store_id", "staff_id"],
                Table::Stocks => &[],
                Table::OrderItems => continue,
                table => &spec(table).key[..1],
            };
            assert_eq!(left, expected, "{table}");
        }
    }

    #[test]
    fn what_is_typed_is_read_by_the_rules_of_loads_and_told_in_the_words_of_the_form() {
        use Table::{Customers, Orders, Products, Staffs};
        for (table, column, typed, expected) in [
            (Products, "list_price", " 1549 ", Ok(Some("1549.00"))),
            (Products, "list_price", "1,299", Err("Price \"1,299\" has a comma. Write it like 1299.00.")),
            (Products, "list_price", "-1", Err("Price \"-1\" is not between 0 and 9999999999.99.")),
            (Orders, "order_date", "30 Apr 2018", Ok(Some("2018-04-30"))),
            (
                Orders,
                "order_date",
                "03/04/2018",
                Err("Ordered \"03/04/2018\" is not a day written as year-month-day, like 2018-04-30."),
            ),
            (Orders, "shipped_date", "", Ok(None)),
            (Customers, "last_name", "", Err("Last name is empty, but every row needs one.")),
            // Who is called so types it; there is no file in which it would mean nothing.
            (Customers, "last_name", "Null", Ok(Some("Null"))),
            (Customers, "last_name", "None", Ok(Some("None"))),
            (Customers, "phone", "'+47 1", Ok(Some("'+47 1"))),
            (Customers, "zip_code", "12345678901234567", Err("Postcode has 17 characters; 16 can be kept.")),
            (Staffs, "active", "yes", Ok(Some("1"))),
        ] {
            let read = read(table, field(table, column), typed);
            let expected = expected.map(|value| value.map(str::to_owned)).map_err(str::to_owned);
            assert_eq!(read, expected, "{column} {typed:?}");
        }
    }

    #[test]
    fn nothing_is_shipped_before_it_was_ordered() {
        let row = |ordered: &str, shipped: &str| {
            let values = ["1", ordered, "2018-05-01", shipped].map(|text| Some(text.to_owned())).to_vec();
            read_row(Table::Orders, &values)
        };
        assert!(row("2018-04-30", "2018-04-30").is_ok());
        let wrong = row("2018-04-30", "2018-04-29").unwrap_err();
        assert_eq!(wrong[0].words, "Shipped 2018-04-29 is before Ordered 2018-04-30.");
        assert_eq!(wrong[0].column, "shipped_date");
        assert_eq!(status("Completed").unwrap(), OrderStatus::Completed);
        assert!(status("5").unwrap_err().ends_with("is none of pending, processing, rejected, completed."));
    }
}
