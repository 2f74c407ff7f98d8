//! `config show`: each setting, its value and where it came from.

use std::fmt::Write as _;

use config::ValueKind;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Origin;
use super::keys::Rule;

/// What stands in place of a secret. Always the same, so that not even its length is told.
pub(super) const MASK: &str = "********";

/// One setting as a person may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Dotted name, as in `database.host`.
    pub key: &'static str,
    /// The value, secrets masked; `None` where it is not set.
    #[serde(rename = "value")]
    pub shown: Option<String>,
    /// The layer that set it last.
    pub origin: Origin,
}

/// The entries as aligned columns: key, value, origin.
#[must_use]
pub fn table(entries: &[Entry]) -> String {
    let value = |entry: &Entry| entry.shown.clone().unwrap_or_else(|| "-".to_owned());
    let keys = entries.iter().map(|entry| entry.key.width()).max().unwrap_or(0);
    let values = entries.iter().map(|entry| value(entry).width()).max().unwrap_or(0);
    let mut text = String::new();
    for entry in entries {
        let value = value(entry);
        // By columns of the terminal, not by characters: a path may hold wide ones.
        let gap = " ".repeat(values.saturating_sub(value.width()));
        let origin = visible(&entry.origin.to_string());
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:keys$}  {value}{gap}  {origin}", entry.key);
    }
    text
}

pub(super) fn shown(rule: Rule, value: &ValueKind) -> String {
    if rule == Rule::Secret { MASK.to_owned() } else { visible(&value.to_string()) }
}

/// The text with everything that a terminal would obey or hide written out.
pub(super) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '"' | '\'' | '\\') {
            visible.push(c);
        } else {
            visible.extend(c.escape_debug());
        }
    }
    visible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        for (raw, seen) in [
            ("C:\\it's \"é\"", "C:\\it's \"é\""),
            ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"),
            ("a\u{202e}b\u{200b}", "a\\u{202e}b\\u{200b}"),
            ("two\nlines", "two\\nlines"),
        ] {
            assert_eq!(visible(raw), seen);
        }
    }
}
