//! `storekeeper` without a command: the screens.

use super::failure::{Exit, Failure};
use super::opening;
use crate::db;
use crate::service::chain::{Chain, Prepare};
use crate::service::demo;
use crate::settings::{KeymapFile, Settings};
use crate::tui::model::keymap::Keymap;
use crate::tui::model::sign_in::{DemoHint, DemoUser};
use crate::tui::{self, Start};

/// The keys in force: the program's own, with the user's laid over them.
pub(super) fn keymap(file: Option<&KeymapFile>) -> Result<Keymap, Failure> {
    let Some(KeymapFile { path, text }) = file else {
        return Ok(Keymap::default());
    };
    Keymap::read(text).map_err(|error| Failure::usage(format!("{}, {error}", path.display())))
}

/// Opens the screens and comes back when they are left.
pub(super) async fn screens(settings: &Settings, keymap: Keymap) -> Result<Exit, Failure> {
    tui::needs_a_terminal().map_err(Failure::of)?;
    let chain = opening::chain(settings, Prepare::WhatIsOurs).await?;
    let shown = show(&chain, settings, keymap).await;
    chain.close().await;
    shown.map(|()| Exit::Done)
}

async fn show(chain: &Chain, settings: &Settings, keymap: Keymap) -> Result<(), Failure> {
    let is_demo = db::chain::demo(&chain.db).await?.is_some();
    let start = Start {
        demo: is_demo.then(demo_hint),
        keymap,
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
