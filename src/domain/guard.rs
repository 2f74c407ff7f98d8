//! Cells that a spreadsheet would run, and words that stand for nothing, made safe and read again.
//!
//! An apostrophe before a cell is what spreadsheets themselves take for "this is text".

use std::borrow::Cow;

/// Words that stand for nothing, as databases, Python and spreadsheets write it.
pub const NOTHING: [&str; 9] = ["", "NULL", "null", "None", "NaN", "nan", "N/A", "n/a", "\\N"];

/// The cell, with an apostrophe before it where a spreadsheet would run it as a formula
/// (OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab and carriage return). [`unguarded`] takes exactly that one off again.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if runs(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell as it was before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs(rest) => rest,
        _ => cell,
    }
}

fn runs(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Text that is one of the words for nothing, with an apostrophe before it, so that it is read as text: somebody may be
/// called None. [`plain_word`] takes exactly that one off again.
pub fn worded(text: &str) -> Cow<'_, str> {
    if is_word(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text as it was before [`worded`].
pub fn plain_word(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_word(rest) => rest,
        _ => text,
    }
}

fn is_word(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    !bare.is_empty() && NOTHING.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_guarded_cell_is_no_formula_and_comes_back_as_it_was(cell in "['=+@\t\r\\-]{0,4}.{0,6}") {
            let safe = guarded(&cell);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(unguarded(&safe), cell.as_str());
        }

        #[test]
        fn a_word_for_nothing_comes_back_as_text(cell in "'{0,3}(NULL|None|N/A|\\\\N|name|)") {
            let written = worded(&cell);
            prop_assert!(written.is_empty() || !NOTHING.contains(&written.as_ref()));
            prop_assert_eq!(plain_word(&written), cell.as_str());
        }
    }
}
