//! The fast road: into an empty chain rows go straight to their tables, in one transaction.
//!
//! The keys of the tables do the checking while the rows arrive. Anything but a perfect count takes everything back, and the
//! general road begins from the first row; it finds out which rows are at fault.

use super::error::LoadError;
use super::progress::Phase;
use super::run::Run;
use super::stage;
use crate::db::DbError;

/// Loads by the fast road; answers whether that was done. Where it was not, nothing is changed.
pub(crate) async fn load(run: &mut Run) -> Result<bool, LoadError> {
    if run.options.dry_run || !run.options.infile || !only_adds(run).await? {
        return Ok(false);
    }
    run.link.execute("START TRANSACTION").await?;
    match send_all(run).await {
        Ok(rows) if rows > 0 && run.rejected() == 0 => {
            run.settle_rejects()?;
            run.commit().await?;
            Ok(true)
        }
        Ok(_) | Err(LoadError::Miscounted { .. } | LoadError::Db(DbError::Other(_))) => {
            run.link.roll_back().await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Whether every table of the set is empty, and the server takes `LOAD DATA LOCAL`.
async fn only_adds(run: &mut Run) -> Result<bool, LoadError> {
    for table in run.tables() {
        let any: Vec<u8> = run.link.rows(&run.sql.any_row(table)).await?;
        if !any.is_empty() {
            return Ok(false);
        }
    }
    let Some((_, table)) = run.places().first().copied() else {
        return Ok(false);
    };
    let load = run.with_shape(table, |sql, shape| sql.load_straight(shape))?;
    stage::takes_local(run, &load).await
}

/// Sends every file, or those up to the first with a rejected row; answers how many rows went.
async fn send_all(run: &mut Run) -> Result<u64, LoadError> {
    run.start_reading().await?;
    let mut rows = 0;
    for (place, table) in run.places() {
        run.at(Phase::Reading, Some(table));
        let load = run.with_shape(table, |sql, shape| sql.load_straight(shape))?;
        let sent = stage::send(run, place, &load).await?;
        rows += sent;
        if let Some(part) = run.part(place) {
            part.receipt.inserted = sent;
        }
        if run.rejected() > 0 {
            break;
        }
    }
    Ok(rows)
}
