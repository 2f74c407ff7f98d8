//! What a dry run shows of the rows it would change.

use super::error::LoadError;
use super::progress::Mode;
use super::run::Run;
use super::spec::spec;
use crate::domain::Table;
use crate::domain::clean;
use crate::domain::receipt::{CellChange, Change, ChangeKind};
use mysql_async::Row;

/// The first rows of a table that would come, change and go.
pub(crate) async fn of(run: &mut Run, table: Table) -> Result<Vec<Change>, LoadError> {
    let names: Vec<&str> =
        run.with_shape(table, |_, shape| shape.values().map(|column| column.name).collect())?;
    let mut changes = Vec::new();

    let statement = run.with_shape(table, |sql, shape| sql.preview_new(shape))?;
    for row in run.link.rows::<Row>(&statement).await? {
        let cells = names.iter().enumerate().map(|(at, name)| cell(name, None, text(&row, at + 1)));
        changes.push(change(table, &row, ChangeKind::Insert, cells.collect()));
    }
    if run.options.mode != Mode::Append {
        let statement = run.with_shape(table, |sql, shape| sql.preview_changed(shape))?;
        for row in run.link.rows::<Row>(&statement).await? {
            let pairs = names.iter().enumerate();
            let cells = pairs.map(|(at, name)| cell(name, text(&row, 2 * at + 1), text(&row, 2 * at + 2)));
            let cells = cells.filter(|cell| cell.old != cell.new).collect();
            changes.push(change(table, &row, ChangeKind::Update, cells));
        }
    }
    if run.options.mode == Mode::Replace {
        let spec = spec(table);
        let names = spec.columns.iter().map(|column| column.name).filter(|name| !spec.key.contains(name));
        let names: Vec<&str> = names.collect();
        for row in run.link.rows::<Row>(&run.sql.preview_gone(spec)).await? {
            let cells = names.iter().enumerate().map(|(at, name)| cell(name, text(&row, at + 1), None));
            changes.push(change(table, &row, ChangeKind::Delete, cells.collect()));
        }
    }
    Ok(changes)
}

fn change(table: Table, row: &Row, kind: ChangeKind, cells: Vec<CellChange>) -> Change {
    Change { table, key: text(row, 0).unwrap_or_default(), kind, cells }
}

fn cell(column: &str, old: Option<String>, new: Option<String>) -> CellChange {
    CellChange { column: column.to_owned(), old, new }
}

fn text(row: &Row, at: usize) -> Option<String> {
    row.get_opt::<Option<String>, _>(at).and_then(Result::ok).flatten().map(|text| clean(&text))
}
