//! Who loads, and who has died: locks of the server, which end with the connection that holds them.
//!
//! Three kinds, each with the chain's name in it, for a server may hold several chains: `start` while a run enters the
//! history, `run.<number>` for the life of a run, and `load` by the one run whose turn it is.

use super::error::LoadError;
use super::link::Link;
use crate::db::{Db, DbError, runs};
use crate::domain::receipt::Outcome;
use crate::domain::{Actor, RunId};
use mysql_async::Conn;
use mysql_async::prelude::Queryable;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The name of a lock. Names are for the whole server and at most 64 characters long, which a database's name alone can have.
fn name(db: &Db, what: &str) -> String {
    let hash = Sha256::digest(db.name().as_bytes());
    let chain = hash.iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("storekeeper.{chain}.{what}")
}

fn of_run(db: &Db, run: RunId) -> String {
    name(db, &format!("run.{run}"))
}

/// Seconds to wait for what takes others a moment.
const A_MOMENT: u32 = 60;

/// Enters a run into the history.
pub(crate) async fn enter(
    link: &mut Link,
    actor: &Actor,
    source: &str,
    mode: &str,
) -> Result<RunId, LoadError> {
    let db = link.db().clone();
    let conn = link.conn();
    let start = take_start(conn, &db).await?;
    let run = runs::begin(conn, actor, source, mode).await?;
    runs::lock(conn, &of_run(&db, run), A_MOMENT).await?;
    runs::unlock(conn, &start).await?;
    Ok(run)
}

/// Without this lock a run between its row in the history and its own lock would look dead.
async fn take_start(conn: &mut Conn, db: &Db) -> Result<String, LoadError> {
    let start = name(db, "start");
    if runs::lock(conn, &start, A_MOMENT).await? { Ok(start) } else { Err(LoadError::Busy) }
}

/// Waits until no other load writes to the chain, then clears away what dead ones left behind.
pub(crate) async fn wait_for_turn(link: &mut Link) -> Result<(), LoadError> {
    let db = link.db().clone();
    let ask = format!("SELECT GET_LOCK('{}', {A_MOMENT})", name(&db, "load"));
    // Asked again and again, so that a proxy does not take the connection for dead.
    while link.rows::<Option<i64>>(&ask).await?.first() != Some(&Some(1)) {}
    let conn = link.conn();
    let start = take_start(conn, &db).await?;
    unstage(conn, &db).await?;
    bury(conn, &db).await?;
    Ok(runs::unlock(conn, &start).await?)
}

/// Clears away what dead loads left behind, unless a load is at work, which does that itself.
///
/// # Errors
/// [`DbError`] where the database does not answer.
pub async fn tidy(db: &Db) -> Result<(), DbError> {
    let mut conn = db.conn().await?;
    let (turn, start) = (name(db, "load"), name(db, "start"));
    if runs::lock(&mut conn, &turn, 0).await? && runs::lock(&mut conn, &start, 0).await? {
        unstage(&mut conn, db).await?;
        bury(&mut conn, db).await?;
    }
    // Its locks end with the connection.
    Ok(conn.disconnect().await?)
}

/// Removes the tables of dead runs. A run stages only when it has its turn, so whoever else has tables now is dead, though
/// the server may still be busy taking back what they did.
async fn unstage(conn: &mut Conn, db: &Db) -> Result<(), DbError> {
    let Some(staging) = db.staging() else {
        return Ok(());
    };
    let quoted = |name: &str| format!("`{}`", name.replace('`', "``"));
    for table in runs::staging_tables(conn, staging).await? {
        let run = table.strip_prefix("run_").and_then(|rest| rest.split('_').next()?.parse().ok());
        let Some(run) = run else { continue };
        let lock = of_run(db, RunId(run));
        if runs::lock(conn, &lock, A_MOMENT).await? {
            conn.query_drop(format!("DROP TABLE IF EXISTS {}.{}", quoted(staging), quoted(&table))).await?;
            runs::unlock(conn, &lock).await?;
        }
    }
    Ok(())
}

/// Closes the runs whose program is gone.
async fn bury(conn: &mut Conn, db: &Db) -> Result<(), DbError> {
    for run in runs::running(conn).await? {
        if runs::is_free(conn, &of_run(db, run)).await? {
            let message = "The program or its connection ended before the load did. Nothing was loaded.";
            let end = runs::End {
                status: Outcome::Failed,
                rejects_file: None,
                seconds: 0.0,
                message: Some(message),
            };
            runs::finish(conn, run, end).await?;
        }
    }
    Ok(())
}

/// How a run of a lost connection ended, once the server has let go of that connection.
///
/// # Errors
/// [`LoadError::Unknown`] where the server does not let go of it, or can not be asked: it may still commit.
pub(crate) async fn how_ended(conn: &mut Conn, db: &Db, run: RunId) -> Result<Option<String>, LoadError> {
    let unknown = |_| LoadError::Unknown(run);
    let lock = of_run(db, run);
    if !runs::lock(conn, &lock, A_MOMENT).await.map_err(unknown)? {
        return Err(LoadError::Unknown(run));
    }
    let status = runs::status(conn, run).await.map_err(unknown)?;
    runs::unlock(conn, &lock).await.map_err(unknown)?;
    Ok(status)
}
