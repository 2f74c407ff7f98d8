//! What the accepted rows change, counted exactly, and the one transaction that writes it.

use super::error::LoadError;
use super::managers;
use super::preview;
use super::progress::{Mode, Phase};
use super::replace;
use super::run::Run;
use crate::domain::Table;
use crate::domain::receipt::Outcome;

/// Compares and writes the whole set. After a deadlock or a lock waited for too long the transaction is tried again.
pub(crate) async fn all(run: &mut Run) -> Result<Outcome, LoadError> {
    const TRIES: u32 = 3;
    replace::prepare(run).await?;
    let mut tried = 1;
    loop {
        match once(run).await {
            Err(LoadError::Db(error)) if error.is_transient() && tried < TRIES => {
                run.link.roll_back().await?;
                tried += 1;
            }
            other => return other,
        }
    }
}

async fn once(run: &mut Run) -> Result<Outcome, LoadError> {
    run.link.execute("START TRANSACTION").await?;
    let mut changes = 0;
    for table in run.tables() {
        run.at(Phase::Comparing, Some(table));
        let difference = compare(run, table).await?;
        changes += difference.inserted + difference.updated;
        if run.options.mode == Mode::Replace {
            changes += replace::find(run, table).await?;
        }
        if run.options.dry_run {
            let preview = preview::of(run, table).await?;
            run.preview.extend(preview);
        }
        if !run.options.dry_run && difference.inserted + difference.updated > 0 {
            write(run, table, difference).await.map_err(|error| clash(table, error))?;
        }
    }
    if run.options.dry_run {
        return Ok(Outcome::DryRun);
    }
    if changes == 0 {
        return Ok(Outcome::NothingToDo);
    }
    if run.options.mode == Mode::Replace {
        replace::remove(run).await?;
    }
    run.commit().await?;
    Ok(Outcome::Committed)
}

/// What the rows of one table would do.
#[derive(Debug, Clone, Copy, Default)]
struct Difference {
    inserted: u64,
    updated: u64,
    unchanged: u64,
}

async fn compare(run: &mut Run, table: Table) -> Result<Difference, LoadError> {
    let statement = run.with_shape(table, |sql, shape| sql.compare(shape))?;
    let counts: Vec<(usize, u64, u64, u64)> = run.link.rows(&statement).await?;
    let mut sum = Difference::default();
    for (place, _) in run.places().into_iter().filter(|(_, of)| *of == table) {
        if let Some(part) = run.part(place) {
            part.receipt.unchanged = part.present;
        }
    }
    for (place, staged, there, same) in counts {
        let inserted = staged - there;
        let (updated, unchanged) = match run.options.mode {
            Mode::Append => (0, there),
            Mode::Upsert | Mode::Insert | Mode::Replace => (there - same, same),
        };
        if let Some(part) = run.part(place) {
            let receipt = &mut part.receipt;
            (receipt.inserted, receipt.updated, receipt.unchanged) =
                (inserted, updated, part.present + unchanged);
        }
        sum.inserted += inserted;
        sum.updated += updated;
        sum.unchanged += unchanged;
    }
    Ok(sum)
}

async fn write(run: &mut Run, table: Table, difference: Difference) -> Result<(), LoadError> {
    let changed = LoadError::Changed { table: table.name() };
    if let Some((spec, last)) = run.numbered_from(table) {
        let now: Vec<u32> = run.link.rows(&run.sql.last_number(spec)).await?;
        // A number that was free when it was given belongs to somebody else now.
        if now.first() != Some(&last) {
            return Err(changed);
        }
    }
    if difference.unchanged > 0 {
        let leaves = run.options.mode == Mode::Append;
        let statement = run.with_shape(table, |sql, shape| match leaves {
            true => sql.drop_present(shape),
            false => sql.drop_unchanged(shape),
        })?;
        if run.link.execute(&statement).await?.affected != difference.unchanged {
            return Err(changed);
        }
    }
    // A row that is there now, where only new ones are taken, came in between.
    if run.options.mode == Mode::Insert && difference.updated + difference.unchanged > 0 {
        return Err(changed);
    }
    run.at(Phase::Merging, Some(table));
    if difference.updated > 0 {
        let statement = run.with_shape(table, |sql, shape| sql.keep_changed(shape))?;
        if run.link.execute(&statement).await?.affected != difference.updated {
            return Err(changed);
        }
    }
    let statement = run.with_shape(table, |sql, shape| sql.merge(shape))?;
    let said = run.link.execute(&statement).await?;
    // A new row counts one and a changed row two (MySQL manual, "INSERT ... ON DUPLICATE KEY UPDATE Statement"). Any other
    // sum means that a row met another one than its own.
    if said.affected != difference.inserted + 2 * difference.updated {
        return Err(changed);
    }
    if run.with_shape(table, |_, shape| shape.has_managers())? {
        run.link.execute(&run.sql.set_managers()).await?;
        // Somebody may have changed a manager by hand since the rows were checked. They hold the tree while they do.
        let tree: Vec<(u32, Option<u32>)> =
            run.link.rows(include_str!("../../sql/queries/staff/tree_held.sql")).await?;
        if managers::first_ring(&tree.into_iter().collect()).is_some() {
            return Err(changed);
        }
    }
    Ok(())
}

/// A key that clashes (1062) or a parent that is gone (1452) after all checks: somebody else wrote in between.
fn clash(table: Table, error: LoadError) -> LoadError {
    const SOMEBODY_WROTE: [u16; 2] = [1062, 1452];
    match error {
        LoadError::Db(cause) if cause.code().is_some_and(|code| SOMEBODY_WROTE.contains(&code)) => {
            LoadError::Changed { table: table.name() }
        }
        other => other,
    }
}
