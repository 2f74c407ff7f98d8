//! Rows that stand in a list inside the rows of another table: the lines of an order, in the order.

use super::columns::{Sample, choose};
use crate::domain::Table;
use crate::etl::Mapping;
use crate::etl::spec::{Spec, spec};
use serde_json::Value;

/// Where such rows are in a row of the other table, and what they get from there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inside {
    /// The names that lead to the list.
    pub(super) list: Vec<String>,
    /// The field of the row around that each of them gets, and the column that it fills.
    pub(super) key: Option<(String, String)>,
    /// The column that gets their place in the list, from 1.
    pub(super) place: Option<String>,
}

impl Inside {
    /// The list of that name, of which nothing more is known.
    pub(super) fn at(list: &str) -> Inside {
        Inside { list: list.split('.').map(str::to_owned).collect(), ..Inside::default() }
    }

    /// The name of the list.
    pub(super) fn name(&self) -> String {
        self.list.join(".")
    }

    /// What its rows get, in words.
    pub(super) fn in_words(&self) -> String {
        let key = self.key.as_ref().map(|(field, column)| format!("{column} is {field} of the row around"));
        let place = self.place.as_ref().map(|column| format!("{column} is the place in the list"));
        key.into_iter().chain(place).collect::<Vec<_>>().join(", ")
    }

    /// The rows in a row of the other table.
    pub(super) fn rows<'v>(&self, around: &'v Value) -> &'v [Value] {
        let list = self.list.iter().try_fold(around, |value, name| value.get(name));
        list.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// What the row of that place gets besides its own fields.
    pub(super) fn given<'i>(
        &'i self,
        around: &Value,
        place: usize,
    ) -> impl Iterator<Item = (&'i str, String)> + use<'i> {
        let key = self.key.as_ref().map(|(field, column)| (column.as_str(), text_at(around, field)));
        let place = self.place.as_ref().map(|column| (column.as_str(), (place + 1).to_string()));
        key.into_iter().chain(place)
    }

    /// The rows of `list` in these rows as rows of `child`, with what they need of the rows around them; `None` where these
    /// are not known for rows that a row of `child` refers to.
    pub(super) fn of(
        child: Table,
        list: &str,
        around: &[&Value],
        mapping: &Mapping,
    ) -> Option<(Inside, Sample)> {
        let bare = Inside::at(list);
        let sample = Sample::inside(around, &bare);
        let own = choose(child, &sample, mapping);
        let of = spec(child);
        let is_filled = |column: &str| !own.missing.contains(&column);
        let outer = Sample::of(around, None);
        let mut parents = of.parents.iter().filter(|parent| parent.table != child);
        let key = parents.find_map(|parent| Some((field_of(parent.table, &outer, mapping)?, parent.column)));
        let (field, column) = key?;
        let key = Some((field, column.to_owned())).filter(|_| !is_filled(column));
        let place = lone_key(of, column).filter(|place| !is_filled(place)).map(str::to_owned);
        let inside = Inside { key, place, ..bare };
        let sample = Sample::inside(around, &inside);
        Some((inside, sample))
    }
}

/// The field that is the key of rows which are of that table, if they are.
fn field_of(table: Table, sample: &Sample, mapping: &Mapping) -> Option<String> {
    let [key] = spec(table).key else { return None };
    let choice = choose(table, sample, mapping);
    if !choice.missing.is_empty() {
        return None;
    }
    let is_key = |name: &str| {
        let folded = crate::etl::fold::folded;
        name == "id" || folded(name) == folded(key)
    };
    let (place, _) = choice.taken.iter().find(|(_, name)| is_key(name))?;
    sample.fields.get(*place).cloned()
}

/// The one column of a key that has two, beside that of the row around.
fn lone_key(of: &'static Spec, column: &str) -> Option<&'static str> {
    match of.key {
        [one, other] if *one == column => Some(other),
        [other, one] if *one == column => Some(other),
        _ => None,
    }
}

/// A value as text, nothing where there is none.
pub(super) fn text_at(row: &Value, field: &str) -> String {
    match field.split('.').try_fold(row, |value, name| value.get(name)) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn order(id: u32, items: &Value) -> Value {
        json!({
            "id": id, "customer": {"id": 3}, "order_status": 4, "order_date": "2026-01-01",
            "required_date": "2026-01-03", "store_id": 2, "staff_id": 1, "items": items
        })
    }

    #[test]
    fn lines_get_the_number_of_their_order_and_their_place_in_it() {
        let items = json!([{"product": {"id": 3}, "quantity": 2, "list_price": 9.5, "discount": 0.07}]);
        let (one, none) = (order(7, &items), order(8, &json!([])));
        let (inside, sample) =
            Inside::of(Table::OrderItems, "items", &[&one, &none], &Mapping::default()).unwrap();
        assert_eq!(inside.key, Some(("id".to_owned(), "order_id".to_owned())));
        assert_eq!(inside.place.as_deref(), Some("item_id"));
        assert_eq!(sample.rows.len(), 1);
        let choice = choose(Table::OrderItems, &sample, &Mapping::default());
        assert!(choice.missing.is_empty() && choice.left.is_empty(), "{choice:?}");
    }

    #[test]
    fn what_lines_have_of_their_own_is_taken() {
        let items = json!([{"order_id": 7, "item_id": 5, "product_id": 3, "quantity": 2, "list_price": 9.5}]);
        let around = order(7, &items);
        let (inside, _) = Inside::of(Table::OrderItems, "items", &[&around], &Mapping::default()).unwrap();
        assert_eq!((inside.key, inside.place), (None, None));
    }

    #[test]
    fn a_list_in_rows_that_are_of_no_parent_gets_nothing() {
        let around = json!({"id": 1, "tags": [{"id": 1, "name": "red"}]});
        assert_eq!(Inside::of(Table::OrderItems, "tags", &[&around], &Mapping::default()), None);
    }
}
