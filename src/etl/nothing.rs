//! Words that stand for nothing in some column, besides those that do in every one.

use super::spec::spec;
use crate::domain::Table;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Words by column; under `every` those for all columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Nothing(BTreeMap<String, Vec<String>>);

const EVERY: &str = "every";

impl Nothing {
    /// Takes `COLUMN=WORD,WORD` or, for every column, `WORD,WORD`, as it is typed.
    pub(crate) fn say(&mut self, typed: &str) -> Result<(), String> {
        let (column, words) = typed.split_once('=').unwrap_or((EVERY, typed));
        let (column, words) = (column.trim(), words.split(',').map(str::trim));
        let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
        if words.is_empty() {
            return Err(format!("--null {typed}: say COLUMN=WORD,WORD, or WORD for every column."));
        }
        self.0.entry(column.to_owned()).or_default().extend(words);
        self.check().map_err(|column| format!("--null {typed}: no table has a column {column}."))
    }

    /// Proves that there are columns of these names; otherwise answers one that there is not.
    pub(crate) fn check(&self) -> Result<(), String> {
        let is_known =
            |name: &str| name == EVERY || Table::EACH.iter().any(|table| spec(*table).column(name).is_some());
        self.0.keys().find(|name| !is_known(name)).map_or(Ok(()), |name| Err(name.clone()))
    }

    /// Whether a cell of the column holds one of its words.
    pub(crate) fn has(&self, column: &str, text: &str) -> bool {
        let said = |name: &str| self.0.get(name).is_some_and(|words| words.iter().any(|word| word == text));
        !self.0.is_empty() && (said(column) || said(EVERY))
    }

    /// Whether no word was said.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
