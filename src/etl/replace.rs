//! `replace`: rows that the files do not have go, unless something else names them.

use super::error::LoadError;
use super::progress::{Mode, Phase};
use super::run::Run;
use super::spec::spec;
use crate::domain::Table;

/// Makes room for the keys that go, before the transaction begins.
pub(crate) async fn prepare(run: &mut Run) -> Result<(), LoadError> {
    if run.options.mode != Mode::Replace {
        return Ok(());
    }
    for table in run.tables() {
        if !run.parts().any(|part| part.spec.table == table && part.receipt.read > part.receipt.rejected) {
            return Err(LoadError::NothingInstead { table: table.name() });
        }
        run.link.execute(&run.sql.create_gone(spec(table))).await?;
    }
    Ok(())
}

/// Finds the rows of a table that go, and refuses where that would leave others without a parent; answers how many.
pub(crate) async fn find(run: &mut Run, table: Table) -> Result<u64, LoadError> {
    let spec = spec(table);
    run.link.execute(&run.sql.empty_gone(table)).await?;
    let gone = run.link.execute(&run.sql.fill_gone(spec)).await?.affected;
    if gone > 0 {
        refuse_orphans(run, table).await?;
    }
    // Told once a table, at its first file.
    if let Some(place) = run.places().iter().find(|(_, of)| *of == table).map(|(place, _)| *place)
        && let Some(part) = run.part(place)
    {
        part.receipt.deleted = gone;
    }
    Ok(gone)
}

async fn refuse_orphans(run: &mut Run, table: Table) -> Result<(), LoadError> {
    let set = run.tables();
    let children = run.link.children(table).await?;
    let mut told = Vec::new();
    for (child, column) in children {
        // Rows of a table that is replaced too name only rows that stay: the checks have seen to that.
        if set.iter().any(|table| table.name() == child) {
            continue;
        }
        let rows: Vec<(u32, u64, u64)> =
            run.link.rows(&run.sql.orphans(spec(table), &child, &column)).await?;
        let Some((_, _, all)) = rows.first() else { continue };
        let more = match all.saturating_sub(rows.len() as u64) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let rows: Vec<String> = rows.iter().map(|(key, count, _)| format!("{key} ({count} rows)")).collect();
        told.push(format!("{child}.{column} {}{more}", rows.join(", ")));
    }
    if told.is_empty() {
        return Ok(());
    }
    Err(LoadError::Orphans { table: table.name(), named: told.join("; ") })
}

/// Removes what goes, children first, and keeps it for undoing.
pub(crate) async fn remove(run: &mut Run) -> Result<(), LoadError> {
    let mut tables = run.tables();
    tables.reverse();
    for table in tables {
        let expected: u64 =
            run.parts().filter(|part| part.spec.table == table).map(|part| part.receipt.deleted).sum();
        if expected == 0 {
            continue;
        }
        run.at(Phase::Merging, Some(table));
        run.link.execute(&run.sql.keep_gone(spec(table))).await?;
        if table == Table::Staffs {
            run.link.execute(&run.sql.release_managed()).await?;
        }
        let deleted = run.link.execute(&run.sql.delete_gone(spec(table))).await;
        if deleted.map_err(|error| still_named(table, error))?.affected != expected {
            return Err(LoadError::Changed { table: table.name() });
        }
    }
    Ok(())
}

/// Files of staff that say nothing of managers can leave somebody whose manager goes (1451).
fn still_named(table: Table, error: LoadError) -> LoadError {
    const NAMED_BY_OTHERS: u16 = 1451;
    match error {
        LoadError::Db(cause) if cause.code() == Some(NAMED_BY_OTHERS) => {
            let named = if table == Table::Staffs { "staffs.manager_id" } else { "rows that came just now" };
            LoadError::Orphans { table: table.name(), named: named.to_owned() }
        }
        other => other,
    }
}
