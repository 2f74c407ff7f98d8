//! How the entries of the audit log hang together.
//!
//! The hash of an entry is SHA-256 over one byte for the version of this format (1), and then its columns in the order of
//! the table, `previous_hash` included and `hash` not. Each column is one byte, 0 where it is NULL; where it is not, 1, the
//! length of its bytes as eight bytes with the greatest first, and those bytes. Numbers are written in decimal digits, times
//! as `2026-01-31 23:59:59.123456`, text in UTF-8. The lengths keep two different entries from giving the same bytes.
//!
//! Nothing of this may change: entries of years ago are checked by it. Another format takes another version.

use mysql_async::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The hash of an entry.
pub type Hash = [u8; 32];

/// What the first entry has for the hash of the one before.
pub const START: Hash = [0; 32];

/// How many columns are hashed: all but the hash itself.
pub(super) const HASHED: usize = 14;

const VERSION: u8 = 1;

/// The hash of an entry's columns, each as its text.
pub(super) fn hash<'a>(columns: impl IntoIterator<Item = &'a Value>) -> Hash {
    let mut sha = Sha256::new_with_prefix([VERSION]);
    encode(columns, |bytes| sha.update(bytes));
    sha.finalize().into()
}

/// The bytes that columns give to the hash. The server puts those that it alone knows around them
/// (`sql/queries/audit/advance.sql`).
pub(super) fn encoded<'a>(columns: impl IntoIterator<Item = &'a Value>) -> Vec<u8> {
    let mut encoded = Vec::new();
    encode(columns, |bytes| encoded.extend_from_slice(bytes));
    encoded
}

fn encode<'a>(columns: impl IntoIterator<Item = &'a Value>, mut take: impl FnMut(&[u8])) {
    for column in columns {
        match column {
            Value::Bytes(bytes) => {
                take(&[1]);
                take(&(bytes.len() as u64).to_be_bytes());
                take(bytes);
            }
            _ => take(&[0]),
        }
    }
}

/// A hash as people read it.
pub fn hex(hash: &Hash) -> String {
    hash.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(cells: &[Option<&str>]) -> Vec<Value> {
        cells.iter().map(|cell| cell.map_or(Value::NULL, Value::from)).collect()
    }

    #[test]
    fn the_format_stays_as_it_is() {
        let mut entry = columns(&[
            Some("1"),
            Some("2026-01-31 23:59:59.123456"),
            Some("ann"),
            Some("7"),
            Some("manager"),
            Some("local"),
            Some("import"),
            Some("run 3"),
            Some("done"),
            None,
            Some("{}"),
            Some(""),
            Some("7f3a-91"),
        ]);
        entry.push(Value::Bytes(START.to_vec()));
        assert_eq!(entry.len(), HASHED);
        // Made by another program from the description above.
        assert_eq!(hex(&hash(&entry)), "290298b39a0f8ea2c4a18c5c89451d0afd9bbb6036ee8196fad623549e0beb79");
    }

    #[test]
    fn what_moves_from_one_column_to_the_next_changes_the_hash() {
        let given = hash(&columns(&[Some("import"), Some("run 3"), None]));
        for other in [
            [Some("impor"), Some("trun 3"), None],
            [Some("import"), None, Some("run 3")],
            [Some("import"), Some("run 3"), Some("")],
        ] {
            assert_ne!(hash(&columns(&other)), given);
        }
    }
}
