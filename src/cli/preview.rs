//! What a dry run would change, row by row.

use crate::domain::receipt::{CellChange, Change, ChangeKind, Receipt};

/// The first rows that would come, change and go, a line for each; nothing where nothing is known of them.
pub(super) fn in_words(receipt: &Receipt) -> String {
    if receipt.preview.is_empty() {
        return String::new();
    }
    let lines: String = receipt.preview.iter().map(|change| format!("  {}\n", line(change))).collect();
    format!("\nThe first rows of each table (+ new, ~ changed, - removed):\n{lines}")
}

fn line(Change { table, key, kind, cells }: &Change) -> String {
    let mark = match kind {
        ChangeKind::Insert => '+',
        ChangeKind::Update => '~',
        ChangeKind::Delete => '-',
    };
    let cells: Vec<String> = cells.iter().map(|change| cell(*kind, change)).collect();
    format!("{mark} {table} {key}: {}", cells.join(", "))
}

fn cell(kind: ChangeKind, CellChange { column, old, new }: &CellChange) -> String {
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    match kind {
        ChangeKind::Insert => format!("{column} {}", shown(new)),
        ChangeKind::Delete => format!("{column} {}", shown(old)),
        ChangeKind::Update => format!("{column} {} -> {}", shown(old), shown(new)),
    }
}
