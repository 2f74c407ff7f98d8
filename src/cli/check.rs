//! `storekeeper check`: whether the chain agrees with itself.

use super::failure::{Exit, Failure};
use super::person::Person;
use super::{opening, output};
use crate::domain::check::Checked;
use crate::service::authorized::ManageDatabase;
use crate::service::check::{CHECKS, check};
use crate::settings::Settings;
use std::fmt::Write as _;
use tokio_util::sync::CancellationToken;

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    /// Exit code 1 where something is amiss.
    pub(super) async fn run(self, settings: &Settings, person: &Person) -> Result<Exit, Failure> {
        let all = opening::with_session(settings, person, async |db, session| {
            let by = session.require(ManageDatabase)?;
            let mut all = Vec::new();
            for nth in 0..CHECKS.len() {
                let checked = check(&by, db, nth, &CancellationToken::new()).await?;
                // Each as soon as it is known: over millions of rows they take their time.
                if !self.json {
                    output::print(&told(&checked))?;
                }
                all.push(checked);
            }
            Ok(all)
        })
        .await?;
        if self.json {
            output::print_json(&all)?;
        }
        Ok(if all.iter().all(Checked::is_well) { Exit::Done } else { Exit::Failed })
    }
}

fn told(checked: &Checked) -> String {
    let mut text = format!("{:<5} {}\n", if checked.is_well() { "ok" } else { "amiss" }, checked.check);
    for amiss in &checked.amiss {
        let _ = match &amiss.detail {
            Some(detail) => writeln!(text, "      {}: {detail}", amiss.what),
            None => writeln!(text, "      {}: {} rows", amiss.what, amiss.count),
        };
    }
    text
}
