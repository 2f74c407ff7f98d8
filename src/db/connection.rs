//! Connections to the chain's database.

use super::error::{DbError, NO_RIGHT};
use super::target::{Address, Target};
use super::tx::Tx;
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, DriverError, Error, IoError, Pool, Transaction, TxOpts};
use std::sync::Arc;

/// Which of the two families of servers this is; they differ in a few statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// MariaDB 10.11 or later.
    MariaDb,
    /// MySQL 8.0 or later.
    MySql,
}

/// The chain's database. Cheap to clone; all clones share one pool of connections.
#[derive(Debug, Clone)]
pub struct Db {
    pool: Pool,
    target: Arc<Target>,
    engine: Engine,
    staging: Option<Arc<str>>,
}

impl Db {
    /// Connects, and finds out what the server is and whether there is a database for staging tables.
    ///
    /// # Errors
    /// [`DbError`] with the reason in words: nothing answers, something else does, account or database refused.
    pub async fn connect(target: &Target) -> Result<Db, DbError> {
        let pool = Pool::new(target.options(Some(&target.database)));
        let mut conn = reach(target, pool.get_conn()).await?;
        let (version, staging): (String, Option<String>) = conn
            .exec_first(include_str!("../../sql/queries/server/identity.sql"), (target.staging(),))
            .await?
            .unwrap_or_default();
        Ok(Db {
            pool,
            target: Arc::new(target.clone()),
            engine: if version.contains("MariaDB") { Engine::MariaDb } else { Engine::MySql },
            staging: staging.map(Arc::from),
        })
    }

    /// A connection of the pool, its session as every other: strict mode, UTC, utf8mb4.
    ///
    /// # Errors
    /// [`DbError`] where none can be had within the target's time.
    pub async fn conn(&self) -> Result<Conn, DbError> {
        reach(&self.target, self.pool.get_conn()).await
    }

    /// Begins a transaction; its statements see what others have committed by then.
    pub(super) async fn begin(&self) -> Result<Tx, DbError> {
        Tx::begin(self.conn().await?).await
    }

    /// Begins a transaction of another kind.
    pub(super) async fn begin_with(&self, options: TxOpts) -> Result<Transaction<'static>, DbError> {
        reach(&self.target, self.pool.start_transaction(options)).await
    }

    /// The pool itself, for the migration tool.
    pub(super) fn pool(&self) -> Pool {
        self.pool.clone()
    }

    /// Which family of servers this is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Where it is, and as whom we are connected.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The name of the chain's database.
    pub fn name(&self) -> &str {
        &self.target.database
    }

    /// The database for staging tables; `None` where the account has but one database.
    pub fn staging(&self) -> Option<&str> {
        self.staging.as_deref()
    }

    /// Stops the statement that a connection is running. Its future is then to be awaited: dropping it instead would
    /// leave the server at work.
    ///
    /// # Errors
    /// [`DbError`] where the server can not be told. A connection that has ended is no error.
    pub async fn kill_query(&self, connection_id: u32) -> Result<(), DbError> {
        const NO_SUCH_THREAD: u16 = 1094;
        let mut conn = self.conn().await?;
        match conn.query_drop(format!("KILL QUERY {connection_id}")).await {
            Err(Error::Server(server)) if server.code == NO_SUCH_THREAD => Ok(()),
            other => Ok(other?),
        }
    }

    /// Says goodbye to the server and ends every connection.
    pub async fn close(self) {
        if let Err(cause) = self.pool.disconnect().await {
            tracing::debug!(%cause, "a connection did not end cleanly");
        }
    }
}

/// One connection without the chain's database, which may not be there yet.
///
/// # Errors
/// As [`Db::connect`].
pub(super) async fn connect_to_server(target: &Target) -> Result<Conn, DbError> {
    reach(target, Conn::new(target.options(None))).await
}

/// Awaits a connection no longer than the target allows, and puts what goes wrong into words.
async fn reach<T>(target: &Target, connecting: impl Future<Output = Result<T, Error>>) -> Result<T, DbError> {
    match tokio::time::timeout(target.connect_timeout, connecting).await {
        Ok(Ok(reached)) => Ok(reached),
        Ok(Err(error)) => Err(explained(target, error)),
        Err(_) => Err(DbError::Unreachable {
            address: target.address.to_string(),
            cause: format!("no answer within {} seconds", target.connect_timeout.as_secs()),
        }),
    }
}

fn explained(target: &Target, error: Error) -> DbError {
    const ACCESS_DENIED: [u16; 3] = [1045, 1698, 1130];
    const NO_DATABASE: [u16; 2] = [1049, 1044];
    let address = target.address.to_string();
    let user = target.account.user.clone();
    match error {
        Error::Server(server) if ACCESS_DENIED.contains(&server.code) => DbError::Refused { address, user },
        // MySQL answers for an account that is not there with a plugin picked at random, so that nobody learns who is;
        // the driver may not know that one.
        Error::Driver(DriverError::UnknownAuthPlugin { .. }) => DbError::Refused { address, user },
        Error::Server(server) if NO_DATABASE.contains(&server.code) => {
            DbError::NoDatabase { address, user, database: target.database.clone() }
        }
        Error::Server(server) if NO_RIGHT.contains(&server.code) => {
            DbError::NotAllowed { message: server.message }
        }
        Error::Server(server) => DbError::Unreachable { address, cause: server.message },
        Error::Io(IoError::Io(cause)) if answered_oddly(&cause) => DbError::NotADatabase { address },
        Error::Io(IoError::Io(cause)) => DbError::Unreachable { address, cause: cause.to_string() },
        Error::Driver(
            DriverError::UnexpectedPacket { .. }
            | DriverError::PacketOutOfOrder
            | DriverError::CantParseServerVersion { .. }
            | DriverError::ConnectionClosed,
        ) if matches!(target.address, Address::Tcp { .. }) => DbError::NotADatabase { address },
        other => DbError::Unreachable { address, cause: other.to_string() },
    }
}

fn answered_oddly(cause: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidData, UnexpectedEof};
    matches!(cause.kind(), InvalidData | UnexpectedEof | std::io::ErrorKind::Other)
}
