//! Which field of a server's rows is which column of ours, and which list of a server is which of our tables.
//!
//! A server has fields that we do not load, so unlike a file's they are left out and told, not refused. What the names of
//! files mean (`config/aliases.toml`) they mean here too.

use super::inside::Inside;
use crate::domain::Table;
use crate::etl::Mapping;
use crate::etl::align::{self, Use};
use crate::etl::fold::folded;
use crate::etl::spec::{Need, Spec, spec};
use serde_json::Value;

/// Other names for our tables, folded.
const NAMES: [(Table, &[&str]); 9] = [
    (Table::Categories, &["categories", "category", "productcategories", "productcategory", "departments"]),
    (Table::Brands, &["brands", "brand", "manufacturers", "manufacturer", "makers"]),
    (Table::Products, &["products", "product", "articles", "catalogue", "catalog", "skus"]),
    (Table::Stores, &["stores", "store", "shops", "shop", "branches", "outlets", "locations"]),
    (Table::Staffs, &["staffs", "staff", "employees", "employee", "staffmembers", "personnel"]),
    (
        Table::Stocks,
        &["stocks", "stock", "inventory", "inventories", "stocklevels", "inventorylevels", "inventoryitems"],
    ),
    (Table::Customers, &["customers", "customer", "clients", "client", "buyers"]),
    (Table::Orders, &["orders", "order", "salesorders", "salesorder", "sales"]),
    (
        Table::OrderItems,
        &[
            "orderitems",
            "orderitem",
            "orderlines",
            "orderline",
            "lineitems",
            "orderlineitems",
            "orderdetails",
            "salesorderlines",
            "salesorderitems",
        ],
    ),
];

/// The table of that name in any of its forms.
pub(super) fn table_named(name: &str) -> Option<Table> {
    let name = folded(name);
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(table, _)| *table)
}

/// Whether a folded name is that of one of our tables.
pub(super) fn is_table_name(folded: &str) -> bool {
    NAMES.iter().any(|(_, names)| names.contains(&folded))
}

/// The names under which a table is looked for, most likely first.
pub(super) fn names_to_try(table: Table) -> Vec<String> {
    let own = table.name();
    let singular = match table {
        Table::Categories => "category",
        Table::OrderItems => "order_item",
        _ => own.trim_end_matches('s'),
    };
    let mut names = vec![own.to_owned(), own.replace('_', "-"), camel(own), own.replace('_', "")];
    names.extend([singular.to_owned(), singular.replace('_', "-"), camel(singular)]);
    let other = match table {
        Table::Staffs => &["employees"][..],
        Table::Stocks => &["inventory"],
        Table::Stores => &["shops"],
        Table::OrderItems => &["order-lines", "line-items", "orders/items"],
        _ => &[],
    };
    names.extend(other.iter().map(|name| (*name).to_owned()));
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut camel, word| {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
        camel
    })
}

/// Some rows, flattened.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sample {
    pub(super) fields: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// Fields that hold lists, for which a row has no room.
    pub(super) lists: Vec<String>,
}

impl Sample {
    /// Rows of a reply, as [`super::page`] flattens them. Rows that are lists have the names that stand beside them.
    pub(super) fn of(rows: &[&Value], columns: Option<&[String]>) -> Sample {
        const ROWS: usize = 100;
        let mut sample = Sample::default();
        for row in rows.iter().take(ROWS) {
            let mut cells = vec![String::new(); sample.fields.len()];
            match row {
                Value::Array(list) => {
                    for (place, value) in list.iter().enumerate() {
                        let name = columns.and_then(|columns| columns.get(place)).cloned();
                        let name = name.unwrap_or_else(|| (place + 1).to_string());
                        sample.flatten(name, value, &mut cells);
                    }
                }
                other => sample.flatten(String::new(), other, &mut cells),
            }
            sample.rows.push(cells);
        }
        sample
    }

    /// Rows that stand in a list inside these, each with what it gets from the row around it.
    pub(super) fn inside(around: &[&Value], inside: &Inside) -> Sample {
        const ROWS: usize = 100;
        let mut sample = Sample::default();
        let each =
            around.iter().flat_map(|row| inside.rows(row).iter().enumerate().map(move |one| (row, one)));
        for (row, (place, value)) in each.take(ROWS) {
            let mut cells = vec![String::new(); sample.fields.len()];
            sample.flatten(String::new(), value, &mut cells);
            for (name, text) in inside.given(row, place) {
                sample.flatten(name.to_owned(), &Value::String(text), &mut cells);
            }
            sample.rows.push(cells);
        }
        sample
    }

