//! How the entries of the audit log hang together.
//!
//! The hash of an entry is SHA-256 over one byte for the version of this format (1), and then its columns in the order of
//! the table, `previous_hash` included and `hash` not. Each column is one byte, 0 where it is NULL; where it is not, 1, the
//! length of its bytes as eight bytes with the greatest first, and those bytes. Numbers are written in decimal digits, times
//! as `2026-01-31 23:59:59.123456`, text in UTF-8. The lengths keep two different entries from giving the same bytes.
//!
//! Nothing of this may change: entries of years ago are checked by it. Another format takes another version.

use sha2::{Digest, Sha256};

/// The hash of an entry.
pub type Hash = [u8; 32];

/// What the first entry has for the hash of the one before.
pub const START: Hash = [0; 32];

const VERSION: u8 = 1;

/// An entry as the table has it, without its own hash.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link<'a> {
    pub(super) id: u64,
    pub(super) recorded_at: &'a str,
    pub(super) actor: &'a str,
    pub(super) user_id: Option<u32>,
    pub(super) role: Option<&'a str>,
    pub(super) origin: &'a str,
    pub(super) action: &'a str,
    pub(super) subject: &'a str,
    pub(super) outcome: &'a str,
    pub(super) before: Option<&'a str>,
    pub(super) after: Option<&'a str>,
    pub(super) detail: &'a str,
    pub(super) correlation_id: &'a str,
    pub(super) previous: Hash,
}

impl Link<'_> {
    /// The hash that ties the entry to all before it.
    pub(super) fn hash(&self) -> Hash {
        let mut sha = Sha256::new_with_prefix([VERSION]);
        let mut add = |column: Option<&[u8]>| match column {
            None => sha.update([0]),
            Some(bytes) => {
                sha.update([1]);
                sha.update((bytes.len() as u64).to_be_bytes());
                sha.update(bytes);
            }
        };
        let user = self.user_id.map(|user| user.to_string());
        add(Some(self.id.to_string().as_bytes()));
        add(Some(self.recorded_at.as_bytes()));
        add(Some(self.actor.as_bytes()));
        add(user.as_deref().map(str::as_bytes));
        add(self.role.map(str::as_bytes));
        for column in [self.origin, self.action, self.subject, self.outcome] {
            add(Some(column.as_bytes()));
        }
        add(self.before.map(str::as_bytes));
        add(self.after.map(str::as_bytes));
        add(Some(self.detail.as_bytes()));
        add(Some(self.correlation_id.as_bytes()));
        add(Some(&self.previous));
        sha.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    const LINK: Link<'static> = Link {
        id: 1,
        recorded_at: "2026-01-31 23:59:59.123456",
        actor: "ann",
        user_id: Some(7),
        role: Some("manager"),
        origin: "local",
        action: "import",
        subject: "run 3",
        outcome: "done",
        before: None,
        after: Some("{}"),
        detail: "",
        correlation_id: "7f3a-91",
        previous: START,
    };

    #[test]
    fn the_format_stays_as_it_is() {
        let hex = LINK.hash().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        // Made by another program from the description above.
        assert_eq!(hex, "290298b39a0f8ea2c4a18c5c89451d0afd9bbb6036ee8196fad623549e0beb79");
    }

    #[test]
    fn what_moves_from_one_column_to_the_next_changes_the_hash() {
        let moved = Link { action: "impor", subject: "trun 3", ..LINK };
        assert_ne!(moved.hash(), LINK.hash());
        assert_ne!(Link { before: Some(""), ..LINK }.hash(), LINK.hash());
        assert_ne!(Link { before: Some("{}"), after: None, ..LINK }.hash(), LINK.hash());
    }
}
