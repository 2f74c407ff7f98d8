//! The rows of another table that a field can name: by name, or by number.

use crate::domain::records::edit::{Choice, EditField, Takes};
use crate::domain::{Table, records};
use crate::etl::cell::shown;
use crate::etl::fault::Code;
use crate::etl::names::Names;
use crate::etl::spec::Parent;
use std::collections::BTreeSet;

/// They, and what they are called.
#[derive(Debug, Clone)]
pub struct NamedRows {
    parent: Parent,
    names: Names,
    numbers: BTreeSet<u32>,
}

impl NamedRows {
    /// Those a field can name.
    pub fn new(field: &EditField, choices: &[Choice]) -> NamedRows {
        let table = match field.takes {
            Takes::Named(table) => table,
            _ => Table::Staffs,
        };
        let mut names = Names::default();
        choices.iter().for_each(|choice| names.add(choice.number, &choice.name));
        let parent = Parent { column: "number", table, key: "number", word: records::word(table) };
        NamedRows { parent, names, numbers: choices.iter().map(|choice| choice.number).collect() }
    }

    /// The number of the one that is meant; nothing where nothing is typed.
    ///
    /// # Errors
    /// That there is none, or which there are.
    pub fn find(&self, typed: &str) -> Result<Option<u32>, String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let fault = match self.names.find(&self.parent, typed) {
            Ok(number) => return Ok(Some(number)),
            Err(fault) => fault,
        };
        // As a list of them shows one whose name another has as well.
        let numbered = typed.rsplit_once(", no. ").map_or(typed, |(_, number)| number);
        let number = numbered.strip_prefix('#').unwrap_or(numbered).parse::<u32>().ok();
        match number {
            Some(number) if self.numbers.contains(&number) => Ok(Some(number)),
            Some(number) if fault.code == Code::Unknown => {
                Err(format!("There is no {} with the number {number}.", self.parent.word))
            }
            _ if fault.code == Code::Unknown => {
                // The label says of what it is the name.
                let near = fault.message.split_once(" is not known.").map_or("", |(_, near)| near);
                Err(format!("Not known.{near}"))
            }
            _ => Err(format!("{} is the name of several. Choose one, or give its number.", shown(typed))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::records::edit::editable;

    #[test]
    fn a_row_is_named_by_its_name_or_its_number() {
        let choices = [(1, "Vind"), (2, "Regn"), (3, "VIND"), (4, "100")]
            .map(|(number, name)| Choice { number, name: name.to_owned() });
        let rows = NamedRows::new(&editable(Table::Products)[1], &choices);
        for (typed, expected) in [
            ("regn ", Ok(Some(2))),
            ("2", Ok(Some(2))),
            ("#2", Ok(Some(2))),
            ("VIND, no. 3", Ok(Some(3))),
            ("100", Ok(Some(4))),
            ("", Ok(None)),
            ("Vind", Err("\"Vind\" is the name of several. Choose one, or give its number.")),
            ("9", Err("There is no brand with the number 9.")),
            ("Reng", Err("Not known. Near are \"regn\".")),
            ("Xyz", Err("Not known.")),
        ] {
            assert_eq!(rows.find(typed), expected.map_err(str::to_owned), "{typed:?}");
        }
    }
}
