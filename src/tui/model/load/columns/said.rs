//! What a person said of the columns of files, and what follows from it for a load.

use crate::domain::Table;
use crate::etl::{DateOrder, Dates, DecimalMark, Mapping, Meaning};
use std::collections::BTreeMap;

/// It.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// A saved mapping that was opened, by its name.
    pub opened: Option<(String, Mapping)>,
    /// What columns are for, by table and name.
    pub columns: BTreeMap<(Table, String), Meaning>,
    /// How the days of a column of a table are written; `Unknown` where the values shall tell it.
    pub days: BTreeMap<&'static str, DateOrder>,
    /// What stands before decimals, in every column; `None` where nothing was said of it.
    pub decimal: Option<DecimalMark>,
}

impl Said {
    /// All of it as a mapping.
    pub fn mapping(&self) -> Mapping {
        let mut mapping = self.opened.as_ref().map(|(_, mapping)| mapping.clone()).unwrap_or_default();
        for ((table, column), meaning) in &self.columns {
            mapping.mean(*table, column, *meaning);
        }
        if let Some(mark) = self.decimal {
            mapping.say_decimal(mark);
        }
        mapping
    }

    /// What is said of days, where `general` holds for columns of which nothing is said.
    pub fn dates(&self, general: DateOrder) -> Dates {
        let mut dates = Dates::default();
        let mut add = |rule: String| {
            if let Err(wrong) = dates.add(&rule) {
                tracing::error!(rule, wrong, "a rule of days that was made here is refused");
            }
        };
        if let Some(word) = general.word() {
            add(word.to_owned());
        }
        for (column, order) in &self.days {
            if let Some(word) = order.word() {
                add(format!("{column}={word}"));
            }
        }
        dates
    }
}
