//! The columns of the tables, as the widget takes them.

use crate::domain::Table;
use crate::domain::records::{Field, fields};
use crate::tui::model::widgets::data_table::Column;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static COLUMNS: LazyLock<BTreeMap<Table, Vec<Column>>> = LazyLock::new(|| {
    Table::EACH.into_iter().map(|table| (table, fields(table).iter().map(column).collect())).collect()
});

/// The columns of a table.
pub(super) fn columns(table: Table) -> &'static [Column] {
    COLUMNS.get(&table).map_or(&[], Vec::as_slice)
}

fn column(field: &Field) -> Column {
    Column {
        id: field.name,
        title: field.title,
        width: field.width,
        is_number: field.kind.is_number(),
        sorts: field.sorts,
    }
}