    fn flatten(&mut self, path: String, value: &Value, cells: &mut Vec<String>) {
        let text = match value {
            Value::Object(map) => {
                for (name, inner) in map {
                    let name = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    self.flatten(name, inner, cells);
                }
                return;
            }
            Value::Array(_) => {
                if !path.is_empty() && !self.lists.contains(&path) {
                    self.lists.push(path);
                }
                return;
            }
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            // Without an exponent, as the pages are read.
            Value::Number(number) if number.is_f64() => number.as_f64().unwrap_or_default().to_string(),
            other => other.to_string(),
        };
        let place = self.fields.iter().position(|field| *field == path).unwrap_or_else(|| {
            self.fields.push(path);
            self.fields.len() - 1
        });
        if cells.len() <= place {
            cells.resize(place + 1, String::new());
        }
        if let Some(cell) = cells.get_mut(place) {
            *cell = text;
        }
    }

    /// Whether these are no rows but a list of the server's tables: their names are those of tables.
    pub(super) fn is_index(&self) -> bool {
        let names = self.fields.iter().position(|field| matches!(field.as_str(), "name" | "title" | "table"));
        let named = |row: &&Vec<String>| {
            names.and_then(|place| row.get(place)).is_some_and(|name| table_named(name).is_some())
        };
        self.rows.iter().filter(named).count() > 1
    }

