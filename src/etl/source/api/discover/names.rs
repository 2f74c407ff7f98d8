//! Names that are likely, where nothing says which there are.

use super::Scout;
use crate::domain::Table;
use crate::etl::source::api::columns::{names_to_try, table_named};
use crate::etl::source::api::error::ApiError;
use url::Url;

/// Where servers keep their tables, below the address.
const PREFIXES: [&str; 11] =
    ["", "api/", "api/v1/", "v1/", "api/v2/", "v2/", "rest/", "rest/v1/", "items/", "data/", "odata/"];
/// Tables that almost every store has, by which a prefix is recognised.
const FIRST: [Table; 3] = [Table::Orders, Table::Products, Table::Customers];

/// The name that an address ends in.
pub(super) fn of(url: &Url) -> String {
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let last = parts.last().copied().unwrap_or_default();
    let last = last.split('.').next().unwrap_or_default();
    // `orders/items` is one name of two words.
    let two = parts
        .len()
        .checked_sub(2)
        .and_then(|before| parts.get(before))
        .map(|before| format!("{before}_{last}"));
    let singular = |name: &str| name.replace("orders_", "order_");
    match two.map(|two| singular(&two)).filter(|two| table_named(two) == Some(Table::OrderItems)) {
        Some(two) => two,
        None => last.to_owned(),
    }
}

/// Tries them: first where the tables are, then each table there.
pub(super) fn try_likely(scout: &mut Scout<'_>) -> Result<(), ApiError> {
    let wanted = scout.wanted();
    let mut first: Vec<Table> = FIRST.into_iter().filter(|table| wanted.contains(table)).collect();
    if first.is_empty() {
        first = wanted.iter().copied().take(3).collect();
    }
    for ending in ["", ".json"] {
        for prefix in PREFIXES {
            if !ending.is_empty() && !prefix.is_empty() {
                continue;
            }
            for table in &first {
                let name = names_to_try(*table).into_iter().next().unwrap_or_default();
                if attempt(scout, *table, prefix, &name, ending)? {
                    return rest(scout, prefix, ending);
                }
            }
        }
    }
    // Perhaps it has but one of the rarer tables, or says them in the singular.
    for table in wanted {
        for name in names_to_try(table) {
            if attempt(scout, table, "", &name, "")? {
                return rest(scout, "", "");
            }
        }
    }
    Ok(())
}

fn attempt(
    scout: &mut Scout<'_>,
    table: Table,
    prefix: &str,
    name: &str,
    ending: &str,
) -> Result<bool, ApiError> {
    let path = format!("{prefix}{name}{ending}");
    let Some(url) = scout.client.base.below(&path) else { return Ok(false) };
    scout.visit(&url, "its address is a likely one", Some(table))
}

/// The other tables, where the first was.
fn rest(scout: &mut Scout<'_>, prefix: &str, ending: &str) -> Result<(), ApiError> {
    for table in scout.wanted() {
        for name in names_to_try(table) {
            if scout.has(table) || attempt(scout, table, prefix, &name, ending)? {
                break;
            }
        }
    }
    Ok(())
}
