//! The fast road: rows that only add go straight to their tables, in one transaction.
//!
//! The keys of the tables do the checking while the rows arrive. Anything but a perfect count takes everything back, and the
//! general road begins from the first row; it finds out which rows are at fault.

use super::error::LoadError;
use super::progress::Phase;
use super::road;
use super::run::Run;
use super::sift::{Ending, InUse, Sieve};
use super::stage::{self, Way};
use crate::db::DbError;
use crate::domain::receipt::Outcome;

/// Loads by the fast road; `None` where it does not lead there. Nothing is changed then.
pub(crate) async fn load(run: &mut Run) -> Result<Option<Outcome>, LoadError> {
    if !road::may_be_straight(run) {
        return Ok(None);
    }
    let mut in_use = InUse::default();
    let sent = send_all(run, &mut in_use).await;
    in_use.close().await;
    match sent {
        Ok(Some(0)) if run.rejected() == 0 => {
            run.link.roll_back().await?;
            Ok(Some(Outcome::NothingToDo))
        }
        Ok(Some(_)) if run.rejected() == 0 => {
            match run.commit().await {
                // Somebody else came across, and the server chose this one to give way.
                Err(LoadError::Db(error)) if error.is_transient() => {
                    run.link.roll_back().await?;
                    Ok(None)
                }
                other => other.map(|()| Some(Outcome::Committed)),
            }
        }
        Ok(_) | Err(LoadError::Miscounted { .. } | LoadError::Db(DbError::Other(_))) => {
            run.link.roll_back().await?;
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Sends every file, or those up to the first with a rejected row; answers how many rows went, and `None` where one met
/// something that this road can not deal with.
async fn send_all(run: &mut Run, in_use: &mut InUse) -> Result<Option<u64>, LoadError> {
    run.start_reading().await?;
    let mut rows = 0;
    let mut begun = false;
    for (place, table) in run.places() {
        run.at(Phase::Reading, Some(table));
        let way = Way::straight(run, table).await?;
        if !begun {
            run.link.execute("START TRANSACTION").await?;
            begun = true;
        }
        let sieve = match (in_use.take(table).await, road::sifts_on_the_way(run, table)) {
            (Some(sieve), _) => Some(sieve),
            (None, None) => None,
            (None, Some(rule)) => match Sieve::new(run, table, rule, way.encoding()).await {
                Some(sieve) => Some(sieve),
                None => return Ok(None),
            },
        };
        let sent = stage::send(run, place, &way, sieve).await?;
        in_use.keep(table, sent.sieve);
        if sent.ending == Ending::Disordered {
            run.disordered.insert(table);
        }
        if sent.ending != Ending::Whole {
            return Ok(None);
        }
        rows += sent.rows;
        if let Some(part) = run.part(place) {
            part.receipt.inserted = sent.rows;
            part.receipt.unchanged = part.present;
        }
        if run.rejected() > 0 {
            break;
        }
    }
    Ok(Some(rows))
}
