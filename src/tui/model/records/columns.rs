//! The columns of the tables, as the widget takes them.

use crate::domain::Table;
use crate::domain::records::{Kind, fields};
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

fn column(field: &crate::domain::records::Field) -> Column {
    let is_number = matches!(field.kind, Kind::Number | Kind::Count | Kind::Money | Kind::Share);
    Column { id: field.name, title: field.title, width: field.width, is_number, sorts: field.sorts }
}