    /// Whether every value of a field is a whole number, and there is one.
    fn is_number(&self, place: usize) -> bool {
        let mut values =
            self.rows.iter().filter_map(|row| row.get(place)).filter(|value| !value.is_empty()).peekable();
        values.peek().is_some() && values.all(|value| value.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

/// Which fields are loaded, and under which name of a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// The place of the field, and the name that the pipeline knows it by.
    pub(super) taken: Vec<(usize, String)>,
    /// Fields that are not loaded.
    pub(super) left: Vec<String>,
    /// Columns that every row needs and no field fills.
    pub(super) missing: Vec<&'static str>,
    /// Columns whose own name a field has.
    pub(super) exact: usize,
}

/// Chooses for one table.
pub(super) fn choose(table: Table, sample: &Sample, mapping: &Mapping) -> Choice {
    let spec = spec(table);
    let mut claims: Vec<(usize, usize, Use, String)> = Vec::new();
    for (place, field) in sample.fields.iter().enumerate() {
        let names = candidates(spec, field, sample.is_number(place), mapping);
        let found = names.into_iter().enumerate().find_map(|(rank, name)| {
            let (wanted, _) = align::find(spec, &name, mapping)?;
            Some((rank, place, wanted, name))
        });
        claims.extend(found.filter(|(_, _, wanted, _)| *wanted != Use::Ignored));
    }
    // What a person said goes before a column's own name, and that before other names of it.
    claims.sort_by_key(|(rank, place, _, name)| {
        (mapping.said(spec, name).is_none(), spec.column(name).is_none(), *rank, *place)
    });
    let mut choice = Choice::default();
    let mut used: Vec<Use> = Vec::new();
    for (_, place, wanted, name) in claims {
        if !used.contains(&wanted) {
            choice.exact += usize::from(spec.column(&name).is_some());
            used.push(wanted);
            choice.taken.push((place, name));
        }
    }
    choice.taken.sort_by_key(|(place, _)| *place);
    let is_left = |place: &usize| !choice.taken.iter().any(|(taken, _)| taken == place);
    let left = (0..sample.fields.len()).filter(is_left);
    choice.left = left.filter_map(|place| sample.fields.get(place).cloned()).collect();
    choice.missing = missing(spec, &used);
    choice
}

/// Columns that every row needs, as the alignment will find them missing.
fn missing(spec: &'static Spec, used: &[Use]) -> Vec<&'static str> {
    let given = |name: &str| {
        let by_name = match name {
            "store_id" => used.contains(&Use::StoreName),
            "staff_id" => used.contains(&Use::StaffName),
            other => {
                let nth = spec.parents.iter().position(|parent| parent.column == other);
                nth.is_some_and(|nth| used.contains(&Use::ParentName(nth)))
            }
        };
        by_name || spec.column(name).is_some_and(|(place, _)| used.contains(&Use::Column(place)))
    };
    let needed = spec.columns.iter().filter(|column| column.need == Need::Required);
    let own = |name: &str| spec.numbers_itself() && spec.key.contains(&name);
    needed.map(|column| column.name).filter(|name| !given(name) && !own(name)).collect()
}

/// Objects that only wrap a row's fields.
const WRAPPERS: [&str; 9] =
    ["attributes", "fields", "properties", "relationships", "data", "_source", "node", "values", "record"];

/// The names by which the pipeline may know a field, best first.
fn candidates(spec: &Spec, field: &str, is_number: bool, mapping: &Mapping) -> Vec<String> {
    if mapping.said(spec, field).is_some() {
        return vec![field.to_owned()];
    }
    let parts: Vec<&str> = field.split('.').collect();
    let (last, above) = parts.split_last().map_or((field, &[][..]), |(last, above)| (*last, above));
    let above: Vec<&str> = above.iter().copied().filter(|part| !WRAPPERS.contains(part)).collect();
    let mut names = Vec::new();
    let joined = if above.is_empty() { last.to_owned() } else { format!("{}_{last}", above.join("_")) };
    // A number is never a name: `"store": 2` is the store's number.
    if is_number && spec.column(&joined).is_none() {
        names.push(format!("{joined}_id"));
        names.retain(|name| align::find(spec, name, mapping).is_some());
    }
    names.push(joined);
    if let Some(parent) = above.last() {
        let (parent, own) = (folded(parent), folded(last));
        if own.starts_with(parent.trim_end_matches('s')) || !is_table_name(&parent) {
            names.push(last.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn chosen(table: Table, row: Value) -> (Vec<(String, String)>, Vec<&'static str>) {
        let sample = Sample::of(&[&row], None);
        let choice = choose(table, &sample, &Mapping::default());
        let taken = choice.taken.iter().map(|(place, name)| (sample.fields[*place].clone(), name.clone()));
        (taken.collect(), choice.missing)
    }

    #[test]
    fn fields_are_known_nested_in_camels_and_under_wrappers() {
        let plain = json!({
            "id": "7", "customer": {"id": 3, "name": "Ann"}, "orderStatus": 4, "orderDate": "2018-01-01",
            "required_date": "2018-01-03", "store": 2, "staff": {"staff_id": 1}, "url": "http://h/orders/7"
        });
        let (taken, missing) = chosen(Table::Orders, plain);
        assert!(missing.is_empty(), "{missing:?}");
        let of = |field: &str| taken.iter().find(|(from, _)| from == field).map(|(_, to)| to.as_str());
        assert_eq!(of("customer.id"), Some("customer_id"));
        assert_eq!(of("store"), Some("store_id"));
        assert_eq!(of("staff.staff_id"), Some("staff_id"));
        assert_eq!((of("customer.name"), of("url")), (None, None));
        let wrapped = json!({
            "type": "brands", "id": "7", "attributes": {"brand_name": "Trek"}, "links": {"self": "/brands/7"}
        });
        assert_eq!(chosen(Table::Brands, wrapped).1, Vec::<&str>::new());
    }

    #[test]
    fn a_columns_own_name_goes_before_another_and_a_parents_price_is_not_ours() {
        let row = json!({"id": 900, "order_id": 1, "item_id": 2, "product": {"id": 3, "list_price": 9}, "quantity": 1});
        let (taken, missing) = chosen(Table::OrderItems, row);
        assert_eq!(missing, ["list_price"]);
        assert!(taken.contains(&("order_id".to_owned(), "order_id".to_owned())));
        let both = json!({"id": 900, "brand_id": 7, "name": "Trek"});
        assert!(chosen(Table::Brands, both).0.contains(&("brand_id".to_owned(), "brand_id".to_owned())));
    }

    #[test]
    fn tables_are_known_by_their_other_names() {
        for (name, table) in [
            ("Order-Lines", Table::OrderItems),
            ("employees", Table::Staffs),
            ("orderItems", Table::OrderItems),
        ] {
            assert_eq!(table_named(name), Some(table), "{name}");
        }
        assert_eq!(table_named("settings"), None);
        assert_eq!(names_to_try(Table::OrderItems)[..3], ["order_items", "order-items", "orderItems"]);
    }
}
