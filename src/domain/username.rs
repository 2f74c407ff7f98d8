//! The name somebody signs in with.

use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// A username: 1 to 32 of `a-z`, `0-9`, `.`, `_` and `-`, beginning with a letter; compared exactly.
///
/// ASCII alone, because under a Unicode collation `admin`, `ADMIN` and `ádmin` are one name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Username(String);

/// Why a text is no username.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "A username has 1 to 32 characters, begins with a letter from a to z, and holds only a-z, 0-9, '.', '_' and '-'."
)]
pub struct NotAUsername;

impl Username {
    /// The longest username, in bytes.
    pub const LONGEST: usize = 32;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Username {
    type Err = NotAUsername;

    fn from_str(text: &str) -> Result<Username, NotAUsername> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
        let begins_well = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        if begins_well && text.len() <= Username::LONGEST && text.bytes().all(allowed) {
            Ok(Username(text.to_owned()))
        } else {
            Err(NotAUsername)
        }
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_no_usernames() {
        for good in ["boss", "a", "j.david", "till-2_b"] {
            assert_eq!(good.parse::<Username>().unwrap().as_str(), good);
        }
        for bad in ["", "Admin", "ádmin", "admin ", "1st", ".x", "ａdmin", "a\0b", &"x".repeat(33)] {
            assert_eq!(bad.parse::<Username>(), Err(NotAUsername), "{bad:?}");
        }
    }
}
