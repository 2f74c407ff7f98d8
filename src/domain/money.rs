//! Sums of money.

use super::number_format::in_thousands;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// A sum in the chain's currency, never a float.
///
/// Rounding is half away from zero to two decimals, as `DECIMAL` does in MySQL and MariaDB
/// (MySQL 8 manual, 14.24.4 "Rounding Behavior"), and happens once for each order line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(Decimal);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(Decimal::ZERO);

    /// The sum, rounded half away from zero to cents.
    pub fn rounded(amount: Decimal) -> Money {
        Money(amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The amount, with at most two decimals.
    pub fn amount(self) -> Decimal {
        self.0
    }

    /// This sum shared out over `count`, rounded to cents; nothing where there is nobody to share with.
    pub fn per(self, count: u64) -> Option<Money> {
        (count > 0).then(|| Money::rounded(self.0 / Decimal::from(count)))
    }

    /// So many times this sum.
    pub fn times(self, count: i64) -> Money {
        Money(self.0 * Decimal::from(count))
    }

    /// This sum as a part of `whole`, for gauges and shares; `None` where `whole` is not above zero.
    pub fn ratio_of(self, whole: Money) -> Option<Decimal> {
        (whole.0 > Decimal::ZERO).then(|| self.0 / whole.0)
    }

    /// The sum with a comma between thousands: `8,578,988.88`.
    pub fn grouped(self) -> String {
        let plain = self.to_string();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, cents) = digits.split_once('.').unwrap_or((digits, "00"));
        format!("{sign}{}.{cents}", in_thousands(whole, ","))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:.2}", self.0))
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(sums: I) -> Money {
        sums.fold(Money::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn money(text: &str) -> Money {
        Money::rounded(Decimal::from_str(text).unwrap())
    }

    #[test]
    fn a_tie_rounds_away_from_zero() {
        // 0.30 x 0.95: a tie that a float and a banker's rounding both get wrong.
        assert_eq!(money("0.285").to_string(), "0.29");
        assert_eq!(money("-0.285").to_string(), "-0.29");
        assert_eq!(money("0.275").to_string(), "0.28");
    }

    #[test]
    fn thousands_are_grouped_and_two_decimals_shown() {
        let shown: Vec<String> =
            ["0", "999.9", "1000", "8578988.88", "-1234.5"].map(|text| money(text).grouped()).into();
        assert_eq!(shown, ["0.00", "999.90", "1,000.00", "8,578,988.88", "-1,234.50"]);
    }

    #[test]
    fn a_share_of_nothing_is_no_number() {
        assert_eq!(money("10").per(0), None);
        assert_eq!(money("10").per(3), Some(money("3.33")));
        assert_eq!(money("1").ratio_of(Money::ZERO), None);
    }
}
