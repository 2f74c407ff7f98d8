//! Days as people write them, and which of two readings a column means.
//!
//! `03/04/2018` is the third of April or the fourth of March. Nothing here guesses: a column is read day first or month first
//! only where somebody said so, or where one of its values can be read but one way.

use super::spec::{Kind, spec};
use crate::domain::Table;
use jiff::civil::Date;

/// In which order a column's days are written, where the year comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// Not known: a day that can be read two ways is not taken.
    #[default]
    Unknown,
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
    /// Only year, month, day is taken.
    YearFirst,
}

/// What a person says about the order of days: for every column, or for one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dates(Vec<(Option<String>, DateOrder)>);

impl Dates {
    /// Takes a rule as it is typed: `dmy`, or `shipped_date=mdy`. The later of two goes before.
    ///
    /// # Errors
    /// A word about what is wrong with it.
    pub fn add(&mut self, rule: &str) -> Result<(), String> {
        let (column, word) = rule.split_once('=').map_or((None, rule), |(column, word)| (Some(column), word));
        let order = DateOrder::from_word(word).ok_or("dmy, mdy or iso is needed, alone or as COLUMN=dmy")?;
        let is_known = |name: &str| {
            let columns = Table::EACH.into_iter().flat_map(|table| spec(table).columns);
            columns.into_iter().any(|column| column.name == name && column.kind == Kind::Date)
        };
        match column {
            Some(name) if !is_known(name) => Err(format!("no table has a date column {name}")),
            column => {
                self.0.push((column.map(str::to_owned), order));
                Ok(())
            }
        }
    }

    /// What was said of a column.
    pub(crate) fn of(&self, column: &str) -> DateOrder {
        let mut rules = self.0.iter().rev();
        let own = rules.clone().find(|(of, _)| of.as_deref() == Some(column));
        own.or_else(|| rules.find(|(of, _)| of.is_none())).map(|(_, order)| *order).unwrap_or_default()
    }
}

/// A day that is written with numbers, as far as it can be read without knowing the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// It can be read but one way, whatever the order is.
    Certain(Date),
    /// Two numbers and a year, in one of two orders.
    Numbers(i8, i8, i16),
}

impl DateOrder {
    /// The order a word stands for: `dmy`, `mdy` or `iso`.
    pub fn from_word(word: &str) -> Option<DateOrder> {
        match word {
            "dmy" => Some(DateOrder::DayFirst),
            "mdy" => Some(DateOrder::MonthFirst),
            "iso" => Some(DateOrder::YearFirst),
            _ => None,
        }
    }

    /// The word for it; `None` where the order is not known.
    pub fn word(self) -> Option<&'static str> {
        match self {
            DateOrder::Unknown => None,
            DateOrder::DayFirst => Some("dmy"),
            DateOrder::MonthFirst => Some("mdy"),
            DateOrder::YearFirst => Some("iso"),
        }
    }

    /// The day that is meant; `None` where it is none, or where it can not be told.
    pub(crate) fn day(self, written: Written) -> Option<Date> {
        match (written, self) {
            (Written::Certain(day), _) => Some(day),
            (Written::Numbers(day, month, year), DateOrder::DayFirst) => Date::new(year, month, day).ok(),
            (Written::Numbers(month, day, year), DateOrder::MonthFirst) => Date::new(year, month, day).ok(),
            (Written::Numbers(one, other, year), DateOrder::Unknown) if one == other => {
                Date::new(year, one, other).ok()
            }
            (Written::Numbers(..), DateOrder::Unknown | DateOrder::YearFirst) => None,
        }
    }
}

/// What the values of one column say about its order.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence {
    day_first: bool,
    month_first: bool,
}

impl Evidence {
    /// Looks at one value.
    pub(crate) fn look(&mut self, text: &str) {
        if let Some(Written::Numbers(first, second, _)) = read(text) {
            self.day_first |= first > 12 && second <= 12;
            self.month_first |= second > 12 && first <= 12;
        }
    }

    /// The order that some value proves and none contradicts.
    pub(crate) fn order(self) -> DateOrder {
        match (self.day_first, self.month_first) {
            (true, false) => DateOrder::DayFirst,
            (false, true) => DateOrder::MonthFirst,
            _ => DateOrder::Unknown,
        }
    }
}

