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

/// Enters a run into the history, after closing and clearing away the runs that have died.
pub(crate) async fn enter(link: &mut Link, actor: &Actor, source: &str, mode: &str) -> Result<RunId, LoadError> {
    const PATIENCE: u32 = 60;
    let db = link.db().clone();
    let start = name(&db, "start");
    let conn = link.conn();
    // Without this lock a run between its row in the history and its own lock would look dead.
    if !runs::lock(conn, &start, PATIENCE).await? {
        return Err(LoadError::Busy);
    }
    bury(conn, &db).await?;
    let run = runs::begin(conn, actor, source, mode).await?;
    runs::lock(conn, &of_run(&db, run), PATIENCE).await?;
    runs::unlock(conn, &start).await?;
    Ok(run)
}

/// Closes the runs whose program is gone and removes the tables they staged.
async fn bury(conn: &mut Conn, db: &Db) -> Result<(), DbError> {
    for run in runs::running(conn).await? {
        if runs::is_free(conn, &of_run(db, run)).await? {
            let message = "The program or its connection ended before the load did. Nothing was loaded.";
            let end = runs::End { status: Outcome::Failed, rejects_file: None, seconds: 0.0, message: Some(message) };
            runs::finish(conn, run, end).await?;
        }
    }
    let Some(staging) = db.staging() else { return Ok(()) };
    for table in runs::staging_tables(conn, staging).await? {
        let run = table.strip_prefix("run_").and_then(|rest| rest.split('_').next()?.parse().ok());
        if let Some(run) = run
            && runs::is_free(conn, &of_run(db, RunId(run))).await?
        {
            let database = staging.replace('`', "``");
            conn.query_drop(format!("DROP TABLE IF EXISTS `{database}`.`{}`", table.replace('`', "``"))).await?;
        }
    }
    Ok(())
}

/// Waits until no other load writes to the chain.
pub(crate) async fn wait_for_turn(link: &mut Link) -> Result<(), LoadError> {
    /// Seconds after which the server is asked again, so that a proxy does not take the connection for dead.
    const PATIENCE: u32 = 60;
    let lock = name(link.db(), "load");
    let ask = format!("SELECT GET_LOCK('{lock}', {PATIENCE})");
    loop {
        let taken: Vec<Option<i64>> = link.rows(&ask).await?;
        if taken.first() == Some(&Some(1)) {
            return Ok(());
        }
    }
}

/// How a run of a lost connection ended, once the server has let go of that connection.
pub(crate) async fn how_ended(conn: &mut Conn, db: &Db, run: RunId) -> Result<Option<String>, DbError> {
    const PATIENCE: u32 = 30;
    let lock = of_run(db, run);
    runs::lock(conn, &lock, PATIENCE).await?;
    let status = runs::status(conn, run).await;
    runs::unlock(conn, &lock).await?;
    status
}
