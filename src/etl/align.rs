//! Which column of a file fills which column of the table.

use super::fold::folded;
use super::mapping::{Alias, Mapping, built_in};
use super::spec::{Need, Spec};
use crate::domain::{Table, clean};
use csv::StringRecord;
use std::collections::BTreeMap;

/// What one column of the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Fills the column at this place of the spec.
    Column(usize),
    /// The name of a store, which fills `store_id`.
    StoreName,
    /// The name of a member of staff, which fills `staff_id`.
    StaffName,
    /// The name of a row of the parent at this place of the spec, which fills the parent's column.
    ParentName(usize),
    /// The order's status as a word; must agree with `order_status`.
    StatusWord,
    /// Nothing.
    Ignored,
}

/// Why a column is taken for what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Somebody said so.
    Said,
    /// It has the very name.
    Exact,
    /// It has the name, in other letters or spacing.
    Spelling,
    /// The name is known for another of it.
    Alias,
    /// Nobody knows the name: a server may have more than is loaded.
    Unknown,
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

/// Finds the use of every column of `header`.
///
/// # Errors
/// [`HeaderError`] where a column is not known, stands twice, or is missing.
pub(crate) fn align(
    spec: &Spec,
    file: &str,
    header: &StringRecord,
    mapping: &Mapping,
) -> Result<Alignment, HeaderError> {
    let mut problems = Vec::new();
    let guarded = is_ours(header);
    let skipped = if guarded { REJECT_COLUMNS.len() } else { 0 };
    let mut uses = vec![Use::Ignored; skipped];
    for name in header.iter().skip(skipped) {
        match find(spec, name, mapping) {
            Some((found, _)) => {
                if found != Use::Ignored && uses.contains(&found) {
                    problems.push(format!("\"{}\" stands twice", clean(name)));
                }
                uses.push(found);
            }
            None => problems.push(unknown(spec, name)),
        }
    }
    let given = |name: &str| is_given(spec, &uses, name);
    let numbered = is_numbered(spec, &uses);
    let filled = |name: &str| given(name) || (numbered && spec.key.contains(&name));
    let missing = missing_of(spec, &uses);
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

/// Whether a column of the table gets a value, by itself or by the name of what it points to.
fn is_given(spec: &Spec, uses: &[Use], name: &str) -> bool {
    let by_name = match name {
        "store_id" => uses.contains(&Use::StoreName),
        "staff_id" => uses.contains(&Use::StaffName),
        other => {
            let nth = spec.parents.iter().position(|parent| parent.column == other);
            nth.is_some_and(|nth| uses.contains(&Use::ParentName(nth)))
        }
    };
    by_name || spec.column(name).is_some_and(|(place, _)| uses.contains(&Use::Column(place)))
}

fn is_numbered(spec: &Spec, uses: &[Use]) -> bool {
    spec.numbers_itself() && spec.key.iter().all(|key| !is_given(spec, uses, key))
}

fn missing_of(spec: &Spec, uses: &[Use]) -> Vec<&'static str> {
    let numbered = is_numbered(spec, uses);
    let filled = |name: &&'static str| is_given(spec, uses, name) || (numbered && spec.key.contains(name));
    let required = spec.columns.iter().filter(|column| column.need == Need::Required);
    required.map(|column| column.name).filter(|name| !filled(name)).collect()
}

/// By what a person said, then by exact name, by case and spacing, and by the table of aliases.
pub(crate) fn find(spec: &Spec, name: &str, mapping: &Mapping) -> Option<(Use, Why)> {
    if let Some(alias) = mapping.said(spec, name) {
        return leads(spec, alias).map(|used| (used, Why::Said));
    }
    let alias = || built_in(spec, name).and_then(|alias| leads(spec, alias)).map(|used| (used, Why::Alias));
    named(spec, name).or_else(alias)
}

fn named(spec: &Spec, name: &str) -> Option<(Use, Why)> {
    if let Some((place, _)) = spec.column(name.trim()) {
        return Some((Use::Column(place), Why::Exact));
    }
    let wanted = folded(name);
    let place = spec.columns.iter().position(|column| folded(column.name) == wanted)?;
    Some((Use::Column(place), Why::Spelling))
}

/// What each column would be taken for and why; of a rejects file, without the columns that are ours.
pub(crate) fn columns(spec: &Spec, header: &StringRecord, mapping: &Mapping) -> Vec<Option<(Use, Why)>> {
    let skipped = if is_ours(header) { REJECT_COLUMNS.len() } else { 0 };
    header.iter().skip(skipped).map(|name| find(spec, name, mapping)).collect()
}

/// Whether a header is that of one of our rejects files.
fn is_ours(header: &StringRecord) -> bool {
    REJECT_COLUMNS.iter().zip(header).all(|(ours, theirs)| *ours == theirs.trim())
        && header.len() > REJECT_COLUMNS.len()
}

