//! Statements around the filling of staging tables, which are empty.

use super::Sql;
use crate::db::Engine;

/// Without these checks MariaDB sorts what comes into an empty table and writes whole pages of it, rather than looking for
/// the place of each row; a load that is stopped is then taken back at once instead of row by row (MariaDB Server
/// documentation, "How to Quickly Insert Data Into MariaDB").
pub(crate) const WITHOUT_CHECKS: &str = "SET foreign_key_checks = 0, unique_checks = 0";
/// As every connection begins.
pub(crate) const WITH_CHECKS: &str = "SET foreign_key_checks = 1, unique_checks = 1";

impl Sql {
    /// Whether the server fills an empty staging table faster without checks; not where it is a temporary one.
    pub(crate) fn is_staged_faster(&self) -> bool {
        self.engine == Engine::MariaDb && self.staging.is_some()
    }
}
