//! An open transaction.

use super::DbError;
use mysql_async::prelude::{FromRow, Queryable};
use mysql_async::{Conn, Row};
use std::ops::{Deref, DerefMut};

/// A connection with an open transaction; each session's level is `READ COMMITTED`.
///
/// The driver's own transactions take a round trip each to begin and to end, in which nothing else can be said. Dropped, the
/// connection goes back to the pool, which resets it, and so the server takes back what was not committed.
#[derive(Debug)]
pub struct Tx(Conn);

impl Tx {
    /// Begins.
    pub(super) async fn begin(mut conn: Conn) -> Result<Tx, DbError> {
        conn.query_drop("START TRANSACTION").await?;
        Ok(Tx(conn))
    }

    /// Begins with a question, in one round trip; answers the first row, if there is one.
    pub(super) async fn begin_asking<T>(mut conn: Conn, question: &str) -> Result<(Tx, Option<T>), DbError>
    where
        T: FromRow + Send + 'static,
    {
        let mut answers = conn.query_iter(format!("START TRANSACTION;\n{question}")).await?;
        answers.collect::<Row>().await?;
        let first = answers.collect_and_drop::<T>().await?.into_iter().next();
        Ok((Tx(conn), first))
    }

    /// Stores what was done.
    pub(super) async fn commit(mut self) -> Result<(), DbError> {
        Ok(self.0.query_drop("COMMIT").await?)
    }

    /// Takes back what was done.
    pub(super) async fn rollback(mut self) -> Result<(), DbError> {
        Ok(self.0.query_drop("ROLLBACK").await?)
    }
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}
