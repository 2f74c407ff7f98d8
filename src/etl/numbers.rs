//! Stores and staff of a file that gives them no numbers: known by their name or e-mail, and new ones numbered on.

use super::align::Use;
use super::cell::{self, Value, shown};
use super::dates::DateOrder;
use super::error::LoadError;
use super::fault::{Code, Fault};
use super::reader::Part;
use super::registry::Registry;
use super::spec::Spec;
use crate::domain::Table;
use crate::domain::guard::unguarded;
use csv::StringRecord;
use std::collections::HashMap;

/// Who stands on one row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: String,
    number: u32,
}

/// The rows of one file, by where they stand; `None` for a row that can not be known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    rows: Vec<Option<Row>>,
    by_name: HashMap<String, u32>,
}

impl Numbers {
    /// Reads a file that has no numbers and stands at its first row, as it does again afterwards; `None` of any other.
    pub(crate) fn of(part: &mut Part, registry: &Registry) -> Result<Option<Numbers>, LoadError> {
        if !part.alignment.numbered {
            return Ok(None);
        }
        let Some((place, column)) = part.spec.unique.and_then(|(unique, _)| part.spec.column(unique)) else {
            return Ok(None);
        };
        let at = part.alignment.uses.iter().position(|wanted| *wanted == Use::Column(place));
        let is_stores = part.spec.table == Table::Stores;
        let mut last = if is_stores { registry.last_store() } else { registry.last_staff() };
        let known = |name: &str| {
            if is_stores { registry.store_numbered(name) } else { registry.staff_numbered(name) }
        };
        let (mut numbers, mut drawn) = (Numbers::default(), 0);
        let mut record = StringRecord::new();
        while part.source.read(&mut record)?.is_some() {
            let text = at
                .and_then(|at| record.get(at))
                .map(|text| if part.alignment.guarded { unguarded(text) } else { text });
            let row = match text.map(|text| cell::parse(column, text, DateOrder::Unknown)) {
                Some(Ok(Value::Text(name))) => {
                    let name = name.into_owned();
                    let next = || {
                        last = last.saturating_add(1);
                        last
                    };
                    let number = *numbers
                        .by_name
                        .entry(name.clone())
                        .or_insert_with_key(|name| known(name).unwrap_or_else(next));
                    Some(Row { name, number })
                }
                _ => None,
            };
            numbers.rows.resize(drawn + part.source.passed_over() as usize, None);
            numbers.rows.push(row);
            drawn += 1;
        }
        part.source.rewind()?;
        Ok(Some(numbers))
    }

    fn row(&self, ordinal: usize) -> Option<&Row> {
        self.rows.get(ordinal)?.as_ref()
    }

    /// The number of a row, counted from 0.
    pub(crate) fn number(&self, ordinal: usize) -> Option<u32> {
        self.row(ordinal).map(|row| row.number)
    }

    /// The number of the manager whom a row names: by the row they stand on, or by e-mail. In a file of rejected rows it
    /// can be the e-mail alone, for the rows of the first file stand elsewhere there.
    ///
    /// # Errors
    /// That nobody is meant by it.
    pub(crate) fn manager(&self, text: &str, is_of_rejects: bool, registry: &Registry) -> Result<u32, Fault> {
        let unknown = |message: String| Fault::new(MANAGER, Code::Unknown, message);
        if is_email(text) {
            let number = self.by_name.get(text).copied().or_else(|| registry.staff_numbered(text));
            return number.ok_or_else(|| {
                unknown(format!(
                    "manager_id {}: this e-mail is not known in the chain or in the file.",
                    shown(text)
                ))
            });
        }
        if is_of_rejects {
            return Err(unknown(format!(
                "manager_id {}: rejected rows of a file without staff_id do not tell who stood on that row. \
                 Give the manager's e-mail, or nothing.",
                shown(text)
            )));
        }
        row_of(text).and_then(|row| self.number(row)).ok_or_else(|| {
            let row = shown(text);
            unknown(format!(
                "manager_id {row}: the file has no staff_id, so the manager is row {row} of it, which is not there or not usable."
            ))
        })
    }

    /// The row as a file of rejects takes it: its manager named by e-mail, for there they stand on no row.
    pub(crate) fn portable(&self, spec: &Spec, uses: &[Use], record: &StringRecord) -> Option<StringRecord> {
        let (place, _) = spec.column(MANAGER)?;
        let at = uses.iter().position(|wanted| *wanted == Use::Column(place))?;
        let manager = self.row(row_of(record.get(at)?)?)?;
        let cells = record.iter().enumerate();
        Some(cells.map(|(nth, cell)| if nth == at { manager.name.as_str() } else { cell }).collect())
    }
}

const MANAGER: &str = "manager_id";

/// Whether a manager is named by e-mail rather than by a number.
pub(crate) fn is_email(text: &str) -> bool {
    text.contains('@')
}

/// The row that a number means, counted from 0. Dataframes write whole numbers as 7.0.
fn row_of(text: &str) -> Option<usize> {
    let text = text.trim();
    text.strip_suffix(".0").unwrap_or(text).parse::<usize>().ok()?.checked_sub(1)
}
