//! The stores and the staff, by name: the only rows that are held in memory while files are read, for a chain has few of them.

use super::cell::shown;
use super::emails::Emails;
use super::error::LoadError;
use super::fault::{Code, Fault};
use super::fold::person;
use super::link::Link;
use super::names::{Names, names_of};
use super::spec::Parent;
use crate::domain::Table;
use std::collections::{BTreeMap, HashMap};

/// A member of staff, as far as names go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Staff {
    /// First name.
    pub(crate) first: String,
    /// Last name.
    pub(crate) last: String,
    /// `staffs.email`, which is theirs alone.
    pub(crate) email: String,
    /// Where they work.
    pub(crate) store: u32,
}

impl Staff {
    /// First and last name.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}

/// Who and what is known: from the database, and from the files of the set read so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Registry {
    stores: BTreeMap<u32, String>,
    by_store_name: HashMap<String, u32>,
    staffs: BTreeMap<u32, Staff>,
    by_email: HashMap<String, u32>,
    by_store: HashMap<u32, Vec<u32>>,
    /// Rows of other tables by name, of those tables that files name in words.
    named: HashMap<Table, Names>,
    /// Customers by e-mail address, where files name them so.
    customers: Option<Emails>,
}

impl Registry {
    /// The stores and the staff that the database has, and the names in the tables that files name in words.
    pub(crate) async fn read(link: &mut Link, by_name: &[Table]) -> Result<Registry, LoadError> {
        let mut registry = Registry::default();
        if by_name.contains(&Table::Customers) {
            let mut emails = Emails::default();
            let statement = include_str!("../../sql/queries/import/customers.sql");
            link.each(statement, |(id, email): (u32, String)| emails.add(id, &email)).await?;
            registry.customers = Some(emails);
        }
        for table in by_name {
            let Some(statement) = names_of(*table) else { continue };
            let rows: Vec<(u32, String)> = link.rows(statement).await?;
            let names = registry.named.entry(*table).or_default();
            rows.iter().for_each(|(id, name)| names.add(*id, name));
        }
        let stores: Vec<(u32, String)> =
            link.rows(include_str!("../../sql/queries/import/stores.sql")).await?;
        for (id, name) in stores {
            registry.add_store(id, &name);
        }
        let staffs: Vec<(u32, String, String, String, u32)> =
            link.rows(include_str!("../../sql/queries/import/staffs.sql")).await?;
        for (id, first, last, email, store) in staffs {
            registry.add_staff(id, Staff { first, last, email, store });
        }
        Ok(registry)
    }

    /// Takes note of a store.
    pub(crate) fn add_store(&mut self, id: u32, name: &str) {
        if let Some(before) = self.stores.insert(id, name.to_owned()) {
            self.by_store_name.remove(&person(&before));
        }
        self.by_store_name.insert(person(name), id);
    }

    /// Takes note of a member of staff.
    pub(crate) fn add_staff(&mut self, id: u32, staff: Staff) {
        if let Some(before) = self.staffs.get(&id) {
            self.by_email.remove(&before.email);
            if let Some(colleagues) = self.by_store.get_mut(&before.store) {
                colleagues.retain(|other| *other != id);
            }
        }
        self.by_email.insert(staff.email.clone(), id);
        self.by_store.entry(staff.store).or_default().push(id);
        self.staffs.insert(id, staff);
    }

    /// Takes note of a row of another table, where files name that table's rows in words.
    pub(crate) fn add_named(&mut self, table: Table, id: u32, name: &str) {
        if let Some(names) = self.named.get_mut(&table) {
            names.add(id, name);
        }
    }

    /// Takes note of a customer, where files name customers by their e-mail address.
    pub(crate) fn add_customer(&mut self, id: u32, email: &str) {
        if let Some(emails) = &mut self.customers {
            emails.add(id, email);
        }
    }

    /// Makes ready for a file, after the rows of others were noted.
    pub(crate) fn settle(&mut self) {
        if let Some(emails) = &mut self.customers {
            emails.settle();
        }
    }

    /// The one row of a parent table that has this name, or this e-mail address.
    pub(crate) fn named(&self, parent: &Parent, name: &str) -> Result<u32, Fault> {
        if let (Table::Customers, Some(emails)) = (parent.table, &self.customers) {
            return emails.find(parent, name);
        }
        let nothing = Names::default();
        self.named.get(&parent.table).unwrap_or(&nothing).find(parent, name)
    }

    /// The store of that name.
    pub(crate) fn store(&self, name: &str) -> Result<u32, Fault> {
        self.by_store_name.get(&person(name)).copied().ok_or_else(|| {
            let known: Vec<&str> = self.stores.values().map(String::as_str).collect();
            let message = format!("store {} is not known. {}", shown(name), known_are("Known", &known));
            Fault::new("store_id", Code::Unknown, message)
        })
    }

