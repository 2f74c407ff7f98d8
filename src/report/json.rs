//! Rows as one JSON array, a row a line (RFC 8259).

use crate::domain::export::{ExportColumn, Holds};
use std::io::{self, Write};

/// Writes one table.
pub struct JsonTable<W: Write> {
    out: W,
    columns: Vec<ExportColumn>,
    rows: u64,
}

impl<W: Write> JsonTable<W> {
    /// Begins the array.
    ///
    /// # Errors
    /// What the receiving end says.
    pub fn begin(mut out: W, columns: &[ExportColumn]) -> io::Result<JsonTable<W>> {
        out.write_all(b"[")?;
        Ok(JsonTable { out, columns: columns.to_vec(), rows: 0 })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// What the receiving end says.
    pub fn row<'a>(&mut self, cells: impl Iterator<Item = Option<&'a str>>) -> io::Result<()> {
        self.out.write_all(if self.rows == 0 { b"\n{" } else { b",\n{" })?;
        for (nth, (cell, column)) in cells.zip(&self.columns).enumerate() {
            let comma = if nth == 0 { "" } else { "," };
            write!(self.out, "{comma}\"{}\":", column.name)?;
            match (cell, column.holds) {
                (None, _) => self.out.write_all(b"null")?,
                (Some(number), Holds::Integer) => self.out.write_all(number.as_bytes())?,
                (Some(flag), Holds::Flag) => {
                    self.out.write_all(if flag == "0" { b"false" } else { b"true" })?;
                }
                (Some(text), Holds::Decimal | Holds::Date | Holds::Text) => {
                    serde_json::to_writer(&mut self.out, text)?;
                }
            }
        }
        self.rows += 1;
        self.out.write_all(b"}")
    }

    /// Ends the array.
    ///
    /// # Errors
    /// What the receiving end says.
    pub fn end(mut self) -> io::Result<W> {
        self.out.write_all(if self.rows == 0 { b"]\n" } else { b"\n]\n" })?;
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_and_nothing_is_null() {
        let column = |name, holds| ExportColumn { name, holds };
        let columns =
            [column("id", Holds::Integer), column("price", Holds::Decimal), column("on", Holds::Flag)];
        let mut table = JsonTable::begin(Vec::new(), &columns).unwrap();
        table.row([Some("1"), Some("9999999999.99"), Some("1")].into_iter()).unwrap();
        table.row([Some("2"), None, Some("0")].into_iter()).unwrap();
        let text = String::from_utf8(table.end().unwrap()).unwrap();
        assert_eq!(
            text,
            "[\n{\"id\":1,\"price\":\"9999999999.99\",\"on\":true},\n{\"id\":2,\"price\":null,\"on\":false}\n]\n"
        );
        let nothing = JsonTable::begin(Vec::new(), &columns).unwrap().end().unwrap();
        assert_eq!(nothing, b"[]\n");
    }
}
