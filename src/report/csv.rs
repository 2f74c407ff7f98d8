//! Rows as comma-separated values (RFC 4180) that load back as they are.

use crate::domain::export::{ExportColumn, Holds};
use crate::domain::guard::{guarded, worded};
use ::csv::Writer;
use std::io::{self, Write};

/// Writes one table.
pub struct CsvTable<W: Write> {
    writer: Writer<W>,
    columns: Vec<ExportColumn>,
    /// Whether text goes out byte for byte, formulas and all.
    exact: bool,
}

impl<W: Write> CsvTable<W> {
    /// Writes the names of the columns.
    ///
    /// # Errors
    /// What the receiving end says.
    pub fn begin(out: W, columns: &[ExportColumn], exact: bool) -> io::Result<CsvTable<W>> {
        let mut writer = Writer::from_writer(out);
        writer.write_record(columns.iter().map(|column| column.name))?;
        Ok(CsvTable { writer, columns: columns.to_vec(), exact })
    }

    /// Writes one row; nothing is an empty cell.
    ///
    /// # Errors
    /// What the receiving end says.
    pub fn row<'a>(&mut self, cells: impl Iterator<Item = Option<&'a str>>) -> io::Result<()> {
        for (cell, column) in cells.zip(&self.columns) {
            let text = cell.unwrap_or_default();
            if self.exact || column.holds != Holds::Text {
                self.writer.write_field(text)?;
            } else {
                self.writer.write_field(guarded(&worded(text)).as_bytes())?;
            }
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// What the receiving end says.
    pub fn end(self) -> io::Result<W> {
        self.writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(exact: bool) -> String {
        let column = |name, holds| ExportColumn { name, holds };
        let columns =
            [column("id", Holds::Integer), column("price", Holds::Decimal), column("name", Holds::Text)];
        let mut table = CsvTable::begin(Vec::new(), &columns, exact).unwrap();
        for row in [["1", "-2.50", "=1+1"], ["2", "3.00", "None"], ["3", "0", "a \"b\", c"]] {
            table.row(row.into_iter().map(Some)).unwrap();
        }
        table.row([Some("4"), None, None].into_iter()).unwrap();
        String::from_utf8(table.end().unwrap()).unwrap()
    }

    #[test]
    fn text_is_made_safe_unless_exact_bytes_are_asked_for() {
        assert_eq!(
            written(false),
            "id,price,name\n1,-2.50,'=1+1\n2,3.00,'None\n3,0,\"a \"\"b\"\", c\"\n4,,\n"
        );
        assert!(written(true).contains("1,-2.50,=1+1\n2,3.00,None\n"));
    }
}