    /// The one member of staff of that name, first or full, who works in the store.
    pub(crate) fn staff(&self, store: u32, name: &str) -> Result<u32, Fault> {
        let wanted = person(name);
        let colleagues: Vec<(u32, &Staff)> = self
            .by_store
            .get(&store)
            .into_iter()
            .flatten()
            .filter_map(|id| self.staffs.get(id).map(|staff| (*id, staff)))
            .collect();
        let mut named = colleagues
            .iter()
            .filter(|(_, staff)| [person(&staff.first), person(&staff.name())].contains(&wanted));
        match (named.next(), named.next()) {
            (Some((id, _)), None) => Ok(*id),
            (Some(one), Some(other)) => {
                let both: Vec<String> = [one, other]
                    .into_iter()
                    .chain(named)
                    .map(|(id, staff)| format!("{} ({id})", staff.name()))
                    .collect();
                let message = format!(
                    "staff {} is more than one at {}: {}. Give the full name or staff_id.",
                    shown(name),
                    self.store_name(store),
                    both.join(", ")
                );
                Err(Fault::new("staff_id", Code::Ambiguous, message))
            }
            (None, _) => {
                let names: Vec<String> = colleagues.iter().map(|(_, staff)| staff.name()).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let message = format!(
                    "staff {} is not known at {}. {}",
                    shown(name),
                    self.store_name(store),
                    known_are("Known there", &names)
                );
                Err(Fault::new("staff_id", Code::Unknown, message))
            }
        }
    }

    /// The name of a store, or its number where it has none here.
    pub(crate) fn store_name(&self, id: u32) -> String {
        self.stores.get(&id).cloned().unwrap_or_else(|| format!("store {id}"))
    }

    /// The name of a member of staff, or their number where they have none here.
    pub(crate) fn staff_name(&self, id: u32) -> String {
        self.staffs.get(&id).map_or_else(|| format!("staff {id}"), Staff::name)
    }

    /// The number of a store that is known by name.
    pub(crate) fn store_numbered(&self, name: &str) -> Option<u32> {
        self.by_store_name.get(&person(name)).copied()
    }

    /// The number of a member of staff who is known by e-mail.
    pub(crate) fn staff_numbered(&self, email: &str) -> Option<u32> {
        self.by_email.get(email).copied()
    }

    /// The greatest number of a store; 0 where there is none.
    pub(crate) fn last_store(&self) -> u32 {
        self.stores.last_key_value().map_or(0, |(id, _)| *id)
    }

    /// The greatest number of a member of staff; 0 where there is none.
    pub(crate) fn last_staff(&self) -> u32 {
        self.staffs.last_key_value().map_or(0, |(id, _)| *id)
    }
}

fn known_are(start: &str, names: &[&str]) -> String {
    const MOST: usize = 8;
    match names {
        [] => format!("{start}: none."),
        few if few.len() <= MOST => format!("{start}: {}.", few.join(", ")),
        many => {
            let first: Vec<&str> = many.iter().copied().take(MOST).collect();
            format!("{start}: {} and {} more.", first.join(", "), many.len() - MOST)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry() -> Registry {
        let mut registry = Registry::default();
        registry.add_store(1, "Harbour Street");
        registry.add_store(2, "Mill Lane");
        for (id, first, last, store) in
            [(1, "Ida", "Holm", 1), (2, "Ida", "Berg", 1), (3, "Olav", "Lund", 1), (4, "Olav", "Moe", 2)]
        {
            let staff = Staff { first: first.into(), last: last.into(), email: format!("{last}@x"), store };
            registry.add_staff(id, staff);
        }
        registry
    }

    #[test]
    fn a_first_name_is_enough_where_one_person_has_it_in_the_store() {
        let registry = registry();
        assert_eq!(registry.staff(1, "olav"), Ok(3));
        assert_eq!(registry.staff(2, "Olav"), Ok(4));
        assert_eq!(registry.staff(1, "ida  BERG"), Ok(2));
    }

    #[test]
    fn an_unknown_or_doubtful_name_is_told_with_who_is_there() {
        let registry = registry();
        let message = |name| registry.staff(1, name).unwrap_err().message;
        assert_eq!(
            message("Ida"),
            "staff \"Ida\" is more than one at Harbour Street: Ida Holm (1), Ida Berg (2). Give the full name or staff_id."
        );
        assert_eq!(
            message("Olga"),
            "staff \"Olga\" is not known at Harbour Street. Known there: Ida Holm, Ida Berg, Olav Lund."
        );
    }

    #[test]
    fn who_moves_is_known_at_the_new_store_only() {
        let mut registry = registry();
        registry
            .add_staff(3, Staff { first: "Olav".into(), last: "Lund".into(), email: "o@x".into(), store: 2 });
        assert_eq!(registry.staff(1, "Olav").unwrap_err().code, Code::Unknown);
        assert_eq!(registry.staff(2, "Olav Lund"), Ok(3));
    }
}
