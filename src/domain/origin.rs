//! From where something is done.

use super::clean;
use std::fmt;

/// The place a person works from: the address their SSH connection comes from, their terminal, and their account on the
/// host. As the host tells it: it helps to find who it was, and proves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The longest origin, in characters, as the tables hold it.
    pub const LONGEST: usize = 128;

    /// What the host tells: the variable `SSH_CONNECTION` (ssh(1), "ENVIRONMENT": the client's address comes first), the
    /// name of the terminal, and the user's name. Anything of it may be missing.
    pub fn new(ssh_connection: Option<&str>, terminal: Option<&str>, host_user: Option<&str>) -> Origin {
        let address = ssh_connection.and_then(|told| told.split_whitespace().next());
        let address = address.map_or_else(|| "local".to_owned(), |address| format!("ssh {address}"));
        let parts: Vec<String> = [Some(address.as_str()), terminal, host_user]
            .into_iter()
            .flatten()
            .map(clean)
            .filter(|part| !part.trim().is_empty())
            .collect();
        Origin::told(&parts.join(" · "))
    }

    /// An origin as it was stored.
    pub fn told(text: &str) -> Origin {
        Origin(clean(text).chars().take(Origin::LONGEST).collect())
    }

    /// The origin as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Origin {
    /// A place that nobody has told.
    fn default() -> Origin {
        Origin("unknown".to_owned())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_host_tells_is_cleaned_and_cut() {
        let cases = [
            (
                Some("192.0.2.7 50122 192.0.2.1 22"),
                Some("pts/3"),
                Some("till"),
                "ssh 192.0.2.7 · pts/3 · till",
            ),
            (None, Some("pts/3"), None, "local · pts/3"),
            (None, None, None, "local"),
            (Some("\u{1b}[2J2001:db8::1\u{202e} x"), None, Some(" "), "ssh [2J2001:db8::1"),
        ];
        for (ssh, terminal, user, expected) in cases {
            assert_eq!(Origin::new(ssh, terminal, user).as_str(), expected);
        }
        let long = "x".repeat(300);
        assert_eq!(Origin::new(None, Some(&long), None).as_str().chars().count(), Origin::LONGEST);
    }
}
