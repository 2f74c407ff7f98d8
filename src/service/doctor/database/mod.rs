//! The database: whether it answers, what it is, and what the account may do.

mod judge;

use super::finding::{Finding, Group};
use super::reach::{self, PROBE, Reached};
use crate::db::doctor as facts;
use crate::db::{Db, DbError, migrations};
use crate::settings::{Account, Settings};
use jiff::Timestamp;

const GROUP: Group = Group::Database;

/// What was found about the database.
pub(super) struct Database {
    pub(super) is_there: bool,
    pub(super) findings: Vec<Finding>,
}

/// Settings that can not be read do not say which database is meant.
pub(super) fn unknown(why: &str) -> Database {
    let found = format!("not looked for, because the settings can not be read: {why}");
    let next = "Mend the settings first; `storekeeper config show` tells whether they can be read.";
    // There may well be a database: this is the settings' failure.
    Database { is_there: true, findings: vec![GROUP.fail("reachable", found, next)] }
}

pub(super) async fn examine(settings: &Settings, now: fn() -> Timestamp) -> Database {
    let before = now();
    let reached = match reach::reach(settings).await {
        Ok(reached) => reached,
        // The words of these errors end with what to do.
        Err(why) => return Database { is_there: false, findings: vec![GROUP.error("reachable", why)] },
    };
    let mut findings = vec![reachable(&reached, before, now())];
    findings.extend(ask(&reached, settings, now).await);
    reached.close().await;
    Database { is_there: true, findings }
}

fn reachable(reached: &Reached, before: Timestamp, after: Timestamp) -> Finding {
    let address = &reached.db.target().address;
    let took = after.duration_since(before).as_millis();
    let what = if reached.is_private() { "the private server" } else { "the server" };
    GROUP.pass("reachable", format!("{what} at {address}, in {took} ms"))
}

/// Everything that needs a connection, side by side.
async fn ask(reached: &Reached, settings: &Settings, now: fn() -> Timestamp) -> Vec<Finding> {
    let db = &reached.db;
    let (server, schema, migrate, clock, connection) = tokio::join!(
        server(reached, settings),
        GROUP.within("schema", PROBE, schema(db)),
        migrate(reached),
        GROUP.within("clock", PROBE, clock(db, now)),
        GROUP.within("connection", PROBE, connection(db)),
    );
    let rest = [schema, clock, connection, judge::staging(db)];
    server.into_iter().chain(migrate).chain(rest).collect()
}

/// What follows from what the server says about itself.
async fn server(reached: &Reached, settings: &Settings) -> Vec<Finding> {
    let db = &reached.db;
    let server = match tokio::time::timeout(PROBE, facts::server(db)).await {
        Ok(Ok(server)) => server,
        Ok(Err(error)) => return vec![GROUP.error("version", error)],
        Err(_) => return vec![GROUP.within("version", PROBE, std::future::pending()).await],
    };
    let single = reached.migrate.is_none();
    let grants = GROUP.within("grants", PROBE, async {
        facts::audit_rights(db, &server.account).await.map_or_else(
            |error| GROUP.error("grants", error),
            |rights| judge::grants(&rights, &server.account, db.name(), single),
        )
    });
    vec![
        judge::version(db.engine(), &server.version),
        judge::account(&server.account, single),
        grants.await,
        judge::sql_mode(&server),
        judge::local(&server, settings.load.infile),
    ]
}

async fn schema(db: &Db) -> Finding {
    match migrations::check_version(db).await {
        Ok(()) => {
            GROUP.pass("schema", format!("version {}, as this program needs it", migrations::known_version()))
        }
        // The words of these errors end with what to do.
        Err(error) => GROUP.error("schema", error),
    }
}

/// Whether the account that owns the schema can still sign in; the next update needs it.
async fn migrate(reached: &Reached) -> Option<Finding> {
    const CHECK: &str = "schema owner";
    let account: &Account = reached.migrate.as_ref()?;
    let target = reached.db.target().with_account(account.clone());
    Some(match reach::connect(&target).await {
        Ok(db) => {
            reach::leave(db).await;
            GROUP.pass(CHECK, format!("{} signs in", account.user))
        }
        Err(why) => {
            let next = "An update of the schema needs it: give it back its password from credentials.toml.";
            GROUP.warn(CHECK, format!("{} can not sign in: {why}", account.user), next)
        }
    })
}

async fn clock(db: &Db, now: fn() -> Timestamp) -> Finding {
    let before = now();
    let told: Result<Option<i64>, DbError> = facts::clock(db).await;
    let after = now();
    match told.map(|milliseconds| milliseconds.and_then(|ms| Timestamp::from_millisecond(ms).ok())) {
        Ok(Some(told)) => judge::clock(before, told, after),
        Ok(None) => {
            GROUP.fail("clock", "the server tells no time", "Look whether it is MariaDB or MySQL itself.")
        }
        Err(error) => GROUP.error("clock", error),
    }
}

async fn connection(db: &Db) -> Finding {
    match facts::encryption(db).await {
        Ok(cipher) => judge::connection(&db.target().address, cipher.as_deref()),
        Err(error) => GROUP.error("connection", error),
    }
}
