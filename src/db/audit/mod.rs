//! The audit log: a chain of entries, each bound to the one before by its hash.
//!
//! Who adds an entry first locks the one row of `audit_head`, so that the chain can not fork. That row is always the last
//! that a transaction locks, just before its commit: it is held for a moment only, and whoever waits for it holds nothing
//! that its holder could still want, so that no deadlock comes of it. [`Db::write`](super::Db::write) sees to that.

mod link;

pub use link::{Hash, START};

use super::DbError;
use crate::domain::Doer;
use crate::domain::audit::Entry;
use crate::telemetry::CorrelationId;
use link::Link;
use mysql_async::prelude::Queryable;
use mysql_async::{Params, Value};

/// Adds entries at the end of the log. The commit has to follow at once.
///
/// # Errors
/// [`DbError`] where they can not be stored; then what they tell of must not happen either.
pub async fn record(conn: &mut impl Queryable, doer: &Doer, entries: &[Entry]) -> Result<(), DbError> {
    let head: Option<(u64, Vec<u8>, String)> =
        conn.query_first(include_str!("../../../sql/queries/audit/head.sql")).await?;
    let (mut id, hash, now) = head.ok_or(DbError::AuditHeadMissing)?;
    let mut previous: Hash = hash.try_into().map_err(|_| DbError::AuditHeadMissing)?;
    let correlation = CorrelationId::current();
    let (actor, correlation_id) = (doer.actor.to_string(), correlation.to_string());
    for entry in entries {
        id += 1;
        let link = Link {
            id,
            recorded_at: &now,
            actor: &actor,
            user_id: doer.actor.user_id().map(|user| user.0),
            role: doer.role.map(|role| role.word()),
            origin: doer.origin.as_str(),
            action: entry.action.word(),
            subject: &entry.subject,
            outcome: entry.outcome.word(),
            before: entry.before.as_deref(),
            after: entry.after.as_deref(),
            detail: &entry.detail,
            correlation_id: &correlation_id,
            previous,
        };
        let hash = link.hash();
        conn.exec_drop(include_str!("../../../sql/queries/audit/append.sql"), row(&link, &hash)).await?;
        tracing::info!(audit = id, id = %correlation, %actor, action = %entry.action, outcome = %entry.outcome, "recorded");
        previous = hash;
    }
    Ok(conn.exec_drop(include_str!("../../../sql/queries/audit/advance.sql"), (id, &previous[..])).await?)
}

/// The columns of an entry, in the order of the table.
fn row(link: &Link<'_>, hash: &Hash) -> Params {
    Params::Positional(vec![
        link.id.into(),
        link.recorded_at.into(),
        link.actor.into(),
        link.user_id.into(),
        link.role.into(),
        link.origin.into(),
        link.action.into(),
        link.subject.into(),
        link.outcome.into(),
        link.before.into(),
        link.after.into(),
        link.detail.into(),
        link.correlation_id.into(),
        Value::Bytes(link.previous.to_vec()),
        Value::Bytes(hash.to_vec()),
    ])
}
