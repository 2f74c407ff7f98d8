//! Statements that take a run back: what it changed becomes what it was, what it brought goes, what it removed comes.
//!
//! A row is as a run left it while it has the version the run gave it: 1 for a new row, the one after the kept version for a
//! changed one. Later runs' changes of it that were undone in turn make two versions more each.

use super::{Sql, quoted};
use crate::etl::spec::{Kind, Spec};

/// Rows that are left as they are, told one by one.
const TOLD: usize = 50;

impl Sql {
    /// Of whom this run takes back: the run that is undone.
    fn of(&self, run: u64, spec: &Spec, kind: &str) -> String {
        format!("k.run_id = {run} AND k.table_name = '{}' AND k.change_kind = '{kind}'", spec.table.name())
    }

    fn kept_of(&self, spec: &Spec) -> String {
        let key = spec.key.iter().zip(["key_1", "key_2"]);
        let on: Vec<String> = key.map(|(column, kept)| format!("t.{column} = k.{kept}")).collect();
        on.join(" AND ")
    }

    fn kept_rows(&self) -> String {
        format!("{}.{}", quoted(&self.main), quoted("import_run_rows"))
    }

    /// One row of those kept, to learn which columns a run gave.
    pub(crate) fn kept_sample(&self, run: u64, spec: &Spec, kind: &str) -> String {
        format!("SELECT values_before FROM {} k WHERE {} LIMIT 1", self.kept_rows(), self.of(run, spec, kind))
    }

    /// Marks the changed rows that are still as the run left them.
    pub(crate) fn mark_unchanged(&self, run: u64, spec: &Spec) -> String {
        format!(
            "UPDATE {} k JOIN {} t ON {} SET k.change_kind = 'restored' WHERE {} AND {}",
            self.kept_rows(),
            self.target(spec.table),
            self.kept_of(spec),
            self.of(run, spec, "updated"),
            self.is_version(run, spec, "k.version_before + 1")
        )
    }

    /// Whether a row has a version, or the one it has where every later change of it was a load that was undone: the load
    /// and its undoing took a version each. One derived table, for the engines do not change what they read.
    fn is_version(&self, run: u64, spec: &Spec, version: &str) -> String {
        let key = spec.key.iter().zip(["key_1", "key_2"]);
        let on: Vec<String> = key.map(|(column, kept)| format!("r.{kept} = t.{column}")).collect();
        format!(
            "t.version = {version} + 2 * (SELECT COUNT(*) FROM (SELECT DISTINCT run_id, key_1, key_2, version_before FROM {} \
             WHERE table_name = '{}' AND change_kind = 'restored' AND run_id > {run}) r \
             WHERE {} AND r.version_before >= {version})",
            self.kept_rows(),
            spec.table.name(),
            on.join(" AND ")
        )
    }

    /// Gives the marked rows their values back.
    pub(crate) fn restore(&self, run: u64, spec: &Spec, columns: &[&str]) -> String {
        let set: Vec<String> =
            columns.iter().map(|column| format!("t.{column} = {}", value(spec, column))).collect();
        format!(
            "UPDATE {} t JOIN {} k ON {} SET {}, t.version = t.version + 1 WHERE {}",
            self.target(spec.table),
            self.kept_rows(),
            self.kept_of(spec),
            set.join(", "),
            self.of(run, spec, "restored")
        )
    }

    /// Changed rows that somebody changed or removed since: how many.
    pub(crate) fn count_kept(&self, run: u64, spec: &Spec, kind: &str) -> String {
        format!("SELECT COUNT(*) FROM {} k WHERE {}", self.kept_rows(), self.of(run, spec, kind))
    }

    /// Changed rows that somebody changed or removed since: their keys.
    pub(crate) fn told_kept(&self, run: u64, spec: &Spec, kind: &str) -> String {
        let key = if spec.key.len() > 1 { "CONCAT(k.key_1, '/', k.key_2)" } else { "CAST(k.key_1 AS CHAR)" };
        format!(
            "SELECT {key} FROM {} k WHERE {} ORDER BY k.key_1, k.key_2 LIMIT {TOLD}",
            self.kept_rows(),
            self.of(run, spec, kind)
        )
    }

