//! The rows of a table by name, for files that name them in words.

use super::cell::shown;
use super::fault::{Code, Fault};
use super::fold::person;
use super::spec::Parent;
use crate::domain::Table;
use std::collections::HashMap;

/// Numbers by name. Held in memory, so only of tables that a file names in words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    by_id: HashMap<u32, String>,
    by_name: HashMap<String, Vec<u32>>,
}

/// The statement that reads a table's names.
pub(crate) fn names_of(table: Table) -> Option<&'static str> {
    match table {
        Table::Categories => Some(include_str!("../../sql/queries/import/categories.sql")),
        Table::Brands => Some(include_str!("../../sql/queries/import/brands.sql")),
        Table::Products => Some(include_str!("../../sql/queries/import/products.sql")),
        _ => None,
    }
}

impl Names {
    /// Takes note of a row, whatever it was called before.
    pub(crate) fn add(&mut self, id: u32, name: &str) {
        let folded = person(name);
        if let Some(before) = self.by_id.insert(id, folded.clone())
            && let Some(ids) = self.by_name.get_mut(&before)
        {
            ids.retain(|other| *other != id);
        }
        self.by_name.entry(folded).or_default().push(id);
    }

    /// The one row of that name.
    pub(crate) fn find(&self, parent: &Parent, name: &str) -> Result<u32, Fault> {
        let ids = self.by_name.get(&person(name)).map(Vec::as_slice).unwrap_or_default();
        let Parent { column, word, .. } = parent;
        match ids {
            [id] => Ok(*id),
            [] => {
                let near = self.near(name);
                let message = format!("{word} {} is not known.{near}", shown(name));
                Err(Fault::new(column, Code::Unknown, message))
            }
            several => {
                let mut several = several.to_vec();
                several.sort_unstable();
                let ids: Vec<String> = several.iter().map(u32::to_string).collect();
                let message = format!(
                    "{word} {} is more than one: {column} {}. Give the number.",
                    shown(name),
                    ids.join(", ")
                );
                Err(Fault::new(column, Code::Ambiguous, message))
            }
        }
    }

    /// The names that look most like this one, as a sentence; nothing where none does.
    fn near(&self, name: &str) -> String {
        const NEAR: f64 = 0.85;
        let wanted = person(name);
        let mut near: Vec<(f64, &str)> = self
            .by_name
            .iter()
            .filter(|(_, ids)| !ids.is_empty())
            .map(|(known, _)| (strsim::jaro_winkler(known, &wanted), known.as_str()))
            .filter(|(nearness, _)| *nearness > NEAR)
            .collect();
        near.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
        let near: Vec<String> = near.iter().take(3).map(|(_, name)| shown(name)).collect();
        if near.is_empty() { String::new() } else { format!(" Near are {}.", near.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::etl::spec::spec;

    #[test]
    fn a_name_finds_its_row_or_says_which_it_could_be() {
        let parent =
            spec(Table::Stocks).parents.iter().find(|parent| parent.table == Table::Products).unwrap();
        let mut names = Names::default();
        for (id, name) in [(1, "Vind"), (2, "Lastesykkel 7"), (3, "VIND"), (4, "Regn")] {
            names.add(id, name);
        }
        names.add(4, "Regn 2");
        assert_eq!(names.find(parent, "lastesykkel  7"), Ok(2));
        let told = |name| names.find(parent, name).unwrap_err().message;
        assert_eq!(told("Vind"), "product \"Vind\" is more than one: product_id 1, 3. Give the number.");
        assert_eq!(
            told("Lastesykel 7"),
            "product \"Lastesykel 7\" is not known. Near are \"lastesykkel 7\"."
        );
        assert_eq!(names.find(parent, "Regn").unwrap_err().code, Code::Unknown);
    }
}
