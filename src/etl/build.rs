//! Filling a table that is empty, on the straight road.
//!
//! MariaDB does that twice as fast where it need not check each row against its keys and parents. So the checks are left out
//! while the rows arrive, and made up for before anything is stored: that every row sent is there, which doubles would not
//! be, and that what the rows name is there, asked once for all of them. Until the end nobody else writes to the table.

use super::error::LoadError;
use super::run::Run;
use super::sift::Ending;
use super::spec::spec;
use super::stage::{self, Sent, Way};
use crate::domain::Table;

/// Sends the first file of an empty table, and proves that the table could have taken each row by itself.
pub(crate) async fn send(run: &mut Run, place: usize, table: Table, way: &Way) -> Result<Sent, LoadError> {
    run.link.check_rows(false).await?;
    let sent = stage::send(run, place, way, None).await;
    let checks_again = run.link.check_rows(true).await;
    let sent = sent?;
    checks_again?;
    if is_whole(run, table, sent.rows).await? { Ok(sent) } else { Ok(Sent { ending: Ending::Met, ..sent }) }
}

async fn is_whole(run: &mut Run, table: Table, rows: u64) -> Result<bool, LoadError> {
    let count: Vec<u64> = run.link.rows(&run.sql.count(table)).await?;
    if count != [rows] {
        return Ok(false);
    }
    for parent in spec(table).parents {
        let orphans: Vec<u8> = run.link.rows(&run.sql.any_orphan(table, parent)).await?;
        if !orphans.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}
