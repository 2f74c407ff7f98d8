//! `storekeeper demo`: a chain to try things on.

use super::failure::{Exit, Failure};
use super::open;
use crate::settings::Settings;

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// How many orders
    #[arg(long, value_name = "N", default_value_t = 5000)]
    orders: u64,
    /// Another seed makes another chain
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Only make it
    #[arg(long)]
    no_open: bool,
}

impl Demo {
    pub(super) async fn run(self, settings: &Settings) -> Result<Exit, Failure> {
        let _ = (self.orders, self.seed);
        if self.no_open {
            Ok(Exit::Done)
        } else {
            open::screens(settings).await
        }
    }
}
