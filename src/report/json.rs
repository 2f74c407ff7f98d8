//! One row as a JSON object on one line.

use super::encoder::text;
use crate::domain::{Field, FieldKind};

pub(super) fn row<'c>(
    fields: &[Field],
    exact: bool,
    cells: impl Iterator<Item = Option<&'c [u8]>>,
    out: &mut Vec<u8>,
) {
    for (nth, (field, cell)) in fields.iter().zip(cells).enumerate() {
        out.push(if nth == 0 { b'{' } else { b',' });
        string(&field.name, out);
        out.push(b':');
        match (cell, field.kind) {
            (None, _) => out.extend_from_slice(b"null"),
            (Some(cell), FieldKind::Integer) => out.extend_from_slice(cell),
            (Some(cell), FieldKind::Decimal | FieldKind::Day) => {
                out.push(b'"');
                out.extend_from_slice(cell);
                out.push(b'"');
            }
            (Some(cell), FieldKind::Text) => string(&text(cell, exact), out),
        }
    }
    out.push(b'}');
}

fn string(text: &str, out: &mut Vec<u8>) {
    // Writing text to memory can not fail.
    let _ = serde_json::to_writer(out, text);
}
