//! `storekeeper` without a command: the screens.

use super::failure::{Exit, Failure};
use super::opening;
use crate::service::chain::Prepare;
use crate::settings::Settings;

/// Opens the screens and comes back when they are left.
pub(super) async fn screens(settings: &Settings) -> Result<Exit, Failure> {
    let chain = opening::chain(settings, Prepare::WhatIsOurs).await?;
    chain.close().await;
    Ok(Exit::Done)
}