    /// Brings back the rows that were removed, where their parents are there and their keys are free.
    pub(crate) fn bring_back(&self, run: u64, spec: &Spec) -> String {
        let own = |column: &str| column != "manager_id";
        let columns: Vec<&str> =
            spec.columns.iter().map(|column| column.name).filter(|name| own(name)).collect();
        let values: Vec<String> = columns.iter().map(|column| value(spec, column)).collect();
        let parents: String = spec
            .parents
            .iter()
            .enumerate()
            .map(|(nth, parent)| {
                let place = self.target(parent.table);
                format!(" JOIN {place} p{nth} ON p{nth}.{} = {}", parent.key, value(spec, parent.column))
            })
            .collect();
        let first = spec.key.first().copied().unwrap_or_default();
        format!(
            "INSERT INTO {target} ({}, version, loaded_by) SELECT {}, k.version_before + 2, {LOADED_BY} FROM {} k \
             LEFT JOIN {target} t ON {}{parents} WHERE {} AND t.{first} IS NULL",
            columns.join(", "),
            values.join(", "),
            self.kept_rows(),
            self.kept_of(spec),
            self.of(run, spec, "deleted"),
            target = self.target(spec.table)
        )
    }

    /// Says of the staff who came back who manages them.
    pub(crate) fn bring_back_managers(&self, run: u64, spec: &Spec) -> String {
        format!(
            "UPDATE {target} t JOIN {} k ON {} JOIN {target} m ON m.staff_id = {} SET t.manager_id = m.staff_id \
             WHERE {} AND t.version = k.version_before + 2",
            self.kept_rows(),
            self.kept_of(spec),
            value(spec, "manager_id"),
            self.of(run, spec, "deleted"),
            target = self.target(spec.table)
        )
    }

    /// Marks the removed rows that are there again.
    pub(crate) fn mark_back(&self, run: u64, spec: &Spec) -> String {
        format!(
            "UPDATE {} k JOIN {} t ON {} SET k.change_kind = 'restored' WHERE {} AND t.version = k.version_before + 2",
            self.kept_rows(),
            self.target(spec.table),
            self.kept_of(spec),
            self.of(run, spec, "deleted")
        )
    }

    /// Removes the rows that the run brought, where they are as it left them and nothing names them.
    pub(crate) fn take_out(&self, run: u64, spec: &Spec, children: &[(String, String)]) -> String {
        let key = spec.key.first().copied().unwrap_or_default();
        let named = children.iter().enumerate();
        let joins: String = named
            .clone()
            .map(|(nth, (child, column))| {
                let (child, column) = (quoted(child), quoted(column));
                format!(" LEFT JOIN {}.{child} c{nth} ON c{nth}.{column} = t.{key}", quoted(&self.main))
            })
            .collect();
        let free: String =
            named.map(|(nth, (_, column))| format!(" AND c{nth}.{} IS NULL", quoted(column))).collect();
        format!(
            "DELETE t FROM {} t{joins} WHERE t.loaded_by = {run} AND {}{free}",
            self.target(spec.table),
            self.is_version(run, spec, "1")
        )
    }

    /// Rows the run brought that are still there: how many.
    pub(crate) fn count_brought(&self, run: u64, spec: &Spec) -> String {
        format!("SELECT COUNT(*) FROM {} t WHERE t.loaded_by = {run}", self.target(spec.table))
    }

    /// Rows the run brought that are still there: their keys, and whether they are as it left them.
    pub(crate) fn told_brought(&self, run: u64, spec: &Spec) -> String {
        let keys: Vec<String> = spec.key.iter().map(|key| format!("t.{key}")).collect();
        format!(
            "SELECT CONCAT_WS('/', {0}), {1} FROM {2} t WHERE t.loaded_by = {run} ORDER BY {0} LIMIT {TOLD}",
            keys.join(", "),
            self.is_version(run, spec, "1"),
            self.target(spec.table)
        )
    }
}

/// Which run had brought a row that was removed, so that it can be undone in turn.
const LOADED_BY: &str = "CAST(JSON_VALUE(k.values_before, '$.loaded_by') AS UNSIGNED)";

/// A kept value as its column takes it; `JSON_VALUE` makes SQL's NULL of JSON's.
fn value(spec: &Spec, column: &str) -> String {
    let kept = format!("JSON_VALUE(k.values_before, '$.{column}')");
    match spec.column(column).map(|(_, column)| column.kind) {
        Some(Kind::Id | Kind::Integer { .. } | Kind::Flag) => format!("CAST({kept} AS SIGNED)"),
        Some(Kind::Decimal { digits, scale, .. }) => format!("CAST({kept} AS DECIMAL({digits},{scale}))"),
        Some(Kind::Date) => format!("CAST({kept} AS DATE)"),
        Some(Kind::Text(_) | Kind::TimeZone(_)) | None => kept,
    }
}
