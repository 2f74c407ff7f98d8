//! Decimals as people write them, and which mark a column means.
//!
//! `1,299` is one thousand two hundred and ninety-nine, or a little more than one. Nothing here guesses: a comma is read as
//! the mark before decimals only where somebody said so, or where every value with one can be read no other way.

use super::cell::{self, Value, not_a_number};
use super::dates::DateOrder;
use super::fault::{Code, Fault};
use super::spec::Column;
use serde::{Deserialize, Serialize};

/// What stands before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecimalMark {
    /// Not known: a point, unless the values of a column show that it is a comma.
    #[default]
    Unknown,
    /// A point.
    Point,
    /// A comma.
    Comma,
}

impl DecimalMark {
    /// The mark of a word: `point` or `comma`.
    pub fn from_word(word: &str) -> Option<DecimalMark> {
        match word {
            "point" => Some(DecimalMark::Point),
            "comma" => Some(DecimalMark::Comma),
            _ => None,
        }
    }

    /// The word for it; `None` where it is not known.
    pub fn word(self) -> Option<&'static str> {
        match self {
            DecimalMark::Unknown => None,
            DecimalMark::Point => Some("point"),
            DecimalMark::Comma => Some("comma"),
        }
    }
}

/// What the values of one column say of its mark.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence {
    comma: bool,
    other: bool,
}

impl Evidence {
    /// Looks at one value.
    pub(crate) fn look(&mut self, text: &str) {
        if text.contains([',', '.']) {
            let is_comma = is_comma(text);
            self.comma |= is_comma;
            self.other |= !is_comma;
        }
    }

    /// The mark that every value with one proves.
    pub(crate) fn mark(self) -> DecimalMark {
        if self.comma && !self.other { DecimalMark::Comma } else { DecimalMark::Unknown }
    }
}

/// Whether the comma of a number can be nothing but the mark before its decimals: a comma between thousands has one to three
/// digits before it, of which the first is no zero, and three after it.
fn is_comma(text: &str) -> bool {
    let plain = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some((whole, part)) = plain.split_once(',') else { return false };
    let is_digits = |run: &str| run.bytes().all(|digit| digit.is_ascii_digit());
    let may_be_thousands = part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    is_digits(whole) && is_digits(part) && !part.is_empty() && !may_be_thousands
}

/// Reads a decimal with a comma before its decimals, and no mark else.
pub(crate) fn parse_with_comma(column: &Column, raw: &str) -> Result<Value<'static>, Fault> {
    let wrong = || not_a_number(column, raw.trim(), "a number with a comma before its decimals");
    if raw.contains('.') {
        return Err(wrong());
    }
    let pointed = raw.replacen(',', ".", 1);
    match cell::parse(column, &pointed, DateOrder::Unknown) {
        Ok(Value::Decimal(number)) => Ok(Value::Decimal(number)),
        Ok(_) => Ok(Value::Null),
        Err(fault) if fault.code == Code::Number => Err(wrong()),
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Table;
    use crate::etl::spec::spec;

    #[test]
    fn a_comma_is_the_mark_only_where_it_can_be_nothing_else() {
        let mark = |values: &[&str]| {
            let mut evidence = Evidence::default();
            values.iter().for_each(|value| evidence.look(value));
            evidence.mark()
        };
        assert_eq!(mark(&["1299,50", "7", "", "0,125", "1299,000", ",5"]), DecimalMark::Comma);
        for values in [
            &["1,299"][..],
            &["1299,50", "1,299"],
            &["1299,50", "7.5"],
            &["1.299,50"],
            &["7", "8"],
            &["1,2,3"],
            &["a,b"],
        ] {
            assert_eq!(mark(values), DecimalMark::Unknown, "{values:?}");
        }
    }

    #[test]
    fn a_decimal_with_a_comma_is_kept_exactly_or_refused() {
        let (_, price) = spec(Table::Products).column("list_price").unwrap();
        let read = |text: &str| match parse_with_comma(price, text) {
            Ok(Value::Decimal(number)) => Ok(number.to_string()),
            Ok(other) => panic!("{other:?}"),
            Err(fault) => Err(fault.code.word()),
        };
        for (text, expected) in [
            ("1299,50", Ok("1299.5")),
            (" 7 ", Ok("7")),
            (",07", Ok("0.07")),
            ("1,299", Err("precision")),
            ("1299.50", Err("number")),
            ("1,2,3", Err("number")),
            ("", Err("required")),
            ("-1,5", Err("range")),
        ] {
            assert_eq!(read(text), expected.map(str::to_owned), "{text}");
        }
    }
}
