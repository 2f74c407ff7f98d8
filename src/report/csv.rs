//! Comma-separated values, as RFC 4180 has them but for the end of a line, which is `\n`.

use super::encoder::text;
use crate::domain::guard::as_cell;
use crate::domain::{Field, FieldKind};

pub(super) fn header(fields: &[Field], out: &mut Vec<u8>) {
    for (nth, field) in fields.iter().enumerate() {
        separate(nth, out);
        quoted_if_needed(field.name.as_bytes(), out);
    }
    out.push(b'\n');
}

pub(super) fn row<'c>(
    fields: &[Field],
    exact: bool,
    cells: impl Iterator<Item = Option<&'c [u8]>>,
    out: &mut Vec<u8>,
) {
    for (nth, (field, cell)) in fields.iter().zip(cells).enumerate() {
        separate(nth, out);
        match (cell, field.kind) {
            (None, _) => {}
            (Some(cell), FieldKind::Text) => {
                let cell = text(cell, exact);
                let safe = if exact { cell.as_ref().into() } else { as_cell(&cell) };
                quoted_if_needed(safe.as_bytes(), out);
            }
            (Some(cell), _) => out.extend_from_slice(cell),
        }
    }
    out.push(b'\n');
}

fn separate(nth: usize, out: &mut Vec<u8>) {
    if nth > 0 {
        out.push(b',');
    }
}

/// Double quotes also around what begins or ends with single ones: else a reader that finds out how a file is written (ours
/// does) could take those for what quotes it.
fn quoted_if_needed(cell: &[u8], out: &mut Vec<u8>) {
    let looks_quoted = [cell.first(), cell.last()].contains(&Some(&b'\''));
    if !looks_quoted && !cell.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(cell);
        return;
    }
    out.push(b'"');
    for byte in cell {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}
