//! Checking that the chain of entries is whole.

use super::link::{self, HASHED, Hash, START, hex};
use crate::db::{Db, DbError};
use mysql_async::prelude::Queryable;
use mysql_async::{IsolationLevel, Row, TxOpts, Value};
use std::fmt;
use std::str::FromStr;

/// Entries between two words of how far the check is: some hundredths of a second.
const TELL_EVERY: u64 = 5_000;

/// A place in the chain that was noted elsewhere: the number of an entry and its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The entry; 0 before the first.
    pub id: u64,
    /// Its hash.
    pub hash: Hash,
}

/// A chain that is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Its end, which is worth noting where nobody who may write to the database can change it.
    pub head: Mark,
}

/// The first place where the chain is broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Entries are not there.
    #[error("{} missing: removed after {} recorded.", entries(*.from, *.to), if .from == .to { "it was" } else { "they were" })]
    Missing {
        /// The first that is not there.
        from: u64,
        /// The last of those in a row.
        to: u64,
    },
    /// An entry is not what it was.
    #[error("Entry {0} was changed after it was recorded: it does not give its own hash.")]
    Changed(u64),
    /// An entry, or the one before it, was replaced by another.
    #[error(
        "Entry {0} does not follow from entry {before}: one of the two was replaced.",
        before = .0 - 1
    )]
    Unlinked(u64),
    /// An entry was added past the program.
    #[error("Entry {0} was added by something else than Storekeeper: the chain ends before it.")]
    Added(u64),
    /// The end of the chain is not what the last entry says.
    #[error("The end of the chain names another hash than entry {0} has: the entry or the end was replaced.")]
    OtherEnd(u64),
    /// The row with the end of the chain is not there.
    #[error("The end of the chain (audit_head) is gone; the entries up to {0} hang together.")]
    NoEnd(u64),
    /// What was noted elsewhere is not what is here.
    #[error("Entry {0} has another hash than the one that was noted: the log was written anew.")]
    NotAsNoted(u64),
}

fn entries(from: u64, to: u64) -> String {
    if from == to { format!("Entry {from} is") } else { format!("Entries {from} to {to} are") }
}

/// Checks every entry against its hash, the one before, and the end of the chain; and, where a mark is given, that the chain
/// goes through it. Entries that are added meanwhile are not looked at.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn verify(db: &Db, noted: Option<Mark>) -> Result<Result<Verified, Broken>, DbError> {
    // It is never told to stop; if it were, what was not looked at would not count as whole.
    Ok(verify_telling(db, noted, |_, _| true).await?.unwrap_or(Err(Broken::NoEnd(0))))
}

/// As [`verify`], telling now and then how many entries were checked and how many there are; `None` where `tell` answered
/// `false`, and the rest was not looked at.
///
/// # Errors
/// [`DbError`] where the database can not be asked.
pub async fn verify_telling(
    db: &Db,
    noted: Option<Mark>,
    mut tell: impl FnMut(u64, u64) -> bool,
) -> Result<Option<Result<Verified, Broken>>, DbError> {
    let mut options = TxOpts::new();
    // One view of both tables, whatever is recorded meanwhile.
    options
        .with_isolation_level(IsolationLevel::RepeatableRead)
        .with_consistent_snapshot(true)
        .with_readonly(true);
    let mut tx = db.begin_with(options).await?;
    let head: Option<(u64, Vec<u8>)> =
        tx.query_first(include_str!("../../../sql/queries/audit/end.sql")).await?;
    let mut chain = Chain { last: Mark { id: 0, hash: START }, noted };
    let mut rows = tx.query_iter(include_str!("../../../sql/queries/audit/all.sql")).await?;
    let all = head.as_ref().map_or(0, |(end, _)| *end);
    while let Some(row) = rows.next().await? {
        // The rest need not be read in either case: the connection ends here.
        if let Err(broken) = chain.take(&row) {
            return Ok(Some(Err(told(broken, head))));
        }
        if chain.last.id.is_multiple_of(TELL_EVERY) && !tell(chain.last.id, all) {
            return Ok(None);
        }
    }
    drop(rows);
    tx.rollback().await?;
    Ok(Some(chain.ends(head)))
}

