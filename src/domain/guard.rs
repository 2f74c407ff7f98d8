//! The apostrophe before a cell of a CSV file that would be taken for something else than its text.
//!
//! Spreadsheets run a cell that begins with `=`, `+`, `-`, `@`, tab or carriage return as a formula (OWASP, "CSV
//! Injection"), and loaders take words such as `NULL` for nothing. Our own files put an apostrophe before such a text, and
//! before one that already looks as if it had one, so that what is read is exactly what was written.

use std::borrow::Cow;

/// Words that stand for nothing, as databases, Python and spreadsheets write it.
pub const NOTHING: [&str; 9] = ["", "NULL", "null", "None", "NaN", "nan", "N/A", "n/a", "\\N"];

/// The cell, with an apostrophe before it where a spreadsheet would run it. [`unguarded`] takes exactly that one off again.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    marked_if(runs(cell), cell)
}

/// The cell as it was before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs(rest) => rest,
        _ => cell,
    }
}

/// A text as the cell of an exported file: as [`guarded`], and also where a loader would take it for nothing.
pub fn as_cell(text: &str) -> Cow<'_, str> {
    marked_if(misleads(text), text)
}

/// The text that [`as_cell`] put an apostrophe before; `None` where it did not.
pub fn from_cell(cell: &str) -> Option<&str> {
    cell.strip_prefix('\'').filter(|rest| misleads(rest))
}

fn marked_if(marked: bool, cell: &str) -> Cow<'_, str> {
    if marked { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

fn runs(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn misleads(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    runs(bare) || (!bare.is_empty() && NOTHING.contains(&bare))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TRICKY: &str = "('){0,3}([=+@\t\r\\-]{0,3}.{0,6}|NULL|nan|None|N/A|.)";

    proptest! {
        #[test]
        fn a_guarded_cell_is_no_formula_and_comes_back_as_it_was(cell in TRICKY) {
            let safe = guarded(&cell);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(unguarded(&safe), cell.as_str());
        }

        #[test]
        fn an_exported_text_is_no_formula_and_no_word_for_nothing_and_comes_back_as_it_was(text in TRICKY) {
            let cell = as_cell(&text);
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert!(text.is_empty() || !NOTHING.contains(&cell.as_ref()));
            prop_assert_eq!(from_cell(&cell).unwrap_or(&cell), text.as_str());
        }
    }
}
