//! What `storekeeper check` looks at, and what it finds.

use serde::{Serialize, Serializer};
use std::fmt;

/// Something that a chain has to agree on with itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Every row names rows that are there.
    Parents,
    /// The stored sums of order lines.
    Sums,
    /// Dates of orders, among themselves and with the status.
    Dates,
    /// Who manages whom.
    Managers,
    /// The figures of dashboard and reports, and what an export adds up to.
    Figures,
}

impl Check {
    /// All of them.
    pub const EACH: [Check; 5] = [Check::Parents, Check::Sums, Check::Dates, Check::Managers, Check::Figures];
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Check::Parents => "every row names rows that are there",
            Check::Sums => "the sums of order lines",
            Check::Dates => "dates of orders and their status",
            Check::Managers => "who manages whom",
            Check::Figures => "the figures and an export come to the same",
        })
    }
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// What was looked at.
    pub check: Check,
    /// What is not as it should be; nothing where all is well.
    pub amiss: Vec<Amiss>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amiss {
    /// What, in words or as `table.column`.
    pub what: String,
    /// In how many rows; for a figure, where its two sources differ, 1.
    pub count: u64,
    /// What else a person should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Checked {
    /// Whether all is well.
    pub fn is_well(&self) -> bool {
        self.amiss.is_empty()
    }
}
