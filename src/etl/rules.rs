//! Rules between values, in one place for the rows of a file and for a record that is changed by hand: what they ask, and
//! how a breach is told.

use super::fault::{Code, Fault};
use crate::domain::{Table, records};
use jiff::civil::Date;

/// What is shipped was ordered before. Each day comes with what it is called.
pub(crate) fn in_sequence(placed: (&str, Date), shipped: (&'static str, Date)) -> Result<(), Fault> {
    if shipped.1 >= placed.1 {
        return Ok(());
    }
    let message = format!("{} {} is before {} {}.", shipped.0, shipped.1, placed.0, placed.1);
    Err(Fault::new(shipped.0, Code::Sequence, message))
}

/// Nobody is their own manager by way of others; these are, from one back to the same.
pub(crate) fn ring(people: &[&str]) -> Fault {
    let message = format!("the managers lead back to where they begin: {}.", people.join(" > "));
    Fault::new("manager_id", Code::Ring, message)
}

/// A value that must differ belongs to the row of that number.
pub(crate) fn taken(table: Table, column: &'static str, value: &str, owner: &str) -> Fault {
    let message = format!("{column} \"{value}\" belongs to {} {owner} already.", records::word(table));
    Fault::new(column, Code::Taken, message)
}
