//! The audit log: a chain of entries, each bound to the one before by its hash.
//!
//! Who adds an entry first locks the one row of `audit_head`, so that the chain can not fork. That row is always the last
//! that a transaction locks, just before its commit: it is held for a moment only, and whoever waits for it holds nothing
//! that its holder could still want, so that no deadlock comes of it. [`Db::write`](super::Db::write) sees to that.

mod link;
mod read;
mod verify;

pub use link::{Hash, START, hex};
pub use read::{Filter, each, entry, history, page, page_up};
pub use verify::{Broken, Mark, Verified, verify, verify_telling};

use super::DbError;
use super::filled::filled;
use crate::domain::Doer;
use crate::domain::audit::Entry;
use crate::telemetry::CorrelationId;
use mysql_async::Value;
use mysql_async::prelude::Queryable;

/// Adds entries at the end of the log. The commit has to follow at once.
///
/// The program's own log gets each entry's number and hash too, so that there is a trace of the chain outside the database.
///
/// # Errors
/// [`DbError`] where they can not be stored; then what they tell of must not happen either.
pub async fn record(conn: &mut impl Queryable, doer: &Doer, entries: &[Entry]) -> Result<(), DbError> {
    let head: Option<(u64, Vec<u8>, String)> =
        conn.query_first(include_str!("../../../sql/queries/audit/head.sql")).await?;
    let (mut id, hash, now) = head.ok_or(DbError::AuditHeadMissing)?;
    let mut previous: Hash = hash.try_into().map_err(|_| DbError::AuditHeadMissing)?;
    let correlation = CorrelationId::current();
    let mut statements = String::new();
    for entry in entries {
        id += 1;
        let mut row = columns(id, &now, doer, entry, correlation, &previous);
        previous = link::hash(&row);
        row.push(Value::Bytes(previous.to_vec()));
        statements.push_str(&filled(include_str!("../../../sql/queries/audit/append.sql"), &row));
        statements.push_str(
            ";
",
        );
        let (actor, hash) = (&doer.actor, hex(&previous));
        tracing::info!(audit = id, hash, id = %correlation, %actor, action = %entry.action, outcome = %entry.outcome);
    }
    let end = [Value::from(id), Value::Bytes(previous.to_vec())];
    statements.push_str(&filled(include_str!("../../../sql/queries/audit/advance.sql"), &end));
    // All in one round trip, for whoever comes next is waiting.
    Ok(conn.query_drop(statements).await?)
}

/// The columns of an entry in the order of the table, without its hash: as they are sent, so they are hashed.
fn columns(
    id: u64,
    now: &str,
    doer: &Doer,
    entry: &Entry,
    correlation: CorrelationId,
    previous: &Hash,
) -> Vec<Value> {
    vec![
        id.to_string().into(),
        now.into(),
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
        Value::Bytes(previous.to_vec()),
    ]
}
