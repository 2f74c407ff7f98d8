//! Customers by e-mail address, for files that name them so.

use super::cell::shown;
use super::fault::{Code, Fault};
use super::spec::Parent;
use sha2::{Digest, Sha256};

/// The address as half a SHA-256, and the customer: twenty bytes for each, for a chain may have a million of them.
type Known = ([u32; 4], u32);

/// Which customer has which address. Case makes no difference.
#[derive(Debug, Clone, Default)]
pub(crate) struct Emails(Vec<Known>);

impl Emails {
    /// Takes note of a customer's address.
    pub(crate) fn add(&mut self, customer: u32, email: &str) {
        self.0.push((print(email), customer));
    }

    /// Makes ready for finding, after any were added.
    pub(crate) fn settle(&mut self) {
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// The one customer with that address.
    pub(crate) fn find(&self, parent: &Parent, email: &str) -> Result<u32, Fault> {
        let wanted = print(email);
        let from = self.0.partition_point(|(known, _)| *known < wanted);
        let mut found = self.0.iter().skip(from).take_while(|(known, _)| *known == wanted).map(|(_, id)| *id);
        let Parent { column, word, .. } = parent;
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(one),
            (None, _) => {
                let message =
                    format!("{word} {} is not known: nobody has that e-mail address.", shown(email));
                Err(Fault::new(column, Code::Unknown, message))
            }
            (Some(one), Some(other)) => {
                const MOST: usize = 8;
                let all = [one, other].into_iter().chain(found).take(MOST).map(|id| id.to_string());
                let message = format!(
                    "{word} {} is more than one: {column} {}. Give the number.",
                    shown(email),
                    all.collect::<Vec<_>>().join(", ")
                );
                Err(Fault::new(column, Code::Ambiguous, message))
            }
        }
    }
}

fn print(email: &str) -> [u32; 4] {
    let hash = Sha256::digest(email.trim().to_lowercase());
    let mut words = hash
        .chunks_exact(4)
        .map(|word| word.iter().fold(0_u32, |number, byte| (number << 8) | u32::from(*byte)));
    std::array::from_fn(|_| words.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Table;
    use crate::etl::spec::spec;

    #[test]
    fn an_address_finds_its_customer_or_says_which_it_could_be() {
        let parent =
            spec(Table::Orders).parents.iter().find(|parent| parent.table == Table::Customers).unwrap();
        let mut emails = Emails::default();
        for (id, email) in
            [(4, "ase@x.example"), (9, "Two@x.example"), (7, "two@x.example"), (4, "ASE@x.example")]
        {
            emails.add(id, email);
        }
        emails.settle();
        assert_eq!(emails.find(parent, " Ase@X.example"), Ok(4));
        let told = |email| emails.find(parent, email).unwrap_err().message;
        assert_eq!(
            told("two@x.example"),
            "customer \"two@x.example\" is more than one: customer_id 7, 9. Give the number."
        );
        assert_eq!(
            told("no@x.example"),
            "customer \"no@x.example\" is not known: nobody has that e-mail address."
        );
    }
}
