//! Codes on paper, for who has lost the phone.

use secrecy::SecretString;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use zeroize::Zeroizing;

/// Crockford's base 32: no I, L, O or U, so that a code on paper reads one way.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters after the slot: 50 bits.
const LENGTH: usize = 10;

/// A backup code, written `N-XXXXX-XXXXX`: the slot, then 50 random bits.
///
/// The slot says which of a person's codes it is, so that one hash is checked a try and not eight. Never shown by
/// `Debug`, wiped when dropped.
#[derive(Clone)]
pub struct BackupCode {
    slot: u8,
    body: Zeroizing<String>,
}

/// What was typed has not the form of a backup code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("A backup code is written like 3-7GK2M-Q9RTD: one digit from 1 to 8, then ten letters or digits.")]
pub struct NotABackupCode;

impl BackupCode {
    /// The slots a person has.
    pub const SLOTS: RangeInclusive<u8> = 1..=8;

    /// The code of a slot made of the lowest 50 of these bits, which must be random.
    pub fn new(slot: u8, bits: u64) -> BackupCode {
        let letters = (0..LENGTH).map(|place| {
            let five = usize::try_from((bits >> (place * 5)) & 0x1f).unwrap_or_default();
            char::from(ALPHABET.get(five).copied().unwrap_or_default())
        });
        BackupCode { slot, body: Zeroizing::new(letters.collect()) }
    }

    /// Which of the person's codes it is, from 1.
    pub fn slot(&self) -> u8 {
        self.slot
    }

    /// What is hashed: the ten characters after the slot.
    pub fn body(&self) -> SecretString {
        self.body.as_str().into()
    }

    /// The code as it is shown, once.
    pub fn text(&self) -> SecretString {
        let (first, second) = self.body.split_at(LENGTH / 2);
        format!("{}-{first}-{second}", self.slot).into()
    }
}

impl FromStr for BackupCode {
    type Err = NotABackupCode;

    /// Reads a code as people type it: in any case, with or without dashes, `O` for zero and `I` or `L` for one.
    fn from_str(typed: &str) -> Result<BackupCode, NotABackupCode> {
        let mut read = Zeroizing::new(String::with_capacity(LENGTH + 1));
        for character in typed.chars().filter(|character| !matches!(character, '-' | ' ')) {
            let letter = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let known = u8::try_from(letter).is_ok_and(|letter| ALPHABET.contains(&letter));
            if !known || read.len() > LENGTH {
                return Err(NotABackupCode);
            }
            read.push(letter);
        }
        let mut letters = read.chars();
        let slot =
            letters.next().and_then(|first| first.to_digit(10)).and_then(|slot| u8::try_from(slot).ok());
        let slot = slot.filter(|slot| BackupCode::SLOTS.contains(slot)).ok_or(NotABackupCode)?;
        let body = Zeroizing::new(letters.collect::<String>());
        if body.len() == LENGTH { Ok(BackupCode { slot, body }) } else { Err(NotABackupCode) }
    }
}

impl fmt::Debug for BackupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackupCode").field("slot", &self.slot).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    fn text(code: &BackupCode) -> String {
        code.text().expose_secret().to_owned()
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["3-7GK2M-Q9R1D", "3-7gk2m-q9rld", "37gk2mq9rid", " 3 7GK2M Q9R1D "] {
            assert_eq!(
                typed.parse::<BackupCode>().map(|code| text(&code)).unwrap(),
                "3-7GK2M-Q9R1D",
                "{typed}"
            );
        }
        let too_long = "3".repeat(5000);
        for bad in [
            "",
            "3",
            "9-7GK2M-Q9R1D",
            "0-7GK2M-Q9R1D",
            "3-7GK2M-Q9R1",
            "3-7GK2M-Q9R1DD",
            "3-7GK2M-Q9R1U",
            "３-7GK2M-Q9R1D",
            &too_long,
        ] {
            assert_eq!(bad.parse::<BackupCode>().err(), Some(NotABackupCode), "{bad:?}");
        }
    }

    #[test]
    fn debug_shows_the_slot_alone() {
        assert_eq!(format!("{:?}", BackupCode::new(3, u64::MAX)), "BackupCode { slot: 3, .. }");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_again(slot in 1u8..=8, bits in 0u64..1 << 50) {
            let code = BackupCode::new(slot, bits);
            let read: BackupCode = text(&code).parse().unwrap();
            prop_assert_eq!(text(&read), text(&code));
            prop_assert_ne!(text(&BackupCode::new(slot, bits ^ 1)), text(&code));
        }
    }
}
