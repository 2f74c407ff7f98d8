//! Which column of a file fills which column of the table.

use super::fold::folded;
use super::spec::{Need, Spec};
use crate::domain::clean;
use csv::StringRecord;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What one column of the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Fills the column at this place of the spec.
    Column(usize),
    /// The name of a store, which fills `store_id`.
    StoreName,
    /// The name of a member of staff, which fills `staff_id`.
    StaffName,
    /// The order's status as a word; must agree with `order_status`.
    StatusWord,
    /// Nothing.
    Ignored,
}

/// How a file's columns meet the table's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// For each column of the file.
    pub(crate) uses: Vec<Use>,
    /// Places in the spec that get a value, in the table's order.
    pub(crate) given: Vec<usize>,
    /// The key is not in the file: rows are known by their unique column, and new ones get a number.
    pub(crate) numbered: bool,
    /// A rejects file of ours: cells that a spreadsheet would run are guarded by an apostrophe.
    pub(crate) guarded: bool,
}

/// The columns of our own rejects files, which come before those of the source.
pub(crate) const REJECT_COLUMNS: [&str; 7] = [
    "reject_run",
    "reject_table",
    "reject_file",
    "reject_line",
    "reject_column",
    "reject_code",
    "reject_message",
];

/// A header that does not fit its table; names every column that is missing or not known.
#[derive(Debug, thiserror::Error)]
#[error("{file} does not fit the table {table}: {problems}. Nothing was loaded.")]
pub struct HeaderError {
    /// The file.
    pub file: String,
    /// The table.
    pub table: &'static str,
    /// What is wrong, column by column.
    pub problems: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Alias {
    Column(String),
    Find { find: String },
    Check { check: String },
    Ignore { ignore: String },
}

type Aliases = HashMap<String, HashMap<String, Alias>>;

static ALIASES: LazyLock<Aliases> = LazyLock::new(|| {
    // The file is part of the program and a test reads it; an error here can not reach a person.
    let tables: Aliases = toml::from_str(include_str!("../../config/aliases.toml")).unwrap_or_default();
    tables
        .into_iter()
        .map(|(table, names)| (table, names.into_iter().map(|(name, to)| (folded(&name), to)).collect()))
        .collect()
});

/// Finds the use of every column of `header`.
///
/// # Errors
/// [`HeaderError`] where a column is not known, stands twice, or is missing.
pub(crate) fn align(spec: &Spec, file: &str, header: &StringRecord) -> Result<Alignment, HeaderError> {
    let mut problems = Vec::new();
    let guarded = REJECT_COLUMNS.iter().zip(header).all(|(ours, theirs)| *ours == theirs.trim())
        && header.len() > REJECT_COLUMNS.len();
    let skipped = if guarded { REJECT_COLUMNS.len() } else { 0 };
    let mut uses = vec![Use::Ignored; skipped];
    for name in header.iter().skip(skipped) {
        match find(spec, name) {
            Some(found) => {
                if found != Use::Ignored && uses.contains(&found) {
                    problems.push(format!("\"{}\" stands twice", clean(name)));
                }
                uses.push(found);
            }
            None => problems.push(unknown(spec, name)),
        }
    }
    let given = |name: &str| {
        let by_name = match name {
            "store_id" => uses.contains(&Use::StoreName),
            "staff_id" => uses.contains(&Use::StaffName),
            _ => false,
        };
        by_name || spec.column(name).is_some_and(|(place, _)| uses.contains(&Use::Column(place)))
    };
    let numbered = spec.numbers_itself() && spec.key.iter().all(|key| !given(key));
    let filled = |name: &str| given(name) || (numbered && spec.key.contains(&name));
    let missing: Vec<&str> = spec
        .columns
        .iter()
        .filter(|column| column.need == Need::Required && !filled(column.name))
        .map(|column| column.name)
        .collect();
    if !missing.is_empty() {
        problems.push(format!("{} missing", listed(&missing)));
    }
    if uses.contains(&Use::StaffName) && !given("store_id") {
        problems.push("staff is named, but not the store they work in".to_owned());
    }
    if uses.iter().all(|wanted| *wanted == Use::Ignored) && !problems.is_empty() {
        problems = vec![format!(
            "no column of its first line is known (known are {}). If it is a row already, say --no-header",
            known(spec)
        )];
    }
    const MOST: usize = 8;
    if problems.len() > MOST {
        let more = problems.len() - MOST;
        problems.truncate(MOST);
        problems.push(format!("and {more} more"));
    }
    if !problems.is_empty() {
        return Err(HeaderError {
            file: file.to_owned(),
            table: spec.table.name(),
            problems: problems.join("; "),
        });
    }
    let given = spec
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| filled(column.name))
        .map(|(place, _)| place)
        .collect();
    Ok(Alignment { uses, given, numbered, guarded })
}

