//! Words that narrow a table, written by the program for the rows behind something it shows.

use jiff::civil::Date;

/// Words, in the language of [`super::Filter`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words(String);

impl Words {
    /// That a column, or what else can be asked for, is to be this.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Words {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(name);
        self.0.push(':');
        self.0.push_str(value);
        self
    }

    /// That it is to be one of the records of these numbers. No number leaves no row.
    #[must_use]
    pub fn among(self, name: &str, numbers: impl IntoIterator<Item = u32>) -> Words {
        let numbers: Vec<String> = numbers.into_iter().map(|number| number.to_string()).collect();
        // No record has that number.
        if numbers.is_empty() { self.and(name, "0") } else { self.and(name, &numbers.join(",")) }
    }

    /// That it is to lie in these days; both count. A whole month or year is called by its name. Days that end before they
    /// begin leave no row.
    #[must_use]
    pub fn within(self, name: &str, first: Date, last: Date) -> Words {
        if last < first {
            return self.and(name, &format!(">={first}")).and(name, &format!("<={last}"));
        }
        let value = if first == last {
            first.to_string()
        } else if (first, last) == (first.first_of_year(), first.last_of_year()) {
            first.strftime("%Y").to_string()
        } else if (first, last) == (first.first_of_month(), first.last_of_month()) {
            first.strftime("%Y-%m").to_string()
        } else {
            format!("{first}..{last}")
        };
        self.and(name, &value)
    }
}

impl From<Words> for String {
    fn from(words: Words) -> String {
        words.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Table;
    use crate::domain::records::{Filter, Value};
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn days_are_called_by_the_name_they_have() {
        let named = |first, last| String::from(Words::default().within("ordered", first, last));
        let table = [
            (date(2026, 4, 1), date(2026, 4, 1), "ordered:2026-04-01"),
            (date(2024, 2, 1), date(2024, 2, 29), "ordered:2024-02"),
            (date(2026, 1, 1), date(2026, 12, 31), "ordered:2026"),
            (date(2026, 4, 1), date(2026, 4, 22), "ordered:2026-04-01..2026-04-22"),
            (date(2026, 4, 2), date(2026, 4, 1), "ordered:>=2026-04-02 ordered:<=2026-04-01"),
        ];
        for (first, last, words) in table {
            assert_eq!(named(first, last), words);
        }
        assert_eq!(
            String::from(Words::default().among("store", [2, 7]).and("quantity", "<5")),
            "store:2,7 quantity:<5"
        );
        assert_eq!(String::from(Words::default().among("staff", [])), "staff:0");
    }

    proptest! {
        #[test]
        fn days_are_read_as_they_were_written(from in 0i64..30_000, long in 0i64..800) {
            let first = date(1970, 1, 1).saturating_add(from.days());
            let last = first.saturating_add(long.days());
            let words = String::from(Words::default().within("ordered", first, last));
            let filter = Filter::read(Table::Orders, &words).unwrap();
            prop_assert_eq!(&filter.conditions[0].value, &Value::Days(first, last), "{}", words);
        }
    }
}
