//! What commands print.

use super::failure::{Exit, Failure};
use serde::Serialize;
use std::io::{self, ErrorKind, Write};

/// Prints text on standard output. A reader that has gone away, as `head` does, is no failure.
pub(super) fn print(text: &str) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(Exit::Failed, format!("The output can not be written: {cause}.")))
        }
        _ => Ok(Exit::Done),
    }
}

/// Prints one JSON document.
pub(super) fn print_json(value: &impl Serialize) -> Result<Exit, Failure> {
    print(&json(value)?)
}

/// One JSON document as text.
pub(super) fn json(value: &impl Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(value).map_err(Failure::of)?;
    text.push('\n');
    Ok(text)
}

/// Rows as aligned columns; the columns in `right` are numbers.
pub(super) fn columns(header: &[&str], rows: &[Vec<String>], right: &[usize]) -> String {
    use unicode_width::UnicodeWidthStr;
    let cell = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
    let width = |column: usize, title: &str| {
        rows.iter().map(|row| cell(row, column).width()).chain([title.width()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = header.iter().enumerate().map(|(column, title)| width(column, title)).collect();
    let line = |row: &[String]| {
        let cells: Vec<String> = widths
            .iter()
            .enumerate()
            .map(|(column, width)| {
                let text = cell(row, column);
                let gap = " ".repeat(width.saturating_sub(text.width()));
                if right.contains(&column) { gap + &text } else { text + &gap }
            })
            .collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    let titles: Vec<String> = header.iter().map(|title| (*title).to_owned()).collect();
    std::iter::once(line(&titles)).chain(rows.iter().map(|row| line(row))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_under_each_other_and_wide_letters_count_twice() {
        let rows = [vec!["自転車".to_owned(), "5".to_owned()], vec!["bell".to_owned(), "1,200".to_owned()]];
        assert_eq!(columns(&["what", "net"], &rows, &[1]), "what      net\n自転車      5\nbell    1,200\n");
    }
}