/// An entry past the end is no break in the chain, but an addition to it.
fn told(broken: Broken, head: Option<(u64, Vec<u8>)>) -> Broken {
    match (broken, head) {
        (Broken::Changed(id) | Broken::Unlinked(id), Some((end, _))) if id == end + 1 => Broken::Added(id),
        (broken, _) => broken,
    }
}

struct Chain {
    last: Mark,
    noted: Option<Mark>,
}

impl Chain {
    fn take(&mut self, row: &Row) -> Result<(), Broken> {
        let expected = self.last.id + 1;
        let id = number(row).unwrap_or_default();
        if id > expected {
            return Err(Broken::Missing { from: expected, to: id - 1 });
        }
        let columns = (0..HASHED).filter_map(|column| row.as_ref(column));
        let hash = link::hash(columns);
        if id != expected || bytes(row, HASHED) != Some(&hash) {
            return Err(Broken::Changed(expected));
        }
        if bytes(row, HASHED - 1) != Some(&self.last.hash) {
            return Err(Broken::Unlinked(id));
        }
        self.last = Mark { id, hash };
        match self.noted {
            Some(noted) if noted.id == id && noted.hash != hash => Err(Broken::NotAsNoted(id)),
            _ => Ok(()),
        }
    }

    fn ends(self, head: Option<(u64, Vec<u8>)>) -> Result<Verified, Broken> {
        let last = self.last;
        match head {
            None => Err(Broken::NoEnd(last.id)),
            Some((end, _)) if end > last.id => Err(Broken::Missing { from: last.id + 1, to: end }),
            Some((end, _)) if end < last.id => Err(Broken::Added(end + 1)),
            Some((_, hash)) if hash != last.hash => Err(Broken::OtherEnd(last.id)),
            Some(_) => match self.noted {
                Some(noted) if noted.id > last.id => Err(Broken::Missing { from: last.id + 1, to: noted.id }),
                _ => Ok(Verified { head: last }),
            },
        }
    }
}

fn number(row: &Row) -> Option<u64> {
    std::str::from_utf8(bytes(row, 0)?).ok()?.parse().ok()
}

fn bytes(row: &Row, column: usize) -> Option<&[u8]> {
    match row.as_ref(column) {
        Some(Value::Bytes(bytes)) => Some(bytes),
        _ => None,
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.id, hex(&self.hash))
    }
}

/// A text is no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is no mark of the audit log: it is a number, a colon, and 64 hexadecimal digits.")]
pub struct NotAMark;

impl FromStr for Mark {
    type Err = NotAMark;

    fn from_str(text: &str) -> Result<Mark, NotAMark> {
        let (id, digits) = text.split_once(':').ok_or(NotAMark)?;
        let mut hash = START;
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NotAMark);
        }
        for (place, byte) in hash.iter_mut().enumerate() {
            let pair = digits.get(2 * place..2 * place + 2).ok_or(NotAMark)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NotAMark)?;
        }
        Ok(Mark { id: id.parse().map_err(|_| NotAMark)?, hash })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_is_written() {
        let mark = Mark { id: 17, hash: [0xa5; 32] };
        assert_eq!(mark.to_string().parse(), Ok(mark));
        for bad in ["", "17", "17:a5", &format!("x:{}", "a5".repeat(32)), &format!("1:{}", "é".repeat(32))] {
            assert_eq!(bad.parse::<Mark>(), Err(NotAMark), "{bad}");
        }
    }

    #[test]
    fn what_is_missing_is_told_in_one_line() {
        let one = Broken::Missing { from: 3, to: 3 };
        assert_eq!(one.to_string(), "Entry 3 is missing: removed after it was recorded.");
        let two = Broken::Missing { from: 3, to: 4 };
        assert_eq!(two.to_string(), "Entries 3 to 4 are missing: removed after they were recorded.");
    }
}