/// Reads `2018-04-30`, `2018/4/30`, `30.04.2018`, `4/30/2018`, `30 Apr 2018` and `April 30, 2018`; `DATE` keeps the years 1000
/// to 9999 (MySQL manual, "The DATE, DATETIME, and TIMESTAMP Types").
pub(crate) fn read(text: &str) -> Option<Written> {
    // Databases and dataframes write a day as the midnight that begins it.
    let day = ["T00:00:00.000Z", "T00:00:00Z", "T00:00:00", " 00:00:00.000000", " 00:00:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .unwrap_or(text);
    if let Some(named) = with_a_name(day) {
        return Some(Written::Certain(named));
    }
    let separator = day.chars().find(|character| !character.is_ascii_digit())?;
    if !['-', '/', '.'].contains(&separator) {
        return None;
    }
    let mut fields = day.split(separator);
    let (first, second, third) = (fields.next()?, fields.next()?, fields.next()?);
    if fields.next().is_some() {
        return None;
    }
    if first.len() == 4 {
        // With dashes it is ISO 8601, which writes every digit.
        let whole = separator != '-' || (second.len() == 2 && third.len() == 2);
        let date = Date::new(year(first)?, small(second)?, small(third)?).ok()?;
        return whole.then_some(Written::Certain(date));
    }
    Some(Written::Numbers(small(first)?, small(second)?, year(third)?))
}

fn year(text: &str) -> Option<i16> {
    let plain = text.len() == 4 && text.bytes().all(|digit| digit.is_ascii_digit());
    plain.then(|| text.parse().ok())?.filter(|year| *year >= 1000)
}

fn small(text: &str) -> Option<i8> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day with the English name of its month, in full or its first three letters.
fn with_a_name(text: &str) -> Option<Date> {
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut words = text.split([' ', '-', '/', ',', '.']).filter(|word| !word.is_empty());
    let (first, second, third) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let named = |word: &str| {
        let word = word.to_ascii_lowercase();
        let month = MONTHS.iter().position(|month| *month == word || month.get(..3) == Some(&word))?;
        i8::try_from(month + 1).ok()
    };
    let (day, month) = match (named(first), named(second)) {
        (None, Some(month)) => (small(first)?, month),
        (Some(month), None) => (small(second)?, month),
        _ => return None,
    };
    Date::new(year(third)?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(order: DateOrder, text: &str) -> Option<String> {
        order.day(read(text)?).map(|day| day.to_string())
    }

    #[test]
    fn a_day_is_read_where_it_can_be_read_but_one_way() {
        use DateOrder::{DayFirst, MonthFirst, Unknown, YearFirst};
        for (order, text, expected) in [
            (Unknown, "2018-04-30", Some("2018-04-30")),
            (Unknown, "2018/4/30", Some("2018-04-30")),
            (Unknown, "30 Apr 2018", Some("2018-04-30")),
            (Unknown, "April 30, 2018", Some("2018-04-30")),
            (Unknown, "30-apr-2018", Some("2018-04-30")),
            (Unknown, "2018-04-30T00:00:00Z", Some("2018-04-30")),
            (Unknown, "04/04/2018", Some("2018-04-04")),
            (Unknown, "03/04/2018", None),
            (Unknown, "30/04/2018", None),
            (DayFirst, "03/04/2018", Some("2018-04-03")),
            (DayFirst, "3.4.2018", Some("2018-04-03")),
            (MonthFirst, "03/04/2018", Some("2018-03-04")),
            (MonthFirst, "30/04/2018", None),
            (YearFirst, "03/04/2018", None),
            (YearFirst, "2018-04-30", Some("2018-04-30")),
            (DayFirst, "2018-4-30", None),
            (DayFirst, "30/04/18", None),
            (DayFirst, "29/02/2019", None),
            (DayFirst, "2018-04-30 10:15:00", None),
            (DayFirst, "30/04/0999", None),
            (DayFirst, "1/2/3/2018", None),
        ] {
            assert_eq!(day(order, text).as_deref(), expected, "{order:?} {text}");
        }
    }

    #[test]
    fn one_value_proves_the_order_of_a_column_and_two_can_contradict() {
        let order = |values: &[&str]| {
            let mut evidence = Evidence::default();
            values.iter().for_each(|value| evidence.look(value));
            evidence.order()
        };
        assert_eq!(order(&["03/04/2018", "2018-01-31", "NULL"]), DateOrder::Unknown);
        assert_eq!(order(&["03/04/2018", "31/01/2018"]), DateOrder::DayFirst);
        assert_eq!(order(&["03/04/2018", "01/31/2018"]), DateOrder::MonthFirst);
        assert_eq!(order(&["31/01/2018", "01/31/2018"]), DateOrder::Unknown);
    }
}
