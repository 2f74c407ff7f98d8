//! `storekeeper demo`: a chain to try things on.

use super::failure::{Exit, Failure};
use super::origin::origin;
use super::{loading, open, opening, output};
use crate::domain::receipt::Outcome;
use crate::service::Session;
use crate::service::authorized::ManageDatabase;
use crate::service::chain::Prepare;
use crate::service::demo::{self, DemoError, Plan};
use crate::settings::Settings;
use crate::tui::model::keymap::Keymap;
use jiff::Zoned;
use jiff::civil::Date;

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// How many orders
    #[arg(long, value_name = "N", default_value_t = 5000)]
    orders: u64,
    /// Another seed makes another chain
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The last day of trade; otherwise today
    #[arg(long, value_name = "DATE", hide = true)]
    until: Option<Date>,
    /// Only make it
    #[arg(long)]
    no_open: bool,
}

impl Demo {
    pub(super) async fn run(self, settings: &Settings, keymap: Keymap) -> Result<Exit, Failure> {
        let until = self.until.unwrap_or_else(|| Zoned::now().date());
        let plan = Plan { orders: self.orders, seed: self.seed, until };
        let cost = settings.security.bcrypt_cost;
        let (receipt, told) = opening::with_database(settings, Prepare::Everything, async |db| {
            let operator = Session::operator().at(origin()).require(ManageDatabase)?;
            loading::watched(async |progress, cancel| {
                Ok(demo::make(&operator, db, &plan, cost, progress, cancel).await?)
            })
            .await
        })
        .await?;
        match receipt.status {
            Outcome::NothingToDo if !self.no_open => {
                open::screens(settings, keymap, open::Door::SignIn).await
            }
            Outcome::NothingToDo => output::print("The demo is there already; nothing was changed.\n"),
            Outcome::Committed if !self.no_open => open::screens(settings, keymap, open::Door::SignIn).await,
            Outcome::Committed => output::print(&format!("{}{}", loading::in_words(&receipt), sign_in())),
            _ => {
                output::note(&format!("{}{}", told.join("\n"), loading::in_words(&receipt)));
                Ok(Exit::Failed)
            }
        }
    }
}

/// How to sign in to a demo.
fn sign_in() -> String {
    let lines: Vec<String> = demo::users()
        .iter()
        .map(|user| format!("  {:<10} {:<17} {}\n", user.username, user.password, user.role))
        .collect();
    format!("\nSign in as one of\n{}", lines.concat())
}

impl From<DemoError> for Failure {
    fn from(error: DemoError) -> Failure {
        match error {
            DemoError::Database(error) => error.into(),
            other => Failure::of(other),
        }
    }
}
