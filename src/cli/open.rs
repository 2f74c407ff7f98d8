//! `storekeeper` without a command: the screens.

use super::failure::{Exit, Failure};
use super::opening;
use crate::db;
use crate::service::chain::{Chain, Prepare};
use crate::service::demo;
use crate::settings::Settings;
use crate::tui::model::sign_in::{DemoHint, DemoUser};
use crate::tui::{self, Start};

/// Opens the screens and comes back when they are left.
pub(super) async fn screens(settings: &Settings) -> Result<Exit, Failure> {
    tui::needs_a_terminal().map_err(Failure::of)?;
    let chain = opening::chain(settings, Prepare::WhatIsOurs).await?;
    let shown = show(&chain, settings).await;
    chain.close().await;
    shown.map(|()| Exit::Done)
}

async fn show(chain: &Chain, settings: &Settings) -> Result<(), Failure> {
    let is_demo = db::chain::demo(&chain.db).await?.is_some();
    let start = Start {
        demo: is_demo.then(demo_hint),
        nobody_yet: !db::users::any(&chain.db).await?,
        ..Start::of(chain.db.clone(), settings)
    };
    tui::run(start).await.map_err(Failure::of)
}

fn demo_hint() -> DemoHint {
    let users = demo::users().into_iter().map(|user| DemoUser {
        username: user.username.to_owned(),
        password: user.password.to_owned(),
        role: user.role,
    });
    DemoHint { users: users.collect() }
}

/// Opens the gallery, which needs no database.
pub(super) async fn gallery(settings: &Settings) -> Result<Exit, Failure> {
    tui::gallery::run(settings).await.map_err(Failure::of)?;
    Ok(Exit::Done)
}
