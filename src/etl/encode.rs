//! Values as the server reads them: lines for LOAD DATA, or tuples for a many-row INSERT.

use super::cell::Value;
use std::fmt::Write as _;

/// How rows travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Cells between tabs, a row a line, `\N` for nothing (MySQL manual, "LOAD DATA Statement", the default fields and lines).
    Lines,
    /// `(1,'text',NULL)`, with a comma between two.
    Tuples,
}

/// Adds one row: where it stands, then its values.
pub(crate) fn append(buffer: &mut String, encoding: Encoding, part: usize, line: u64, values: &[Value<'_>]) {
    let (start, between, end) = match encoding {
        Encoding::Lines => ("", '\t', "\n"),
        Encoding::Tuples if buffer.is_empty() => ("(", ',', ")"),
        Encoding::Tuples => (",(", ',', ")"),
    };
    // Writing to a String can not fail.
    let _ = write!(buffer, "{start}{part}{between}{line}");
    for value in values {
        buffer.push(between);
        cell(buffer, encoding, value);
    }
    buffer.push_str(end);
}

fn cell(buffer: &mut String, encoding: Encoding, value: &Value<'_>) {
    let quoted = encoding == Encoding::Tuples;
    let _ = match value {
        Value::Null => buffer.write_str(if quoted { "NULL" } else { "\\N" }),
        Value::Integer(number) => write!(buffer, "{number}"),
        Value::Decimal(number) => write!(buffer, "{number}"),
        Value::Date(day) if quoted => write!(buffer, "'{day}'"),
        Value::Date(day) => write!(buffer, "{day}"),
        Value::Text(text) => {
            escape(buffer, text, quoted);
            Ok(())
        }
    };
}

/// Text has no control characters any more when it comes here; the mark of escape and the quote are left.
fn escape(buffer: &mut String, text: &str, quoted: bool) {
    if quoted {
        buffer.push('\'');
    }
    for character in text.chars() {
        match character {
            '\\' => buffer.push_str("\\\\"),
            '\'' if quoted => buffer.push_str("''"),
            plain => buffer.push(plain),
        }
    }
    if quoted {
        buffer.push('\'');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_can_not_end_its_cell_or_its_line() {
        let row = [Value::Integer(7), Value::Null, Value::Text(r"O'Hara \N".into())];
        let mut lines = String::new();
        append(&mut lines, Encoding::Lines, 0, 2, &row);
        assert_eq!(lines, "0\t2\t7\t\\N\tO'Hara \\\\N\n");

        let mut tuples = String::new();
        append(&mut tuples, Encoding::Tuples, 0, 2, &row);
        append(&mut tuples, Encoding::Tuples, 0, 3, &[Value::Null]);
        assert_eq!(tuples, r"(0,2,7,NULL,'O''Hara \\N'),(0,3,NULL)");
    }
}
