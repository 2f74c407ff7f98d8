//! `storekeeper` without a command: the screens.

use super::failure::{Exit, Failure};
use super::opening;
use super::origin::origin;
use crate::db;
use crate::etl;
use crate::service::chain::{Chain, Prepare};
use crate::service::{demo, direct};
use crate::settings::{KeymapFile, Settings};
use crate::tui::model::keymap::Keymap;
use crate::tui::model::sign_in::{DemoHint, DemoUser};
use crate::tui::{self, Left, Start, Wardrobe};
use futures_util::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};

/// The keys in force: the program's own, with the user's laid over them.
pub(super) fn keymap(file: Option<&KeymapFile>) -> Result<Keymap, Failure> {
    let Some(KeymapFile { path, text }) = file else {
        return Ok(Keymap::default());
    };
    Keymap::read(text).map_err(|error| Failure::usage(format!("{}, {error}", path.display())))
}

/// How one comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    /// By signing in.
    SignIn,
    /// Without: where that is allowed.
    Direct,
}

/// Opens the screens and comes back when they are left.
pub(super) async fn screens(settings: &Settings, keymap: Keymap, door: Door) -> Result<Exit, Failure> {
    tui::needs_a_terminal().map_err(Failure::of)?;
    let themes = Wardrobe::open(settings).map_err(Failure::usage)?;
    let chain = opening::chain(settings, Prepare::WhatIsOurs).await?;
    // The program ends by a panic of its screens all the same; the private server must not be left behind by it.
    let shown = AssertUnwindSafe(show(&chain, settings, keymap, themes, door)).catch_unwind().await;
    match &shown {
        Ok(Ok(Left::AtWill)) | Err(_) => chain.close().await,
        // An error of the terminal as well: it may be gone.
        Ok(Ok(Left::InHaste) | Err(_)) => chain.close_in_haste().await,
    }
    match shown {
        Ok(shown) => shown.map(|_| Exit::Done),
        Err(panic) => resume_unwind(panic),
    }
}

async fn show(
    chain: &Chain,
    settings: &Settings,
    keymap: Keymap,
    themes: Wardrobe,
    door: Door,
) -> Result<Left, Failure> {
    let left_behind = chain.db.clone();
    tokio::spawn(async move {
        if let Err(cause) = etl::tidy(&left_behind).await {
            tracing::warn!(%cause, "what dead loads left behind could not be cleared away; the next load does it");
        }
    });
    let is_demo = db::chain::demo(&chain.db).await?.is_some();
    let direct = match door {
        Door::SignIn => None,
        Door::Direct => Some(direct::begin(settings, &chain.db, origin()).await?),
    };
    let start = Start {
        direct,
        demo: is_demo.then(demo_hint),
        origin: origin(),
        keymap,
        nobody_yet: !db::users::any(&chain.db).await?,
        ..Start::of(chain.db.clone(), settings, themes)
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
    let themes = Wardrobe::open(settings).map_err(Failure::usage)?;
    tui::gallery::run(themes).await.map_err(Failure::of)?;
    Ok(Exit::Done)
}
