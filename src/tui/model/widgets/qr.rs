//! A QR code (ISO/IEC 18004), for what a phone should read off the screen.

use qrcode::{Color, EcLevel, QrCode};
use secrecy::zeroize::Zeroize;
use std::fmt;

/// The modules of a code. It may hold a secret: it is wiped when it goes.
pub struct Qr {
    dark: Vec<bool>,
    width: usize,
}

impl Qr {
    /// The code of a text, at error level L: a screen has no scratches, and the code stays small. Up to 106 bytes fit
    /// into 37 modules a side, which is what 80x24 has room for. Nothing for a text longer than any code takes.
    pub fn of(text: &str) -> Option<Qr> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        Some(Qr { dark, width: code.width() })
    }

    /// How many modules a side has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether a module is dark; outside the code none is.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.width && self.dark.get(row * self.width + column).copied().unwrap_or(false)
    }
}

impl Drop for Qr {
    fn drop(&mut self) {
        self.dark.zeroize();
    }
}

impl fmt::Debug for Qr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Qr").field("width", &self.width).finish_non_exhaustive()
    }
}

/// A secret as people type it over: in groups of four.
pub fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_bytes_fit_the_smallest_screen() {
        assert_eq!(Qr::of(&"x".repeat(106)).map(|qr| qr.width()), Some(37));
        assert!(Qr::of(&"x".repeat(4000)).is_none());
    }

    #[test]
    fn a_secret_is_read_in_fours() {
        assert_eq!(in_fours("JBSWY3DPEHPK3PXP"), "JBSW Y3DP EHPK 3PXP");
        assert_eq!(in_fours("ABCDE"), "ABCD E");
    }
}
