//! The time that somebody is signed in.

use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;

/// What a session is known by: 128 random bits. The database has their hash alone, so that who reads it can not go on with
/// somebody's session.
#[derive(Clone)]
pub struct Token(Arc<SecretBox<[u8; 16]>>);

impl Token {
    /// A token of these bits, which must come from the system's source of randomness.
    pub fn of(bits: [u8; 16]) -> Token {
        Token(Arc::new(SecretBox::new(Box::new(bits))))
    }

    /// SHA-256 of the token. The bits are random, so that nothing slower is needed (OWASP ASVS 5, 7.2).
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.expose_secret()).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Minutes without a key after which it ends.
    pub idle_minutes: u32,
    /// Hours after which it ends in any case.
    pub hours: u32,
}

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The person signed out.
    SignedOut,
    /// Nobody touched it for so long.
    Idle,
    /// It lasted as long as a session may.
    Over,
    /// Somebody else ended it: an administrator, or the same person from another terminal.
    ByHand,
    /// The account was made inactive, or is gone.
    Deactivated,
    /// The person's role changed.
    RoleChanged,
    /// The password changed.
    PasswordChanged,
    /// The second factor was reset.
    SecondFactorReset,
    /// The database does not know it.
    Unknown,
}

impl Ended {
    const WORDS: [(Ended, &'static str); 9] = [
        (Ended::SignedOut, "signed_out"),
        (Ended::Idle, "idle"),
        (Ended::Over, "over"),
        (Ended::ByHand, "by_hand"),
        (Ended::Deactivated, "deactivated"),
        (Ended::RoleChanged, "role_changed"),
        (Ended::PasswordChanged, "password_changed"),
        (Ended::SecondFactorReset, "second_factor_reset"),
        (Ended::Unknown, "unknown"),
    ];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        Ended::WORDS.iter().find(|(ended, _)| *ended == self).map_or("unknown", |(_, word)| word)
    }

    /// What a word stands for; [`Ended::Unknown`] for any other.
    pub fn from_word(word: &str) -> Ended {
        Ended::WORDS.iter().find(|(_, known)| *known == word).map_or(Ended::Unknown, |(ended, _)| *ended)
    }
}

impl std::error::Error for Ended {}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Ended::SignedOut => "you signed out",
            Ended::Idle => "no key was pressed for too long",
            Ended::Over => "it had lasted as long as a session may",
            Ended::ByHand => "it was ended from elsewhere",
            Ended::Deactivated => "the account is not active any more",
            Ended::RoleChanged => "your role was changed",
            Ended::PasswordChanged => "the password was changed",
            Ended::SecondFactorReset => "the second factor was reset",
            Ended::Unknown => "the database does not know it",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_word_that_fits_and_comes_back() {
        for (ended, word) in Ended::WORDS {
            assert!(word.len() <= 32);
            assert_eq!((ended.word(), Ended::from_word(word)), (word, ended));
        }
        assert_eq!(Ended::from_word("what?"), Ended::Unknown);
    }

    #[test]
    fn a_token_shows_nothing_of_itself() {
        let token = Token::of([0x5a; 16]);
        assert_eq!(format!("{token:?}"), "Token(hidden)");
        assert_ne!(token.hash(), Token::of([0x5b; 16]).hash());
    }
}
