//! What a search over all records finds.

use super::RecordId;

/// A record that was found. Its texts are cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub id: RecordId,
    /// What it is called.
    pub name: String,
    /// What tells it from others of that name.
    pub detail: String,
}

/// What was typed, as far as it can be the name or the number of something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sought {
    /// The whole, without spaces around it.
    pub words: String,
    /// Its digits, where it has no letters: of a telephone number, whatever people write between them.
    pub digits: Option<String>,
    /// The number of an order.
    pub number: Option<u32>,
    /// The two parts of a name, for each place where it can be parted.
    pub names: Vec<(String, String)>,
}

impl Sought {
    /// Understands what was typed.
    pub fn read(typed: &str) -> Sought {
        let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        let has_letters = words.chars().any(char::is_alphabetic);
        // Nobody writes a number with a nought before it; a part of a telephone number often begins with one.
        let number = words.strip_prefix('#').unwrap_or(&words);
        let number = number.parse().ok().filter(|_| !number.starts_with('0'));
        let parted = |(one, other): (&str, &str)| (one.to_owned(), other.to_owned());
        let mut names: Vec<_> =
            words.split_once(' ').into_iter().chain(words.rsplit_once(' ')).map(parted).collect();
        names.dedup();
        if names.is_empty() && has_letters {
            names.push((words.clone(), String::new()));
        }
        Sought { digits: (!has_letters && !digits.is_empty()).then_some(digits), number, names, words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect()
    }

    #[test]
    fn what_is_typed_is_a_name_digits_or_a_number() {
        let phone = Sought::read(" (972) 530-55 ");
        assert_eq!((phone.digits.as_deref(), phone.number), (Some("97253055"), None));
        assert_eq!(Sought::read("#1203").number, Some(1203));
        assert_eq!(Sought::read("1203").digits.as_deref(), Some("1203"));
        assert_eq!(Sought::read("0135"), Sought { number: None, ..Sought::read("0135") });
        assert_eq!(Sought::read("dent").names, pairs(&[("dent", "")]));
        assert_eq!(Sought::read("cy  dent").names, pairs(&[("cy", "dent")]));
        assert_eq!(Sought::read("jan van dam").names, pairs(&[("jan", "van dam"), ("jan van", "dam")]));
        assert_eq!(Sought::read("700 Trek").digits, None);
        assert_eq!(Sought::read("  "), Sought::default());
    }
}
