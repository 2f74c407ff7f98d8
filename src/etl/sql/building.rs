//! Statements around the filling of a table that is empty.

use super::Sql;
use crate::db::Engine;
use crate::domain::Table;
use crate::etl::spec::Parent;

/// Without these checks MariaDB sorts what comes into an empty table and writes whole pages of it, rather than looking for
/// the place of each row in each key (MariaDB Server documentation, "How to Quickly Insert Data Into MariaDB").
pub(crate) const WITHOUT_CHECKS: &str = "SET foreign_key_checks = 0, unique_checks = 0";
/// As every connection begins.
pub(crate) const WITH_CHECKS: &str = "SET foreign_key_checks = 1, unique_checks = 1";

impl Sql {
    /// Whether the server fills an empty table faster without checks.
    pub(crate) fn is_built_faster(&self) -> bool {
        self.engine == Engine::MariaDb
    }

    /// The same for staging tables; not where they are temporary.
    pub(crate) fn is_staged_faster(&self) -> bool {
        self.is_built_faster() && self.staging.is_some()
    }

    /// How many rows a table has.
    pub(crate) fn count(&self, table: Table) -> String {
        format!("SELECT COUNT(*) FROM {}", self.target(table))
    }

    /// Answers a row where one of the table names a row that is not there. Those that are there are held until the
    /// transaction is over, as the check of each row would have held them.
    pub(crate) fn any_orphan(&self, table: Table, parent: &Parent) -> String {
        let Parent { column, table: parents, key, .. } = parent;
        format!(
            "SELECT 1 FROM {} t LEFT JOIN {} p ON p.{key} = t.{column} \
             WHERE t.{column} IS NOT NULL AND p.{key} IS NULL LIMIT 1 LOCK IN SHARE MODE",
            self.target(table),
            self.target(*parents)
        )
    }
}
