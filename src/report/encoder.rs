//! Rows as the bytes of a file.

use super::{csv, json};
use crate::domain::{Field, clean};
use std::borrow::Cow;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Comma-separated values (RFC 4180) with a header, lines ending in `\n`.
    #[default]
    Csv,
    /// One array of objects (RFC 8259).
    Json,
}

impl Format {
    /// What stands between two cells that need no quotes; `None` where it takes more than that.
    pub fn glue(self) -> Option<char> {
        (self == Format::Csv).then_some(',')
    }

    /// The ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }
}

/// Writes the rows of one table.
///
/// Numbers are written as the database has them. In JSON whole numbers are numbers and decimals are strings, because many
/// readers of JSON make a binary fraction of a number (RFC 8259, section 6). Days are `YYYY-MM-DD`. `NULL` is an empty
/// cell, and `null`.
///
/// Text is cleaned of control and bidirectional characters, and in CSV marked as [`as_cell`](crate::domain::guard::as_cell)
/// says, so that no spreadsheet runs it; an exact encoder leaves both.
#[derive(Debug)]
pub struct Encoder {
    format: Format,
    exact: bool,
    fields: Vec<Field>,
    cells: Vec<Field>,
    is_first: bool,
}

impl Encoder {
    /// An encoder for rows of these columns.
    pub fn new(format: Format, exact: bool, fields: &[Field]) -> Encoder {
        Encoder { format, exact, fields: fields.to_vec(), cells: fields.to_vec(), is_first: true }
    }

    /// Rows come in these cells instead: some of them several columns, written as one number would be.
    pub fn of_cells(mut self, cells: &[Field]) -> Encoder {
        self.cells = cells.to_vec();
        self
    }

    /// What comes before the first row.
    pub fn begin(&self, out: &mut Vec<u8>) {
        match self.format {
            Format::Csv => csv::header(&self.fields, out),
            Format::Json => out.push(b'['),
        }
    }

    /// One row.
    pub fn row<'c>(&mut self, cells: impl Iterator<Item = Option<&'c [u8]>>, out: &mut Vec<u8>) {
        match self.format {
            Format::Csv => csv::row(&self.cells, self.exact, cells, out),
            Format::Json => {
                out.extend_from_slice(if self.is_first { b"\n" } else { b",\n" });
                json::row(&self.cells, self.exact, cells, out);
            }
        }
        self.is_first = false;
    }

    /// What comes after the last row.
    pub fn end(&self, out: &mut Vec<u8>) {
        if self.format == Format::Json {
            out.extend_from_slice(b"\n]\n");
        }
    }
}

/// A cell as text. Plain ASCII, by far the most of it, is not copied.
pub(super) fn text(cell: &[u8], exact: bool) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(cell);
    if exact || cell.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        text
    } else {
        Cow::Owned(clean(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::FieldKind;

    fn written(format: Format, exact: bool, rows: &[[Option<&str>; 4]]) -> String {
        let field = |name: &str, kind| Field { name: name.to_owned(), kind };
        let fields = [
            field("id", FieldKind::Integer),
            field("price", FieldKind::Decimal),
            field("day", FieldKind::Day),
            field("note", FieldKind::Text),
        ];
        let mut encoder = Encoder::new(format, exact, &fields);
        let mut out = Vec::new();
        encoder.begin(&mut out);
        for row in rows {
            encoder.row(row.iter().map(|cell| cell.map(str::as_bytes)), &mut out);
        }
        encoder.end(&mut out);
        String::from_utf8(out).unwrap()
    }

    const ROWS: [[Option<&str>; 4]; 4] = [
        [Some("-7"), Some("-0.10"), Some("2026-01-31"), Some("=1+1, \"two\"")],
        [Some("8"), None, None, None],
        [Some("9"), Some("1549.00"), None, Some("Bj\u{f8}rk\u{202e}\r\nEnd")],
        [Some("10"), None, None, Some("NULL")],
    ];

    #[test]
    fn csv_is_safe_for_spreadsheets_and_exact_where_asked() {
        assert_eq!(
            written(Format::Csv, false, &ROWS),
            "id,price,day,note\n-7,-0.10,2026-01-31,\"'=1+1, \"\"two\"\"\"\n8,,,\n9,1549.00,,Bj\u{f8}rk  End\n10,,,\"'NULL\"\n"
        );
        assert_eq!(
            written(Format::Csv, true, &ROWS),
            "id,price,day,note\n-7,-0.10,2026-01-31,\"=1+1, \"\"two\"\"\"\n8,,,\n9,1549.00,,\"Bj\u{f8}rk\u{202e}\r\nEnd\"\n10,,,NULL\n"
        );
    }

    #[test]
    fn json_is_json_with_decimals_as_text() {
        let text = written(Format::Json, false, &ROWS);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected = serde_json::json!([
            {"id": -7, "price": "-0.10", "day": "2026-01-31", "note": "=1+1, \"two\""},
            {"id": 8, "price": null, "day": null, "note": null},
            {"id": 9, "price": "1549.00", "day": null, "note": "Bj\u{f8}rk  End"},
            {"id": 10, "price": null, "day": null, "note": "NULL"},
        ]);
        assert_eq!(read, expected);
        assert_eq!(text.lines().count(), 6, "{text}");
        let exact: serde_json::Value = serde_json::from_str(&written(Format::Json, true, &ROWS)).unwrap();
        assert_eq!(exact[2]["note"], "Bj\u{f8}rk\u{202e}\r\nEnd");
    }

    #[test]
    fn a_table_without_rows_is_still_a_file() {
        assert_eq!(written(Format::Csv, false, &[]), "id,price,day,note\n");
        let read: serde_json::Value = serde_json::from_str(&written(Format::Json, false, &[])).unwrap();
        assert_eq!(read, serde_json::json!([]));
    }
}
