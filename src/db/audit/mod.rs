//! The audit log: a chain of entries, each bound to the one before by its hash.
//!
//! Who adds an entry first locks the one row of `audit_head`, so that the chain can not fork. That row is always the last
//! that a transaction locks, just before its commit: it is held for a moment only, and whoever waits for it holds nothing
//! that its holder could still want, so that no deadlock comes of it. [`Db::write`](super::Db::write) sees to that.

mod link;
mod read;
mod verify;

pub use link::{Hash, START, hex};
use read::digits;
pub use read::{Filter, each, entry, history, of_subject, page, page_up};
pub use verify::{Broken, Mark, Verified, verify, verify_telling};

use super::filled::filled;
use super::{DbError, Engine};
use crate::domain::Doer;
use crate::domain::audit::Entry;
use crate::telemetry::CorrelationId;
use mysql_async::prelude::Queryable;
use mysql_async::{Error, Value};

/// Adds entries at the end of the log. The commit has to follow at once.
///
/// The program's own log gets each entry's number and hash too, so that there is a trace of the chain outside the database.
///
/// # Errors
/// [`DbError`] where they can not be stored; then what they tell of must not happen either.
pub async fn record(
    conn: &mut impl Queryable,
    engine: Engine,
    doer: &Doer,
    entries: &[Entry],
) -> Result<(), DbError> {
    run(conn, engine, doer, entries, "").await
}

/// As [`record`], and commits, all in one round trip: whoever waits for the end of the chain waits for the disk alone.
///
/// # Errors
/// As [`record`]. Where the connection was lost, it is not known whether the commit came through.
pub(super) async fn record_and_commit(
    conn: &mut impl Queryable,
    engine: Engine,
    doer: &Doer,
    entries: &[Entry],
) -> Result<(), DbError> {
    run(conn, engine, doer, entries, "COMMIT").await
}

/// Moves the end of the chain and appends, entry by entry. The server works out the hashes, because it alone knows number,
/// time and the hash before; asked for those first, everybody would wait a round trip longer for the lock. A statement that
/// fails is the last that runs.
async fn run(
    conn: &mut impl Queryable,
    engine: Engine,
    doer: &Doer,
    entries: &[Entry],
    then: &str,
) -> Result<(), DbError> {
    let correlation = CorrelationId::current();
    let mut statements = Vec::new();
    for entry in entries {
        let columns = columns(doer, entry, correlation);
        let hashed = Value::Bytes(link::encoded(&columns));
        statements.push(filled(include_str!("../../../sql/queries/audit/advance.sql"), &[hashed]));
        statements.push(filled(include_str!("../../../sql/queries/audit/append.sql"), &columns));
        if engine == Engine::MySql {
            statements.push(include_str!("../../../sql/queries/audit/end.sql").to_owned());
        }
    }
    statements.push(then.to_owned());
    let added = answered(conn, statements.join(";\n")).await.map_err(end_is_gone)?;
    for (entry, (id, hash)) in entries.iter().zip(added) {
        let (actor, hash) = (&doer.actor, digits(&hash));
        tracing::info!(audit = id, hash, id = %correlation, %actor, action = %entry.action, outcome = %entry.outcome);
    }
    Ok(())
}

/// Runs statements in one round trip; answers the rows of those that have any.
async fn answered(conn: &mut impl Queryable, statements: String) -> Result<Vec<(u64, Vec<u8>)>, Error> {
    let mut results = conn.query_iter(statements).await?;
    let mut rows = Vec::new();
    while !results.is_empty() {
        rows.extend(results.collect::<(u64, Vec<u8>)>().await?);
    }
    // A statement that failed ends the results as the last one does; the failure comes with the dropping.
    results.drop_result().await?;
    Ok(rows)
}

/// Without an end of the chain an entry has no number.
fn end_is_gone(error: Error) -> DbError {
    const COLUMN_IS_NULL: u16 = 1048;
    match error {
        Error::Server(server) if server.code == COLUMN_IS_NULL => DbError::AuditHeadMissing,
        other => other.into(),
    }
}

/// What is known of an entry before it has its place in the chain: the columns from the third on, in the order of the table,
/// without the two hashes.
fn columns(doer: &Doer, entry: &Entry, correlation: CorrelationId) -> Vec<Value> {
    vec![
        doer.actor.to_string().into(),
        doer.actor.user_id().map(|user| user.to_string()).into(),
        doer.role.map(|role| role.word()).into(),
        doer.origin.as_str().into(),
        entry.action.word().into(),
        entry.subject.as_str().into(),
        entry.outcome.word().into(),
        entry.before.as_deref().into(),
        entry.after.as_deref().into(),
        entry.detail.as_str().into(),
        correlation.to_string().into(),
    ]
}
