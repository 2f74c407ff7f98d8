//! Statements for one row that is changed by hand, from the same specs. What a person typed is a parameter, always.

use super::quoted;
use crate::domain::Table;
use crate::domain::records::edit::editable;
use crate::etl::spec::Spec;

fn of_key(spec: &Spec) -> String {
    spec.key.iter().map(|key| format!("{key} = ?")).collect::<Vec<_>>().join(" AND ")
}

fn columns(table: Table) -> impl Iterator<Item = &'static str> {
    editable(table).iter().map(|field| field.column)
}

/// One row: its version, the store it belongs to, and each value as text. Parameters: the key.
pub(crate) fn held(spec: &Spec, is_locked: bool) -> String {
    let values: Vec<String> = columns(spec.table).map(|column| format!(", CAST({column} AS CHAR)")).collect();
    let store = if spec.column("store_id").is_some() { "store_id" } else { "NULL" };
    let lock = if is_locked { " FOR UPDATE" } else { "" };
    format!(
        "SELECT version, {store}{} FROM {} WHERE {}{lock}",
        values.concat(),
        quoted(spec.table.name()),
        of_key(spec)
    )
}

/// A new row. Parameters: its values.
///
/// The number of a deleted row is never given again, but a stock has the key its store and product make. Were its versions
/// counted from 1 as well, it could be taken for the one before by whoever has that one in a form, and by the undoing of a
/// load: so they are counted from the time at which it is made, in seconds.
pub(crate) fn add(table: Table) -> String {
    let names: Vec<&str> = columns(table).collect();
    let marks = vec!["?"; names.len()].join(", ");
    let (name, value) =
        if table == Table::Stocks { (", version", ", UNIX_TIMESTAMP()") } else { Default::default() };
    format!("INSERT INTO {} ({}{name}) VALUES ({marks}{value})", quoted(table.name()), names.join(", "))
}

/// The one conditional change of a row. Parameters: the new values, the key, the version it has to have.
pub(crate) fn change(spec: &Spec, changed: &[&str]) -> String {
    let set: Vec<String> = changed.iter().map(|column| format!("{column} = ?, ")).collect();
    format!(
        "UPDATE {} SET {}version = version + 1 WHERE {} AND version = ?",
        quoted(spec.table.name()),
        set.concat(),
        of_key(spec)
    )
}

/// The one conditional end of a row. Parameters: the key, the version it has to have.
pub(crate) fn remove(spec: &Spec) -> String {
    format!("DELETE FROM {} WHERE {} AND version = ?", quoted(spec.table.name()), of_key(spec))
}

/// Whether a row is there, held still. Parameter: its number.
pub(crate) fn is_there(table: Table, key: &str) -> String {
    format!("SELECT 1 FROM {} WHERE {key} = ? LOCK IN SHARE MODE", quoted(table.name()))
}

/// Who has a value that no two rows may share. Parameter: the value.
pub(crate) fn owner(spec: &Spec, column: &str) -> String {
    let key = spec.key.first().copied().unwrap_or_default();
    format!("SELECT {key} FROM {} WHERE {column} = ?", quoted(spec.table.name()))
}

/// The load that brought a row. Parameters: its key.
pub(crate) fn loaded_by(spec: &Spec) -> String {
    format!("SELECT loaded_by FROM {} WHERE {}", quoted(spec.table.name()), of_key(spec))
}

/// How many rows name one, and how many of them are open orders. Parameter: its number.
pub(crate) fn references(child: &str, column: &str) -> String {
    let open = if child == Table::Orders.name() {
        "COUNT(CASE WHEN order_status IN (1, 2) THEN 1 END)"
    } else {
        "0"
    };
    format!("SELECT COUNT(*), {open} FROM {} WHERE {} = ?", quoted(child), quoted(column))
}
