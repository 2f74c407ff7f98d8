//! The database as its administrators look at it: the connection, the schema, how many rows there are; and bringing it up to date.

use super::authorized::{Authorized, ManageDatabase};
use super::chain::{Chain, OpenError, Prepare};
use crate::db::chain::Demo;
use crate::db::schema::{self, Difference};
use crate::db::{self, Db, DbError, Engine, Proof, doctor, migrations};
use crate::domain::{Table, clean};
use crate::settings::Settings;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

type May = Authorized<ManageDatabase>;

/// What the database is like. Its texts are cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Where the server is.
    pub address: String,
    /// The account that is used, as the server calls it.
    pub account: String,
    /// How long one question took, there and back, in milliseconds.
    pub milliseconds: i64,
    /// `MariaDB` or `MySQL`.
    pub engine: &'static str,
    /// The server's version.
    pub version: String,
    /// The version of TLS and the cipher; nothing where the connection is not encrypted.
    pub encryption: Option<String>,
    /// The database.
    pub database: String,
    /// The database for staging; nothing where loads use temporary tables.
    pub staging: Option<String>,
    /// The schema's version.
    pub schema: i32,
    /// The version that this program works with.
    pub expected: i32,
    /// What differs from the schema that this program expects.
    pub differences: Vec<Difference>,
    /// The recipe of the sample data, where the chain is a demo.
    pub demo: Option<Demo>,
}

/// Asks what the database is like.
///
/// # Errors
/// [`DbError`] where the right is gone or the database can not be asked.
pub async fn look(by: &May, db: &Db, now: fn() -> Timestamp) -> Result<Look, DbError> {
    let looking = async {
        // The first question may open a connection; the second tells how far away the server is.
        let server = doctor::server(db).await?;
        let before = now();
        doctor::clock(db).await?;
        let milliseconds = now().duration_since(before).as_millis();
        Ok(Look {
            address: clean(&db.target().address.to_string()),
            account: clean(&server.account),
            milliseconds: i64::try_from(milliseconds).unwrap_or(i64::MAX),
            engine: match db.engine() {
                Engine::MariaDb => "MariaDB",
                Engine::MySql => "MySQL",
            },
            version: clean(&server.version),
            encryption: doctor::encryption(db).await?.map(|told| clean(&told)),
            database: clean(db.name()),
            staging: db.staging().map(clean),
            schema: migrations::current_version(db).await?,
            expected: migrations::known_version(),
            differences: schema::compare(&schema::expected(), &schema::live(db).await?),
            demo: db::chain::demo(db).await?,
        })
    };
    db.read(by, looking).await
}

/// How many rows a table has; `None` when somebody cancels.
///
/// # Errors
/// [`DbError`] where the right is gone or the database can not be asked.
pub async fn count(
    by: &May,
    db: &Db,
    table: Table,
    cancel: &CancellationToken,
) -> Result<Option<u64>, DbError> {
    db.read(by, db::schema::count(db, table, cancel)).await
}

/// Makes the schema, or brings it up to date, as the account that owns it. Answers its version.
///
/// # Errors
/// [`OpenError`] where the right is gone, or what is missing can not be made.
pub async fn migrate(by: &May, db: &Db, settings: &Settings) -> Result<i32, OpenError> {
    db.recheck(by).await?;
    let chain = Chain::open(settings, Prepare::Everything, &by.warrant().doer, &|_| ()).await?;
    let version = migrations::current_version(&chain.db).await;
    chain.close().await;
    Ok(version?)
}