/// By exact name, then by case and spacing, then by the table of aliases.
fn find(spec: &Spec, name: &str) -> Option<Use> {
    if let Some((place, _)) = spec.column(name.trim()) {
        return Some(Use::Column(place));
    }
    let wanted = folded(name);
    if let Some(place) = spec.columns.iter().position(|column| folded(column.name) == wanted) {
        return Some(Use::Column(place));
    }
    let alias = [spec.table.name(), "every"].iter().find_map(|table| ALIASES.get(*table)?.get(&wanted))?;
    match alias {
        Alias::Column(column) => spec.column(column).map(|(place, _)| Use::Column(place)),
        Alias::Find { find } if find == "store_id" => Some(Use::StoreName),
        Alias::Find { find } if find == "staff_id" => Some(Use::StaffName),
        Alias::Check { check } if check == "order_status" => Some(Use::StatusWord),
        Alias::Ignore { .. } => Some(Use::Ignored),
        Alias::Find { .. } | Alias::Check { .. } => None,
    }
}

fn unknown(spec: &Spec, name: &str) -> String {
    const NEAR: f64 = 0.8;
    let wanted = folded(name);
    let nearest = spec
        .columns
        .iter()
        .map(|column| (strsim::jaro_winkler(&folded(column.name), &wanted), column.name))
        .filter(|(nearness, _)| *nearness > NEAR)
        .max_by(|one, other| one.0.total_cmp(&other.0));
    match nearest {
        Some((_, column)) => format!("\"{}\" is not known (did you mean {column}?)", clean(name)),
        None => {
            format!("\"{}\" is not known (known are {})", clean(name), known(spec))
        }
    }
}

fn known(spec: &Spec) -> String {
    spec.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

fn listed(names: &[&str]) -> String {
    match names {
        [one] => format!("{one} is"),
        several => format!("{} are", several.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Table;
    use crate::etl::spec::spec;

    fn aligned(table: Table, header: &str) -> Result<Vec<&'static str>, String> {
        let header: StringRecord = header.split(',').collect();
        let alignment = align(spec(table), "f.csv", &header).map_err(|error| error.to_string())?;
        Ok(alignment.given.iter().map(|place| spec(table).columns[*place].name).collect())
    }

    #[test]
    fn columns_come_in_any_order_case_and_spacing() {
        assert_eq!(aligned(Table::Brands, "Brand Name,BRAND-ID"), Ok(vec!["brand_id", "brand_name"]));
    }

    #[test]
    fn the_old_names_are_known() {
        let orders = "customer_id,order_date,order_id,order_status,required_date,shipped_date,staff_name,store,order_status_name";
        assert!(aligned(Table::Orders, orders).unwrap().contains(&"staff_id"));
        let staffs = "name,last_name,email,phone,active,store_name,street,manager_id";
        assert_eq!(aligned(Table::Staffs, staffs).unwrap().first(), Some(&"staff_id"));
        assert!(aligned(Table::Stores, "name,phone").is_ok());
        assert!(aligned(Table::Stocks, "store_name,product_id,quantity").is_ok());
    }

    #[test]
    fn every_alias_leads_somewhere() {
        for (table, names) in ALIASES.iter().filter(|(table, _)| *table != "every") {
            let spec = spec(Table::from_name(table).unwrap());
            for name in names.keys() {
                assert!(find(spec, name).is_some(), "{table}.{name}");
            }
        }
        assert_eq!(ALIASES.len(), Table::EACH.len() + 1);
    }

    #[test]
    fn an_unknown_a_doubled_and_a_missing_column_are_named_at_once() {
        let error = aligned(Table::Brands, "brand_nam,brand_id,Brand_ID").unwrap_err();
        assert_eq!(
            error,
            "f.csv does not fit the table brands: \"brand_nam\" is not known (did you mean brand_name?); \
             \"Brand_ID\" stands twice; brand_name is missing. Nothing was loaded."
        );
    }
}
