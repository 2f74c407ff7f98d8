//! What commands print.

use super::failure::{Exit, Failure};
use crate::domain::clean;
use serde::Serialize;
use std::io::{self, ErrorKind, Write};

/// Prints words for a person on standard output, as [`lines`].
pub(super) fn print(words: &str) -> Result<Exit, Failure> {
    print_exact(&lines(words))
}

/// Says something beside the output, on standard error, as [`lines`]. Where nobody hears it, nothing is lost.
pub(super) fn note(words: &str) {
    let _ = writeln!(io::stderr(), "{}", lines(words));
}

/// Says how far something is in a line that the next call replaces; with no words it is taken away.
pub(super) fn progress(words: &str) {
    let _ = write!(io::stderr(), "\r\x1b[K{}", clean(words));
}

/// A text without what acts on a terminal: it may hold names of files, and what the database and others' servers said. Its
/// lines stay.
pub(super) fn lines(text: &str) -> String {
    text.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// Prints text for another program on standard output. A reader that has gone away, as `head` does, is no failure.
pub(super) fn print_exact(text: &str) -> Result<Exit, Failure> {
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
    print_exact(&json(value)?)
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
    let cell = |row: &[String], column: usize| row.get(column).map(|cell| clean(cell)).unwrap_or_default();
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
    fn what_others_said_does_nothing_to_the_terminal() {
        assert_eq!(lines("\u{1b}]52;c;cm0=\u{7}read\r\nnext\u{9b}2J"), "]52;c;cm0=read \nnext2J");
        assert_eq!(columns(&["name"], &[vec!["\u{1b}[31mBo\nDal".to_owned()]], &[]), "name\n[31mBo Dal\n");
    }

    #[test]
    fn numbers_stand_under_each_other_and_wide_letters_count_twice() {
        let rows = [vec!["自転車".to_owned(), "5".to_owned()], vec!["bell".to_owned(), "1,200".to_owned()]];
        assert_eq!(columns(&["what", "net"], &rows, &[1]), "what      net\n自転車      5\nbell    1,200\n");
    }
}
