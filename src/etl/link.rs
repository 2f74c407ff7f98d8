//! The connection of a load: every statement can be stopped, and none is left running when it is.

use super::error::LoadError;
use super::reader::Chunk;
use super::sql::{WITH_CHECKS, WITHOUT_CHECKS};
use crate::db::Db;
use crate::domain::Table;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::unfold;
use mysql_async::prelude::{FromRow, Queryable};
use mysql_async::{Conn, InfileData, Params};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// What the server said about a statement that returns no rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// Rows changed.
    pub(crate) affected: u64,
    /// Warnings.
    pub(crate) warnings: u64,
    /// The line that `LOAD DATA` answers.
    pub(crate) info: String,
}

/// The connection of a load.
pub(crate) struct Link {
    db: Db,
    conn: Conn,
    cancel: CancellationToken,
}

impl Link {
    /// Connects, and makes the server as patient as a slow source needs it: it gives up on a silent client after 30 s.
    pub(crate) async fn open(db: &Db, cancel: &CancellationToken) -> Result<Link, LoadError> {
        let mut conn = db.conn().await?;
        conn.query_drop(include_str!("../../sql/queries/import/patience.sql")).await?;
        Ok(Link { db: db.clone(), conn, cancel: cancel.clone() })
    }

    /// The database it leads to.
    pub(crate) fn db(&self) -> &Db {
        &self.db
    }

    /// The bare connection, for statements that must not be stopped: the commit, and what comes before and after a load.
    pub(crate) fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// Runs a statement that returns no rows.
    pub(crate) async fn execute(&mut self, sql: &str) -> Result<Said, LoadError> {
        let id = self.conn.id();
        let work = self.conn.query_drop(sql);
        stoppable(&self.db, id, &self.cancel, None, work).await?;
        Ok(self.said())
    }

    /// Runs a statement with parameters that returns no rows.
    pub(crate) async fn execute_with(
        &mut self,
        sql: &str,
        params: impl Into<Params> + Send,
    ) -> Result<(), LoadError> {
        let id = self.conn.id();
        let work = self.conn.exec_drop(sql, params.into());
        stoppable(&self.db, id, &self.cancel, None, work).await
    }

    /// Runs a statement and takes all its rows; meant for few.
    pub(crate) async fn rows<T: FromRow + Send + 'static>(&mut self, sql: &str) -> Result<Vec<T>, LoadError> {
        let id = self.conn.id();
        let work = self.conn.query(sql);
        stoppable(&self.db, id, &self.cancel, None, work).await
    }

    /// Runs a statement and hands over its rows one by one, for there may be many.
    pub(crate) async fn each<T: FromRow + Send + 'static>(
        &mut self,
        sql: &str,
        mut take: impl FnMut(T) + Send,
    ) -> Result<(), LoadError> {
        let id = self.conn.id();
        let conn = &mut self.conn;
        let work = async {
            let mut rows = conn.query_iter(sql).await?;
            while let Some(row) = rows.next().await? {
                take(mysql_async::from_row(row));
            }
            Ok(())
        };
        stoppable(&self.db, id, &self.cancel, None, work).await
    }

    /// The columns that refer to a table: table and column.
    pub(crate) async fn children(&mut self, table: Table) -> Result<Vec<(String, String)>, LoadError> {
        let params = (self.db.name().to_owned(), table.name());
        let id = self.conn.id();
        let work = self.conn.exec(include_str!("../../sql/queries/import/children.sql"), params);
        stoppable(&self.db, id, &self.cancel, None, work).await
    }

    /// Runs one `LOAD DATA LOCAL`, whose file is what `chunks` brings. The handler is good for this statement alone: a
    /// server may ask for any file at any time.
    pub(crate) async fn feed(&mut self, sql: &str, chunks: mpsc::Receiver<Chunk>) -> Result<Said, LoadError> {
        let id = self.conn.id();
        let end = CancellationToken::new();
        let ended = end.clone();
        self.conn.set_infile_handler(async move { Ok(file(chunks, ended)) });
        let work = self.conn.query_drop(sql);
        stoppable(&self.db, id, &self.cancel, Some(&end), work).await?;
        Ok(self.said())
    }

    fn said(&self) -> Said {
        Said {
            affected: self.conn.affected_rows(),
            warnings: u64::from(self.conn.get_warnings()),
            info: self.conn.info().into_owned(),
        }
    }

    /// Connects anew after the connection was lost.
    pub(crate) async fn reconnect(&mut self) -> Result<(), LoadError> {
        self.conn = self.db.conn().await?;
        Ok(())
    }

    /// Takes back what was not committed.
    pub(crate) async fn roll_back(&mut self) -> Result<(), mysql_async::Error> {
        self.surely("ROLLBACK").await
    }

    /// Whether rows that this connection writes are checked against keys and parents one by one.
    pub(crate) async fn check_rows(&mut self, is_done: bool) -> Result<(), mysql_async::Error> {
        self.surely(if is_done { WITH_CHECKS } else { WITHOUT_CHECKS }).await
    }

    /// Runs what has to be done, stopped or not: a late KILL QUERY can still hit the first of two.
    async fn surely(&mut self, sql: &str) -> Result<(), mysql_async::Error> {
        match self.conn.query_drop(sql).await {
            Err(error) if !error.is_fatal() => self.conn.query_drop(sql).await,
            other => other,
        }
    }

    /// Ends the connection, and with it its locks.
    pub(crate) async fn close(self) {
        if let Err(cause) = self.conn.disconnect().await {
            tracing::debug!(%cause, "the connection of a load did not end cleanly");
        }
    }
}

/// The chunks as a file, which ends with the last of them or when it is told to.
fn file(chunks: mpsc::Receiver<Chunk>, ended: CancellationToken) -> InfileData {
    unfold((chunks, ended), |(mut chunks, ended)| async move {
        let next = tokio::select! {
            biased;
            () = ended.cancelled() => None,
            next = chunks.recv() => next,
        };
        next.map(|chunk| (Ok(Bytes::from(chunk.text)), (chunks, ended)))
    })
    .boxed()
}

/// Awaits a statement; when the load is cancelled, kills it and awaits its end.
async fn stoppable<T>(
    db: &Db,
    id: u32,
    cancel: &CancellationToken,
    file: Option<&CancellationToken>,
    work: impl Future<Output = Result<T, mysql_async::Error>>,
) -> Result<T, LoadError> {
    /// A KILL that comes before its statement has begun is lost, so it is said again.
    const AGAIN: Duration = Duration::from_millis(250);
    if cancel.is_cancelled() {
        return Err(LoadError::Cancelled);
    }
    tokio::pin!(work);
    tokio::select! {
        biased;
        done = &mut work => return Ok(done?),
        () = cancel.cancelled() => {}
    }
    loop {
        if let Err(cause) = db.kill_query(id).await {
            tracing::warn!(%cause, "a running statement could not be told to stop");
        }
        // End the file only after KILL QUERY has been sent: a file that ends first is taken for whole, and its rows are kept.
        if let Some(file) = file {
            file.cancel();
        }
        if tokio::time::timeout(AGAIN, &mut work).await.is_ok() {
            return Err(LoadError::Cancelled);
        }
    }
}
