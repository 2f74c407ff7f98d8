//! Names of files, as the old program gave them.

use crate::domain::report::CustomerHistory;
use jiff::Zoned;

/// The longest part of a name that somebody's text makes, in bytes: names of 255 bytes fit everywhere.
const LONGEST: usize = 120;

/// `customer_report_<number>_<name>_<time>.pdf`.
pub(super) fn of_customer(customer: &CustomerHistory, now: &Zoned) -> String {
    named(&format!("customer_report_{}", customer.id), &customer.name, now)
}

/// `<what>_<of>_<time>.pdf`.
pub(super) fn named(what: &str, of: &str, now: &Zoned) -> String {
    let parts = [what.to_owned(), cleaned(of), now.strftime("%Y%m%d_%H%M%S").to_string()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.pdf", parts.join("_"))
}

/// Letters and digits of any script; whatever else comes between is one `_`.
fn cleaned(text: &str) -> String {
    let mut cleaned = String::new();
    for word in text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if cleaned.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !cleaned.is_empty() {
            cleaned.push('_');
        }
        cleaned.push_str(word);
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    #[test]
    fn a_name_is_letters_and_digits_and_never_a_path() {
        let now = date(2026, 11, 25).at(8, 31, 5, 0).to_zoned(TimeZone::UTC).unwrap();
        let named = |of: &str| named("customer_report_7", of, &now);
        assert_eq!(named("Debra Burks"), "customer_report_7_Debra_Burks_20261125_083105.pdf");
        assert_eq!(named("../..//Łukasz  O'Żak\n😀"), "customer_report_7_Łukasz_O_Żak_20261125_083105.pdf");
        assert_eq!(named("😀"), "customer_report_7_20261125_083105.pdf");
        assert_eq!(named(&"x".repeat(500)), "customer_report_7_20261125_083105.pdf");
        assert!(named(&"Ωμέγα ".repeat(90)).len() < 200);
    }
}
