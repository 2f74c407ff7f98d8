//! What stores are meant to sell in a month.

use super::{Money, Month, StoreId};
use rust_decimal::Decimal;

/// The target of a store for a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreTarget {
    /// Which store.
    pub store: StoreId,
    /// Its name, cleaned.
    pub name: String,
    /// Net sales; nothing where none is set.
    pub amount: Option<Money>,
    /// How often it was changed; 0 where none is set.
    pub version: u32,
}

/// Another target for a store in place of one that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetChange {
    /// What was seen.
    pub seen: StoreTarget,
    /// What it is to be; nothing for none.
    pub amount: Option<Money>,
}

/// What was changed of targets, for words.
pub fn subject(store: StoreId, month: Month) -> String {
    format!("target of store {store}, {month}")
}

/// A target as somebody types it: with or without commas between thousands, two decimals at the most; nothing for none.
///
/// # Errors
/// What it has to be, in words.
pub fn typed(text: &str) -> Result<Option<Money>, String> {
    /// The first sum that the table can not hold.
    const TOO_MUCH: i64 = 1_000_000_000_000;
    let digits = text.trim().replace([',', ' '], "");
    if digits.is_empty() {
        return Ok(None);
    }
    let amount: Decimal = match digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        true => digits.parse().map_err(|_| WRONG.to_owned())?,
        false => return Err(WRONG.to_owned()),
    };
    if amount.scale() > 2 {
        return Err("Two decimals at the most.".to_owned());
    }
    if amount.is_zero() {
        return Err("More than nothing; or leave it empty.".to_owned());
    }
    if amount >= Decimal::from(TOO_MUCH) {
        return Err("Less than 1,000,000,000,000.".to_owned());
    }
    Ok(Some(Money::rounded(amount)))
}

const WRONG: &str = "A sum, as in 58,000 or 58000.50.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_typed_as_people_write_sums() {
        for (text, sum) in
            [("58,000", "58000.00"), (" 58000.5 ", "58000.50"), ("999999999999.99", "999999999999.99")]
        {
            assert_eq!(typed(text).unwrap().unwrap().to_string(), sum);
        }
        assert_eq!(typed("  "), Ok(None));
        for text in ["0", "0.00", "-5", "5.001", "1e3", "5.0.0", ".", "five", "1,000,000,000,000", "٣"] {
            assert!(typed(text).is_err(), "{text}");
        }
    }
}
