//! Codes that change every half minute (RFC 6238), as every authenticator app makes them.

use secrecy::SecretString;
use std::fmt;
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

/// Bytes of a secret: 160 bits, as RFC 4226, section 4, recommends and apps expect.
pub const SECRET_BYTES: usize = 20;

/// Seconds a code is shown for.
pub const STEP_SECONDS: u64 = 30;

/// Steps before and after the present one whose codes are taken too: clocks differ, and people type slowly (RFC 6238,
/// section 5.2).
const STEPS_EITHER_WAY: u16 = 1;

/// The secret that a person's app and this program share. Never shown by `Debug`, wiped when dropped.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<[u8; SECRET_BYTES]>);

impl TotpSecret {
    /// A secret of these bytes, which must be random.
    pub fn new(bytes: Zeroizing<[u8; SECRET_BYTES]>) -> TotpSecret {
        TotpSecret(bytes)
    }

    /// The bytes, to be encrypted.
    pub fn bytes(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }

    /// The step that a code belongs to, at a time in seconds since 1970: the present one or a neighbour.
    pub fn step_of(&self, code: &str, seconds: u64) -> Option<u64> {
        let digits: Zeroizing<String> =
            Zeroizing::new(code.chars().filter(|character| *character != ' ').collect());
        self.totp().check(&digits, seconds)
    }

    /// What a QR code says to an app: under 100 bytes for every username, so that it can be drawn in 80x24.
    ///
    /// The parameters are the ones apps take where none are named: SHA-1, six digits, 30 seconds. Apps show the issuer
    /// from the label; naming it twice would make the QR code a size larger.
    pub fn uri(&self, issuer: &str, username: &str) -> SecretString {
        let secret = self.base32();
        format!("otpauth://totp/{issuer}:{username}?secret={}", secret.as_str()).into()
    }

    /// The secret to be typed by hand: base32 in groups of four.
    pub fn groups(&self) -> SecretString {
        let letters = self.base32();
        let mut grouped = Zeroizing::new(String::with_capacity(letters.len() * 5 / 4));
        for (place, letter) in letters.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(letter);
        }
        grouped.as_str().into()
    }

    fn base32(&self) -> Zeroizing<String> {
        Zeroizing::new(totp_rs::Secret::from(self.0.as_slice()).to_base32())
    }

    fn totp(&self) -> Totp {
        // "Noncompliant" is only that nothing is checked: the secret has 160 bits and the code six digits.
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(STEPS_EITHER_WAY)
            .with_step_duration(STEP_SECONDS)
            .with_secret(self.0.as_slice())
            .build_noncompliant()
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    /// The secret of RFC 6238, appendix B.
    fn of_the_rfc() -> TotpSecret {
        TotpSecret::new(Zeroizing::new(*b"12345678901234567890"))
    }

    #[test]
    fn the_vectors_of_rfc_6238_are_taken() {
        // Appendix B has eight digits; six digits are the last six of them (RFC 4226, section 5.3).
        for (seconds, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(of_the_rfc().step_of(&code[2..], seconds), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_taken_one_step_either_way_and_no_further() {
        let now = 1_234_567_890;
        for (away, taken) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            let at = now + away;
            assert_eq!(of_the_rfc().step_of("005924", at as u64).is_some(), taken, "{away}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused_and_spaces_do_not_matter() {
        for (text, taken) in [
            ("005 924", true),
            (" 005924 ", true),
            ("5924", false),
            ("+05924", false),
            ("００５９２４", false),
            ("", false),
            ("0059240", false),
        ] {
            assert_eq!(of_the_rfc().step_of(text, 1_234_567_890).is_some(), taken, "{text:?}");
        }
    }

    #[test]
    fn the_longest_uri_is_under_100_bytes_and_the_secret_reads_in_groups() {
        let uri = of_the_rfc().uri("Storekeeper", &"x".repeat(crate::domain::Username::LONGEST));
        assert_eq!(uri.expose_secret().len(), 99);
        assert!(uri.expose_secret().ends_with("?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
        assert_eq!(of_the_rfc().groups().expose_secret(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(format!("{:?}", of_the_rfc()), "TotpSecret(..)");
    }
}
