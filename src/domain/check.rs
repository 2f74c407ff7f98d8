//! What `storekeeper check` finds.

use serde::Serialize;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// What was looked at.
    pub check: &'static str,
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
