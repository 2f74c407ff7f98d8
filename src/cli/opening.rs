//! Opening the chain for a command, saying on the terminal what takes time.

use super::failure::Failure;
use super::origin::origin;
use super::output;
use super::person::Person;
use crate::db::Db;
use crate::domain::Doer;
use crate::service::Session;
use crate::service::chain::{Chain, Prepare};
use crate::settings::Settings;
use std::io::{IsTerminal, stderr};

/// Opens the chain; what takes time is told on standard error where a person watches.
pub(super) async fn chain(settings: &Settings, prepare: Prepare) -> Result<Chain, Failure> {
    chain_by(settings, prepare, Session::operator().at(origin()).doer()).await
}

/// As [`chain`], for somebody in whose name the schema is made or changed.
pub(super) async fn chain_by(settings: &Settings, prepare: Prepare, by: &Doer) -> Result<Chain, Failure> {
    let watched = stderr().is_terminal();
    let tell = move |what: &str| {
        tracing::info!(what, "opening");
        if watched && what != "the private database is ready" {
            output::note(&format!("· {what} …"));
        }
    };
    Ok(Chain::open(settings, prepare, by, &tell).await?)
}

/// Opens the chain, does one thing with its database as somebody, and closes it, whatever came of it.
pub(super) async fn with_session<T>(
    settings: &Settings,
    person: &Person,
    work: impl AsyncFnOnce(&Db, &Session) -> Result<T, Failure>,
) -> Result<T, Failure> {
    with_database(settings, Prepare::WhatIsOurs, async |db| {
        person.at_work(settings, db, async |session| work(db, session).await).await
    })
    .await
}

/// Opens the chain, does one thing with its database, and closes it, whatever came of it.
pub(super) async fn with_database<T>(
    settings: &Settings,
    prepare: Prepare,
    work: impl AsyncFnOnce(&Db) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let chain = chain(settings, prepare).await?;
    for note in &chain.notes {
        output::note(&format!("storekeeper: {note}"));
    }
    let done = work(&chain.db).await;
    chain.close().await;
    done
}