/// Columns that the table has to have and that none of these fills.
pub(crate) fn missing(spec: &'static Spec, columns: &[Option<(Use, Why)>]) -> Vec<&'static str> {
    let uses: Vec<Use> = columns.iter().flatten().map(|(used, _)| *used).collect();
    missing_of(spec, &uses)
}

fn leads(spec: &Spec, alias: &Alias) -> Option<Use> {
    match alias {
        Alias::Column(column) => match spec.column(column) {
            Some((place, _)) => Some(Use::Column(place)),
            // Another name that is known, as `store` for the name of one.
            None => {
                built_in(spec, column).filter(|other| *other != alias).and_then(|other| leads(spec, other))
            }
        },
        Alias::Find { find } if find == "store_id" => Some(Use::StoreName),
        Alias::Find { find } if find == "staff_id" => Some(Use::StaffName),
        Alias::Find { find } => {
            spec.parents.iter().position(|parent| parent.column == find).map(Use::ParentName)
        }
        Alias::Check { check } if check == "order_status" => Some(Use::StatusWord),
        Alias::Ignore { .. } => Some(Use::Ignored),
        Alias::Check { .. } => None,
    }
}

/// How the columns of a file were understood, to be saved as a mapping.
pub(crate) fn understood(
    spec: &Spec,
    header: &StringRecord,
    alignment: &Alignment,
) -> BTreeMap<String, Alias> {
    let own = if alignment.guarded { REJECT_COLUMNS.len() } else { 0 };
    let columns = header.iter().zip(&alignment.uses).skip(own);
    let find = |column: &str| Some(Alias::Find { find: column.to_owned() });
    let meant = |wanted: &Use| match wanted {
        Use::Column(place) => spec.columns.get(*place).map(|column| Alias::Column(column.name.to_owned())),
        Use::StoreName => find("store_id"),
        Use::StaffName => find("staff_id"),
        Use::ParentName(nth) => spec.parents.get(*nth).and_then(|parent| find(parent.column)),
        Use::StatusWord => Some(Alias::Check { check: "order_status".to_owned() }),
        Use::Ignored => Some(Alias::Ignore { ignore: "not loaded".to_owned() }),
    };
    columns.filter_map(|(name, wanted)| Some((clean(name).trim().to_owned(), meant(wanted)?))).collect()
}

/// Tables other than stores and staff whose rows the file names in words.
pub(crate) fn named_parents(spec: &Spec, alignment: &Alignment) -> Vec<Table> {
    let parent = |wanted: &Use| match wanted {
        Use::ParentName(nth) => spec.parents.get(*nth).map(|parent| parent.table),
        _ => None,
    };
    alignment.uses.iter().filter_map(parent).collect()
}

/// The column whose name is nearest to one that is not known.
pub(crate) fn nearest(spec: &Spec, name: &str) -> Option<&'static str> {
    const NEAR: f64 = 0.8;
    let wanted = folded(name);
    let nearness = |column: &'static str| (strsim::jaro_winkler(&folded(column), &wanted), column);
    let near = spec.columns.iter().map(|column| nearness(column.name)).filter(|(near, _)| *near > NEAR);
    near.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, column)| column)
}

fn unknown(spec: &Spec, name: &str) -> String {
    match nearest(spec, name) {
        Some(column) => {
            format!(
                "\"{0}\" is not known (did you mean {column}? Then say --map \"{0}={column}\")",
                clean(name)
            )
        }
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
        let alignment =
            align(spec(table), "f.csv", &header, &Mapping::default()).map_err(|error| error.to_string())?;
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
    fn what_a_person_says_goes_before_every_name() {
        let mut mapping = Mapping::default();
        for typed in ["Maker=brand_name", "Remark=", "No=id", "quantity=quantity"] {
            mapping.say(typed).unwrap();
        }
        let header: StringRecord = ["no", "MAKER", "remark"].into_iter().collect();
        let alignment = align(spec(Table::Brands), "f.csv", &header, &mapping).unwrap();
        assert_eq!(alignment.uses, [Use::Column(0), Use::Column(1), Use::Ignored]);
        let saved = understood(spec(Table::Brands), &header, &alignment);
        let text = crate::etl::mapping::written(&BTreeMap::from([("brands".to_owned(), saved)]));
        let again = Mapping::read(&text).unwrap();
        assert_eq!(align(spec(Table::Brands), "f.csv", &header, &again).unwrap(), alignment);
        assert_eq!(mapping.unmet(header.iter()), ["quantity"]);
    }

    #[test]
    fn an_unknown_a_doubled_and_a_missing_column_are_named_at_once() {
        let error = aligned(Table::Brands, "brand_nam,brand_id,Brand_ID").unwrap_err();
        assert_eq!(
            error,
            "f.csv does not fit the table brands: \"brand_nam\" is not known (did you mean brand_name? Then say --map \"brand_nam=brand_name\"); \
             \"Brand_ID\" stands twice; brand_name is missing. Nothing was loaded."
        );
    }
}
