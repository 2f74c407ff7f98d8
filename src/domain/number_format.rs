//! How sums and counts are written on paper.

use super::Money;
use rust_decimal::Decimal;
use serde::Deserialize;

/// The marks of numbers and the currency, as one example shows them: `$1,234.50` or `1.234,50 kr`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct NumberFormat {
    before: String,
    thousands: String,
    decimal: char,
    after: String,
}

/// A text does not show how 1234.50 is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it must show the sum 1234.50 as it is to be written, as in $1,234.50 or 1.234,50 kr")]
pub struct NotAnExample;

impl NumberFormat {
    /// The longest word for a currency, and the longest mark between thousands, in characters.
    const LONGEST: usize = 12;

    /// Reads the example: 1234.50 with a mark between thousands or none, a decimal mark, and the currency before or after.
    ///
    /// # Errors
    /// [`NotAnExample`] where these digits are not in it, in this order, once.
    pub fn like(example: &str) -> Result<NumberFormat, NotAnExample> {
        NumberFormat::parse(example).ok_or(NotAnExample)
    }

    fn parse(example: &str) -> Option<NumberFormat> {
        let (before, rest) = example.split_once('1')?;
        let (thousands, rest) = rest.split_once("234")?;
        let (decimal, after) = rest.split_once("50")?;
        let mut decimals = decimal.chars();
        let decimal = decimals.next().filter(|_| decimals.next().is_none())?;
        let words = [before, thousands, after];
        let fits = words.iter().all(|word| word.chars().count() <= NumberFormat::LONGEST && is_plain(word));
        let told_apart = thousands != decimal.to_string() && thousands.chars().count() <= 1;
        (fits && told_apart && is_mark(decimal)).then(|| NumberFormat {
            before: before.to_owned(),
            thousands: thousands.to_owned(),
            decimal,
            after: after.to_owned(),
        })
    }

    /// A sum with its currency: `$1,234.50`, `-$1,234.50`.
    pub fn money(&self, sum: Money) -> String {
        let (sign, digits) = self.signed(&sum.to_string());
        format!("{sign}{}{digits}{}", self.before, self.after)
    }

    /// A sum in a column whose title has the currency: `1,234.50`.
    pub fn amount(&self, sum: Money) -> String {
        let (sign, digits) = self.signed(&sum.to_string());
        format!("{sign}{digits}")
    }

    /// A sum without its cents and with its currency, for the axis of a chart.
    pub fn round(&self, sum: Money) -> String {
        let (sign, digits) = self.signed(&sum.amount().round().normalize().to_string());
        format!("{sign}{}{digits}{}", self.before, self.after)
    }

    /// A count: `1,204`.
    pub fn count(&self, count: impl Into<Decimal>) -> String {
        let (sign, digits) = self.signed(&count.into().to_string());
        format!("{sign}{digits}")
    }

    /// A part of a whole, in percent with as many decimals as it has but two at the most: `7%`, `12.5%`.
    pub fn percent(&self, part: Decimal) -> String {
        let (sign, digits) = self.signed(&(part * Decimal::ONE_HUNDRED).round_dp(2).normalize().to_string());
        format!("{sign}{digits}%")
    }

    /// A share for a column of shares, in percent with one decimal: `7.0%`.
    pub fn share(&self, part: Decimal) -> String {
        let (sign, digits) = self.signed(&format!("{:.1}", part * Decimal::ONE_HUNDRED));
        format!("{sign}{digits}%")
    }

    /// The currency alone, as a title of a column has it.
    pub fn currency(&self) -> &str {
        let before = self.before.trim();
        if before.is_empty() { self.after.trim() } else { before }
    }

    /// The sign of a plain number, and its digits with our marks.
    fn signed(&self, plain: &str) -> (&'static str, String) {
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let mut written = in_thousands(whole, &self.thousands);
        if !decimals.is_empty() {
            written.push(self.decimal);
            written.push_str(decimals);
        }
        (sign, written)
    }
}

/// Digits with a mark between thousands: `1,204`.
pub fn in_thousands(digits: &str, mark: &str) -> String {
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            written.push_str(mark);
        }
        written.push(digit);
    }
    written
}

impl TryFrom<String> for NumberFormat {
    type Error = NotAnExample;

    fn try_from(example: String) -> Result<NumberFormat, NotAnExample> {
        NumberFormat::like(&example)
    }
}

fn is_plain(text: &str) -> bool {
    !text.chars().any(|character| character.is_ascii_digit() || character.is_control() || character == '-')
}

fn is_mark(character: char) -> bool {
    !character.is_alphanumeric() && !character.is_whitespace() && is_plain(&character.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn money(text: &str) -> Money {
        Money::rounded(Decimal::from_str(text).unwrap())
    }

    #[test]
    fn sums_are_written_as_the_example_is() {
        for (example, sum, negative) in [
            ("$1,234.50", "$8,578,988.88", "-$0.05"),
            ("1.234,50 kr", "8.578.988,88 kr", "-0,05 kr"),
            ("CHF 1'234.50", "CHF 8'578'988.88", "-CHF 0.05"),
            ("1\u{a0}234,50\u{a0}€", "8\u{a0}578\u{a0}988,88\u{a0}€", "-0,05\u{a0}€"),
            ("1234.50", "8578988.88", "-0.05"),
        ] {
            let format = NumberFormat::like(example).unwrap();
            assert_eq!(format.money(money("1234.5")), example);
            assert_eq!(format.money(money("8578988.88")), sum);
            assert_eq!(format.money(money("-0.05")), negative);
        }
    }

    #[test]
    fn counts_and_parts_have_the_same_marks() {
        let format = NumberFormat::like("1.234,50 kr").unwrap();
        assert_eq!(format.count(12_345_u32), "12.345");
        assert_eq!(format.amount(money("12345")), "12.345,00");
        assert_eq!(format.round(money("12345.50")), "12.346 kr");
        assert_eq!(format.percent(Decimal::from_str("0.0725").unwrap()), "7,25%");
        assert_eq!(format.percent(Decimal::from_str("0.0700").unwrap()), "7%");
        assert_eq!(format.share(Decimal::from_str("0.109346").unwrap()), "10,9%");
        assert_eq!(format.currency(), "kr");
    }

    #[test]
    fn what_is_no_example_is_refused() {
        for wrong in
            ["", "$", "1,234", "1.234.50", "1,234,50", "$12,345.00", "1,234.50 1", "1 234 50", "-1,234.50"]
        {
            assert_eq!(NumberFormat::like(wrong), Err(NotAnExample), "{wrong}");
        }
    }
}
